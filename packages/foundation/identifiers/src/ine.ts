/**
 * INE, a pupil's national number: RNIE form (9 digits, 2 letters, since 2018), BEA form (10 digits, a letter),
 * apprentices' form (4 digits, A, 5 digits, a letter). No public source says how its last letter is computed, so the
 * shape alone is checked: in a text it is a hint, and a column is decided by its header and the share of its cells.
 */
import { compact } from "./digits.ts";
import { type Found, findAll } from "./find.ts";

export type IneForm = "rnie" | "bea" | "apprentice";
export interface Ine {
  readonly value: string;
  readonly form: IneForm;
}

const FORMS: readonly (readonly [IneForm, RegExp])[] = [
  ["rnie", /^\d{9}[A-Z]{2}$/],
  ["apprentice", /^\d{4}A\d{5}[A-Z]$/],
  ["bea", /^\d{10}[A-Z]$/],
];
const IN_TEXT =
  /(?<![\p{L}\p{N}_])(?:\d{9}[A-Za-z]{2}|\d{4}[Aa]\d{5}[A-Za-z]|\d{10}[A-Za-z])(?![\p{L}\p{N}_])/gu;

/** The INE that a text may be, in capitals, with its form; undefined when it has the shape of none. */
export function parseIne(text: string): Ine | undefined {
  const value = compact(text).toUpperCase();
  const form = FORMS.find(([, shape]) => shape.test(value))?.[0];
  return form === undefined ? undefined : { value, form };
}

export function isIne(text: string): boolean {
  return parseIne(text) !== undefined;
}

/** Everything in a text that has the shape of an INE. */
export function findIne(text: string): readonly Found<Ine>[] {
  return findAll(text, IN_TEXT, parseIne);
}
