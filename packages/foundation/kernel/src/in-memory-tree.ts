/**
 * RFC 6962 §2.1 written down as the RFC defines it, recursively: slow, and short enough to be read against the text, so
 * that it serves as an oracle for a fast tree.
 */
import { createHash } from "node:crypto";

/** MTH: the hash of a tree over these leaves. RFC 6962 §2.1 */
export function treeHash(leaves: readonly Uint8Array[]): Buffer {
  const [only] = leaves;
  if (only === undefined) return sha256();
  if (leaves.length === 1) return sha256(Uint8Array.of(0), only);
  const split = splitOf(leaves.length);
  return sha256(Uint8Array.of(1), treeHash(leaves.slice(0, split)), treeHash(leaves.slice(split)));
}

/** PATH: the inclusion proof of the leaf at that index, from the leaf upwards. RFC 6962 §2.1.1 */
export function auditPath(index: number, leaves: readonly Uint8Array[]): readonly Uint8Array[] {
  if (leaves.length <= 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  if (index < split) return [...auditPath(index, left), treeHash(right)];
  return [...auditPath(index - split, right), treeHash(left)];
}

/** The largest power of two below n. */
function splitOf(n: number): number {
  return 2 ** Math.floor(Math.log2(n - 1));
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}
