import { foldRight, HASH, nodeHash } from "./merkle-tree.ts";
import { edgeTiles, openTile, TILE_WIDTH, type TilePlace } from "./tile.ts";

/** The right edge of a tree, to which leaves are added: about two hashes a leaf, whatever the size. */
export interface GrowingTree {
  readonly size: number;
  add(leafHash: Uint8Array): void;
  root(): Buffer;
  /** Tiles that changed since this was last called, with their hashes. */
  takeChanged(): readonly (TilePlace & { readonly hashes: Buffer })[];
}

/** An edge read again from its partial tiles, `edgeTiles(size)`. Undefined when a tile is missing or too narrow. */
export function growingTree(
  size: number,
  tileAt: (place: TilePlace) => Uint8Array | undefined,
): GrowingTree | undefined {
  const open = new Map<number, Buffer[]>();
  const stack: Uint8Array[] = []; // perfect subtrees from left to right, as the size decomposes
  for (const place of [...edgeTiles(size)].reverse()) {
    const hashes = tileAt(place)?.subarray(0, place.width * HASH);
    if (hashes?.length !== place.width * HASH) return undefined;
    const tile = openTile(hashes);
    for (let height = 7, at = 0; height >= 0; height -= 1) {
      if (Math.floor(place.width / 2 ** height) % 2 === 0) continue;
      const node = tile.node(height, at / 2 ** height);
      if (node === undefined) return undefined;
      stack.push(node);
      at += 2 ** height;
    }
    const cut = Array.from({ length: place.width }, (_, n) =>
      Buffer.from(hashes.subarray(n * HASH, (n + 1) * HASH)),
    );
    open.set(place.level, cut);
  }
  return grow(size, stack, open);
}

function grow(from: number, stack: Uint8Array[], open: Map<number, Buffer[]>): GrowingTree {
  let size = from;
  const changed = new Map<string, TilePlace & { hashes: Buffer }>();
  const touched = new Map<number, number>(); // level → tile number, not yet full

  /** Puts a hash at the edge of a level; `count` is how many the level holds with it. */
  const put = (level: number, count: number, hash: Uint8Array) => {
    const hashes = open.get(level) ?? [];
    hashes.push(Buffer.from(hash));
    const number = Math.floor((count - 1) / TILE_WIDTH);
    if (hashes.length < TILE_WIDTH) {
      open.set(level, hashes);
      touched.set(level, number);
    } else {
      changed.set(`${level}/${number}`, { level, number, hashes: Buffer.concat(hashes) });
      open.set(level, []);
      touched.delete(level);
    }
  };

  return {
    get size() {
      return size;
    },
    add: (leaf) => {
      let node = leaf;
      put(0, size + 1, leaf);
      let rest = size;
      let width = 1;
      for (let height = 1; rest % 2 === 1; height += 1) {
        node = nodeHash(stack.pop() as Uint8Array, node);
        rest = (rest - 1) / 2;
        width *= 2;
        if (height % 8 === 0) put(height / 8, (size + 1) / width, node);
      }
      stack.push(node);
      size += 1;
    },
    root: () => foldRight(stack),
    takeChanged: () => {
      for (const [level, number] of touched) {
        changed.set(`${level}/${number}`, { level, number, hashes: Buffer.concat(open.get(level) ?? []) });
      }
      const taken = [...changed.values()];
      changed.clear();
      touched.clear();
      return taken;
    },
  };
}
