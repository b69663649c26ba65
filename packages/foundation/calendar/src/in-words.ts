/** Days and periods as people say them, in French and English. */
import type { Language } from "@preau/kernel";
import type { Duration, DurationUnit } from "./duration.ts";
import { dayNumber, type LocalDate, MILLIS_OF_DAY } from "./local-date.ts";

const NO_BREAK_SPACE = "\u00a0";
/** The day is read in UTC, where it was written: no zone moves it. */
const DAY = { timeZone: "UTC", weekday: "long", day: "numeric", month: "long", year: "numeric" } as const;
const days: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  en: new Intl.DateTimeFormat("en-GB", DAY),
  fr: new Intl.DateTimeFormat("fr-FR", DAY),
};
const numbers: Readonly<Record<Language, Intl.NumberFormat>> = {
  en: new Intl.NumberFormat("en-GB"),
  fr: new Intl.NumberFormat("fr-FR"),
};
const units: Readonly<
  Record<DurationUnit, Readonly<Record<Language, readonly [one: string, many: string]>>>
> = {
  hours: { en: ["hour", "hours"], fr: ["heure", "heures"] },
  days: { en: ["day", "days"], fr: ["jour", "jours"] },
  workingDays: { en: ["working day", "working days"], fr: ["jour ouvré", "jours ouvrés"] },
  months: { en: ["month", "months"], fr: ["mois", "mois"] },
  years: { en: ["year", "years"], fr: ["an", "ans"] },
};

/** `mercredi 8 avril 2026`, `vendredi 1er mai 2026` · `Wednesday 8 April 2026`. @throws CALENDAR_BAD_DATE */
export function sayDay(date: LocalDate, language: Language): string {
  const parts = new Map(
    days[language].formatToParts(dayNumber(date) * MILLIS_OF_DAY).map(({ type, value }) => [type, value]),
  );
  const day = parts.get("day") ?? "";
  const said = language === "fr" && day === "1" ? "1er" : day;
  return [parts.get("weekday"), said, parts.get("month"), parts.get("year")].join(" ");
}

/** `7 jours ouvrés` · `7 working days`. */
export function sayDuration({ unit, amount }: Duration, language: Language): string {
  const [one, many] = units[unit][language];
  return `${numbers[language].format(amount)}${NO_BREAK_SPACE}${amount === 1 ? one : many}`;
}
