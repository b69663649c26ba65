/**
 * One slot of one entry: a commitment that goes into the header, and the sealed payload beside it. The salt is derived
 * from the slot's key, so that destroying the key destroys salt and payload together.
 */
import { createHmac, createSecretKey, randomBytes } from "node:crypto";
import { type ControllerId, canonicalJson, type EntryId, type JsonObject } from "@preau/kernel";
import type { KeyScope, ScopeKey } from "@preau/keys";
import type { SlotName } from "./entry.ts";
import { fault } from "./errors.ts";

export interface StoredSlot {
  readonly commitment: Buffer;
  /** Null for a slot that was written after its key had been destroyed. */
  readonly sealed: Buffer | null;
  readonly key: string | null;
}

/** Bytes of a payload at most. */
const MOST_BYTES = 16 << 20;

/**
 * Commits to a payload and seals it. Without a key (it has been destroyed) the commitment stands under a salt that
 * nobody keeps and the payload is not stored: the event happened, but nothing about the person comes back.
 */
export function closeSlot(
  key: ScopeKey | undefined,
  entry: EntryId,
  slot: SlotName,
  payload: Uint8Array,
): StoredSlot {
  if (key === undefined)
    return { commitment: commitmentOf(randomBytes(32), payload), sealed: null, key: null };
  return {
    commitment: commitmentOf(slotSalt(key, entry, slot), payload),
    sealed: key.seal(payload, placeOf(entry, slot)),
    key: key.id,
  };
}

/** @throws KEYS_SEAL_BROKEN */
export function openSlot(key: ScopeKey, entry: EntryId, slot: SlotName, sealed: Uint8Array): JsonObject {
  return JSON.parse(key.open(sealed, placeOf(entry, slot)).toString("utf8")) as JsonObject;
}

/** 32 bytes. Whoever is given the salt and the payload can check the commitment, and learns nothing of other slots. */
export function slotSalt(key: ScopeKey, entry: EntryId, slot: SlotName): Buffer {
  return key.mac("journal.salt", placeOf(entry, slot));
}

/** HMAC-SHA-256 (RFC 2104) of the payload under the salt: 32 bytes. */
export function commitmentOf(salt: Uint8Array, payload: Uint8Array): Buffer {
  return createHmac("sha256", createSecretKey(salt)).update(payload).digest(); // bytes as key are slower
}

/**
 * The bytes that a commitment is made to and that are sealed: canonical JSON.
 * @throws JOURNAL_BAD_EVENT for what JSON cannot hold, and beyond 16 MiB
 */
export function payloadBytes(value: JsonObject): Buffer {
  let payload: Buffer;
  try {
    payload = Buffer.from(canonicalJson(value));
  } catch (cause) {
    throw fault("JOURNAL_BAD_EVENT", { place: "payload", cause });
  }
  if (payload.length > MOST_BYTES) throw fault("JOURNAL_BAD_EVENT", { place: "payload" });
  return payload;
}

export function controllerScope(controller: ControllerId): KeyScope {
  return { controller, kind: "controller", id: controller };
}

function placeOf(entry: EntryId, slot: SlotName): string {
  return `jrn_entry ${entry} ${slot}`;
}
