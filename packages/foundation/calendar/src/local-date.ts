/** A day on the calendar of a place, without a time: `2026-04-08`. Ten characters, sorts as text. */
import { fault } from "./errors.ts";

declare const localDateBrand: unique symbol;
/** `YYYY-MM-DD`, a day that exists. */
export type LocalDate = string & { readonly [localDateBrand]: true };

const SHAPE = /^\d{4}-\d{2}-\d{2}$/;

/** @throws CALENDAR_BAD_DATE */
export function localDate(text: string): LocalDate {
  const time = SHAPE.test(text) ? Date.parse(`${text}T00:00:00.000Z`) : Number.NaN;
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text)
    throw fault("CALENDAR_BAD_DATE");
  return text as LocalDate;
}
