/** Assertions that were accepted: a second copy is refused, even as the answer to another request. */
import { hash } from "node:crypto";
import { inUnit } from "@preau/database";
import { type ControllerId, type Instant, isFault, type Unit } from "@preau/kernel";

const TABLE = "gar_assertion";

interface Row {
  readonly controller: ControllerId;
  readonly id_hash: string;
  readonly expires_at: Instant;
}

export interface UsedAssertion {
  /** Entity id of who issued it. */
  readonly issuer: string;
  readonly id: string;
  /** Until when it could still be accepted. */
  readonly expiresAt: Instant;
}

/** Remembers it; false when it was there already. The key decides, and the unit stays usable. */
export async function useAssertion(
  unit: Unit,
  controller: ControllerId,
  { issuer, id, expiresAt }: UsedAssertion,
): Promise<boolean> {
  const idHash = hash("sha256", `${issuer}\n${id}`, "hex");
  try {
    await inUnit(unit)<Row>(TABLE).insert({ controller, id_hash: idHash, expires_at: expiresAt });
    return true;
  } catch (error) {
    if (isFault(error, "DATABASE_DUPLICATE")) return false;
    throw error;
  }
}

/** Removes at most `limit` that have expired; how many. */
export async function sweepAssertions(
  unit: Unit,
  controller: ControllerId,
  { now, limit }: { readonly now: Instant; readonly limit: number },
): Promise<number> {
  const knex = inUnit(unit);
  const expired = knex<Row>(TABLE).where({ controller }).where("expires_at", "<=", now);
  const rows = await expired.orderBy("expires_at").limit(limit).select("id_hash");
  const hashes = rows.map((row) => row.id_hash);
  return hashes.length === 0 ? 0 : knex<Row>(TABLE).where({ controller }).whereIn("id_hash", hashes).delete();
}

/** Of every controller, those that ended before. */
export function purgeAssertions(unit: Unit, before: Instant): Promise<number> {
  return inUnit(unit)<Row>(TABLE).where("expires_at", "<", before).delete();
}
