/** A day without a time, as people say it. */
import type { LocalDate } from "@preau/calendar";
import type { Language } from "@preau/kernel";

const formats: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  fr: new Intl.DateTimeFormat("fr-FR", { timeZone: "UTC", dateStyle: "full" }),
  en: new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", dateStyle: "full" }),
};

/** `mercredi 8 avril 2026` · `Wednesday 8 April 2026`; the first of a month is `1er` in French. */
export function sayDay(day: LocalDate, language: Language): string {
  return formats[language]
    .formatToParts(Date.parse(`${day}T00:00:00.000Z`))
    .filter(({ type }) => type !== "literal")
    .map(({ type, value }) => (type === "day" && language === "fr" && value === "1" ? "1er" : value))
    .join(" ");
}
