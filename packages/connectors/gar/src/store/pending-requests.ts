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

interface Row {
  readonly controller: ControllerId;
  readonly id: string;
  readonly browser_hash: string;
  readonly next_path: string;
  readonly expires_at: Instant;
  readonly attempts: number;
}

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

/** Tries of one request: a reload or two, and a provider that hesitates. */
const MOST_ATTEMPTS = 5;

/**
 * Counts one try to finish it, by that browser: each costs its provider a question, and codes can be invented without end.
 * The update decides, so that many copies at once on many replicas are counted one by one.
 */
export async function tryRequest(
  unit: Unit,
  controller: ControllerId,
  { id, browserHash, now }: Consumption,
): Promise<"tried" | "unknown" | "tooOften"> {
  const own = { controller, id, browser_hash: browserHash };
  const pending = inUnit(unit)<Row>(TABLE).where(own).where("expires_at", ">", now);
  const counted = await pending.clone().where("attempts", "<", MOST_ATTEMPTS).increment("attempts", 1);
  if (counted === 1) return "tried";
  return (await pending.first("id")) === undefined ? "unknown" : "tooOften";
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
  const row = await knex<Row>(TABLE).where(own).where("expires_at", ">", now).first("next_path");
  if (row === undefined) return undefined;
  const removed = await knex(TABLE).where(own).delete();
  return removed === 1 ? row.next_path : undefined;
}

/** Removes at most `limit` requests that nobody finished, by their keys: a delete by range would lock between rows. */
export async function sweepRequests(
  unit: Unit,
  controller: ControllerId,
  { now, limit }: { readonly now: Instant; readonly limit: number },
): Promise<number> {
  const knex = inUnit(unit);
  const expired = knex<Row>(TABLE).where({ controller }).where("expires_at", "<=", now);
  const rows = await expired.orderBy("expires_at").limit(limit).select("id");
  const ids = rows.map((row) => row.id);
  return ids.length === 0 ? 0 : knex<Row>(TABLE).where({ controller }).whereIn("id", ids).delete();
}

/** Of every controller, those that ended before. */
export function purgeRequests(unit: Unit, before: Instant): Promise<number> {
  return inUnit(unit)<Row>(TABLE).where("expires_at", "<", before).delete();
}
