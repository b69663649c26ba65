/**
 * Sessions that a provider's message has ended, by their keyed names, for as long as a sign-in may still be on its way: one
 * that was verified before and commits after would bring the session back. They stand among the assertions that count no more.
 */
import { hash } from "node:crypto";
import { inUnit } from "@preau/database";
import type { ControllerId, Instant, Unit } from "@preau/kernel";
import type { SessionKey } from "@preau/web";

const TABLE = "gar_assertion";
/** Names of one session. Those of a person (NameID, `sub`) come again with the next, which no message has ended. */
const OF_ONE_SESSION: ReadonlySet<string> = new Set(["saml.session", "saml.sessionIndex", "oidc.sid"]);

interface Row {
  readonly controller: ControllerId;
  readonly id_hash: string;
  readonly expires_at: Instant;
}

/** `keys` as `keyedSessions` gives them. */
export async function rememberEnded(
  unit: Unit,
  controller: ControllerId,
  { keys, until }: { readonly keys: readonly SessionKey[]; readonly until: Instant },
): Promise<void> {
  for (const id_hash of hashesOf(keys))
    await inUnit(unit)<Row>(TABLE)
      .insert({ controller, id_hash, expires_at: until })
      .onConflict(["controller", "id_hash"])
      .merge(["expires_at"]);
}

/** Read under a lock: a message that commits meanwhile is waited for. */
export async function wasEnded(
  unit: Unit,
  controller: ControllerId,
  { keys, now }: { readonly keys: readonly SessionKey[]; readonly now: Instant },
): Promise<boolean> {
  const hashes = hashesOf(keys);
  if (hashes.length === 0) return false;
  const row = await inUnit(unit)<Row>(TABLE)
    .where({ controller })
    .whereIn("id_hash", hashes)
    .where("expires_at", ">", now)
    .forUpdate()
    .first("id_hash");
  return row !== undefined;
}

function hashesOf(keys: readonly SessionKey[]): string[] {
  return keys
    .filter(({ kind }) => OF_ONE_SESSION.has(kind))
    .map(({ kind, value }) => hash("sha256", `session ended\n${kind} ${value}`, "hex"))
    .sort();
}
