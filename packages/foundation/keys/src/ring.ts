/**
 * The layers between the root key and a scope's data key:
 *
 *   root key (file) ─ wraps → epoch key ─ wraps → ring of shard keys ─ each wraps → the data keys of its shard
 *
 * Shard n takes up to max(32, n) data keys, so that with k keys there are about √(2k) shards of at most √(2k) keys.
 * Destroying keys gives their shards new shard keys and the ring a new epoch key: 2·√(2k) wrappings, not k. The old
 * epoch key then opens nothing of the new tables, and what it opened is wrapped under keys that are gone.
 */
import { createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import { closeBox, openBox } from "./box.ts";

/** Shard keys by shard number, from 1. */
export type Ring = ReadonlyMap<number, Buffer>;

export function shardCapacity(shard: number): number {
  return Math.max(32, shard);
}

export function wrapEpochKey(rootKey: Uint8Array, epochKey: Buffer, epoch: number): Buffer {
  return closeBox(rootSubkey(rootKey), epochKey, bound("epoch", epoch));
}

/** Undefined when the root key is another store's, or the bytes are broken. */
export function unwrapEpochKey(rootKey: Uint8Array, wrapped: Uint8Array, epoch: number): Buffer | undefined {
  return openBox(rootSubkey(rootKey), wrapped, bound("epoch", epoch));
}

export function wrapRing(epochKey: Buffer, ring: Ring, epoch: number): Buffer {
  const plain = Buffer.alloc(ring.size * 36);
  let at = 0;
  for (const [shard, key] of ring) {
    at = plain.writeUInt32BE(shard, at);
    at += key.copy(plain, at);
  }
  const wrapped = closeBox(epochKey, plain, bound("ring", epoch));
  plain.fill(0);
  return wrapped;
}

export function unwrapRing(
  epochKey: Buffer,
  wrapped: Uint8Array,
  epoch: number,
): Map<number, Buffer> | undefined {
  const plain = openBox(epochKey, wrapped, bound("ring", epoch));
  if (plain === undefined) return undefined;
  const ring = new Map<number, Buffer>();
  for (let at = 0; at + 36 <= plain.length; at += 36) {
    ring.set(plain.readUInt32BE(at), Buffer.from(plain.subarray(at + 4, at + 36)));
  }
  plain.fill(0);
  return ring;
}

/** The row's id is bound to the box: a wrapped key moved to another scope's row does not open. */
export function wrapDataKey(shardKey: Buffer | KeyObject, dataKey: Buffer, keyId: string): Buffer {
  return closeBox(shardKey, dataKey, bound("data", keyId));
}

export function unwrapDataKey(
  shardKey: Buffer | KeyObject,
  wrapped: Uint8Array,
  keyId: string,
): Buffer | undefined {
  return openBox(shardKey, wrapped, bound("data", keyId));
}

/** Shard keys as key objects, made once each: for whoever wraps or unwraps many keys of a shard in one go. */
export function shardKeysOf(ring: Ring): (shard: number) => KeyObject | undefined {
  const made = new Map<number, KeyObject>();
  return (shard) => {
    const bytes = ring.get(shard);
    const key = made.get(shard) ?? (bytes && createSecretKey(bytes));
    if (key !== undefined) made.set(shard, key);
    return key;
  };
}

export function forgetRing(ring: Ring): void {
  for (const key of ring.values()) key.fill(0);
}

function rootSubkey(rootKey: Uint8Array): Buffer {
  return Buffer.from(hkdfSync("sha256", rootKey, "", "preau.keys/1 wrap epoch keys", 32));
}

function bound(what: string, name: string | number): Buffer {
  return Buffer.from(`preau.keys/1 ${what} ${name}`);
}
