/**
 * Working days (*jours ouvrés*): Monday to Friday, public holidays of the place excepted. Where the commune's Good
 * Friday is unknown the calendar has two readings: a right is counted without it, what binds is counted with it.
 */
import type { Bilingual } from "@preau/kernel";
import type { Rounding } from "./duration.ts";
import { fault } from "./errors.ts";
import { goodFridayName } from "./holiday-table.ts";
import { dateOfDay, dayNumber, type LocalDate, weekdayOf } from "./local-date.ts";
import type { Place, Region } from "./place.ts";
import { assertRegion, holidayNames, isGoodFriday } from "./public-holidays.ts";

/** A calendar without a doubt left. */
export interface Reading {
  readonly region: Region;
  readonly keepsGoodFriday: boolean;
}

/** A day that does not count, and why. */
export interface SkippedDay {
  readonly day: LocalDate;
  readonly why: "weekend" | "holiday";
  /** The holidays that fall on it, a weekend's too. */
  readonly names: readonly Bilingual[];
}

/** Whether Good Friday is in doubt there. */
export function isGoodFridayUnknown({ region, goodFriday }: Place): boolean {
  return region === "alsace-moselle" && goodFriday !== "holiday" && goodFriday !== "workingDay";
}

/** The calendar of a place. @throws CALENDAR_UNKNOWN_REGION */
export function readingOf(place: Place, rounding: Rounding): Reading {
  const { region, goodFriday } = place;
  assertRegion(region);
  const kept = isGoodFridayUnknown(place) ? rounding === "right" : goodFriday === "holiday";
  return { region, keepsGoodFriday: region === "alsace-moselle" && kept };
}

/** Whether the day of that number is worked. @throws CALENDAR_OUTSIDE_TABLE */
export function isWorking(day: number, { region, keepsGoodFriday }: Reading): boolean {
  const isHoliday = holidayNames(day, region).length > 0 || (keepsGoodFriday && isGoodFriday(day));
  return !isHoliday && !isWeekend(day);
}

/** The N-th working day after the day of that number, or before it where N is negative. @throws CALENDAR_OUTSIDE_TABLE */
export function addWorking(day: number, amount: number, reading: Reading): number {
  const step = Math.sign(amount);
  let reached = day;
  for (let left = Math.abs(amount); left > 0; ) {
    reached += step;
    if (isWorking(reached, reading)) left -= 1;
  }
  return reached;
}

/**
 * Whether a day is worked at a place.
 * @throws CALENDAR_BAD_DATE, CALENDAR_OUTSIDE_TABLE, CALENDAR_UNKNOWN_REGION
 */
export function isWorkingDay(date: LocalDate, place: Place, rounding: Rounding = "right"): boolean {
  return isWorking(dayNumber(date), readingOf(place, rounding));
}

/**
 * The N-th working day after a day, which itself does not count; before it where N is negative.
 * @throws CALENDAR_BAD_DATE, CALENDAR_BAD_AMOUNT, CALENDAR_OUTSIDE_TABLE, CALENDAR_UNKNOWN_REGION
 */
export function addWorkingDays(
  date: LocalDate,
  amount: number,
  place: Place,
  rounding: Rounding = "right",
): LocalDate {
  if (!Number.isInteger(amount)) throw fault("CALENDAR_BAD_AMOUNT");
  return dateOfDay(addWorking(dayNumber(date), amount, readingOf(place, rounding)));
}

/**
 * The days from one to another, both with them, that are not worked.
 * @throws CALENDAR_BAD_DATE, CALENDAR_OUTSIDE_TABLE, CALENDAR_UNKNOWN_REGION
 */
export function skippedDays(
  from: LocalDate,
  through: LocalDate,
  place: Place,
  rounding: Rounding = "right",
): readonly SkippedDay[] {
  const reading = readingOf(place, rounding);
  const last = dayNumber(through);
  const skipped: SkippedDay[] = [];
  for (let day = dayNumber(from); day <= last; day += 1) {
    if (isWorking(day, reading)) continue;
    const kept = reading.keepsGoodFriday && isGoodFriday(day) ? [goodFridayName] : [];
    skipped.push({
      day: dateOfDay(day),
      why: isWeekend(day) ? "weekend" : "holiday",
      names: [...kept, ...holidayNames(day, reading.region)],
    });
  }
  return skipped;
}

function isWeekend(day: number): boolean {
  return weekdayOf(day) % 6 === 0;
}
