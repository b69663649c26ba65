/**
 * Does a chain of delays end within a period, whenever it starts? Months and years differ in length, so that a period in
 * one unit and a delay in another are compared at their worst: the delay as long, and the period as short, as any start
 * makes it. In months and years alone the comparison is exact. A day is 24 hours; the hour that a change of clocks adds or
 * takes away is left aside.
 */
import type { Duration } from "@preau/calendar";

const HOURS_OF_DAY = 24;
const MONTHS_OF_YEAR = 12;
/** Four years hold every length of month, leap February included; then the months begin again. */
const CYCLE_MONTHS = 48;
const CYCLE_DAYS = 1_461;
const FIRST_YEAR = 2021;
const STARTS = Array.from({ length: CYCLE_MONTHS }, (_, month) => month);
/** Days that so many months hold at most, and at least, over all starts. */
const LONGEST_DAYS = STARTS.map((months) => Math.max(...STARTS.map((start) => daysBetween(start, months))));
const SHORTEST_DAYS = STARTS.map((months) => Math.min(...STARTS.map((start) => daysBetween(start, months))));

/** True when the delays, one after the other, never last longer than the period. Delays in working days never do. */
export function endsWithin(delays: readonly Duration[], period: Duration): boolean {
  if (delays.length === 0) return true;
  const limit = monthsOf(period);
  const months = delays.map(monthsOf);
  if (limit !== undefined && months.every((each) => each !== undefined)) {
    return months.reduce((sum, each) => sum + each, 0) <= limit;
  }
  if (delays.every(({ unit }) => unit === "workingDays") && period.unit === "workingDays") {
    return delays.reduce((sum, { amount }) => sum + amount, 0) <= period.amount;
  }
  return longestHours(delays) <= shortestHours(period);
}

/** Hours that the delays last at most; infinite in working days, which holidays stretch without a bound that is known here. */
export function longestHours(delays: readonly Duration[]): number {
  return delays.reduce((sum, delay) => sum + hoursOf(delay, LONGEST_DAYS), 0);
}

function shortestHours(period: Duration): number {
  if (period.unit !== "workingDays") return hoursOf(period, SHORTEST_DAYS);
  // Five working days in a row hold a weekend at least; holidays only make it longer.
  const weekends = Math.floor((period.amount - 1) / 5);
  return (period.amount + 2 * weekends) * HOURS_OF_DAY;
}

function hoursOf(duration: Duration, daysOfMonths: readonly number[]): number {
  const { unit, amount } = duration;
  if (unit === "hours") return amount;
  if (unit === "days") return amount * HOURS_OF_DAY;
  if (unit === "workingDays") return Number.POSITIVE_INFINITY;
  const months = monthsOf(duration) ?? 0;
  const cycles = Math.floor(months / CYCLE_MONTHS);
  return (cycles * CYCLE_DAYS + (daysOfMonths[months % CYCLE_MONTHS] ?? 0)) * HOURS_OF_DAY;
}

function daysBetween(start: number, months: number): number {
  return (Date.UTC(FIRST_YEAR, start + months, 1) - Date.UTC(FIRST_YEAR, start, 1)) / 86_400_000;
}

function monthsOf({ unit, amount }: Duration): number | undefined {
  if (unit === "months") return amount;
  return unit === "years" ? amount * MONTHS_OF_YEAR : undefined;
}
