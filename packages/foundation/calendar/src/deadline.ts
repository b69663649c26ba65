/**
 * The end of a period, as a pair: the last instant still in time, and the first instant after it.
 *
 * - Hours are elapsed time, exact for both roundings: no night of summer time adds or removes one.
 * - Days, months and years are counted on the calendar of the place, working days on that of its region. The day on
 *   which something is received does not count (Regulation (EEC, Euratom) 1182/71, art. 3(1)). Months end on the day of
 *   the same number, or on the month's last (art. 3(2)(c)).
 * - What binds ends at the time of day at which it began: it rounds down.
 * - A right lasts to the end of its last day (art. 3(2)(b)); counted in days, months or years it does not end on a day
 *   that is not worked (art. 3(4)), and two days or more hold two working days (art. 3(5)): it rounds up.
 *
 * The Regulation binds acts of the Union, not a contract: these are the readings chosen where the agreement is silent,
 * each to the advantage of whoever holds the right.
 */
import { addHours, addMillis, type Instant } from "@preau/kernel";
import type { Duration, Rounding } from "./duration.ts";
import { fault } from "./errors.ts";
import { addMonths, dateOfDay, type LocalDate, MILLIS_OF_DAY } from "./local-date.ts";
import type { Place } from "./place.ts";
import { addWorking, isGoodFridayUnknown, isWorking, type Reading, readingOf } from "./working-day.ts";
import { clockAt, dayAt, endOfDay, instantOf } from "./zone.ts";

/** `GOOD_FRIDAY_UNKNOWN`: whether the commune keeps Good Friday is unknown, and decided the day. */
export type DeadlineNote = "GOOD_FRIDAY_UNKNOWN";

export interface Deadline {
  /** Last day, in the place's zone, on which it is still in time. */
  readonly lastDay: LocalDate;
  /** Last instant at which it is still in time. */
  readonly dueAt: Instant;
  /** First instant at which what waited for the end may happen. */
  readonly opensAt: Instant;
  readonly place: Place;
  /** `GOOD_FRIDAY_UNKNOWN` when the later of two days was taken for a right, or the earlier for what binds. */
  readonly notes: readonly DeadlineNote[];
}

export interface DeadlineOptions {
  readonly rounding: Rounding;
  /** Whose calendar and whose clocks. */
  readonly place: Place;
}

/**
 * The end of a period that starts at an instant.
 * @figure D8.3, D11.2, D12.2, D12.3, D12.4
 * @throws CALENDAR_UNKNOWN_REGION, CALENDAR_UNKNOWN_ZONE, CALENDAR_BAD_AMOUNT, CALENDAR_OUTSIDE_TABLE, CALENDAR_TOO_FAR
 */
export function deadlineOf(
  start: Instant,
  duration: Duration,
  { rounding, place }: DeadlineOptions,
): Deadline {
  assertDuration(duration);
  const reading = readingOf(place, rounding);
  if (duration.unit === "hours") {
    const dueAt = addHours(start, duration.amount);
    return { ...pair(dateOfDay(dayAt(dueAt, place.zone)), dueAt), place, notes: [] };
  }
  const clock = rounding === "binds" ? clockAt(start, place.zone) : undefined;
  const from = clock === undefined ? dayAt(start, place.zone) : Math.floor(clock / MILLIS_OF_DAY);
  const last = lastDayOf(from, duration, rounding, reading);
  const lastDay = dateOfDay(last);
  const dueAt =
    clock === undefined
      ? endOfDay(last, place.zone)
      : instantOf(clock + (last - from) * MILLIS_OF_DAY, place.zone);
  const other = { ...reading, keepsGoodFriday: !reading.keepsGoodFriday };
  const inDoubt = isGoodFridayUnknown(place) && lastDayOf(from, duration, rounding, other) !== last;
  return { ...pair(lastDay, dueAt), place, notes: inDoubt ? ["GOOD_FRIDAY_UNKNOWN"] : [] };
}

/** An amount of that kind can be counted. @throws CALENDAR_BAD_AMOUNT */
export function assertDuration({ amount }: Duration): void {
  if (!Number.isInteger(amount) || amount < 1 || amount > 9_999) throw fault("CALENDAR_BAD_AMOUNT");
}

function pair(lastDay: LocalDate, dueAt: Instant): Pick<Deadline, "lastDay" | "dueAt" | "opensAt"> {
  return { lastDay, dueAt, opensAt: addMillis(dueAt, 1) };
}

function lastDayOf(from: number, { unit, amount }: Duration, rounding: Rounding, reading: Reading): number {
  if (unit === "workingDays") return addWorking(from, amount, reading);
  if (unit !== "days") {
    const last = addMonths(from, unit === "years" ? amount * 12 : amount);
    return rounding === "right" ? nextWorked(last, reading) : last;
  }
  const last = from + amount;
  if (rounding === "binds") return last;
  // Art. 3(5) can move the end of a period of a few days alone: a longer one holds two working days anyway.
  const atLeast = amount === 1 ? last : Math.max(last, addWorking(from, 2, reading));
  return nextWorked(atLeast, reading);
}

/** That day when it is worked, the next one that is otherwise. */
function nextWorked(day: number, reading: Reading): number {
  return isWorking(day, reading) ? day : addWorking(day, 1, reading);
}
