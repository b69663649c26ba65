/** A day of a contract, without its weekday. */
import type { LocalDate } from "@preau/calendar";
import type { Language } from "@preau/kernel";

const formats: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  fr: new Intl.DateTimeFormat("fr-FR", { dateStyle: "long", timeZone: "UTC" }),
  en: new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }),
};

/** A day as people write it: `1er septembre 2026` · `1 September 2026`. */
export function sayDate(day: LocalDate, language: Language): string {
  const said = formats[language].format(Date.parse(`${day}T00:00:00.000Z`));
  return language === "fr" ? said.replace(/^1 /, "1er ") : said;
}
