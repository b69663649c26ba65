/**
 * RFC 6962 §2.1 (RFC 9162 §2.1.1): SHA-256 over a binary tree whose leaves and nodes are told apart by their first byte.
 *
 *   MTH({})      = SHA-256()
 *   MTH({d})     = SHA-256(0x00 || d)
 *   MTH(D[n])    = SHA-256(0x01 || MTH(D[0:k]) || MTH(D[k:n])), k the largest power of two below n
 */
import { hash } from "node:crypto";

/** Bytes of a hash. */
export const HASH = 32;

export function leafHash(leaf: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(1 + leaf.length);
  bytes[0] = 0;
  bytes.set(leaf, 1);
  return hash("sha256", bytes, "buffer");
}

const pair = Buffer.alloc(1 + 2 * HASH, 1);

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  pair.set(left, 1);
  pair.set(right, 1 + HASH);
  return hash("sha256", pair, "buffer");
}

/** The root of a tree without leaves. */
export function emptyRoot(): Buffer {
  return hash("sha256", "", "buffer");
}

/** The largest power of two below n, for n ≥ 2: where a tree of n leaves is split. Exact for all safe integers. */
export function splitPoint(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** The root over perfect subtrees given from left to right, as a tree's size decomposes into powers of two. */
export function foldRight(hashes: readonly Uint8Array[]): Buffer {
  const last = hashes.at(-1);
  if (last === undefined) return emptyRoot();
  let root: Buffer = Buffer.from(last);
  for (let at = hashes.length - 2; at >= 0; at -= 1) root = nodeHash(hashes[at] as Uint8Array, root);
  return root;
}
