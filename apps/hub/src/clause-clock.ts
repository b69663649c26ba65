/** The clock of a period: a deadline computed from one start, in one place, by the calendar that the hub counts with. */
import type { Agreement } from "@preau/agreement";
import {
  type Deadline,
  dayIn,
  deadlineOf,
  type LocalDate,
  localDate,
  type Place,
  type SkippedDay,
  skippedDays,
  startOfDay,
} from "@preau/calendar";
import { addHours, type Instant, isFault } from "@preau/kernel";

/** A day with Easter after it, so that the example shows what working days skip. */
const USUAL_START = localDate("2026-03-27");
const HOUR_OF_START = 10;

export interface ClockExample {
  readonly from: LocalDate;
  readonly start: Instant;
  readonly deadline: Deadline;
  /** Holidays that were passed over while working days were counted. */
  readonly holidays: readonly SkippedDay[];
}

/** The day that a reader asked for; the usual one when it is no day. */
export function startFrom(text: unknown): LocalDate {
  try {
    return typeof text === "string" && text !== "" ? localDate(text) : USUAL_START;
  } catch (error) {
    if (isFault(error, "CALENDAR_BAD_DATE")) return USUAL_START;
    throw error;
  }
}

/** What starts in the morning of that day, in that place; undefined where the calendar does not reach. */
export function exampleOf(
  { duration, right }: Pick<Agreement["periods"][number], "duration" | "right">,
  from: LocalDate,
  place: Place,
): ClockExample | undefined {
  const rounding = right === undefined ? "binds" : "right";
  try {
    const start = addHours(startOfDay(place.zone, from), HOUR_OF_START);
    const deadline = deadlineOf(start, duration, { rounding, place });
    const skipped =
      duration.unit === "workingDays"
        ? skippedDays(dayIn(place.zone, start), deadline.lastDay, place, rounding)
        : [];
    return { from, start, deadline, holidays: skipped.filter(({ why }) => why === "holiday") };
  } catch (error) {
    if (isFault(error, "CALENDAR_OUTSIDE_TABLE") || isFault(error, "CALENDAR_TOO_FAR")) return undefined;
    throw error;
  }
}
