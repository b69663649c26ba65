/** The key store: a database of its own, so that the data can be backed up longer than the keys. @clause D12.2 */
import { randomBytes } from "node:crypto";
import { type Database, inUnit, makeUnitOfWork } from "@preau/database";
import type { Clock, Ids, Instant } from "@preau/kernel";
import { createKeys } from "./create-keys.ts";
import { destroyKeys } from "./destroy-keys.ts";
import { fault } from "./errors.ts";
import { makeKeyCache } from "./key-cache.ts";
import { shardKeysOf, unwrapDataKey, wrapEpochKey, wrapRing } from "./ring.ts";
import { type KeyScope, scopeText } from "./scope.ts";
import { holdKey, type ScopeKey } from "./scope-key.ts";
import { scrub } from "./scrub.ts";
import {
  insertState,
  readControllersOf,
  readEpoch,
  readScopes,
  readScopesOfKeys,
  readState,
} from "./store/key-tables.ts";
import { openState } from "./unwrap.ts";

/** Looks at the store before an inconsistency is believed: others write between two reads. */
const TRIES = 10;

/** The held key of a scope; undefined when it is destroyed, or was never made and was not to be made. */
export type KeyOf = (scope: KeyScope) => ScopeKey | undefined;

/** What a receipt may say about a destruction. Provisional until the key store's last backup from before it is gone. */
export interface Destruction {
  readonly epoch: number;
  readonly destroyedAt: Instant;
}

export interface DestroyResult {
  /** The epoch after it. */
  readonly epoch: number;
  /** False while another process's read keeps old pages in the write-ahead log; the next destruction or start ends it. */
  readonly scrubbed: boolean;
}

export interface KeyStore {
  /** Seals bytes under the scope's key, made now when it is new. @throws KEYS_DESTROYED */
  seal(scope: KeyScope, plaintext: Uint8Array, context: string): Promise<Buffer>;
  /** The plaintext; undefined when the key is destroyed. @throws KEYS_SEAL_BROKEN when the bytes or context are wrong */
  open(scope: KeyScope, sealed: Uint8Array, context: string): Promise<Buffer | undefined>;
  /** HMAC-SHA-256, 32 bytes, under the label's own subkey of the scope. @throws KEYS_DESTROYED */
  mac(scope: KeyScope, label: string, data: Uint8Array | string): Promise<Buffer>;
  /** Key material of that length, the same at each call. @throws KEYS_DESTROYED */
  derive(scope: KeyScope, label: string, length: number): Promise<Buffer>;
  /**
   * Many operations for one look at the store. `work` is synchronous, so that no key outlives it; keys are made for
   * scopes that have none, unless `create` is false.
   */
  withKeys<T>(
    scopes: readonly KeyScope[],
    work: (keyOf: KeyOf) => T,
    options?: { readonly create?: boolean },
  ): Promise<T>;
  /** As `withKeys`, for keys named by their ids: undefined for those that are destroyed. None is made. */
  withKeyIds<T>(ids: readonly string[], work: (keyOf: (id: string) => ScopeKey | undefined) => T): Promise<T>;
  /** Destroys the keys of these scopes, for good, in one turn of the epoch. Destroying twice is destroying once. */
  destroy(scopes: KeyScope | readonly KeyScope[]): Promise<DestroyResult>;
  /** The controllers at which that id has a key now: one who acts for many is erased at all. Reads the whole table. */
  controllersOf(kind: KeyScope["kind"], id: string): Promise<readonly KeyScope["controller"][]>;
  /** When the scope's key was destroyed; undefined when it was not. */
  destruction(scope: KeyScope): Promise<Destruction | undefined>;
  epoch(): Promise<{ readonly number: number; readonly since: Instant; readonly scrubbed: boolean }>;
  /** Overwrites all key material in memory. The database stays open: it is the caller's. */
  close(): void;
}

declare module "@preau/kernel" {
  interface Ports {
    /** Seals personal data under keys that can be destroyed. */
    readonly vault: KeyStore;
  }
}

export interface KeyStoreOptions {
  /** Migrated with `keyMigrations`; not the database of the data. */
  readonly database: Database;
  /** 32 bytes, `readOrCreateRootKey`. */
  readonly rootKey: Uint8Array;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Unwrapped keys kept in memory; 10,000 by default. */
  readonly heldKeys?: number;
}

/**
 * Opens the store, makes its first epoch when it is new, and finishes a scrub that was interrupted.
 * @throws KEYS_ROOT_WRONG, KEYS_STORE_BROKEN
 */
export async function openKeyStore(options: KeyStoreOptions): Promise<KeyStore> {
  const { database, clock } = options;
  const { knex } = database;
  if (options.rootKey.length !== 32) throw fault("KEYS_ROOT_WRONG");
  const rootKey = Buffer.from(options.rootKey);
  const making = { rootKey, clock, ids: options.ids };
  const cache = makeKeyCache(options.heldKeys ?? 10_000);
  const units = makeUnitOfWork(database);

  await beginFirstEpoch();
  await loadRing();
  await scrub(database);

  /**
   * Brings the keys of those scopes into the cache after a look at the epoch, so that what another process destroyed is
   * dropped. Says why for those that it cannot bring.
   */
  async function hold(
    scopes: ReadonlyMap<string, KeyScope>,
  ): Promise<ReadonlyMap<string, "gone" | "absent">> {
    if ((await readEpoch(knex)) !== cache.epoch) await loadRing();
    const wanted = new Map([...scopes].filter(([text]) => cache.get(text) === undefined));
    const without = new Map<string, "gone" | "absent">();
    if (wanted.size === 0) return without;
    for (let attempt = 1; ; attempt += 1) {
      const rows = await readScopes(knex, [...wanted.values()]);
      const shardKeyOf = shardKeysOf(cache.ring);
      let broken: string | undefined;
      for (const text of wanted.keys()) {
        const row = rows.get(text);
        if (row?.wrappedKey == null) {
          without.set(text, row === undefined ? "absent" : "gone");
          continue;
        }
        const shardKey = shardKeyOf(row.shard);
        const dataKey = shardKey && unwrapDataKey(shardKey, row.wrappedKey, row.id);
        if (dataKey === undefined) broken = row.id;
        else cache.put(text, holdKey(row.id, dataKey));
      }
      if (broken === undefined) return without;
      if (attempt === TRIES) throw fault("KEYS_STORE_BROKEN", { place: "key_scope", log: { key: broken } });
      await loadRing(); // a shard was made, or the epoch turned, between the two reads
    }
  }

  async function withKeys<T>(
    scopes: readonly KeyScope[],
    work: (keyOf: KeyOf) => T,
    { create = true }: { readonly create?: boolean } = {},
  ): Promise<T> {
    const wanted = new Map(scopes.map((scope) => [scopeText(scope), scope]));
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const without = await hold(wanted);
      const absent = [...wanted].filter(([text]) => without.get(text) === "absent").map(([, scope]) => scope);
      if (create && absent.length > 0) {
        await units.transaction((unit) => createKeys(inUnit(unit), absent, making));
        continue;
      }
      // Another call may have dropped the cache since: then once more. From here on nothing waits.
      if (![...wanted.keys()].every((text) => without.has(text) || cache.get(text) !== undefined)) continue;
      const value = work((scope) => cache.get(scopeText(scope)));
      cache.trim();
      return value;
    }
    throw fault("KEYS_STORE_BROKEN", { place: "key_scope", log: { tries: TRIES } });
  }

  async function withKey<T>(scope: KeyScope, work: (key: ScopeKey) => T): Promise<T> {
    return withKeys([scope], (keyOf) => {
      const key = keyOf(scope);
      if (key === undefined) throw fault("KEYS_DESTROYED");
      return work(key);
    });
  }

  async function beginFirstEpoch(): Promise<void> {
    if ((await readState(knex)) !== undefined) return;
    const epochKey = randomBytes(32);
    await insertState(knex, {
      epoch: 1,
      scrubbedEpoch: 1,
      epochSince: clock.now(),
      wrappedEpochKey: wrapEpochKey(rootKey, epochKey, 1),
      ring: wrapRing(epochKey, new Map(), 1),
    });
    epochKey.fill(0);
  }

  async function loadRing(): Promise<void> {
    const state = await readState(knex);
    if (state === undefined) throw fault("KEYS_STORE_BROKEN", { place: "key_state" });
    const { epochKey, ring } = openState(rootKey, state);
    epochKey.fill(0);
    cache.dropAll();
    cache.ring = ring;
    cache.epoch = state.epoch;
  }

  return {
    seal: (scope, plaintext, context) => withKey(scope, (key) => key.seal(plaintext, context)),
    open: (scope, sealed, context) =>
      withKeys([scope], (keyOf) => keyOf(scope)?.open(sealed, context), { create: false }),
    mac: (scope, label, data) => withKey(scope, (key) => key.mac(label, data)),
    derive: (scope, label, length) => withKey(scope, (key) => key.derive(label, length)),
    withKeys,
    withKeyIds: async (keyIds, work) => {
      const scopes = keyIds.length === 0 ? new Map<string, KeyScope>() : await readScopesOfKeys(knex, keyIds);
      return withKeys(
        [...scopes.values()],
        (keyOf) =>
          work((id) => {
            const scope = scopes.get(id);
            return scope && keyOf(scope);
          }),
        { create: false },
      );
    },
    destroy: async (scopes) => {
      const list = "kind" in scopes ? [scopes] : scopes;
      cache.drop(list.map(scopeText));
      const epoch = await units.transaction((unit) => destroyKeys(inUnit(unit), list, making));
      cache.drop(list.map(scopeText));
      return { epoch, scrubbed: await scrub(database) };
    },
    controllersOf: (kind, id) => readControllersOf(knex, kind, id),
    destruction: async (scope) => {
      const row = (await readScopes(knex, [scope])).get(scopeText(scope));
      if (row?.destroyedAt == null || row.destroyedEpoch === null) return undefined;
      return { epoch: row.destroyedEpoch, destroyedAt: row.destroyedAt };
    },
    epoch: async () => {
      const state = await readState(knex);
      if (state === undefined) throw fault("KEYS_STORE_BROKEN", { place: "key_state" });
      return { number: state.epoch, since: state.epochSince, scrubbed: state.scrubbedEpoch >= state.epoch };
    },
    close: () => {
      cache.dropAll();
      rootKey.fill(0);
    },
  };
}
