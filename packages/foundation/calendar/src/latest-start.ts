/**
 * The question put backwards: of what must be announced so long ahead of a day, by when must the announcement be
 * received? Neither the day of receipt nor the day itself counts: the whole notice lies between the two. Notice is a
 * right, so an unknown Good Friday does not count either. No end is moved off a weekend: a period counted backwards has
 * none to move (Regulation (EEC, Euratom) 1182/71, art. 3(4), last sentence).
 */
import { addHours, addMillis, type Instant } from "@preau/kernel";
import { assertDuration, type DeadlineNote } from "./deadline.ts";
import type { Duration } from "./duration.ts";
import { addMonths, dateOfDay, dayNumber, type LocalDate } from "./local-date.ts";
import type { Place } from "./place.ts";
import { addWorking, isGoodFridayUnknown, isWorking, type Reading, readingOf } from "./working-day.ts";
import { dayAt, endOfDay } from "./zone.ts";

export interface LatestStart {
  /** Last day, in the place's zone, on which the announcement may be received. */
  readonly lastDay: LocalDate;
  /** Last working day up to it: nobody opens a school's mail on a Sunday. */
  readonly lastWorkingDay: LocalDate;
  /** Last instant of `lastDay`; for hours, the instant itself. */
  readonly dueAt: Instant;
  readonly place: Place;
  /** `GOOD_FRIDAY_UNKNOWN` when the earlier of two days was taken. */
  readonly notes: readonly DeadlineNote[];
}

/**
 * The latest receipt that leaves the whole notice before a day begins: an audit announced 15 working days ahead, a
 * subprocessor 30 days ahead.
 * @figure D8.2, D11.2
 * @throws CALENDAR_BAD_DATE, CALENDAR_BAD_AMOUNT, CALENDAR_UNKNOWN_REGION, CALENDAR_UNKNOWN_ZONE, CALENDAR_OUTSIDE_TABLE
 */
export function latestStart(before: LocalDate, notice: Duration, place: Place): LatestStart {
  assertDuration(notice);
  const day = dayNumber(before);
  const reading = readingOf(place, "right");
  if (notice.unit === "hours") {
    const dueAt = addHours(addMillis(endOfDay(day - 1, place.zone), 1), -notice.amount);
    return { ...days(dayAt(dueAt, place.zone), reading), dueAt, place, notes: [] };
  }
  const last = lastReceipt(day, notice, reading);
  const inDoubt =
    isGoodFridayUnknown(place) && lastReceipt(day, notice, { ...reading, keepsGoodFriday: false }) !== last;
  const dueAt = endOfDay(last, place.zone);
  return { ...days(last, reading), dueAt, place, notes: inDoubt ? ["GOOD_FRIDAY_UNKNOWN"] : [] };
}

function days(last: number, reading: Reading): Pick<LatestStart, "lastDay" | "lastWorkingDay"> {
  const working = isWorking(last, reading) ? last : addWorking(last, -1, reading);
  return { lastDay: dateOfDay(last), lastWorkingDay: dateOfDay(working) };
}

function lastReceipt(day: number, { unit, amount }: Duration, reading: Reading): number {
  if (unit === "workingDays") return addWorking(day, -amount, reading) - 1;
  if (unit === "days") {
    const last = day - amount - 1;
    return amount === 1 ? last : Math.min(last, addWorking(day, -2, reading) - 1);
  }
  const months = unit === "years" ? amount * 12 : amount;
  let last = addMonths(day - 1, -months);
  // A month's last days share one end: from 28 to 31 January, one month ends on 28 February.
  while (addMonths(last + 1, months) < day) last += 1;
  return last;
}
