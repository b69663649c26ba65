import type { HighWaterMark } from "@preau/keys";
import { type Checkpoint, readCheckpoint } from "./checkpoint.ts";
import { type EntryHeader, writeHeader } from "./entry.ts";
import { type GrowingTree, growingTree } from "./growing-tree.ts";
import { HASH, leafHash } from "./merkle-tree.ts";
import { isSignedBy, readVkey } from "./signed-note.ts";
import { TILE_WIDTH, type TilePlace, tileKey } from "./tile.ts";

export interface AuditReport {
  /** True when the entries are those that the checkpoint was signed over: none changed, added, lost or moved. */
  readonly holds: boolean;
  readonly size: number;
  /**
   * Where it breaks: `jrn_entry N` (that number is missing, changed or beyond the size), `jrn_tile LEVEL/NUMBER`,
   * `jrn_tree` (size, checkpoint or signature), `key_mark` (not the history that was signed last).
   */
  readonly at?: string;
}

export interface AuditedLog {
  readonly size: number;
  readonly checkpoint: string | undefined;
  /** One more than the highest number given to an entry. */
  readonly numbered: number;
  /** True when there is a tile. */
  readonly tiled: boolean;
  readonly mark: HighWaterMark | undefined;
  readonly vkey: string;
  /** Headers numbered from `from` to before `to`, in order. */
  headers(
    from: number,
    to: number,
  ): Promise<readonly { readonly index: number; readonly header: EntryHeader }[]>;
  /** The hashes that these tiles hold, by `tileKey`. */
  tiles(places: readonly TilePlace[]): Promise<ReadonlyMap<string, Buffer>>;
}

/** Entries read at a time. */
const PAGE = 5_000;

/** Computes a log's tree again from all its entries, with memory for one page, and says where it breaks first. */
export async function auditLog(log: AuditedLog): Promise<AuditReport> {
  const at = await firstBreak(log);
  return { holds: at === undefined, size: log.size, ...(at === undefined ? {} : { at }) };
}

async function firstBreak(log: AuditedLog): Promise<string | undefined> {
  const { size, mark } = log;
  if (log.checkpoint === undefined && size === 0) {
    if (log.numbered > 0) return `jrn_entry ${log.numbered - 1}`;
    if (log.tiled) return "jrn_tree";
    return mark === undefined ? undefined : "key_mark";
  }
  const checkpoint = readCheckpoint(log.checkpoint ?? "");
  const key = readVkey(log.vkey);
  if (checkpoint?.size !== size || key === undefined || !isSignedBy(checkpoint.note, key)) return "jrn_tree";
  if (log.numbered > size) return `jrn_entry ${log.numbered - 1}`;
  return firstBreakOfTree(log, checkpoint);
}

async function firstBreakOfTree(log: AuditedLog, { size, root }: Checkpoint): Promise<string | undefined> {
  const { mark } = log;
  const tree = growingTree(0, () => undefined);
  if (tree === undefined) return "jrn_tree";
  let other: OtherTile | undefined;
  let marked = mark === undefined;
  for (let from = 0; from < size; from += PAGE) {
    for (const { index, header } of await log.headers(from, Math.min(size, from + PAGE))) {
      if (index !== tree.size) return `jrn_entry ${tree.size}`;
      tree.add(leafHash(writeHeader(header)));
      if (tree.size === mark?.size) marked = tree.root().equals(mark.root);
    }
    other ??= await firstOtherTile(log, tree);
  }
  if (tree.size !== size) return `jrn_entry ${tree.size}`;
  // Entries that make the signed root are right, and a tile is not; else the tile tells which entry is not.
  if (!tree.root().equals(root)) return other?.entry === undefined ? "jrn_tree" : `jrn_entry ${other.entry}`;
  if (other !== undefined) return `jrn_tile ${tileKey(other.place)}`;
  return marked ? undefined : "key_mark";
}

interface OtherTile {
  readonly place: TilePlace;
  /** Number of the entry whose hash differs, in a tile of entries. */
  readonly entry?: number;
}

/** The first tile that does not begin with the hashes computed since the last call; a log that grew has more of them. */
async function firstOtherTile(log: AuditedLog, tree: GrowingTree): Promise<OtherTile | undefined> {
  const computed = [...tree.takeChanged()].sort((a, b) => a.level - b.level || a.number - b.number);
  const stored = await log.tiles(computed);
  for (const { hashes, level, number } of computed) {
    const place = { level, number };
    const found = stored.get(tileKey(place)) ?? Buffer.alloc(0);
    const at = firstOtherHash(hashes, found);
    if (at === undefined) continue;
    return level === 0 && at * HASH < found.length ? { place, entry: number * TILE_WIDTH + at } : { place };
  }
  return undefined;
}

function firstOtherHash(hashes: Buffer, found: Buffer): number | undefined {
  for (let at = 0; at < hashes.length; at += HASH) {
    if (!hashes.subarray(at, at + HASH).equals(found.subarray(at, at + HASH))) return at / HASH;
  }
  return undefined;
}
