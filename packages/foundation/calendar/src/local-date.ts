/**
 * A day on the calendar of a place, without a time: `2026-04-08`. Ten characters, sorts as text. Inside this package
 * days are counted as numbers, since 1 January 1970, so that a period is an addition.
 */
import { fault } from "./errors.ts";

declare const localDateBrand: unique symbol;
/** `YYYY-MM-DD`, a day that exists. */
export type LocalDate = string & { readonly [localDateBrand]: true };

const SHAPE = /^\d{4}-\d{2}-\d{2}$/;
export const MILLIS_OF_DAY = 86_400_000;
/** 31 December 9999: later days would not sort as text. */
const LAST_DAY = 2_932_896;

/** @throws CALENDAR_BAD_DATE */
export function localDate(text: string): LocalDate {
  const time = SHAPE.test(text) ? Date.parse(`${text}T00:00:00.000Z`) : Number.NaN;
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text)
    throw fault("CALENDAR_BAD_DATE");
  return text as LocalDate;
}

/** The day's number: 0 is 1 January 1970. @throws CALENDAR_BAD_DATE */
export function dayNumber(date: LocalDate): number {
  return Date.parse(`${localDate(date)}T00:00:00.000Z`) / MILLIS_OF_DAY;
}

/** The day of a number. @throws CALENDAR_TOO_FAR */
export function dateOfDay(day: number): LocalDate {
  if (day > LAST_DAY) throw fault("CALENDAR_TOO_FAR");
  return new Date(day * MILLIS_OF_DAY).toISOString().slice(0, 10) as LocalDate;
}

/** 0 is Sunday. 1 January 1970 was a Thursday. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/**
 * The same day of the month, that many months later or earlier; the month's last day stands in for one that it lacks
 * (31 August and 6 months: 28 February; Regulation (EEC, Euratom) 1182/71, art. 3(2)(c)).
 */
export function addMonths(day: number, months: number): number {
  const from = new Date(day * MILLIS_OF_DAY);
  const year = from.getUTCFullYear();
  const month = from.getUTCMonth() + months;
  const daysInMonth = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(from.getUTCDate(), daysInMonth)) / MILLIS_OF_DAY;
}
