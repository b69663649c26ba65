/**
 * UAI, the number of a school (formerly RNE): three digits of department, four of order, one letter that checks them:
 * the letter at the place of the number's remainder by 23 in an alphabet without I, O and Q.
 */
import { compact } from "./digits.ts";
import { type Found, findAll } from "./find.ts";

declare const uaiBrand: unique symbol;
export type Uai = string & { readonly [uaiBrand]: true };

const LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ";
/** Departments 001 to 095, 099 (abroad), Corsica's 620 and 720, overseas 97x and 98x. */
const SHAPE = /^(?:0[0-8]\d|09[0-59]|97\d|98\d|[67]20)\d{4}[A-HJ-NPR-Z]$/;
const IN_TEXT = /(?<![\p{L}\p{N}])\d{7} ?[A-HJ-NPR-Za-hj-npr-z](?![\p{L}\p{N}])/gu;

/** The UAI that a text is, in capitals; undefined when it is none. */
export function parseUai(text: string): Uai | undefined {
  const code = compact(text).toUpperCase();
  if (!SHAPE.test(code) || code.startsWith("000")) return undefined;
  return code.charAt(7) === LETTERS.charAt(Number(code.slice(0, 7)) % 23) ? (code as Uai) : undefined;
}

export function isUai(text: string): boolean {
  return parseUai(text) !== undefined;
}

/** Every UAI in a text. */
export function findUai(text: string): readonly Found<Uai>[] {
  return findAll(text, IN_TEXT, parseUai);
}
