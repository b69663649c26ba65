/**
 * Identifiers made in the application: a prefix that says what it is, 48 bits of time, 80 bits of chance, in
 * Crockford's base 32, lower case: `ers_01kat2v6m0x3w8r5n9c4f7h1q2`. They sort by the time of their making.
 */
import { randomFillSync } from "node:crypto";
import { type Clock, millisOf } from "./clock.ts";
import { fault } from "./errors.ts";

export type Id<P extends string = string> = `${P}_${string}`;
export type SubjectId = Id<"sub">;
export type EntryId = Id<"jrn">;
export type ReceiptId = Id<"ers">;
export type InstructionId = Id<"ins">;
export type MessageId = Id<"msg">;
export type JobId = Id<"job">;
export type ActorId = Id<"act">;

declare const controllerBrand: unique symbol;
/** A controller (GDPR art. 4(7)): the school, its authority, or the ministry. The scope of every row. */
export type ControllerId = string & { readonly [controllerBrand]: true };

/** Where a scope may be everybody's, this says so: a controller of that name would be taken for all of them. */
const EVERYBODY = "all";

/**
 * Reads a controller's identifier: 1 to 64 characters of `A-Z a-z 0-9 . _ -`, starting with a letter or a digit. Not `all`.
 * @throws CONTROLLER_BAD_ID
 */
export function controllerId(text: string): ControllerId {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(text) || text === EVERYBODY) throw fault("CONTROLLER_BAD_ID");
  return text as ControllerId;
}

/** Makes identifiers. */
export interface Ids {
  next<const P extends string>(prefix: P): Id<P>;
}

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** Identifiers from a clock and a source of chance (10 bytes a call; the system's by default). */
export function makeIds(clock: Clock, fill: (bytes: Uint8Array) => void = fillWithChance): Ids {
  const bytes = new Uint8Array(10);
  return {
    next: (prefix) => {
      fill(bytes);
      return `${prefix}_${base32Time(millisOf(clock.now()))}${base32(bytes)}`;
    },
  };
}

const pool = new Uint8Array(10 * 256);
let used = pool.length;

/** Ten bytes of chance, drawn for 256 identifiers at a time: a system call each would cost more than the rest of it. */
function fillWithChance(bytes: Uint8Array): void {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  bytes.set(pool.subarray(used, used + 10));
  used += 10;
}

function base32Time(milliseconds: number): string {
  let text = "";
  let rest = milliseconds;
  for (let i = 0; i < 10; i += 1) {
    text = ALPHABET.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function base32(bytes: Uint8Array): string {
  let text = "";
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += ALPHABET.charAt((value >> bits) & 31);
    }
    value &= (1 << bits) - 1;
  }
  return text;
}
