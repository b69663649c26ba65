/**
 * A verifier of tlog-proofs that takes nothing from the journal but its public key: the iterative algorithm of
 * RFC 9162 §2.1.3.2, and the signed note. The leaf stands in the line `extra`.
 */
import { createHash, type KeyObject, verify } from "node:crypto";

/** Whether the leaf is in the tree of the checkpoint, and the checkpoint is signed with that key. */
export function verifyProof(proof: string, publicKey: KeyObject): boolean {
  const [head = "", text = "", signatures = ""] = proof.split("\n\n");
  const [, extra = "", indexLine = "", ...hashes] = head.split("\n");
  const leaf = Buffer.from(extra.slice("extra ".length), "base64");
  const [, size = "", root = ""] = text.split("\n");
  const computed = rootOf(
    sha256(Uint8Array.of(0), leaf),
    Number(indexLine.slice("index ".length)),
    Number(size),
    hashes.map((hash) => Buffer.from(hash, "base64")),
  );
  if (computed?.toString("base64") !== root) return false;
  const signature = Buffer.from(signatures.trim().split(" ").at(-1) ?? "", "base64").subarray(4);
  return verify(null, Buffer.from(`${text}\n`), publicKey, signature);
}

function rootOf(leafHash: Buffer, index: number, size: number, path: readonly Buffer[]): Buffer | undefined {
  if (index >= size) return undefined;
  let [node, last, hash] = [index, size - 1, leafHash];
  for (const sibling of path) {
    if (last === 0) return undefined;
    if (node % 2 === 1 || node === last) {
      hash = sha256(Uint8Array.of(1), sibling, hash);
      while (node % 2 === 0 && node !== 0) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
    } else {
      hash = sha256(Uint8Array.of(1), hash, sibling);
    }
    [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  }
  return last === 0 ? hash : undefined;
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}
