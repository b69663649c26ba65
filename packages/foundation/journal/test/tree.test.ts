import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { growingTree } from "../src/growing-tree.ts";
import { emptyRoot, leafHash, nodeHash, splitPoint } from "../src/merkle-tree.ts";
import { openTile, rangeHash, type Tile, type TilePlace, tileKey } from "../src/tile.ts";
import {
  consistencyRanges,
  inclusionRanges,
  type LeafRange,
  verifyConsistency,
  verifyInclusion,
} from "../src/tree-proof.ts";

// The leaves and values that Certificate Transparency's own implementations test with.
const LEAVES = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
];
const ROOTS = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
const [h0, h01, h2to3, h4to7] = [
  ROOTS[1]!,
  ROOTS[2]!,
  "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
  "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
];
const h1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
const h4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
const h6to7 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
const h4to5 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
const vectorLeaves = LEAVES.map((leaf) => leafHash(Buffer.from(leaf, "hex")));

/** The recursive definition, RFC 6962 §2.1. */
function treeHash(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves;
  if (only === undefined) return emptyRoot();
  if (leaves.length === 1) return only;
  const k = splitPoint(leaves.length);
  return nodeHash(treeHash(leaves.slice(0, k)), treeHash(leaves.slice(k)));
}

/** A tree grown leaf by leaf with its tiles, as the tables hold them. */
function grow(leaves: readonly Buffer[], takeEvery = 7) {
  const tiles = new Map<string, Tile>();
  const stored = new Map<string, Buffer>();
  const tree = growingTree(0, () => undefined)!;
  const take = () => {
    for (const { hashes, ...place } of tree.takeChanged()) {
      stored.set(tileKey(place), hashes);
      tiles.set(tileKey(place), openTile(hashes));
    }
  };
  leaves.forEach((leaf, at) => {
    tree.add(leaf);
    if (at % takeEvery === 0) take();
  });
  take();
  const tileAt = (place: TilePlace) => tiles.get(tileKey(place));
  return {
    tree,
    stored,
    hashes: (ranges: readonly LeafRange[]) => ranges.map((range) => rangeHash(range, tileAt)!),
  };
}

const leavesOf = (n: number) => Array.from({ length: n }, (_, i) => leafHash(Buffer.from(String(i))));
const hex = (hashes: readonly Uint8Array[]) => hashes.map((hash) => Buffer.from(hash).toString("hex"));

describe("Merkle tree (RFC 6962 §2.1)", () => {
  it.each(ROOTS.map((root, size) => ({ root, size })))(
    "has the known root at size $size",
    ({ root, size }) => {
      expect(treeHash(vectorLeaves.slice(0, size)).toString("hex")).toBe(root);
      expect(grow(vectorLeaves.slice(0, size)).tree.root().toString("hex")).toBe(root);
    },
  );

  it.each([
    { index: 0, size: 8, path: [h1, h2to3, h4to7] },
    { index: 5, size: 8, path: [h4, h6to7, ROOTS[4]!] },
    { index: 2, size: 3, path: [h01] },
    { index: 1, size: 5, path: [h0, h2to3, h4] },
    { index: 0, size: 1, path: [] },
  ])("has the known inclusion proof of leaf $index at size $size (§2.1.1)", ({ index, size, path }) => {
    const { tree, hashes } = grow(vectorLeaves.slice(0, size));
    const proof = hashes(inclusionRanges(index, size));
    expect(hex(proof)).toEqual(path);
    expect(verifyInclusion({ hash: vectorLeaves[index]!, index }, { size, root: tree.root() }, proof)).toBe(
      true,
    );
  });

  it.each([
    { older: 1, newer: 8, proof: [h1, h2to3, h4to7] },
    { older: 6, newer: 8, proof: [h4to5, h6to7, ROOTS[4]!] },
    { older: 2, newer: 5, proof: [h2to3, h4] },
    { older: 8, newer: 8, proof: [] },
  ])("has the known consistency proof from $older to $newer (§2.1.2)", ({ older, newer, proof }) => {
    expect(hex(grow(vectorLeaves.slice(0, newer)).hashes(consistencyRanges(older, newer)))).toEqual(proof);
  });
});

describe("Merkle tree against its recursive definition (RFC 9162 §2.1)", () => {
  const MOST = 700; // beyond two levels of tiles' edges
  const all = leavesOf(MOST);
  const sizes = fc.integer({ min: 1, max: MOST });

  it("has the same root, also when its edge is read again from tiles", () => {
    fc.assert(
      fc.property(sizes, fc.nat({ max: 300 }), (size, more) => {
        const total = Math.min(MOST, size + more);
        const { tree, stored } = grow(all.slice(0, size));
        const again = growingTree(size, (place) => stored.get(tileKey(place)))!;
        expect(again.root()).toEqual(tree.root());
        for (const leaf of all.slice(size, total)) again.add(leaf);
        expect(again.root()).toEqual(treeHash(all.slice(0, total)));
      }),
      { numRuns: 60 },
    );
  });

  it("proves every leaf, and no other leaf, index, size or path", () => {
    fc.assert(
      fc.property(sizes, fc.nat(), fc.nat(), (size, pick, other) => {
        const index = pick % size;
        const { tree, hashes } = grow(all.slice(0, size));
        const path = hashes(inclusionRanges(index, size));
        const head = { size, root: tree.root() };
        const leaf = { hash: all[index]!, index };
        expect(verifyInclusion(leaf, head, path)).toBe(true);
        expect(verifyInclusion({ hash: all[(index + 1) % MOST]!, index }, head, path)).toBe(false);
        if (other % size !== index)
          expect(verifyInclusion({ ...leaf, index: other % size }, head, path)).toBe(false);
        expect(verifyInclusion({ ...leaf, index: size }, head, path)).toBe(false);
        expect(verifyInclusion(leaf, head, [...path, all[0]!])).toBe(false);
        if (path.length > 0) expect(verifyInclusion(leaf, head, path.slice(1))).toBe(false);
      }),
      { numRuns: 80 },
    );
  });

  it("proves every older size, and no other root", () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (newer, pick) => {
        const older = 1 + (pick % newer);
        const heads = [older, newer].map((size) => ({ size, root: treeHash(all.slice(0, size)) }));
        const [from, to] = [heads[0]!, heads[1]!];
        const proof = grow(all.slice(0, newer)).hashes(consistencyRanges(older, newer));
        expect(verifyConsistency(from, to, proof)).toBe(true);
        expect(verifyConsistency({ ...from, root: all[0]! }, { ...to, root: all[1]! }, proof)).toBe(false);
        if (older < newer) expect(verifyConsistency({ ...from, root: all[1]! }, to, proof)).toBe(false);
        expect(verifyConsistency(from, to, [...proof, all[0]!])).toBe(false);
        if (proof.length > 0) expect(verifyConsistency(from, to, proof.slice(1))).toBe(false);
        expect(verifyConsistency(to, { ...from, size: older - 1 }, proof)).toBe(false);
      }),
      { numRuns: 80 },
    );
  });

  it("keeps tiles of the widths that tlog-tiles gives for 70,000 leaves", () => {
    const leaf = leafHash(Buffer.alloc(0));
    const { stored } = grow(Array<Buffer>(70_000).fill(leaf), 5_000);
    const widths = [...stored].map(([key, hashes]) => [key, hashes.length / 32] as const);
    expect(widths.filter(([key, width]) => key.startsWith("0/") && width === 256)).toHaveLength(273);
    expect(new Map(widths).get("0/273")).toBe(112);
    expect([new Map(widths).get("1/0"), new Map(widths).get("1/1"), new Map(widths).get("2/0")]).toEqual([
      256, 17, 1,
    ]);
  });
});
