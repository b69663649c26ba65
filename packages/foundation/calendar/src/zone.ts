/**
 * Instants and days on the clocks of a zone, whatever its clocks do: nights that repeat an hour or lack one, midnights
 * that do not exist or come twice, a day that a zone left out.
 */
import { addMillis, type Instant, instant, isFault, millisOf } from "@preau/kernel";
import { Temporal } from "temporal-polyfill";
import { fault } from "./errors.ts";
import { dateOfDay, dayNumber, type LocalDate, MILLIS_OF_DAY } from "./local-date.ts";

/** Instants, in milliseconds, through which a zone's clocks keep one distance from UTC. */
interface Span {
  readonly from: number;
  /** The first instant after it. */
  readonly until: number;
  readonly offset: number;
}

/** A name, not an offset: an offset knows no summer time. */
const NAME = /^[A-Za-z][\w+\-/]*$/;

/** What was asked once: a zone has some hundred spans, and finding one costs more than all the rest of a deadline. */
const known = new Map<string, Span[]>();

/** Whether a deadline can be counted on the clocks of a zone of that name. */
export function isZone(zone: string): boolean {
  try {
    spanAt(0, zone);
    return true;
  } catch (error) {
    if (isFault(error, "CALENDAR_UNKNOWN_ZONE")) return false;
    throw error;
  }
}

/** The day that a zone's calendar shows at an instant. @throws CALENDAR_UNKNOWN_ZONE */
export function dayIn(zone: string, when: Instant): LocalDate {
  return dateOfDay(dayAt(when, zone));
}

/** The first instant of a day, or of the one after it where a zone left it out. @throws CALENDAR_UNKNOWN_ZONE, CALENDAR_BAD_DATE */
export function startOfDay(zone: string, date: LocalDate): Instant {
  return addMillis(endOfDay(dayNumber(date) - 1, zone), 1);
}

/** The number of the day that a zone's calendar shows at an instant. @throws CALENDAR_UNKNOWN_ZONE */
export function dayAt(when: Instant, zone: string): number {
  const millis = millisOf(when);
  return Math.floor((millis + spanAt(millis, zone).offset) / MILLIS_OF_DAY);
}

/** The last instant at which a zone's clocks show that day or one before it. @throws CALENDAR_UNKNOWN_ZONE */
export function endOfDay(day: number, zone: string): Instant {
  const midnight = (day + 1) * MILLIS_OF_DAY;
  const ends = spansAround(midnight, zone)
    .filter(({ from, offset }) => from + offset < midnight)
    .map(({ until, offset }) => Math.min(until, midnight - offset));
  return instant(Math.max(...ends) - 1);
}

/** What a zone's clocks show, as milliseconds since their own 1 January 1970. */
export type ClockReading = number;

/**
 * What a zone's clocks show at an instant; just before they go back, what they go back to. So a later instant never
 * gives an earlier reading.
 * @throws CALENDAR_UNKNOWN_ZONE
 */
export function clockAt(when: Instant, zone: string): ClockReading {
  const millis = millisOf(when);
  const { until, offset } = spanAt(millis, zone);
  if (until === Number.POSITIVE_INFINITY) return millis + offset;
  return Math.min(millis + offset, until + spanAt(until, zone).offset);
}

/** The first instant at which a zone's clocks show that or, where they jump over it, more. @throws CALENDAR_UNKNOWN_ZONE */
export function instantOf(reading: ClockReading, zone: string): Instant {
  const starts = spansAround(reading, zone)
    .filter(({ until, offset }) => until + offset > reading)
    .map(({ from, offset }) => Math.max(from, reading - offset));
  return instant(Math.min(...starts));
}

/**
 * The first instant of a day at which a zone's clocks show that many minutes after midnight or, where they jump over it, more.
 * @throws CALENDAR_UNKNOWN_ZONE, CALENDAR_BAD_DATE
 */
export function timeOfDay(zone: string, date: LocalDate, minutes: number): Instant {
  return instantOf(dayNumber(date) * MILLIS_OF_DAY + minutes * 60_000, zone);
}

/** The spans that a reading of the clocks may belong to: no zone is a whole day away from UTC. */
function spansAround(reading: ClockReading, zone: string): readonly Span[] {
  const spans = [spanAt(reading - MILLIS_OF_DAY, zone)];
  for (let last = spans[0]; last !== undefined && last.until <= reading + MILLIS_OF_DAY; ) {
    last = spanAt(last.until, zone);
    spans.push(last);
  }
  return spans;
}

function spanAt(millis: number, zone: string): Span {
  const spans = known.get(zone);
  const found = spans?.find(({ from, until }) => from <= millis && millis < until);
  if (found !== undefined) return found;
  const span = findSpan(millis, zone);
  known.set(zone, [...(spans ?? []), span]);
  return span;
}

function findSpan(millis: number, zone: string): Span {
  const now = zoned(millis, zone);
  const next = now.getTimeZoneTransition("next");
  const last = zoned(millis + 1, zone).getTimeZoneTransition("previous"); // at this very instant, or before
  return {
    from: last?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    until: next?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offset: now.offsetNanoseconds / 1_000_000,
  };
}

function zoned(millis: number, zone: string): Temporal.ZonedDateTime {
  if (!NAME.test(zone)) throw fault("CALENDAR_UNKNOWN_ZONE");
  try {
    return Temporal.Instant.fromEpochMilliseconds(millis).toZonedDateTimeISO(zone);
  } catch (cause) {
    throw fault("CALENDAR_UNKNOWN_ZONE", { cause });
  }
}
