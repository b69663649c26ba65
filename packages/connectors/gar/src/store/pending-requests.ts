/** Sign-ins that were begun: each belongs to one browser and is finished once, in time, or never. */
import { inUnit } from "@preau/database";
import type { ControllerId, Instant, Unit } from "@preau/kernel";

export interface PendingRequest {
  /** ID of the AuthnRequest. */
  readonly id: string;
  /** SHA-256 of the cookie that the browser keeps. */
  readonly browserHash: string;
  /** Our own path to go on to. */
  readonly nextPath: string;
  readonly expiresAt: Instant;
}

const TABLE = "gar_request";

export async function addRequest(
  unit: Unit,
  controller: ControllerId,
  request: PendingRequest,
): Promise<void> {
  await inUnit(unit)(TABLE).insert({
    controller,
    id: request.id,
    browser_hash: request.browserHash,
    next_path: request.nextPath,
    expires_at: request.expiresAt,
  });
}

export interface Consumption {
  readonly id: string;
  readonly browserHash: string;
  readonly now: Instant;
}

/**
 * Uses a request up: its path, for the one caller that removed it; undefined for all others, for another browser and
 * when it is too late. The deletion decides, so that of many copies on many replicas one goes on.
 */
export async function consumeRequest(
  unit: Unit,
  controller: ControllerId,
  { id, browserHash, now }: Consumption,
): Promise<string | undefined> {
  const knex = inUnit(unit);
  const own = { controller, id, browser_hash: browserHash };
  const row = (await knex(TABLE).where(own).where("expires_at", ">", now).first("next_path")) as
    | { readonly next_path: string }
    | undefined;
  if (row === undefined) return undefined;
  const removed = await knex(TABLE).where(own).delete();
  return removed === 1 ? row.next_path : undefined;
}

/** Removes at most `limit` requests that nobody finished; how many. */
export function sweepRequests(
  unit: Unit,
  controller: ControllerId,
  { now, limit }: { readonly now: Instant; readonly limit: number },
): Promise<number> {
  return sweepExpired(unit, { table: TABLE, key: "id", controller, now, limit });
}

interface Sweep {
  readonly table: string;
  readonly key: string;
  readonly controller: ControllerId;
  readonly now: Instant;
  readonly limit: number;
}

/** Removes expired rows by their keys: a delete by range would lock the rows between. */
export async function sweepExpired(
  unit: Unit,
  { table, key, controller, now, limit }: Sweep,
): Promise<number> {
  const knex = inUnit(unit);
  const rows = (await knex(table)
    .where({ controller })
    .where("expires_at", "<=", now)
    .orderBy("expires_at")
    .limit(limit)
    .select(key)) as readonly Readonly<Record<string, string>>[];
  if (rows.length === 0) return 0;
  const keys = rows.map((row) => row[key] ?? "");
  return knex(table).where({ controller }).whereIn(key, keys).delete();
}
