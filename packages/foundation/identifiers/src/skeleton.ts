/**
 * The letters of a text without what stands between them: lower case, digits as the letters that they feign (0 as o, 1 and l as i,
 * 3 as e, 4 as a, 5 as s, 7 as t). "Lucas MARTIN", "l.u.c.a.s-martin", "Luc4s_M4rt1n" and "LucasMartin" have one skeleton.
 * Where a word began is kept beside it.
 */

import { BETWEEN, CAPITAL, DIGIT, isUnspaced, kindOf } from "./letter-kinds.ts";
import { feignedLetter } from "./plain-text.ts";

export interface Skeleton {
  readonly length: number;
  readonly units: Uint16Array;
  /** Index of each unit in the plain text. */
  readonly at: Int32Array;
  /** What is known of the place of each unit; one more for the end of the text. */
  readonly marks: Uint8Array;
}

/** A word begins here, or turns from letters to digits or from small letters to capitals. */
export const EDGE = 1;
export const IS_CAPITAL = 2;
/** Nothing reaches across the place before this one. */
export const AFTER_WALL = 4;
/** Within a word so long that it may be several: no short word is looked for there, since every blob has some. */
export const LOOSE = 8;

/** Stands between two readings that were set side by side. */
export const WALL = "\ufdd0";
/** Words of more letters may be several, glued: a name may begin and end anywhere in them. */
const LONGEST_WORD = 12;

const FEIGNED = new Map(
  ["0o", "1i", "li", "3e", "4a", "5s", "7t"].map((pair) => [pair.charAt(0), pair.charAt(1)]),
);
const lower = new Uint16Array(0x10000);

/** @param signs whether `@ $ € ! |` between two letters are the letters that they feign */
export function skeletonOf(plain: string, signs = false): Skeleton {
  const units = new Uint16Array(plain.length);
  const at = new Int32Array(plain.length + 1);
  const marks = new Uint8Array(plain.length + 1);
  let length = 0;
  let previous = BETWEEN;
  let wordStart = 0;
  let edge = EDGE;
  for (let index = 0; index < plain.length; index += 1) {
    const code = plain.charCodeAt(index);
    let kind = kindOf(code);
    let unit = lower[code] ?? 0;
    if (unit === 0) unit = learn(code);
    if (kind === BETWEEN) {
      const feigned = signs && previous !== BETWEEN ? feignedBy(code, plain.charCodeAt(index + 1)) : 0;
      if (feigned === 0) {
        if (previous !== BETWEEN && length - wordStart > LONGEST_WORD) markAll(marks, wordStart, length);
        if (code === 0xfdd0) edge = EDGE | AFTER_WALL;
        else edge |= EDGE;
        previous = BETWEEN;
        wordStart = length;
        continue;
      }
      unit = feigned;
      kind = previous;
    }
    const turns = previous !== kind && (kind === DIGIT || previous === DIGIT || kind === CAPITAL);
    marks[length] = edge | (turns || isUnspaced(code) ? EDGE : 0) | (kind === CAPITAL ? IS_CAPITAL : 0);
    edge = 0;
    units[length] = unit;
    at[length] = index;
    length += 1;
    previous = kind;
  }
  if (length - wordStart > LONGEST_WORD) markAll(marks, wordStart, length);
  marks[length] = EDGE | AFTER_WALL;
  at[length] = plain.length;
  return { length, units, at, marks };
}

/** Whether a text has signs within words that may be letters. */
export function hasFeigningSigns(plain: string): boolean {
  return /[A-Za-z](?:[$€!|]|@(?![A-Za-z0-9-]{1,63}\.[A-Za-z0-9]))[A-Za-z]/.test(plain);
}

function markAll(marks: Uint8Array, start: number, end: number): void {
  for (let index = start; index < end; index += 1) marks[index] = (marks[index] ?? 0) | LOOSE;
}

function learn(code: number): number {
  // A small letter may feign what its capital does not: the skeleton of a skeleton is itself.
  const small = feignedLetter(String.fromCharCode(code).toLowerCase());
  const unit = (FEIGNED.get(small) ?? small).charCodeAt(0);
  lower[code] = unit;
  return unit;
}

function feignedBy(code: number, next: number): number {
  if (kindOf(next) === BETWEEN) return 0;
  if (code === 0x40) return 0x61;
  if (code === 0x24) return 0x73;
  if (code === 0x20ac) return 0x65;
  return code === 0x21 || code === 0x7c ? 0x69 : 0;
}
