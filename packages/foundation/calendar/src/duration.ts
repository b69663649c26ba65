/**
 * Periods as typed values: `hours(24)`, `workingDays(7)`, `months(6)`. Hours are elapsed time; days, months and years
 * are counted here on UTC dates, the month's last day standing in for a day that it lacks (31 August + 6 months is
 * 28 February: Regulation (EEC, Euratom) 1182/71, art. 3(2)(c)). Zones and working days belong to the calendar.
 */
import { addHours, type Instant, instant, millisOf } from "@preau/kernel";
import { fault } from "./errors.ts";

export const durationUnits = ["hours", "days", "workingDays", "months", "years"] as const;
export type DurationUnit = (typeof durationUnits)[number];

export interface Duration {
  readonly unit: DurationUnit;
  /** A whole number, 1 to 9,999. */
  readonly amount: number;
}

/** `binds`: it binds whoever must act, and is never later than the law's instant. `right`: it is open to somebody, and never earlier. */
export type Rounding = "binds" | "right";

const SHAPE = /^(hours|days|workingDays|months|years)\(([1-9]\d{0,3})\)$/;
const LAST_MILLISECOND_OF_DAY = 86_399_999;

/** The duration that a text such as `months(6)` says; undefined when it says none. */
export function parseDuration(text: string): Duration | undefined {
  const match = SHAPE.exec(text);
  if (match === null) return undefined;
  return { unit: match[1] as DurationUnit, amount: Number(match[2]) };
}

/** `months(6)`, as in the file. */
export function formatDuration(duration: Duration): string {
  return `${duration.unit}(${duration.amount})`;
}

/**
 * The last instant of a period that starts at an instant. What binds ends at the same time of day on the last day; a
 * right lasts until the end of that day (1182/71 art. 3(2)(b)); hours are exact for both. Dates are UTC dates.
 * @figure D12.2, D12.3, D12.4
 * @throws CALENDAR_NEEDS_PLACE for working days
 */
export function dueAfter(start: Instant, duration: Duration, rounding: Rounding): Instant {
  const { unit, amount } = duration;
  if (unit === "workingDays") throw fault("CALENDAR_NEEDS_PLACE", { place: formatDuration(duration) });
  if (unit === "hours") return addHours(start, amount);
  const from = new Date(millisOf(start));
  const midnight = Date.UTC(from.getUTCFullYear(), from.getUTCMonth(), from.getUTCDate());
  const lastDay = lastDayOf(from, unit, amount);
  const timeOfDay = rounding === "right" ? LAST_MILLISECOND_OF_DAY : millisOf(start) - midnight;
  return instant(lastDay + timeOfDay);
}

/** Midnight (UTC, epoch milliseconds) of the day that many days, months or years later, clamped to its month. */
function lastDayOf(from: Date, unit: "days" | "months" | "years", amount: number): number {
  const year = from.getUTCFullYear();
  const month = from.getUTCMonth();
  const day = from.getUTCDate();
  if (unit === "days") return Date.UTC(year, month, day + amount);
  const months = unit === "years" ? amount * 12 : amount;
  const daysInMonth = new Date(Date.UTC(year, month + months + 1, 0)).getUTCDate();
  return Date.UTC(year, month + months, Math.min(day, daysInMonth));
}
