/**
 * Proofs that verify offline (c2sp.org/tlog-proof): `extra` in base64 (what a stranger needs to compute the leaf; not
 * authenticated by itself), the index, the inclusion path, an empty line, the checkpoint verbatim.
 */
import { type Checkpoint, readCheckpoint, readDecimal } from "./checkpoint.ts";
import { HASH } from "./merkle-tree.ts";
import { readBase64 } from "./signed-note.ts";

const FIRST_LINE = "c2sp.org/tlog-proof@v1";

export interface TlogProof {
  readonly extra?: Buffer;
  readonly index: number;
  readonly path: readonly Buffer[];
  readonly checkpoint: Checkpoint;
}

export function writeTlogProof(proof: {
  readonly extra?: Uint8Array;
  readonly index: number;
  readonly path: readonly Uint8Array[];
  /** The signed note. */
  readonly checkpoint: string;
}): string {
  const lines = [FIRST_LINE];
  if (proof.extra !== undefined) lines.push(`extra ${Buffer.from(proof.extra).toString("base64")}`);
  lines.push(`index ${proof.index}`);
  for (const hash of proof.path) lines.push(Buffer.from(hash).toString("base64"));
  return `${lines.join("\n")}\n\n${proof.checkpoint}`;
}

/** Reads a proof's form strictly; undefined when it is not one. Nothing is verified. */
export function readTlogProof(text: string): TlogProof | undefined {
  const blank = text.indexOf("\n\n");
  if (blank < 0) return undefined;
  const lines = text.slice(0, blank).split("\n");
  if (lines.shift() !== FIRST_LINE) return undefined;
  let extra: Buffer | undefined;
  if (lines[0]?.startsWith("extra ") === true) {
    extra = readBase64(lines.shift()?.slice("extra ".length) ?? "");
    if (extra === undefined) return undefined;
  }
  const indexLine = lines.shift() ?? "";
  const index = indexLine.startsWith("index ") ? readDecimal(indexLine.slice("index ".length)) : undefined;
  const path = lines.map(readBase64);
  const checkpoint = readCheckpoint(text.slice(blank + 2));
  if (index === undefined || checkpoint === undefined || path.length > 64) return undefined;
  if (!path.every((hash): hash is Buffer => hash?.length === HASH)) return undefined;
  return { ...(extra === undefined ? {} : { extra }), index, path, checkpoint };
}
