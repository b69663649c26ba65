/** The SQL of the key store. Every query of scopes names their controllers. */
import { type Database, insertRows } from "@preau/database";
import type { Instant } from "@preau/kernel";
import { type KeyScope, scopeText } from "../scope.ts";

export type Queries = Database["knex"];

export interface StateRow {
  readonly epoch: number;
  readonly scrubbedEpoch: number;
  readonly epochSince: Instant;
  readonly wrappedEpochKey: Buffer;
  readonly ring: Buffer;
}

export interface ScopeRow {
  readonly id: string;
  readonly scope: KeyScope;
  readonly shard: number;
  /** Null once destroyed. */
  readonly wrappedKey: Buffer | null;
  readonly createdAt: Instant;
  readonly destroyedAt: Instant | null;
  readonly destroyedEpoch: number | null;
}

interface RawState {
  id: number;
  epoch: number | string;
  scrubbed_epoch: number | string;
  epoch_since: string;
  wrapped_epoch_key: Buffer;
  ring: Buffer;
}

interface RawScope {
  id: string;
  controller: string;
  kind: string;
  scope_id: string;
  shard: number;
  wrapped_key: Buffer | null;
  created_at: string;
  destroyed_at: string | null;
  destroyed_epoch: number | string | null;
}

/** Rows a statement: far below what either database takes in one. */
const CHUNK = 200;

export async function insertState(queries: Queries, row: StateRow): Promise<void> {
  await queries("key_state")
    .insert({ id: 1, writes: 0, ...stateColumns(row) })
    .onConflict("id")
    .ignore();
}

export async function readState(queries: Queries): Promise<StateRow | undefined> {
  const row = await queries<RawState>("key_state").where({ id: 1 }).first();
  if (row === undefined) return undefined;
  return {
    epoch: Number(row.epoch),
    scrubbedEpoch: Number(row.scrubbed_epoch),
    epochSince: row.epoch_since as Instant,
    wrappedEpochKey: row.wrapped_epoch_key,
    ring: row.ring,
  };
}

/** The epoch alone: the check that every use makes. */
export async function readEpoch(queries: Queries): Promise<number> {
  const row = await queries<RawState>("key_state").where({ id: 1 }).first("epoch");
  return Number(row?.epoch);
}

export async function writeState(queries: Queries, row: StateRow): Promise<void> {
  await queries("key_state").where({ id: 1 }).update(stateColumns(row));
}

export async function writeRing(queries: Queries, ring: Buffer): Promise<void> {
  await queries("key_state").where({ id: 1 }).update({ ring });
}

export async function markScrubbed(queries: Queries, epoch: number): Promise<void> {
  await queries("key_state")
    .where({ id: 1 })
    .where("scrubbed_epoch", "<", epoch)
    .update({ scrubbed_epoch: epoch });
}

/** Writers stand in line: the first statement of each writing transaction takes the row until it ends. */
export async function lockState(queries: Queries): Promise<void> {
  await queries("key_state").where({ id: 1 }).increment("writes", 1);
}

/** Rows of these scopes by `scopeText`, of many controllers in one statement: each is named with its own. */
export async function readScopes(
  queries: Queries,
  scopes: readonly KeyScope[],
): Promise<Map<string, ScopeRow>> {
  const found = new Map<string, ScopeRow>();
  for (let at = 0; at < scopes.length; at += CHUNK) {
    const wanted = scopes.slice(at, at + CHUNK).map(({ controller, kind, id }) => [controller, kind, id]);
    const rows: RawScope[] = await queries<RawScope>("key_scope").whereIn(
      ["controller", "kind", "scope_id"],
      wanted,
    );
    for (const row of rows.map(scopeRow)) found.set(scopeText(row.scope), row);
  }
  return found;
}

/** Controllers at which a person or an actor of that id has a key that lives. */
export async function readControllersOf(
  queries: Queries,
  kind: KeyScope["kind"],
  id: string,
): Promise<readonly KeyScope["controller"][]> {
  const rows = await queries("key_scope")
    .where({ kind, scope_id: id })
    .whereNotNull("wrapped_key")
    .orderBy("controller")
    .select<Pick<KeyScope, "controller">[]>("controller");
  return rows.map(({ controller }) => controller);
}

/** Scopes of keys that live, by the keys' ids. */
export async function readScopesOfKeys(
  queries: Queries,
  ids: readonly string[],
): Promise<Map<string, KeyScope>> {
  const found = new Map<string, KeyScope>();
  for (let at = 0; at < ids.length; at += CHUNK) {
    const rows: RawScope[] = await queries<RawScope>("key_scope")
      .whereIn("id", ids.slice(at, at + CHUNK))
      .whereNotNull("wrapped_key");
    for (const row of rows.map(scopeRow)) found.set(row.id, row.scope);
  }
  return found;
}

export async function readShards(queries: Queries, shards: readonly number[]): Promise<readonly ScopeRow[]> {
  const rows: ScopeRow[] = [];
  for (const shard of shards) {
    const raw = (await queries("key_scope").where({ shard }).whereNotNull("wrapped_key")) as RawScope[];
    rows.push(...raw.map(scopeRow));
  }
  return rows;
}

/** The last shard and how many rows it has had. Destroyed ones count: a place is used once. */
export async function lastShard(
  queries: Queries,
): Promise<{ readonly shard: number; readonly rows: number }> {
  const last = (await queries("key_scope").max({ shard: "shard" }).first()) as { shard: number | null };
  const shard = last.shard ?? 0;
  const count = (await queries("key_scope").where({ shard }).count({ rows: "*" }).first()) as {
    rows: number | string;
  };
  return { shard, rows: Number(count.rows) };
}

export async function insertScopes(queries: Queries, rows: readonly ScopeRow[]): Promise<void> {
  await insertRows(queries, "key_scope", rows.map(scopeColumns));
}

export async function deleteScopes(queries: Queries, ids: readonly string[]): Promise<void> {
  for (let at = 0; at < ids.length; at += CHUNK) {
    await queries("key_scope")
      .whereIn("id", ids.slice(at, at + CHUNK))
      .delete();
  }
}

/** Writes the wrapped keys of rows that exist. */
export async function rewriteScopes(queries: Queries, rows: readonly ScopeRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += CHUNK) {
    await queries("key_scope")
      .insert(rows.slice(at, at + CHUNK).map(scopeColumns))
      .onConflict("id")
      .merge(["wrapped_key"]);
  }
}

function stateColumns(row: StateRow) {
  return {
    epoch: row.epoch,
    scrubbed_epoch: row.scrubbedEpoch,
    epoch_since: row.epochSince,
    wrapped_epoch_key: row.wrappedEpochKey,
    ring: row.ring,
  };
}

function scopeColumns(row: ScopeRow): RawScope {
  return {
    id: row.id,
    controller: row.scope.controller,
    kind: row.scope.kind,
    scope_id: row.scope.id,
    shard: row.shard,
    wrapped_key: row.wrappedKey,
    created_at: row.createdAt,
    destroyed_at: row.destroyedAt,
    destroyed_epoch: row.destroyedEpoch,
  };
}

function scopeRow(raw: RawScope): ScopeRow {
  return {
    id: raw.id,
    scope: {
      controller: raw.controller as KeyScope["controller"],
      kind: raw.kind as KeyScope["kind"],
      id: raw.scope_id,
    },
    shard: raw.shard,
    wrappedKey: raw.wrapped_key,
    createdAt: raw.created_at as Instant,
    destroyedAt: raw.destroyed_at as Instant | null,
    destroyedEpoch: raw.destroyed_epoch === null ? null : Number(raw.destroyed_epoch),
  };
}
