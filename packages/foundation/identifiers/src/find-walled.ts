/**
 * Known persons in a text, in disguise: the text's letters without what stands between them are looked up by their keyed hash, in
 * every reading of the text. Time grows with the text, whatever the number of persons.
 */
import {
  hashUnits,
  type KnownKind,
  type KnownWords,
  LONGEST,
  SHORTEST_ANYWHERE,
  START,
} from "./known-words.ts";
import { plainText } from "./plain-text.ts";
import { type Reading, readingsOf } from "./readings.ts";
import { type SipKey, sipKey } from "./sip-hash.ts";
import {
  AFTER_WALL,
  EDGE,
  hasFeigningSigns,
  IS_CAPITAL,
  LOOSE,
  type Skeleton,
  skeletonOf,
} from "./skeleton.ts";

/** Where a known word stands: UTF-16 offsets into the text that was given, `end` exclusive. */
export interface FoundWord {
  readonly kind: Exclude<KnownKind, "start">;
  readonly start: number;
  readonly end: number;
}

/**
 * Every known word, left to right; of several that begin at one place the longest. One that stands in an encoded run (base64) is
 * found as the whole run. @throws RangeError when the key has not 16 bytes
 */
export function findWalled(text: string, has: KnownWords["has"], key: Uint8Array): readonly FoundWord[] {
  return findInReadings(readingsOf(text), { has, key });
}

/** The same in readings that were made already. */
export function findInReadings(readings: readonly Reading[], { has, key }: KnownWords): readonly FoundWord[] {
  const prepared = sipKey(key);
  const found: FoundWord[] = [];
  for (const reading of readings) {
    const { text: plain, from } = plainText(reading.text);
    const shapes = hasFeigningSigns(plain) ? [false, true] : [false];
    for (const signs of shapes)
      scan(skeletonOf(plain, signs), prepared, has, (kind, start, end) => {
        const first = from[start] ?? 0;
        const next = from[end] ?? reading.text.length;
        found.push({ kind, start: reading.startOf(first), end: reading.endOf(next) });
      });
  }
  return found.sort((one, other) => one.start - other.start || other.end - one.end);
}

function scan(
  skeleton: Skeleton,
  key: SipKey,
  has: KnownWords["has"],
  tell: (kind: Exclude<KnownKind, "start">, start: number, end: number) => void,
): void {
  const { units, marks, at, length } = skeleton;
  // After a word that was looked up by its first letters it may go on.
  let further = -1;
  for (let start = 0; start < length; start += 1) {
    const mark = marks[start] ?? 0;
    if ((mark & (EDGE | LOOSE)) === 0 && start !== further) continue;
    const capital = (mark & IS_CAPITAL) !== 0;
    let kind: KnownKind | undefined;
    let found = 0;
    const last = Math.min(length, start + LONGEST);
    for (let end = start + 1; end <= last; end += 1) {
      const wall = marks[end] ?? 0;
      if (
        end - start === START + 1 &&
        has(hashUnits(key, units, start, start + START, "start")) === undefined
      )
        break;
      const isEdge = (wall & EDGE) !== 0 && ((mark & EDGE) !== 0 || start === further);
      const isFar = end - start > START && (wall & (EDGE | LOOSE)) !== 0;
      if (isEdge || isFar || end - start === LONGEST) {
        const one =
          (end - start >= SHORTEST_ANYWHERE
            ? has(hashUnits(key, units, start, end, "anywhere"))
            : undefined) ?? (capital ? has(hashUnits(key, units, start, end, "capital")) : undefined);
        if (one !== undefined) {
          kind = one;
          found = end;
        }
      }
      if ((wall & AFTER_WALL) !== 0) break;
    }
    if (kind === undefined || kind === "start") continue;
    tell(kind, at[start] ?? 0, (at[found - 1] ?? 0) + 1);
    if (found - start === LONGEST) further = found;
    start = found - 1;
  }
}
