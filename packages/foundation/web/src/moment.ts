/** Instants, durations and numbers as people say them, in French and English. Words from CLDR by way of `Intl`. */
import { type Instant, type Language, millisOf } from "@preau/kernel";
import { textsIn } from "./language.ts";

const LOCALE: Readonly<Record<Language, string>> = { fr: "fr-FR", en: "en-GB" };
const NARROW_SPACE = "\u202f";
const NO_BREAK_SPACE = "\u00a0";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export interface Telling {
  readonly language: Language;
  readonly zone: string;
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();

function dateFormat({ language, zone }: Telling): Intl.DateTimeFormat {
  const key = `${language} ${zone}`;
  let format = dateFormats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(LOCALE[language], {
      timeZone: zone,
      weekday: "long",
      day: "numeric",
      month: "long",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    dateFormats.set(key, format);
  }
  return format;
}

/** `lundi 23 novembre 2026 à 9 h 15` · `Monday 23 November 2026 at 09:15`, in that zone. */
export function sayMoment(when: Instant, telling: Telling): string {
  const parts = new Map(
    dateFormat(telling)
      .formatToParts(millisOf(when))
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? "";
  const day = part("day");
  if (telling.language === "en") {
    return `${part("weekday")} ${day} ${part("month")} ${part("year")} at ${part("hour")}:${part("minute")}`;
  }
  const first = day === "1" ? "1er" : day;
  const hour = `${Number(part("hour"))}${NARROW_SPACE}h${NARROW_SPACE}${part("minute")}`;
  return `${part("weekday")} ${first} ${part("month")} ${part("year")} à ${hour}`;
}

/** A length of time in its two largest units, rounded down: `23 heures et 12 minutes`. `milliseconds` ≥ 0. */
export function sayDuration(milliseconds: number, language: Language): string {
  if (milliseconds < MINUTE) return textsIn(language).lessThanAMinute;
  const hours = Math.floor(milliseconds / HOUR);
  const amounts: [number, "day" | "hour" | "minute"][] =
    hours >= 48
      ? [
          [Math.floor(hours / 24), "day"],
          [hours % 24, "hour"],
        ]
      : [
          [hours, "hour"],
          [Math.floor(milliseconds / MINUTE) % 60, "minute"],
        ];
  const said = amounts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => sayUnit(amount, unit, language));
  return new Intl.ListFormat(LOCALE[language], { type: "conjunction" }).format(said);
}

/** What is left until an instant, rounded down, or how late it is. */
export function sayTimeLeft(until: Instant, now: Instant, language: Language): string {
  const left = millisOf(until) - millisOf(now);
  const texts = textsIn(language);
  const duration = sayDuration(Math.abs(left), language);
  if (left < 0) return `${texts.timeOver} ${duration}`;
  return language === "fr" ? `${texts.timeLeft} ${duration}` : `${duration} ${texts.timeLeft}`;
}

/** `1 234 567,89` · `1,234,567.89`. */
export function sayNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(LOCALE[language]).format(value);
}

function sayUnit(amount: number, unit: "day" | "hour" | "minute", language: Language): string {
  const said = new Intl.NumberFormat(LOCALE[language], { style: "unit", unit, unitDisplay: "long" }).format(
    amount,
  );
  // CLDR sets some French units with a space that may break; French never breaks there.
  return language === "fr" ? said.replaceAll(/\s/g, NO_BREAK_SPACE) : said;
}
