import { createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { type Clock, type Ids } from "@preau/kernel";
import { fault } from "./errors.ts";
import { forgetRing, shardCapacity, wrapDataKey, wrapRing } from "./ring.ts";
import { type KeyScope, scopeText } from "./scope.ts";
import {
  insertScopes,
  lastShard,
  lockState,
  type Queries,
  readScopes,
  readState,
  type ScopeRow,
  writeRing,
} from "./store/key-tables.ts";
import { openState } from "./unwrap.ts";

export interface KeyMaking {
  readonly rootKey: Uint8Array;
  readonly clock: Clock;
  readonly ids: Ids;
}

/**
 * Makes the keys of those scopes that have none, inside the caller's transaction. A scope that had one and lost it
 * never gets another. Two processes at once make one key: the second waits and finds it.
 */
export async function createKeys(
  queries: Queries,
  scopes: readonly KeyScope[],
  making: KeyMaking,
): Promise<void> {
  await lockState(queries);
  const known = await readScopes(queries, scopes);
  const missing = new Map(scopes.map((scope) => [scopeText(scope), scope]));
  for (const text of known.keys()) missing.delete(text);
  if (missing.size === 0) return;

  const state = await readState(queries);
  if (state === undefined) throw fault("KEYS_STORE_BROKEN", { place: "key_state" });
  const { epochKey, ring: opened } = openState(making.rootKey, state);
  const ring = new Map(opened);
  let { shard, rows } = await lastShard(queries);
  const made: ScopeRow[] = [];
  const createdAt = making.clock.now();
  const dataKeys = randomBytes(32 * missing.size);
  let wrapping: { readonly shard: number; readonly key: KeyObject } | undefined;
  for (const scope of missing.values()) {
    if (shard === 0 || rows >= shardCapacity(shard)) {
      shard += 1;
      rows = 0;
    }
    let shardKey = ring.get(shard);
    if (shardKey === undefined) {
      shardKey = randomBytes(32);
      ring.set(shard, shardKey);
    }
    if (wrapping?.shard !== shard) wrapping = { shard, key: createSecretKey(shardKey) };
    const at = 32 * made.length;
    const key = wrapNewKey(wrapping.key, dataKeys.subarray(at, at + 32), making.ids);
    const { controller, kind, id } = scope;
    const row = { ...key, scope: { controller, kind, id }, shard, createdAt };
    made.push({ ...row, destroyedAt: null, destroyedEpoch: null });
    rows += 1;
  }
  if (ring.size !== opened.size) await writeRing(queries, wrapRing(epochKey, ring, state.epoch));
  await insertScopes(queries, made);
  epochKey.fill(0);
  forgetRing(ring);
}

/** Overwrites the data key once it is wrapped. */
function wrapNewKey(shardKey: KeyObject, dataKey: Buffer, ids: Ids): Pick<ScopeRow, "id" | "wrappedKey"> {
  const id = ids.next("key");
  const wrappedKey = wrapDataKey(shardKey, dataKey, id);
  dataKey.fill(0);
  return { id, wrappedKey };
}
