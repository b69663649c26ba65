/** One field of a form, a file or a command line, read with what is wrong in it. Spaces around are no part of it. */
import { type LocalDate, localDate } from "@preau/calendar";
import type { Bilingual } from "@preau/kernel";
import type { Issue } from "./issue.ts";

/** What somebody wrote, by field. A field that is absent was not asked; an empty one says that there is none. */
export type Written = Readonly<Record<string, string | undefined>>;

export interface Reader {
  /** Undefined when it is empty, too long or holds what no text holds. */
  text(field: string, most: number): string | undefined;
  required(field: string, most: number): string | undefined;
  /** The first of its spellings that fits. */
  word<T extends string>(field: string, spellings: ReadonlyMap<string, T>, remedy: Bilingual): T | undefined;
  day(field: string): LocalDate | undefined;
  checked<T>(
    field: string,
    parse: (text: string) => T | undefined,
    remedy: Bilingual,
    most?: number,
  ): T | undefined;
  refuse(issue: Issue): void;
  /** Was something wrong with that field already? Then nothing more is said of it. */
  hasIssue(field: string): boolean;
  readonly issues: readonly Issue[];
}

// Control characters, and the marks that make a text read otherwise than it is stored.
const HIDDEN = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const DAY: Bilingual = {
  en: "Write a day as 2026-09-01 or 01/09/2026.",
  fr: "Écrivez un jour sous la forme 2026-09-01 ou 01/09/2026.",
};

export function makeReader(written: Written): Reader {
  const issues: Issue[] = [];
  const refuse = (issue: Issue) => void issues.push(issue);
  const text = (field: string, most: number) => {
    const value = (written[field] ?? "").normalize("NFC").trim();
    if (value === "") return undefined;
    if (value.length > most) refuse({ code: "CONTRACT_VALUE_TOO_LONG", field });
    else if (HIDDEN.test(value)) refuse({ code: "CONTRACT_VALUE_BAD", field, remedy: ONE_LINE });
    else return value;
    return undefined;
  };
  const checked = <T>(
    field: string,
    parse: (value: string) => T | undefined,
    remedy: Bilingual,
    most = 200,
  ) => {
    const value = text(field, most);
    if (value === undefined) return undefined;
    const parsed = parse(value);
    if (parsed === undefined) refuse({ code: "CONTRACT_VALUE_BAD", field, remedy });
    return parsed;
  };
  return {
    text,
    required: (field, most) => {
      const before = issues.length;
      const value = text(field, most);
      if (value === undefined && issues.length === before) refuse({ code: "CONTRACT_VALUE_MISSING", field });
      return value;
    },
    word: (field, spellings, remedy) => checked(field, (value) => spellings.get(spelt(value)), remedy),
    day: (field) => checked(field, dayOf, DAY),
    checked,
    refuse,
    hasIssue: (field) => issues.some((each) => each.field === field),
    issues,
  };
}

const ONE_LINE: Bilingual = {
  en: "Write it on one line, without control characters.",
  fr: "Écrivez-le sur une seule ligne, sans caractère de contrôle.",
};

/** A word without case, accents, spaces, hyphens or underscores: how headings and choices are compared. */
export function spelt(text: string): string {
  return text
    .normalize("NFD")
    .toLowerCase()
    .replaceAll(/[\p{M}\s_'’.-]/gu, "");
}

/** Spellings of choices, each compared by `spelt`. */
export function spellingsOf<T extends string>(
  words: Readonly<Record<T, readonly string[]>>,
): ReadonlyMap<string, T> {
  return new Map(
    (Object.entries(words) as [T, readonly string[]][]).flatMap(([word, others]) =>
      [word, ...others].map((each) => [spelt(each), word] as const),
    ),
  );
}

function dayOf(text: string): LocalDate | undefined {
  const french = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text);
  try {
    return localDate(french === null ? text : `${french[3]}-${french[2]}-${french[1]}`);
  } catch {
    return undefined; // the calendar says only that it is none
  }
}
