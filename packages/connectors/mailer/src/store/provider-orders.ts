/** The SQL of what a provider was told to erase, and of whom it is told nothing. The controller is part of every query. */
import { inUnit } from "@preau/database";
import { type ControllerId, type Instant, instant, isFault, type SubjectId, type Unit } from "@preau/kernel";

const ORDER = "mlr_order";
const RESTRICTED = "mlr_restricted";

interface OrderRow {
  readonly controller: string;
  readonly thing: string;
  readonly ordered_at: string;
}

interface RestrictedRow {
  readonly controller: string;
  readonly subject: string;
  readonly restricted_at: string;
}

/** The latest order of a thing counts. */
export async function noteOrder(
  unit: Unit,
  controller: ControllerId,
  thing: string,
  at: Instant,
): Promise<void> {
  const trx = inUnit(unit);
  const changed = await trx<OrderRow>(ORDER).where({ controller, thing }).update({ ordered_at: at });
  if (changed === 0) await trx<OrderRow>(ORDER).insert({ controller, thing, ordered_at: at });
}

/** When each was ordered, as far as it was after that. */
export async function ordersSince(
  unit: Unit,
  controller: ControllerId,
  { things, since }: { readonly things: readonly string[]; readonly since: Instant },
): Promise<ReadonlyMap<string, Instant>> {
  const rows = await inUnit(unit)<OrderRow>(ORDER)
    .where({ controller })
    .whereIn("thing", [...things])
    .where("ordered_at", ">", since);
  return new Map(rows.map((row) => [row.thing, instant(row.ordered_at)]));
}

/** Orders that no later look will ask about, everybody's. */
export async function dropOldOrders(unit: Unit, before: Instant): Promise<number> {
  return inUnit(unit)<OrderRow>(ORDER).where("ordered_at", "<", before).delete();
}

export async function restrictedAmong(
  unit: Unit,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<ReadonlySet<SubjectId>> {
  const found = await inUnit(unit)<RestrictedRow>(RESTRICTED)
    .where({ controller })
    .whereIn("subject", [...subjects])
    .pluck<SubjectId[]>("subject");
  return new Set(found);
}

/** How many it changed. */
export async function putRestricted(
  unit: Unit,
  controller: ControllerId,
  subject: SubjectId,
  at: Instant,
): Promise<number> {
  try {
    await inUnit(unit)<RestrictedRow>(RESTRICTED).insert({ controller, subject, restricted_at: at });
    return 1;
  } catch (error) {
    if (isFault(error, "DATABASE_DUPLICATE")) return 0;
    throw error;
  }
}

export async function takeRestricted(
  unit: Unit,
  controller: ControllerId,
  subject: SubjectId,
): Promise<number> {
  return inUnit(unit)<RestrictedRow>(RESTRICTED).where({ controller, subject }).delete();
}
