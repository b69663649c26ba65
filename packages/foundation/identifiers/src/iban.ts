/**
 * IBAN (ISO 13616): country, two check digits, account. Its remainder by 97, the first four characters moved to the
 * end and letters counting from 10, is 1. A French one (27 characters) also holds the older national (RIB) key.
 */
import { compact } from "./digits.ts";
import type { Found } from "./find.ts";

declare const ibanBrand: unique symbol;
export type Iban = string & { readonly [ibanBrand]: true };

const SHAPE = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;
const FRENCH = /^\d{10}[A-Z0-9]{11}\d{2}$/;
/** Lengths by country of the single euro payments area (SWIFT's IBAN registry). */
const LENGTHS: ReadonlyMap<string, number> = new Map(
  (
    "AD24 AT20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GI23 GR27 HR21 HU28 IE22 IS26 IT27 LI21 " +
    "LT20 LU20 LV21 MC27 MT31 NL18 NO15 PL28 PT25 RO24 SE24 SI19 SK24 SM27 VA22"
  )
    .split(" ")
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);
const START = /(?<![\p{L}\p{N}])[A-Za-z]{2}\d{2}/gu;

/** The IBAN that a text is, in capitals without spaces; undefined when it is none. */
export function parseIban(text: string): Iban | undefined {
  const iban = compact(text).toUpperCase();
  if (!SHAPE.test(iban)) return undefined;
  const country = iban.slice(0, 2);
  const length = LENGTHS.get(country);
  if (length !== undefined && iban.length !== length) return undefined;
  if (mod97(iban.slice(4) + iban.slice(0, 4)) !== 1) return undefined;
  if ((country === "FR" || country === "MC") && !hasNationalKey(iban.slice(4))) return undefined;
  return iban as Iban;
}

export function isIban(text: string): boolean {
  return parseIban(text) !== undefined;
}

/** Every IBAN of a country with a known length in a text, also in groups of four. */
export function findIban(text: string): readonly Found<Iban>[] {
  const found: Found<Iban>[] = [];
  const starts = new RegExp(START.source, START.flags);
  while (starts.test(text)) {
    const start = starts.lastIndex - 4;
    const length = LENGTHS.get(text.slice(start, start + 2).toUpperCase());
    const end = length === undefined ? undefined : endOfAccount(text, start, length);
    const value = end === undefined ? undefined : parseIban(text.slice(start, end));
    if (end === undefined || value === undefined) continue;
    found.push({ start, end, value });
    starts.lastIndex = end;
  }
  return found;
}

/**
 * Where that many letters and digits end, one gap at most between two; undefined when something else comes before, or
 * when their remainder is not 1: it is counted on the way, so that a text full of beginnings costs one pass each.
 */
function endOfAccount(text: string, start: number, length: number): number | undefined {
  let rest = 0;
  let at = start + 4;
  for (let seen = 4; seen < length; at += 1) {
    const code = text.charCodeAt(at);
    if (isLetterOrDigit(code)) {
      seen += 1;
      rest = nextMod97(rest, code);
    } else if (!isGap(code) || isGap(text.charCodeAt(at - 1))) return undefined;
  }
  for (let i = start; i < start + 4; i += 1) rest = nextMod97(rest, text.charCodeAt(i));
  return rest === 1 && !/[\p{L}\p{N}]/u.test(text.charAt(at)) ? at : undefined;
}

/** A space, also no-break and narrow, or a hyphen. */
function isGap(code: number): boolean {
  return code === 0x20 || code === 0xa0 || code === 0x202f || code === 0x2d;
}

/** An ASCII letter or digit. */
function isLetterOrDigit(code: number): boolean {
  const upper = code & ~0x20;
  return (code >= 48 && code <= 57) || (upper >= 65 && upper <= 90);
}

/** The national key of a French or Monegasque account: 97 less (89 bank + 15 branch + 3 account) by 97. */
function hasNationalKey(account: string): boolean {
  if (!FRENCH.test(account)) return false;
  const digits = account.replace(/[A-Z]/g, ribDigit);
  const weighted =
    89 * mod97(digits.slice(0, 5)) + 15 * mod97(digits.slice(5, 10)) + 3 * mod97(digits.slice(10, 21));
  return 97 - (weighted % 97) === Number(account.slice(21));
}

/** A to I count 1 to 9, J to R 1 to 9, S to Z 2 to 9. */
function ribDigit(letter: string): string {
  const place = letter.charCodeAt(0) - 65;
  return String(place < 18 ? (place % 9) + 1 : place - 16);
}

/** Remainder by 97 of digits and letters, A counting as 10 and Z as 35 (ISO 7064 mod 97-10); of any length. */
function mod97(text: string): number {
  let rest = 0;
  for (let i = 0; i < text.length; i += 1) rest = nextMod97(rest, text.charCodeAt(i));
  return rest;
}

/** The remainder after one more digit or ASCII letter, of either case, given as its code. */
function nextMod97(rest: number, code: number): number {
  return code < 58 ? (rest * 10 + code - 48) % 97 : (rest * 100 + (code & ~0x20) - 55) % 97;
}
