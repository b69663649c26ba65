/** Every rule over one plain text, in an order in which the surer one comes first. */
import { findAddresses } from "./find-addresses.ts";
import { findBirthDates } from "./find-birth-dates.ts";
import { findHealthWords } from "./find-health-words.ts";
import { findLooseNumbers } from "./find-loose-numbers.ts";
import { findNames } from "./find-names.ts";
import { findWrittenEmails } from "./find-written-emails.ts";
import type { RedactedKind } from "./redaction-masks.ts";
import { wordsOf } from "./text-words.ts";

/** Where a rule sees something: offsets into the plain text that it was given, `end` exclusive. */
export interface Sighting {
  readonly kind: RedactedKind;
  readonly start: number;
  readonly end: number;
}

/** @param plain in plain letters, masks filled; @param also kinds that are no persons' */
export function detectPersonalWords(plain: string, also: readonly ("siret" | "uai")[]): readonly Sighting[] {
  const words = wordsOf(plain);
  const emails = findWrittenEmails(plain);
  const names = findNames(plain, words);
  return [
    ...emails,
    ...findLooseNumbers(plain, also),
    ...findBirthDates(plain, names),
    ...findAddresses(plain),
    ...findHealthWords(plain, words),
    ...names,
  ];
}
