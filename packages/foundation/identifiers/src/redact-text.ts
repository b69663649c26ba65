/**
 * Free text without what tells who is meant: masks in the place of names, addresses, numbers, dates of birth and words of health.
 * Known persons are found in any disguise; others by rules, which a rare name without a sign around it escapes.
 * @clause DD.8
 */
import type { Language } from "@preau/kernel";
import { detectPersonalWords } from "./detect-personal-words.ts";
import { findSchoolAgeDates } from "./find-school-age-dates.ts";
import { findInReadings } from "./find-walled.ts";
import type { KnownWords } from "./known-words.ts";
import { BETWEEN, kindOf } from "./letter-kinds.ts";
import { plainText } from "./plain-text.ts";
import { readingsOf } from "./readings.ts";
import { MASK_PATTERN, MASKS, type RedactedKind } from "./redaction-masks.ts";
import { MASKED } from "./text-words.ts";

export interface RedactOptions {
  /** Persons whom the caller knows. */
  readonly known?: KnownWords;
  /** Of the masks; the rules read French and English either way. French when not said. */
  readonly language?: Language;
  /** Numbers of companies and schools are no persons and stay, unless they are named here. */
  readonly also?: readonly ("siret" | "uai")[];
  /** `2026-11-27`: then a whole date by which somebody is of school age that day is a date of birth, whatever stands around it. */
  readonly today?: string;
}

/** What was taken out: UTF-16 offsets into the original, `end` exclusive. */
export interface Redaction {
  readonly kind: RedactedKind;
  readonly start: number;
  readonly end: number;
}

export interface RedactedText {
  readonly text: string;
  /** Left to right, apart from each other. */
  readonly found: readonly Redaction[];
  readonly counts: Readonly<Partial<Record<RedactedKind, number>>>;
}

/** What one mask brings to light is taken out too; each round takes out something, so that few are needed. */
const MOST_ROUNDS = 6;

/** Redacting what was redacted changes nothing. @throws RangeError when the key of the known words has not 16 bytes */
export function redactText(text: string, options: RedactOptions = {}): RedactedText {
  const masks = MASKS[options.language ?? "fr"];
  let found: readonly Redaction[] = [];
  let draft = text;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const looksForKnown = round === 0 || found.some((one) => touchesWord(text, one));
    const fresh = findAllIn(draft, options, looksForKnown);
    if (fresh.length === 0) break;
    const back = backFrom(found, masks);
    found = joinUp(text, [
      ...found,
      ...fresh.map(({ kind, start, end }) => ({ kind, start: back(start, false), end: back(end, true) })),
    ]);
    draft = render(text, found, masks);
  }
  const counts: Partial<Record<RedactedKind, number>> = {};
  for (const { kind } of found) counts[kind] = (counts[kind] ?? 0) + 1;
  return { text: draft, found, counts };
}

function findAllIn(
  draft: string,
  { known, also, today }: RedactOptions,
  looksForKnown: boolean,
): readonly Redaction[] {
  const { text, from } = plainText(draft);
  const starts: number[] = [];
  const ends: number[] = [];
  const plain = text.includes("[")
    ? text.replace(MASK_PATTERN, (mask, start: number) => {
        starts.push(from[start] ?? 0);
        ends.push(from[start + mask.length] ?? draft.length);
        return MASKED.repeat(mask.length);
      })
    : text;
  const found: Redaction[] = [
    ...detectPersonalWords(plain, also ?? []),
    ...(today === undefined ? [] : findSchoolAgeDates(plain, today)),
  ].map(({ kind, start, end }) => ({ kind, start: from[start] ?? 0, end: endIn(draft, from, end) }));
  if (known !== undefined && looksForKnown) found.push(...findInReadings(readingsOf(draft), known));
  // What stands within a mask that is there already, and nowhere else, is that mask.
  return found.filter(({ start, end }) => end > (ends[lastBefore(starts, start + 1)] ?? 0));
}

/** A mask within a word lets a new word begin beside it: then known words are looked for once more. */
function touchesWord(text: string, { start, end }: Redaction): boolean {
  return kindOf(text.charCodeAt(start - 1)) !== BETWEEN || kindOf(text.charCodeAt(end)) !== BETWEEN;
}

/** After the last letter that is meant, with the marks on it, without what is unseen before the next word. */
function endIn(draft: string, from: Int32Array, end: number): number {
  const last = from[end - 1] ?? 0;
  const next = from[end] ?? draft.length;
  let at = last + ((draft.codePointAt(last) ?? 0) > 0xffff ? 2 : 1);
  while (at < next && /^\p{M}/u.test(draft.slice(at, at + 2))) at += 1;
  return at;
}

/** From an offset into the draft to one into the original; within a mask to the beginning or the end of what it stands for. */
function backFrom(
  found: readonly Redaction[],
  masks: Readonly<Record<RedactedKind, string>>,
): (offset: number, end: boolean) => number {
  const starts: number[] = [];
  let shift = 0;
  for (const { kind, start, end } of found) {
    starts.push(start + shift);
    shift += masks[kind].length - (end - start);
  }
  return (offset, end) => {
    const index = lastBefore(starts, offset);
    const one = found[index];
    if (one === undefined) return offset;
    const into = offset - (starts[index] ?? 0) - masks[one.kind].length;
    return into >= 0 ? one.end + into : end ? one.end : one.start;
  };
}

/** The place of the last number below `limit`; -1 when there is none. */
function lastBefore(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Overlapping ones become one, and names that only a space or a hyphen parts; the longer says what it is. */
function joinUp(text: string, found: readonly Redaction[]): readonly Redaction[] {
  const sorted = [...found].sort((one, other) => one.start - other.start || other.end - one.end);
  const joined: Redaction[] = [];
  for (const one of sorted) {
    const last = joined.at(-1);
    const near =
      last !== undefined &&
      (one.start < last.end ||
        (one.kind === last.kind &&
          /^[\s'’.-]{0,2}$/.test(text.slice(last.end, one.start)) &&
          !text.slice(last.end, one.start).includes("\n")));
    if (last === undefined || !near) {
      joined.push(one);
      continue;
    }
    const kind = last.end - last.start >= one.end - one.start ? last.kind : one.kind;
    joined[joined.length - 1] = { kind, start: last.start, end: Math.max(last.end, one.end) };
  }
  return joined;
}

function render(
  text: string,
  found: readonly Redaction[],
  masks: Readonly<Record<RedactedKind, string>>,
): string {
  let out = "";
  let at = 0;
  for (const { kind, start, end } of found) {
    out += text.slice(at, start) + masks[kind];
    at = end;
  }
  return out + text.slice(at);
}
