/** The SQL of objections: one controller's to one change. */
import { inUnit } from "@preau/database";
import type { ControllerId, Instant, Unit } from "@preau/kernel";
import type { ChangeId } from "../change.ts";
import type { ChangeObjection, ChangeObjectionId, Said } from "../notice.ts";

const TABLE = "spr_objection";

interface Row {
  readonly controller: string;
  readonly id: string;
  readonly change_id: string;
  readonly dated_at: string;
  readonly received_at: string;
  readonly said: string;
  readonly honoured_at: string | null;
  readonly withdrawn_at: string | null;
  readonly withdrawal: string | null;
}

export async function insertObjection(unit: Unit, objection: ChangeObjection): Promise<void> {
  const { id, controller, change, datedAt, receivedAt, honouredAt: _, withdrawn: __, ...said } = objection;
  await inUnit(unit)(TABLE).insert({
    ...{ controller, id, change_id: change, dated_at: datedAt, received_at: receivedAt },
    ...{ said: JSON.stringify(said), honoured_at: null, withdrawn_at: null, withdrawal: null },
  });
}

/** In the order of their recording. */
export async function objectionsTo(
  unit: Unit,
  controller: ControllerId,
  change: ChangeId,
): Promise<readonly ChangeObjection[]> {
  const rows = await inUnit(unit)(TABLE)
    .where({ controller, change_id: change })
    .orderBy("id")
    .select<Row[]>();
  return rows.map(fromRow);
}

export async function markHonoured(unit: Unit, objection: ChangeObjection, at: Instant): Promise<void> {
  const { controller, id } = objection;
  await inUnit(unit)(TABLE).where({ controller, id }).update({ honoured_at: at });
}

export async function markWithdrawn(
  unit: Unit,
  { controller, id }: ChangeObjection,
  { receivedAt, ...said }: Said & { readonly receivedAt: Instant },
): Promise<void> {
  await inUnit(unit)(TABLE)
    .where({ controller, id })
    .update({ withdrawn_at: receivedAt, withdrawal: JSON.stringify(said) });
}

function fromRow(row: Row): ChangeObjection {
  return {
    id: row.id as ChangeObjectionId,
    controller: row.controller as ControllerId,
    change: row.change_id as ChangeId,
    datedAt: row.dated_at as Instant,
    receivedAt: row.received_at as Instant,
    ...(JSON.parse(row.said) as Said),
    ...(row.honoured_at === null ? {} : { honouredAt: row.honoured_at as Instant }),
    ...(row.withdrawn_at === null || row.withdrawal === null
      ? {}
      : { withdrawn: { receivedAt: row.withdrawn_at as Instant, ...(JSON.parse(row.withdrawal) as Said) } }),
  };
}
