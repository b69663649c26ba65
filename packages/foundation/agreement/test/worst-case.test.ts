import type { Duration, DurationUnit } from "@preau/calendar";
import { parseDuration } from "@preau/calendar";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endsWithin } from "../src/worst-case.ts";

const read = (text: string): Duration => parseDuration(text)!;
const anyDuration = fc.record({
  unit: fc.constantFrom<DurationUnit>("hours", "days", "months", "years"),
  amount: fc.integer({ min: 1, max: 400 }),
});

describe("delays against a period, at their worst", () => {
  it.each([
    [["hours(24)"], "hours(24)", true],
    [["hours(25)"], "hours(24)", false],
    [["days(1)"], "hours(24)", true],
    [["hours(6)", "hours(18)"], "days(1)", true],
    [["days(7)"], "hours(24)", false],
    [["days(28)"], "months(1)", true],
    [["days(29)"], "months(1)", false], // a February
    [["months(1)"], "days(31)", true],
    [["months(1)"], "days(30)", false], // a January
    [["months(6)"], "months(6)", true],
    [["months(6)", "hours(1)"], "months(6)", false],
    [["months(5)", "days(28)"], "months(6)", true],
    [["months(12)"], "years(1)", true],
    [["years(2)"], "days(731)", true],
    [["years(2)"], "days(730)", false], // one of them may be a leap year
    [["days(181)"], "months(6)", true],
    [["days(182)"], "months(6)", false], // from September to March
    [["hours(168)"], "workingDays(5)", false],
    [["hours(120)"], "workingDays(5)", true],
    [["hours(192)"], "workingDays(6)", true], // a weekend in between
    [["hours(193)"], "workingDays(6)", false],
    [["workingDays(1)"], "days(30)", false], // holidays have no bound here
    [["workingDays(5)"], "workingDays(7)", true],
    [[], "hours(1)", true],
  ] as const)("%j within %s: %s", (delays, period, expected) => {
    expect(endsWithin(delays.map(read), read(period))).toBe(expected);
  });

  it("never holds for a real start date where it says that it does", () => {
    const after = (start: Date, { unit, amount }: Duration): Date => {
      const date = new Date(start);
      if (unit === "hours") date.setUTCHours(date.getUTCHours() + amount);
      else if (unit === "days") date.setUTCDate(date.getUTCDate() + amount);
      else {
        const months = unit === "years" ? amount * 12 : amount;
        const day = date.getUTCDate();
        date.setUTCDate(1);
        date.setUTCMonth(date.getUTCMonth() + months);
        const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
        date.setUTCDate(Math.min(day, last));
      }
      return date;
    };
    const anyStart = fc.date({
      min: new Date("2021-01-01"),
      max: new Date("2029-12-31"),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(anyStart, anyDuration, anyDuration, (start, delay, period) => {
        if (!endsWithin([delay], period)) return;
        expect(after(start, delay).getTime()).toBeLessThanOrEqual(after(start, period).getTime());
      }),
      { numRuns: 3_000 },
    );
  });

  it("is not gained by a longer delay, nor lost by a longer period", () => {
    fc.assert(
      fc.property(
        fc.array(anyDuration, { maxLength: 3 }),
        anyDuration,
        fc.nat(100),
        (delays, period, more) => {
          const holds = endsWithin(delays, period);
          const [first, ...others] = delays;
          if (first !== undefined && !holds) {
            expect(endsWithin([{ ...first, amount: first.amount + more }, ...others], period)).toBe(false);
          }
          if (!holds)
            expect(endsWithin([...delays, { unit: "hours", amount: more + 1 }], period)).toBe(false);
          if (holds) expect(endsWithin(delays, { ...period, amount: period.amount + more })).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
