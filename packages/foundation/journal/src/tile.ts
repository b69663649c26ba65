/**
 * The tree in tiles (c2sp.org/tlog-tiles): tile n of level l holds up to 256 hashes, the i-th being
 * MTH(D[(256n + i) · 256^l : (256n + i + 1) · 256^l]). All other nodes are computed from them: 32 bytes a leaf and
 * 1/256 more are stored, and any proof needs one tile a level.
 */
import { foldRight, HASH, nodeHash } from "./merkle-tree.ts";
import type { LeafRange } from "./tree-proof.ts";

/** Hashes in a full tile. */
export const TILE_WIDTH = 256;
const TILE_HEIGHT = 8;

export interface TilePlace {
  readonly level: number;
  readonly number: number;
}

/** A perfect subtree: the leaves from index · 2^height to before (index + 1) · 2^height. */
interface Node {
  readonly height: number;
  readonly index: number;
}

export function tileKey({ level, number }: TilePlace): string {
  return `${level}/${number}`;
}

/** The partial tiles at the right edge of a tree of that size, from level 0 up; a level without one is left out. */
export function edgeTiles(size: number): readonly (TilePlace & { readonly width: number })[] {
  const edge: (TilePlace & { readonly width: number })[] = [];
  for (let level = 0, hashes = size; hashes > 0; level += 1, hashes = Math.floor(hashes / TILE_WIDTH)) {
    const width = hashes % TILE_WIDTH;
    if (width > 0) edge.push({ level, number: Math.floor(hashes / TILE_WIDTH), width });
  }
  return edge;
}

/** The tiles that the hashes of these ranges are computed from, each once. */
export function tilesOf(ranges: readonly LeafRange[]): readonly TilePlace[] {
  const places = new Map<string, TilePlace>();
  for (const range of ranges) {
    for (const node of perfectNodes(range)) {
      const place = placeOf(node);
      places.set(tileKey(place), place);
    }
  }
  return [...places.values()];
}

/** A tile whose inner nodes are computed once. */
export interface Tile {
  readonly width: number;
  /** The node `height` (0 to 7) levels above the tile's own hashes. Undefined beyond its width. */
  node(height: number, index: number): Uint8Array | undefined;
}

export function openTile(hashes: Uint8Array): Tile {
  const levels: Uint8Array[][] = [cut(hashes)];
  const level = (height: number): Uint8Array[] => {
    for (let at = levels.length; at <= height; at += 1) {
      const below = levels[at - 1] ?? [];
      const nodes: Uint8Array[] = [];
      for (let n = 0; n + 1 < below.length; n += 2) {
        nodes.push(nodeHash(below[n] as Uint8Array, below[n + 1] as Uint8Array));
      }
      levels.push(nodes);
    }
    return levels[height] ?? [];
  };
  return { width: hashes.length / HASH, node: (height, index) => level(height)[index] };
}

/** MTH of a range that a tree is split into. Undefined when a tile lacks a hash that it must hold. */
export function rangeHash(
  range: LeafRange,
  tileAt: (place: TilePlace) => Tile | undefined,
): Buffer | undefined {
  const hashes: Uint8Array[] = [];
  for (const node of perfectNodes(range)) {
    const place = placeOf(node);
    const height = node.height - place.level * TILE_HEIGHT;
    const found = tileAt(place)?.node(height, node.index - (place.number * TILE_WIDTH) / 2 ** height);
    if (found === undefined) return undefined;
    hashes.push(found);
  }
  return foldRight(hashes);
}

/** The range's start is a multiple of the largest power of two in its length, as the splitting makes it. */
function perfectNodes({ start, end }: LeafRange): readonly Node[] {
  const nodes: Node[] = [];
  let at = start;
  for (let height = Math.floor(Math.log2(Math.max(1, end - start))) + 1; height >= 0; height -= 1) {
    const width = 2 ** height;
    if (width <= end - at) {
      nodes.push({ height, index: at / width });
      at += width;
    }
  }
  return nodes;
}

function placeOf({ height, index }: Node): TilePlace {
  const level = Math.floor(height / TILE_HEIGHT);
  const first = index * 2 ** (height - level * TILE_HEIGHT);
  return { level, number: Math.floor(first / TILE_WIDTH) };
}

function cut(hashes: Uint8Array): Uint8Array[] {
  const cuts: Uint8Array[] = [];
  for (let at = 0; at < hashes.length; at += HASH) cuts.push(hashes.subarray(at, at + HASH));
  return cuts;
}
