/**
 * SIREN (9 digits, a company) and SIRET (14 digits, one of its sites), checked by Luhn. The sites of La Poste (SIREN
 * 356000000), but its head office, are checked by the sum of their digits, a multiple of 5.
 */
import { compact, passesLuhn } from "./digits.ts";
import { type Found, findAll } from "./find.ts";

declare const sirenBrand: unique symbol;
declare const siretBrand: unique symbol;
export type Siren = string & { readonly [sirenBrand]: true };
export type Siret = string & { readonly [siretBrand]: true };

const LA_POSTE = "356000000";
const SEPARATOR = "[ \\u00a0\\u202f]?";
const SIREN_IN_TEXT = new RegExp(`(?<!\\d)\\d{3}${SEPARATOR}\\d{3}${SEPARATOR}\\d{3}(?!\\d)`, "g");
const SIRET_IN_TEXT = new RegExp(
  `(?<!\\d)\\d{3}${SEPARATOR}\\d{3}${SEPARATOR}\\d{3}${SEPARATOR}\\d(?:${SEPARATOR}\\d){4}(?!\\d)`,
  "g",
);

/** The SIREN that a text is, spaces and dots left out; undefined when it is none. */
export function parseSiren(text: string): Siren | undefined {
  const digits = compact(text);
  return /^\d{9}$/.test(digits) && digits !== "000000000" && passesLuhn(digits)
    ? (digits as Siren)
    : undefined;
}

/** The SIRET that a text is; undefined when it is none. */
export function parseSiret(text: string): Siret | undefined {
  const digits = compact(text);
  if (!/^\d{14}$/.test(digits) || digits.startsWith("000000000")) return undefined;
  if (!passesLuhn(digits) && !passesLaPoste(digits)) return undefined;
  return parseSiren(digits.slice(0, 9)) === undefined ? undefined : (digits as Siret);
}

export function isSiren(text: string): boolean {
  return parseSiren(text) !== undefined;
}

export function isSiret(text: string): boolean {
  return parseSiret(text) !== undefined;
}

/** The company of a site. */
export function sirenOf(siret: Siret): Siren {
  return siret.slice(0, 9) as Siren;
}

/** Every SIREN in a text; that of a SIRET only where a space sets it apart. */
export function findSiren(text: string): readonly Found<Siren>[] {
  return findAll(text, SIREN_IN_TEXT, parseSiren);
}

/** Every SIRET in a text. */
export function findSiret(text: string): readonly Found<Siret>[] {
  return findAll(text, SIRET_IN_TEXT, parseSiret);
}

function passesLaPoste(digits: string): boolean {
  if (!digits.startsWith(LA_POSTE)) return false;
  let sum = 0;
  for (const digit of digits) sum += Number(digit);
  return sum % 5 === 0;
}
