/**
 * Proofs about RFC 6962 trees: which subtrees they are made of, and their verification as RFC 9162 §2.1.3.2 (inclusion)
 * and §2.1.4.2 (consistency) write it. Sizes and indices are safe integers; no bit operations, which end at 2^31.
 */
import { HASH, nodeHash, splitPoint } from "./merkle-tree.ts";

/** The leaves from `start` to before `end`. */
export interface LeafRange {
  readonly start: number;
  readonly end: number;
}

/** The subtrees whose hashes are PATH(index, D[size]), from the leaf's sibling up. */
export function inclusionRanges(index: number, size: number): readonly LeafRange[] {
  const path: LeafRange[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    if (index < middle) {
      path.push({ start: middle, end });
      end = middle;
    } else {
      path.push({ start, end: middle });
      start = middle;
    }
  }
  return path.reverse();
}

/** The subtrees whose hashes are PROOF(older, D[newer]), for 0 < older ≤ newer. */
export function consistencyRanges(older: number, newer: number): readonly LeafRange[] {
  const proof: LeafRange[] = [];
  let start = 0;
  let end = newer;
  while (older < end) {
    const middle = start + splitPoint(end - start);
    if (older <= middle) {
      proof.push({ start: middle, end });
      end = middle;
    } else {
      proof.push({ start, end: middle });
      start = middle;
    }
  }
  if (start > 0) proof.push({ start, end });
  return proof.reverse();
}

/** True when the leaf with that hash stands at that index of the tree with that size and root. */
export function verifyInclusion(
  leaf: { readonly hash: Uint8Array; readonly index: number },
  tree: { readonly size: number; readonly root: Uint8Array },
  path: readonly Uint8Array[],
): boolean {
  if (!isIndex(leaf.index) || !isIndex(tree.size) || leaf.index >= tree.size) return false;
  if (!path.every((each) => each.length === HASH)) return false;
  let fn = leaf.index;
  let sn = tree.size - 1;
  let root: Uint8Array = leaf.hash;
  for (const sibling of path) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      root = nodeHash(sibling, root);
      while (fn % 2 === 0 && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      root = nodeHash(root, sibling);
    }
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 && Buffer.compare(root, tree.root) === 0;
}

/** True when the newer tree begins with all leaves of the older one, in the same order. */
export function verifyConsistency(
  older: { readonly size: number; readonly root: Uint8Array },
  newer: { readonly size: number; readonly root: Uint8Array },
  proof: readonly Uint8Array[],
): boolean {
  if (!isIndex(older.size) || !isIndex(newer.size) || older.size > newer.size) return false;
  if (!proof.every((each) => each.length === HASH)) return false;
  if (older.size === newer.size) return proof.length === 0 && Buffer.compare(older.root, newer.root) === 0;
  if (older.size === 0) return proof.length === 0; // the empty tree begins every tree
  const rest = isPowerOfTwo(older.size) ? [older.root, ...proof] : [...proof];
  const first = rest.shift();
  if (first === undefined) return false;
  let fn = older.size - 1;
  let sn = newer.size - 1;
  while (fn % 2 === 1) {
    fn = half(fn);
    sn = half(sn);
  }
  let olderRoot = first;
  let newerRoot = first;
  for (const each of rest) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      olderRoot = nodeHash(each, olderRoot);
      newerRoot = nodeHash(each, newerRoot);
      while (fn % 2 === 0 && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      newerRoot = nodeHash(newerRoot, each);
    }
    fn = half(fn);
    sn = half(sn);
  }
  return (
    sn === 0 && Buffer.compare(olderRoot, older.root) === 0 && Buffer.compare(newerRoot, newer.root) === 0
  );
}

function isIndex(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function half(value: number): number {
  return Math.floor(value / 2);
}

function isPowerOfTwo(value: number): boolean {
  return 2 ** Math.round(Math.log2(value)) === value;
}
