/**
 * Destroying keys turns the key-encryption epoch, in one transaction:
 *
 *   1. the rows of the destroyed scopes are deleted; rows without key and under new ids stay, to say when;
 *   2. the shards that they stood in get new shard keys, and their other data keys are wrapped again;
 *   3. the ring is wrapped under a new epoch key, which the root key wraps; the old one is overwritten.
 *
 * Killed before the commit, nothing has happened; after it, nothing destroyed can be opened. What is left to do after
 * the commit is `scrub`, and the next opening of the store finishes it.
 */
import { randomBytes } from "node:crypto";
import type { Instant } from "@preau/kernel";
import type { KeyMaking } from "./create-keys.ts";
import { fault } from "./errors.ts";
import { forgetRing, type Ring, unwrapDataKey, wrapDataKey, wrapEpochKey, wrapRing } from "./ring.ts";
import { type KeyScope, scopeText } from "./scope.ts";
import {
  deleteScopes,
  insertScopes,
  lockState,
  type Queries,
  readScopes,
  readShards,
  readState,
  rewriteScopes,
  type ScopeRow,
  type StateRow,
  writeState,
} from "./store/key-tables.ts";
import { openState } from "./unwrap.ts";

/**
 * Destroys the keys of these scopes, inside the caller's transaction. A scope without a key is marked all the same, so
 * that it never gets one.
 * @returns the epoch after it
 */
export async function destroyKeys(
  queries: Queries,
  scopes: readonly KeyScope[],
  making: KeyMaking,
): Promise<number> {
  await lockState(queries);
  const state = await readState(queries);
  if (state === undefined) throw fault("KEYS_STORE_BROKEN", { place: "key_state" });
  const now = making.clock.now();
  const known = await readScopes(queries, scopes);
  const live = [...known.values()].filter((row) => row.wrappedKey !== null);
  const epoch = live.length === 0 ? state.epoch : state.epoch + 1;

  const unknown = new Map(scopes.map((scope) => [scopeText(scope), scope]));
  for (const text of known.keys()) unknown.delete(text);
  await deleteScopes(
    queries,
    live.map((row) => row.id),
  );
  const marked = [...live.map((row) => row.scope), ...unknown.values()];
  await insertScopes(
    queries,
    marked.map((scope) => tombstone(scope, making, now, epoch)),
  );
  const shards = [...new Set(live.map((row) => row.shard))];
  if (live.length > 0) await turnEpoch(queries, { state, shards, epoch, now, rootKey: making.rootKey });
  return epoch;
}

interface Turn {
  readonly state: StateRow;
  /** Shards that lost a key. */
  readonly shards: readonly number[];
  readonly epoch: number;
  readonly now: Instant;
  readonly rootKey: Uint8Array;
}

async function turnEpoch(queries: Queries, { state, shards, epoch, now, rootKey }: Turn): Promise<void> {
  const { epochKey: oldEpochKey, ring: oldRing } = openState(rootKey, state);
  const ring = new Map(oldRing);
  for (const shard of shards) ring.set(shard, randomBytes(32));

  const rows = (await readShards(queries, shards)).map((row) => ({
    ...row,
    wrappedKey: wrapAgain(row, oldRing, ring),
  }));
  await rewriteScopes(queries, rows);

  const epochKey = randomBytes(32);
  await writeState(queries, {
    epoch,
    scrubbedEpoch: state.scrubbedEpoch,
    epochSince: now,
    wrappedEpochKey: wrapEpochKey(rootKey, epochKey, epoch),
    ring: wrapRing(epochKey, ring, epoch),
  });
  oldEpochKey.fill(0);
  epochKey.fill(0);
  forgetRing(oldRing);
  forgetRing(ring);
}

function wrapAgain(row: ScopeRow, from: Ring, to: Ring): Buffer {
  const oldShardKey = from.get(row.shard);
  const newShardKey = to.get(row.shard);
  const dataKey =
    oldShardKey !== undefined && row.wrappedKey !== null
      ? unwrapDataKey(oldShardKey, row.wrappedKey, row.id)
      : undefined;
  if (dataKey === undefined || newShardKey === undefined) {
    throw fault("KEYS_STORE_BROKEN", { place: "key_scope", log: { key: row.id, shard: row.shard } });
  }
  const wrapped = wrapDataKey(newShardKey, dataKey, row.id);
  dataKey.fill(0);
  return wrapped;
}

/** Under a new id: what bears the key's id cannot be led back to the scope. */
function tombstone(scope: KeyScope, making: KeyMaking, now: Instant, epoch: number): ScopeRow {
  return {
    id: making.ids.next("key"),
    scope: { controller: scope.controller, kind: scope.kind, id: scope.id },
    shard: 0,
    wrappedKey: null,
    createdAt: now,
    destroyedAt: now,
    destroyedEpoch: epoch,
  };
}
