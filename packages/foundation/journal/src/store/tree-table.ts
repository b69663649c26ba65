/** The SQL of the logs' trees: sizes, checkpoints, leases, tiles. */
import type { Instant, LogName } from "@preau/kernel";
import { HASH } from "../merkle-tree.ts";
import { type TilePlace, tileKey } from "../tile.ts";
import type { Queries } from "./entry-table.ts";

export interface TreeRow {
  readonly size: number;
  /** The last signed checkpoint; undefined while the log is empty. */
  readonly checkpoint?: string;
  /** Entries before this number are in the archive, or gone. */
  readonly archived: number;
  /** Entries before this number are gone. */
  readonly minimum: number;
  /** The signed note that says so; undefined while nothing is gone. */
  readonly minimumNote?: string;
}

interface RawTree {
  log: string;
  size: number | string;
  checkpoint: string | null;
  archived: number | string;
  minimum: number | string;
  minimum_note: string | null;
  lease_owner: string | null;
  lease_until: string | null;
}

interface RawTile {
  log: string;
  level: number;
  number: number | string;
  hashes: Buffer;
}

export async function insertTree(queries: Queries, log: LogName): Promise<void> {
  await queries<RawTree>("jrn_tree").insert({ log, size: 0 }).onConflict("log").ignore();
}

export async function readTree(queries: Queries, log: LogName): Promise<TreeRow | undefined> {
  const row = await queries<RawTree>("jrn_tree").where({ log }).first();
  if (row === undefined) return undefined;
  const { size, checkpoint, archived, minimum, minimum_note: minimumNote } = row;
  return {
    size: Number(size),
    ...(checkpoint === null ? {} : { checkpoint }),
    archived: Number(archived),
    minimum: Number(minimum),
    ...(minimumNote === null ? {} : { minimumNote }),
  };
}

export interface Lease {
  readonly owner: string;
  readonly now: Instant;
  readonly until: Instant;
}

/**
 * Takes or renews the lease of a log, and with it the row until the transaction ends. A lease that ends later than ours
 * would was given by a clock that is wrong: it does not bind.
 */
export async function takeLease(
  queries: Queries,
  log: LogName,
  { owner, now, until }: Lease,
): Promise<boolean> {
  const taken = await queries<RawTree>("jrn_tree")
    .where({ log })
    .where((free) => {
      void free
        .whereNull("lease_owner")
        .orWhere({ lease_owner: owner })
        .orWhere("lease_until", "<=", now)
        .orWhere("lease_until", ">", until);
    })
    .update({ lease_owner: owner, lease_until: until });
  return taken === 1;
}

/** Lets others number at once. */
export async function dropLease(queries: Queries, owner: string): Promise<void> {
  await queries<RawTree>("jrn_tree")
    .where({ lease_owner: owner })
    .update({ lease_owner: null, lease_until: null });
}

/** True when the tree had that size until now: nobody else has grown it. */
export async function growTree(
  queries: Queries,
  log: LogName,
  change: { readonly from: number; readonly to: number; readonly checkpoint: string },
): Promise<boolean> {
  const grown = await queries<RawTree>("jrn_tree")
    .where({ log, size: change.from })
    .update({ size: change.to, checkpoint: change.checkpoint });
  return grown === 1;
}

/** True when the archive ended there until now: nobody else has moved entries. It holds the log's row until the transaction ends. */
export async function setArchived(
  queries: Queries,
  log: LogName,
  change: { readonly from: number; readonly to: number },
): Promise<boolean> {
  const set = await queries<RawTree>("jrn_tree")
    .where({ log, archived: change.from })
    .update({ archived: change.to });
  return set === 1;
}

/** True when nobody else has raised it; the archive ends at it, or beyond. */
export async function raiseMinimum(
  queries: Queries,
  log: LogName,
  change: { readonly from: number; readonly to: number; readonly note: string; readonly archived: number },
): Promise<boolean> {
  const { from, to, note, archived } = change;
  const raised = await queries<RawTree>("jrn_tree")
    .where({ log, minimum: from })
    .update({ minimum: to, minimum_note: note, archived });
  return raised === 1;
}

/** Hashes of these tiles by `tileKey`; a tile that is not there is left out. */
export async function readTiles(
  queries: Queries,
  log: LogName,
  places: readonly TilePlace[],
): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  if (places.length === 0) return found;
  const rows: RawTile[] = await queries<RawTile>("jrn_tile")
    .where({ log })
    .whereIn(
      ["level", "number"],
      places.map(({ level, number }) => [level, number]),
    );
  for (const { level, number, hashes } of rows) found.set(tileKey({ level, number: Number(number) }), hashes);
  return found;
}

/** True when the log has a tile. */
export async function hasTiles(queries: Queries, log: LogName): Promise<boolean> {
  return (await queries<RawTile>("jrn_tile").where({ log }).select("level").first()) !== undefined;
}

export async function writeTiles(
  queries: Queries,
  log: LogName,
  tiles: readonly (TilePlace & { readonly hashes: Buffer })[],
): Promise<void> {
  for (const { level, number, hashes } of tiles) {
    if (hashes.length % HASH !== 0) throw new RangeError("a tile of broken hashes");
    await queries<RawTile>("jrn_tile")
      .insert({ log, level, number, hashes })
      .onConflict(["log", "level", "number"])
      .merge(["hashes"]);
  }
}
