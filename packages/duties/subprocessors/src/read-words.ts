/** Reads what a person wrote down. Each refuses with the field's name, and nothing here may name a person. */

import { type LocalDate, localDate } from "@preau/calendar";
import { isFault, namesSomebody } from "@preau/kernel";
import { fault } from "./errors.ts";
import type { Document, Places } from "./subprocessor.ts";

const TEXT = 2_000;
const REFERENCE = 200;
/** What an address of a function begins with. */
const FUNCTIONS = new Set(
  "abuse compliance conformite contact contracts data dpd dpo gdpr info juridique legal privacy protection rgpd security securite support vieprivee donnees team personal".split(
    " ",
  ),
);

export function bad(place: string) {
  return fault("SUBPROCESSORS_BAD", { place });
}

/** @throws SUBPROCESSORS_BAD */
export function readText(text: string, place: string): string {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed.length > TEXT || namesSomebody(trimmed)) throw bad(place);
  return trimmed;
}

/** @throws SUBPROCESSORS_BAD */
export function readReference(text: string, place: string): string {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed.length > REFERENCE || namesSomebody(trimmed)) throw bad(place);
  return trimmed;
}

/** @throws SUBPROCESSORS_BAD */
export function readHash(text: string, place: string): string {
  const hash = text
    .trim()
    .toLowerCase()
    .replace(/^sha256:/, "");
  if (!/^[0-9a-f]{64}$/.test(hash)) throw bad(place);
  return hash;
}

/** @throws SUBPROCESSORS_BAD */
export function readDocument({ reference, sha256 }: Document, place: string): Document {
  return {
    reference: readReference(reference, `${place}.reference`),
    sha256: readHash(sha256, `${place}.sha256`),
  };
}

/** @throws SUBPROCESSORS_BAD */
export function readDay(text: string, place: string): LocalDate {
  try {
    return localDate(text);
  } catch (error) {
    if (isFault(error, "CALENDAR_BAD_DATE")) throw bad(place);
    throw error;
  }
}

/** @throws SUBPROCESSORS_BAD */
export function readCountry(text: string, place: string): string {
  const country = text.trim().toUpperCase();
  if (!/^[A-Z]{2}$/.test(country)) throw bad(place);
  return country;
}

/** At least one of each. @throws SUBPROCESSORS_BAD */
export function readPlaces({ storage, processing }: Places, place: string): Places {
  const read = (countries: readonly string[], at: string) => {
    if (countries.length === 0 || countries.length > 60) throw bad(at);
    return [...new Set(countries.map((each) => readCountry(each, at)))];
  };
  return { storage: read(storage, `${place}.storage`), processing: read(processing, `${place}.processing`) };
}

/** A page, or an address of a function: `privacy@…`, never a person's. @throws SUBPROCESSORS_BAD */
export function readContact(text: string, place: string): string {
  const contact = text.trim();
  if (contact.length > REFERENCE) throw bad(place);
  if (/^https:\/\/[^\s@]+$/.test(contact)) return contact;
  const [, local] = /^([^@\s]+)@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/.exec(contact) ?? [];
  const words = local?.toLowerCase().split(/[._+-]/) ?? [];
  if (words.length === 0 || !words.every((word) => FUNCTIONS.has(word))) throw bad(place);
  return contact;
}
