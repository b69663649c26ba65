/** Days, moments and figures as people write them in French and English. Periods and full days: `@preau/calendar`. */
import type { LocalDate } from "@preau/calendar";
import { type Instant, type Language, millisOf } from "@preau/kernel";

const locales = { fr: "fr-FR", en: "en-GB" } as const;
/** The day is read in UTC, where it was written: no zone moves it. */
const DAY = { dateStyle: "long", timeZone: "UTC" } as const;
const days: Readonly<Record<Language, Intl.DateTimeFormat>> = {
  fr: new Intl.DateTimeFormat(locales.fr, DAY),
  en: new Intl.DateTimeFormat(locales.en, DAY),
};
const numbers: Readonly<Record<Language, Intl.NumberFormat>> = {
  fr: new Intl.NumberFormat(locales.fr, { maximumFractionDigits: 20 }),
  en: new Intl.NumberFormat(locales.en, { maximumFractionDigits: 20 }),
};

/** `1er septembre 2026` · `1 September 2026`. */
export function sayDate(date: LocalDate, language: Language): string {
  const said = days[language].format(Date.parse(`${date}T00:00:00.000Z`));
  return language === "fr" ? said.replace(/^1 /u, "1er ") : said;
}

/** `23 novembre 2026 à 09:15 (Europe/Paris)` · `23 November 2026 at 09:15 (Europe/Paris)`. */
export function sayMoment(at: Instant, zone: string, language: Language): string {
  const parts = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locales[language], { timeZone: zone, ...options }).format(millisOf(at));
  const said = parts({ dateStyle: "long" });
  const on = language === "fr" ? said.replace(/^1 /u, "1er ") : said;
  const clock = parts({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return `${on} ${language === "fr" ? "à" : "at"}\u00a0${clock} (${zone})`;
}

/** `1 234,5` with a narrow space that does not break · `1,234.5`. */
export function sayFigure(number: number, language: Language): string {
  return numbers[language].format(number);
}

/** `424 761 419 00045`, in groups that do not break. */
export function saySiret(digits: string): string {
  const match = /^(\d{3})(\d{3})(\d{3})(\d{5})$/u.exec(digits);
  return match === null ? digits : match.slice(1).join("\u00a0");
}
