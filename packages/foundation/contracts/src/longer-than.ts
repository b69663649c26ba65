/** Whether one period can end later than another: days, months and years are not of one length. */
import { type Duration, deadlineOf, mainland } from "@preau/calendar";
import { instant } from "@preau/kernel";

const DAY_MS = 86_400_000;
/** Four years, a leap day among them: every length that a month or a year can have, at every place of it. */
const STARTS = 1_461;
const FIRST = Date.UTC(2027, 0, 1);
/** No change of the clocks, so that a day is 24 hours. */
const reading = { rounding: "binds", place: { ...mainland, zone: "UTC" } } as const;

/** Days at least and at most. Five working days can take a week and its holidays. */
const lengths: Readonly<Record<Duration["unit"], readonly [least: number, most: number]>> = {
  hours: [1 / 24, 1 / 24],
  days: [1, 1],
  workingDays: [1, 7],
  months: [28, 31],
  years: [365, 366],
};

/**
 * True when the period ends later than the ceiling from any one day: 731 days are longer than two years, since from most
 * days they are. Working days count as longer unless they cannot be.
 */
export function isLongerThan(period: Duration, ceiling: Duration): boolean {
  const [ours, theirs] = [inMonths(period), inMonths(ceiling)];
  if (ours !== undefined && theirs !== undefined) return ours > theirs;
  const [least, most] = lengths[period.unit];
  const [leastAllowed, mostAllowed] = lengths[ceiling.unit];
  if (period.amount * most <= ceiling.amount * leastAllowed) return false;
  if (period.amount * least > ceiling.amount * mostAllowed) return true;
  if (period.unit === "workingDays" || ceiling.unit === "workingDays") return true;
  for (let day = 0; day < STARTS; day += 1) {
    const start = instant(FIRST + day * DAY_MS);
    if (deadlineOf(start, period, reading).dueAt > deadlineOf(start, ceiling, reading).dueAt) return true;
  }
  return false;
}

function inMonths({ unit, amount }: Duration): number | undefined {
  if (unit === "years") return amount * 12;
  return unit === "months" ? amount : undefined;
}
