/** The SQL of links and downloads. */
import { inUnit } from "@preau/database";
import { type ControllerId, type Id, type Instant, instant, type Unit } from "@preau/kernel";
import type { ExportId, ExportOrder } from "../export-order.ts";
import { type OrderRow, type TakenOrder, takenOf } from "./orders.ts";

export type FetchId = Id<"fch">;
type FetchOutcome = "running" | "broken" | "complete";

/** One download that was begun. */
export interface Fetch {
  readonly id: FetchId;
  readonly begunAt: Instant;
  readonly endedAt?: Instant;
  readonly outcome: FetchOutcome;
}

export interface LinkedOrder extends TakenOrder {
  readonly claim?: FetchId;
  readonly claimUntil?: Instant;
  readonly restricted: boolean;
}

/** Under the row's lock where the caller will change it. */
export async function orderOfLink(
  unit: Unit,
  link: string,
  { lock }: { readonly lock: boolean },
): Promise<LinkedOrder | undefined> {
  const query = inUnit(unit)("exp_order").where({ link });
  if (lock) void query.forUpdate();
  const row = await query.first<OrderRow | undefined>();
  return row && linkedOf(row);
}

export async function lockLinked(
  unit: Unit,
  { controller, id }: Pick<ExportOrder, "controller" | "id">,
): Promise<LinkedOrder | undefined> {
  const row = await inUnit(unit)("exp_order")
    .where({ controller, id })
    .forUpdate()
    .first<OrderRow | undefined>();
  return row && linkedOf(row);
}

export async function insertFetch(
  unit: Unit,
  { controller, id: order }: Pick<ExportOrder, "controller" | "id">,
  { id, begunAt }: Pick<Fetch, "id" | "begunAt">,
): Promise<void> {
  await inUnit(unit)("exp_fetch").insert({ id, controller, order, begun_at: begunAt, outcome: "running" });
}

export async function endFetch(
  unit: Unit,
  controller: ControllerId,
  { id, endedAt, outcome }: Required<Omit<Fetch, "begunAt">>,
): Promise<void> {
  await inUnit(unit)("exp_fetch").where({ controller, id }).update({ ended_at: endedAt, outcome });
}

/** Oldest first. */
export async function listFetches(
  unit: Unit,
  controller: ControllerId,
  order: ExportId,
): Promise<readonly Fetch[]> {
  const rows = await inUnit(unit)("exp_fetch")
    .where({ controller, order })
    .orderBy("id")
    .limit(200)
    .select<{ id: FetchId; begun_at: string; ended_at: string | null; outcome: FetchOutcome }[]>();
  return rows.map(({ id, begun_at, ended_at, outcome }) => ({
    id,
    begunAt: instant(begun_at),
    ...(ended_at === null ? {} : { endedAt: instant(ended_at) }),
    outcome,
  }));
}

function linkedOf(row: OrderRow): LinkedOrder {
  return {
    ...takenOf(row),
    ...(row.claim === null ? {} : { claim: row.claim as FetchId }),
    ...(row.claim_until === null ? {} : { claimUntil: instant(row.claim_until) }),
    restricted: Number(row.restricted) === 1,
  };
}
