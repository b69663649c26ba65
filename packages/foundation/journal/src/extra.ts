/**
 * The `extra` line of our tlog-proofs: what a stranger needs to compute the leaf, in canonical JSON. `header` is the
 * entry's header as an object, `key` the verifier key that the log names itself by (worth nothing until it is compared
 * with one got elsewhere), `slot` and `salt` open one commitment.
 */
import { canonicalJson, type Json, type JsonObject } from "@preau/kernel";
import type { SlotName } from "./entry.ts";
import { readBase64 } from "./signed-note.ts";

export interface ProofExtra {
  /** Canonical bytes: the leaf. */
  readonly header: Buffer;
  /** vkey. */
  readonly key: string;
  readonly slot?: SlotName;
  readonly salt?: Buffer;
}

export function writeExtra({ header, key, slot, salt }: ProofExtra): Buffer {
  const fields: JsonObject = {
    header: JSON.parse(header.toString("utf8")) as Json,
    key,
    ...(slot === undefined ? {} : { slot }),
    ...(salt === undefined ? {} : { salt: salt.toString("base64") }),
  };
  return Buffer.from(canonicalJson(fields));
}

/** Undefined for anything that `writeExtra` does not write, byte by byte. */
export function readExtra(bytes: Buffer): ProofExtra | undefined {
  let fields: JsonObject;
  try {
    const text = bytes.toString("utf8");
    fields = JSON.parse(text) as JsonObject;
    if (canonicalJson(fields) !== text || !Buffer.from(text).equals(bytes)) return undefined;
  } catch {
    return undefined;
  }
  const { header, key, slot, salt, ...more } = fields;
  const opened = typeof salt === "string" ? readBase64(salt) : undefined;
  const isSlot = slot === "actor" || slot === "subject" || slot === "controller";
  if (typeof key !== "string" || header === undefined || Object.keys(more).length > 0) return undefined;
  if ((slot !== undefined || salt !== undefined) && (!isSlot || opened?.length !== 32)) return undefined;
  return {
    header: Buffer.from(canonicalJson(header)),
    key,
    ...(isSlot && opened !== undefined ? { slot, salt: opened } : {}),
  };
}
