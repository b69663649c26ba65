/**
 * NIR, the social security number: sex, year, month, department, commune, order (13 characters) and a key of two
 * digits, 97 less the remainder of the number by 97, Corsica's 2A counting as 19 and 2B as 18. Months 20 to 42 and
 * 50 to 99 stand for a birth month that is not known; sexes 3, 4, 7 and 8 for numbers being assigned; departments 91 to
 * 96 also for North Africa before independence, 97 and 98 for overseas, 99 for abroad.
 */
import { compact } from "./digits.ts";
import { type Found, findAll } from "./find.ts";

declare const nirBrand: unique symbol;
/** 15 characters, key included. */
export type Nir = string & { readonly [nirBrand]: true };

const SHAPE =
  /^[1-47-8]\d{2}(?:0[1-9]|1[0-2]|[23]\d|4[0-2]|[5-9]\d)(?:0[1-9]|[1-8]\d|9\d|2[AB])\d{3}\d{3}(?:0[1-9]|[1-8]\d|9[0-7])$/;
const SPACE = "[ .\\u00a0\\u202f-]?";
const IN_TEXT = new RegExp(
  `(?<![\\p{L}\\p{N}])[1-47-8]${SPACE}\\d{2}${SPACE}\\d{2}${SPACE}\\d[\\dABab]${SPACE}\\d{3}${SPACE}\\d{3}${SPACE}\\d{2}(?![\\p{L}\\p{N}])`,
  "gu",
);

/** The NIR that a text is, with its key; undefined when it is none. */
export function parseNir(text: string): Nir | undefined {
  const nir = compact(text).toUpperCase();
  return SHAPE.test(nir) && nirKey(nir.slice(0, 13)) === nir.slice(13) ? (nir as Nir) : undefined;
}

export function isNir(text: string): boolean {
  return parseNir(text) !== undefined;
}

/** Every NIR with its key in a text. */
export function findNir(text: string): readonly Found<Nir>[] {
  return findAll(text, IN_TEXT, parseNir);
}

/** The key, two digits, of a number's first 13 characters. */
function nirKey(number: string): string {
  const digits = number.replace("2A", "19").replace("2B", "18");
  return String(97 - (Number(digits) % 97)).padStart(2, "0");
}
