/**
 * Telephone numbers of France, its overseas departments and territories. The national form (ten digits from 0) is the
 * same everywhere, but the country code depends on the next three digits: 0262 is Réunion, +262.
 */
import { type Found, findAll } from "./find.ts";

declare const telephoneBrand: unique symbol;
/** E.164: `+33612345678`. */
export type Telephone = string & { readonly [telephoneBrand]: true };

/** Country code by the first three digits of the national number, where it is not 33. */
const OVERSEAS: ReadonlyMap<string, string> = new Map([
  ...["262", "263", "269", "639", "692", "693"].map((start) => [start, "262"] as const), // Réunion, Mayotte
  ...["590", "690", "691"].map((start) => [start, "590"] as const), // Guadeloupe, Saint-Barthélemy, Saint-Martin
  ...["594", "694"].map((start) => [start, "594"] as const), // Guyane
  ...["596", "696", "697"].map((start) => [start, "596"] as const), // Martinique
]);
/** Territories with numbers of their own, without the leading 0. */
const TERRITORIES: readonly (readonly [code: string, shape: RegExp])[] = [
  ["508", /^[45]\d{5}$/], // Saint-Pierre-et-Miquelon
  ["681", /^[4-8]\d{5}$/], // Wallis-et-Futuna
  ["687", /^[2-57-9]\d{5}$/], // Nouvelle-Calédonie
  ["689", /^[48]\d{7}$/], // Polynésie française
];
const NATIONAL = /^[1-9]\d{8}$/;
const SEPARATOR = "[ .\\u00a0\\u202f\\u2010-\\u2015-]?";
const IN_TEXT = new RegExp(
  "(?<![\\p{L}\\p{N}+])(?:" +
    `(?:(?:\\+|00)(?:33|262|590|594|596)${SEPARATOR}(?:\\(0\\)${SEPARATOR})?|0)[1-9](?:${SEPARATOR}\\d{2}){4}` +
    `|(?:\\+|00)(?:508|681|687)(?:${SEPARATOR}\\d{2}){3}` +
    `|(?:\\+|00)689(?:${SEPARATOR}\\d{2}){4}` +
    `|(?:\\+|00)(?:262|590|594|596)${SEPARATOR}[1-9]\\d{2}(?:${SEPARATOR}\\d{2}){3}` +
    `|0[1-9]\\d{2}(?:${SEPARATOR}\\d{2}){3}` +
    ")(?!\\d)",
  "gu",
);

/** The number that a text is, in E.164; undefined when it is none of these places. */
export function parseTelephone(text: string): Telephone | undefined {
  if (text.length > 40) return undefined;
  const digits = text.replace(/\(0\)/, "").replace(/[\s.()/\u2010-\u2015-]/gu, "");
  const international = /^(?:\+|00)(\d{8,14})$/.exec(digits)?.[1];
  if (international !== undefined) return fromInternational(international);
  return /^0[1-9]\d{8}$/.test(digits) ? withCode(digits.slice(1)) : undefined;
}

export function isTelephone(text: string): boolean {
  return parseTelephone(text) !== undefined;
}

/** Every French number in a text. */
export function findTelephones(text: string): readonly Found<Telephone>[] {
  return findAll(text, IN_TEXT, parseTelephone);
}

function fromInternational(digits: string): Telephone | undefined {
  const territory = TERRITORIES.find(
    ([code, shape]) => digits.startsWith(code) && shape.test(digits.slice(3)),
  );
  if (territory !== undefined) return `+${digits}` as Telephone;
  const code = digits.startsWith("33") ? "33" : digits.slice(0, 3);
  const national = digits.slice(code.length).replace(/^0(?=[1-9]\d{8}$)/, "");
  if (!NATIONAL.test(national)) return undefined;
  const expected = OVERSEAS.get(national.slice(0, 3)) ?? "33";
  return code === "33" || code === expected ? withCode(national) : undefined;
}

function withCode(national: string): Telephone {
  return `+${OVERSEAS.get(national.slice(0, 3)) ?? "33"}${national}` as Telephone;
}
