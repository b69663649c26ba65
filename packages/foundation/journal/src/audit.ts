import type { HighWaterMark } from "@preau/keys";
import type { ArchivedRange } from "./archived-range.ts";
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
   * `jrn_tree` (size, checkpoint or signature), `jrn_archive N` (the segments from that number on are missing, changed or
   * do not open), `jrn_tree minimum` (nobody signed that what is gone may be), `key_mark` (not the history that was signed
   * last).
   */
  readonly at?: string;
}

/** Where a log's entries stand. */
interface LogPlaces {
  /** Entries before this number are in the archive, or gone. */
  readonly archived: number;
  /** Entries before this number are gone. */
  readonly minimum: number;
}

export interface AuditedLog extends LogPlaces {
  readonly size: number;
  readonly checkpoint: string | undefined;
  /** The signed note that says so. */
  readonly minimumNote: string | undefined;
  readonly minimumVkey: string;
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
  /** Where they stand now: others archive and prune meanwhile. */
  places(): Promise<LogPlaces>;
  /** The range of the archive that holds that number; undefined when it is missing or does not open. */
  archivedRange(number: number): Promise<ArchivedRange | undefined>;
  /** The hashes that these tiles hold, by `tileKey`. */
  tiles(places: readonly TilePlace[]): Promise<ReadonlyMap<string, Buffer>>;
}

/** Entries read at a time. */
const PAGE = 5_000;
/** Tiles held against what was computed at a time. */
const TILES = 64;

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
  if (log.minimum > log.archived || log.archived > size) return "jrn_tree";
  return firstBreakOfTree(log, checkpoint);
}

async function firstBreakOfTree(log: AuditedLog, { size, root }: Checkpoint): Promise<string | undefined> {
  const { mark, archived, minimum } = log;
  const tree = growingTree(0, () => undefined);
  if (tree === undefined) return "jrn_tree";
  let other: OtherTile | undefined;
  let marked = mark === undefined;
  const add = (hash: Buffer) => {
    tree.add(hash);
    if (tree.size === mark?.size) marked = tree.root().equals(mark.root);
  };

  // What is gone has left its hashes, and nothing else: the note tells that they are those that were signed over.
  for (let number = 0; tree.size < minimum; number += 1) {
    const hashes = await leavesOf(log, number);
    const wanted = Math.min(TILE_WIDTH, minimum - tree.size);
    if (hashes.length < wanted) return `jrn_tile ${tileKey({ level: 0, number })}`;
    for (const hash of hashes.slice(0, wanted)) add(hash);
    if (number % TILES === TILES - 1) other ??= await firstOtherTile(log, tree);
  }
  if (minimum > 0 && !isMinimum(log, tree.root())) return "jrn_tree minimum";

  // Where an entry stands is looked up again when it is not where it was: it can be archived, or go, meanwhile.
  let standing: LogPlaces = { archived, minimum };
  while (tree.size < size) {
    const next = await nextLeaves(log, standing, tree.size);
    if (typeof next === "string") {
      const now = await log.places();
      if (now.archived === standing.archived && now.minimum === standing.minimum) return next;
      standing = now;
      continue;
    }
    for (const hash of next) add(hash);
    other ??= await firstOtherTile(log, tree);
  }
  other ??= await firstOtherTile(log, tree);
  // Entries that make the signed root are right, and a tile is not; else the tile tells which entry is not.
  if (!tree.root().equals(root))
    return other?.entry === undefined ? "jrn_tree" : placeOfEntry(log, other.entry);
  if (other !== undefined) return `jrn_tile ${tileKey(other.place)}`;
  return marked ? undefined : "key_mark";
}

/** The hashes of the leaves from number `at` on, as many as stand together; or the place where the first one is missing. */
async function nextLeaves(
  log: AuditedLog,
  { archived, minimum }: LogPlaces,
  at: number,
): Promise<readonly Buffer[] | string> {
  if (at < minimum) {
    const number = Math.floor(at / TILE_WIDTH);
    const first = number * TILE_WIDTH;
    const hashes = (await leavesOf(log, number)).slice(at - first, minimum - first);
    return hashes.length === 0 ? `jrn_tile ${tileKey({ level: 0, number })}` : hashes;
  }
  if (at < archived) {
    const range = await log.archivedRange(at);
    const headers = (range?.headers ?? []).filter(({ index }) => index >= at);
    const isWhole = range !== undefined && range.to <= archived && headers.length === range.to - at;
    if (!isWhole || headers.some(({ index }, place) => index !== at + place)) return `jrn_archive ${at}`;
    return headers.map(({ header }) => leafHash(writeHeader(header)));
  }
  const page = await log.headers(at, Math.min(log.size, at + PAGE));
  const gap = page.findIndex(({ index }, place) => index !== at + place);
  const together = gap === -1 ? page : page.slice(0, gap);
  return together.length === 0
    ? `jrn_entry ${at}`
    : together.map(({ header }) => leafHash(writeHeader(header)));
}

function placeOfEntry({ archived, minimum }: AuditedLog, entry: number): string {
  if (entry < minimum) return `jrn_tile ${tileKey({ level: 0, number: Math.floor(entry / TILE_WIDTH) })}`;
  return entry < archived ? `jrn_archive ${entry}` : `jrn_entry ${entry}`;
}

async function leavesOf(log: AuditedLog, number: number): Promise<readonly Buffer[]> {
  const place = { level: 0, number };
  const hashes = (await log.tiles([place])).get(tileKey(place)) ?? Buffer.alloc(0);
  return Array.from({ length: Math.floor(hashes.length / HASH) }, (_, at) =>
    hashes.subarray(at * HASH, (at + 1) * HASH),
  );
}

/** The note of the log itself, over the size and the root of what is gone. */
function isMinimum({ minimum, minimumNote, minimumVkey }: AuditedLog, root: Buffer): boolean {
  const note = readCheckpoint(minimumNote ?? "");
  const key = readVkey(minimumVkey);
  if (note === undefined || key === undefined || !isSignedBy(note.note, key)) return false;
  return note.size === minimum && note.root.equals(root);
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
