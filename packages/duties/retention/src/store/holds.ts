/** The SQL of holds. */
import type { LocalDate } from "@preau/calendar";
import { inUnit } from "@preau/database";
import {
  type ActorRole,
  type ControllerId,
  type Instant,
  instant,
  type SubjectId,
  type Unit,
} from "@preau/kernel";
import type { Hold, HoldCovers, HoldId } from "../hold.ts";

interface Row {
  readonly id: string;
  readonly controller: string;
  readonly covers: string;
  readonly subject: string | null;
  readonly category: string | null;
  readonly lawful: number;
  readonly basis: string;
  readonly until_day: string | null;
  readonly placed_by: string;
  readonly placed_at: string;
  readonly lifted_by: string | null;
  readonly lifted_at: string | null;
}

export async function insertHold(unit: Unit, hold: Hold): Promise<void> {
  await inUnit(unit)("ret_hold").insert({
    id: hold.id,
    controller: hold.controller,
    covers: hold.covers,
    subject: hold.subject ?? null,
    category: hold.category ?? null,
    lawful: hold.lawful ? 1 : 0,
    basis: hold.basis,
    until_day: hold.until ?? null,
    placed_by: hold.placedBy,
    placed_at: hold.placedAt,
  });
}

export async function readHold(unit: Unit, controller: ControllerId, id: HoldId): Promise<Hold | undefined> {
  const row = await inUnit(unit)("ret_hold").where({ controller, id }).first<Row | undefined>();
  return row && fromRow(row);
}

/** Newest first; those that are not lifted alone, or all. */
export async function listHolds(
  unit: Unit,
  controller: ControllerId,
  which: "standing" | "all",
): Promise<readonly Hold[]> {
  const query = inUnit(unit)("ret_hold").where({ controller });
  if (which === "standing") void query.whereNull("lifted_at");
  const rows = await query.orderBy("id", "desc").limit(1_000).select<Row[]>();
  return rows.map(fromRow);
}

/** False when it was lifted before. */
export async function markLifted(
  unit: Unit,
  { controller, id }: Pick<Hold, "controller" | "id">,
  lifted: { readonly by: ActorRole; readonly at: Instant },
): Promise<boolean> {
  const count = await inUnit(unit)("ret_hold")
    .where({ controller, id })
    .whereNull("lifted_at")
    .update({ lifted_by: lifted.by, lifted_at: lifted.at });
  return count === 1;
}

function fromRow(row: Row): Hold {
  return {
    id: row.id as HoldId,
    controller: row.controller as ControllerId,
    covers: row.covers as HoldCovers,
    ...(row.subject === null ? {} : { subject: row.subject as SubjectId }),
    ...(row.category === null ? {} : { category: row.category }),
    lawful: row.lawful === 1,
    basis: row.basis,
    ...(row.until_day === null ? {} : { until: row.until_day as LocalDate }),
    placedBy: row.placed_by as ActorRole,
    placedAt: instant(row.placed_at),
    ...(row.lifted_by === null ? {} : { liftedBy: row.lifted_by as ActorRole }),
    ...(row.lifted_at === null ? {} : { liftedAt: instant(row.lifted_at) }),
  };
}
