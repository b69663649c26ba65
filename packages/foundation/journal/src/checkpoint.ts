/** Checkpoints (c2sp.org/tlog-checkpoint): origin, tree size and root hash, one a line, as a signed note. */
import { HASH } from "./merkle-tree.ts";
import { readBase64, readNote, type SignedNote } from "./signed-note.ts";

export interface TreeHead {
  readonly origin: string;
  readonly size: number;
  readonly root: Buffer;
}

export interface Checkpoint extends TreeHead {
  readonly note: SignedNote;
}

/** The text that is signed. */
export function writeTreeHead({ origin, size, root }: TreeHead): string {
  return `${origin}\n${size}\n${root.toString("base64")}\n`;
}

/** Reads a checkpoint without extension lines, which we never write; undefined for anything else. */
export function readCheckpoint(text: string): Checkpoint | undefined {
  const note = readNote(text);
  if (note === undefined) return undefined;
  const [origin = "", sizeText = "", rootText = "", end, ...more] = note.text.split("\n");
  const size = readDecimal(sizeText);
  const root = readBase64(rootText);
  if (origin === "" || size === undefined || root?.length !== HASH || end !== "" || more.length > 0) {
    return undefined;
  }
  return { origin, size, root, note };
}

/** A decimal without leading zeros, up to 2^53 - 1. */
export function readDecimal(text: string): number | undefined {
  if (!/^(0|[1-9][0-9]{0,15})$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}
