/** Assertions that were accepted: a second copy is refused, even as the answer to another request. */
import { createHash } from "node:crypto";
import { inUnit } from "@preau/database";
import type { ControllerId, Instant, Unit } from "@preau/kernel";
import { sweepExpired } from "./pending-requests.ts";

const TABLE = "gar_assertion";

export interface UsedAssertion {
  /** Entity id of who issued it. */
  readonly issuer: string;
  readonly id: string;
  /** Until when it could still be accepted. */
  readonly expiresAt: Instant;
}

/** Remembers it; false when it was there already. */
export async function useAssertion(
  unit: Unit,
  controller: ControllerId,
  { issuer, id, expiresAt }: UsedAssertion,
): Promise<boolean> {
  const knex = inUnit(unit);
  const idHash = createHash("sha256").update(`${issuer}\n${id}`).digest("hex");
  const own = { controller, id_hash: idHash };
  if ((await knex(TABLE).where(own).first("id_hash")) !== undefined) return false;
  await knex(TABLE).insert({ ...own, expires_at: expiresAt });
  return true;
}

/** Removes at most `limit` that have expired; how many. */
export function sweepAssertions(
  unit: Unit,
  controller: ControllerId,
  { now, limit }: { readonly now: Instant; readonly limit: number },
): Promise<number> {
  return sweepExpired(unit, { table: TABLE, key: "id_hash", controller, now, limit });
}
