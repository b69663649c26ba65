/**
 * The identifiers of known persons, kept as keyed hashes alone: nothing clear stands at rest, and without the key nothing can be
 * tried. Whoever holds key and hashes can try names: keep the key apart, as long as the hashes live and no longer.
 */
import { plainText } from "./plain-text.ts";
import { type SipKey, sipHash, sipKey } from "./sip-hash.ts";
import { skeletonOf } from "./skeleton.ts";

/** What a known word says of a person. `start` is no identifier: a longer one begins so. */
export type KnownKind = "name" | "email" | "login" | "number" | "start";

/** Where a word counts: everywhere, or only where it begins with a capital; or it is the beginning of a longer one. */
export type Place = "anywhere" | "capital" | "start";

/** The known words of one controller. */
export interface KnownWords {
  /** 16 random bytes. */
  readonly key: Uint8Array;
  /** What a hash stands for: the `get` of a map of `[hash, kind]` pairs of `hashesOf`. */
  readonly has: (hash: string) => KnownKind | undefined;
}

/** A word that counts everywhere has so many letters: shorter ones are looked for where they begin with a capital. */
export const SHORTEST_ANYWHERE = 4;
/** A longer word is registered with a start of so many letters, so that most places of a text cost one look. */
export const START = 5;
/** Longer ones are registered by their first letters. */
export const LONGEST = 48;
const PLACES: Readonly<Record<Place, number>> = { anywhere: 1, capital: 2, start: 3 };

const buffer = new Uint8Array(3 * LONGEST + 1);

/** The hash of a word, whatever its case, accents, spaces and look-alike letters. @throws RangeError when the key has not 16 bytes */
export function hashWord(key: Uint8Array, word: string, place: Place = "anywhere"): string {
  const { units, length } = skeletonOf(plainText(word).text);
  return hashUnits(sipKey(key), units, 0, Math.min(length, LONGEST), place);
}

/** Of letters of a skeleton, at most `LONGEST` of them. */
export function hashUnits(key: SipKey, units: Uint16Array, start: number, end: number, place: Place): string {
  let length = 1;
  buffer[0] = PLACES[place];
  for (let index = start; index < end; index += 1) {
    const unit = units[index] ?? 0;
    if (unit < 0x80) {
      buffer[length] = unit;
      length += 1;
      continue;
    }
    buffer[length] = 0xff;
    buffer[length + 1] = unit >> 8;
    buffer[length + 2] = unit & 0xff;
    length += 3;
  }
  return sipHash(key, buffer, length);
}
