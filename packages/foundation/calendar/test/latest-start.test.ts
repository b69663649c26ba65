import { addMillis, instant } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Duration,
  deadlineOf,
  type LocalDate,
  latestStart,
  localDate,
  mainland,
  parseDuration,
  placeOf,
  placeOfRegion,
  regions,
} from "../src/index.ts";
import { lastDayOf, lastMillisecondOf, nextDay, previousDay, workedBetween } from "./law.ts";

const before = (day: string, notice: string, place = mainland) =>
  latestStart(localDate(day), parseDuration(notice)!, place);

describe("the latest day of an announcement (D8.2, D11.2)", () => {
  it.each([
    ["2026-04-21", "workingDays(15)", "2026-03-29", "2026-03-27"], // an audit; the 29th is a Sunday
    ["2026-04-20", "workingDays(15)", "2026-03-26", "2026-03-26"],
    ["2026-06-01", "days(30)", "2026-05-01", "2026-04-30"], // a subprocessor
    ["2026-06-02", "days(1)", "2026-05-31", "2026-05-29"],
    ["2026-06-01", "days(2)", "2026-05-27", "2026-05-27"], // Saturday and Sunday alone are no two days' notice
    ["2027-03-01", "months(1)", "2027-01-31", "2027-01-29"], // from 28 January on, one month ends on 28 February
    ["2027-03-31", "months(1)", "2027-02-28", "2027-02-26"],
    ["2028-03-01", "years(1)", "2027-02-28", "2027-02-26"],
  ])("for %s and %s of notice it is %s, a working day %s", (day, notice, lastDay, lastWorkingDay) => {
    expect(before(day, notice)).toMatchObject({ lastDay, lastWorkingDay, notes: [] });
  });

  it("asks for more where Good Friday may be kept, and says so", () => {
    expect(before("2026-04-21", "workingDays(15)", placeOf("57"))).toMatchObject({
      lastDay: "2026-03-26",
      notes: ["GOOD_FRIDAY_UNKNOWN"],
    });
    expect(before("2026-04-21", "workingDays(15)", placeOf("57", "holiday")).notes).toEqual([]);
    expect(before("2026-12-21", "workingDays(15)", placeOf("57")).notes).toEqual([]);
  });

  it("counts hours back from the beginning of the day, through nights of summer time", () => {
    expect(before("2026-03-30", "hours(24)").dueAt).toBe("2026-03-28T22:00:00.000Z");
    expect(before("2026-10-26", "hours(24)")).toMatchObject({
      dueAt: "2026-10-24T23:00:00.000Z",
      lastDay: "2026-10-25",
    });
    expect(before("2026-03-30", "hours(24)", placeOf("974")).dueAt).toBe("2026-03-28T20:00:00.000Z");
  });

  it("refuses what it cannot know", () => {
    expect(() => before("2032-01-05", "workingDays(3)")).toThrow(
      expect.objectContaining({ code: "CALENDAR_OUTSIDE_TABLE" }) as Error,
    );
    expect(() => latestStart("2026-02-30" as LocalDate, parseDuration("days(3)")!, mainland)).toThrow(
      expect.objectContaining({ code: "CALENDAR_BAD_DATE" }) as Error,
    );
  });

  const day = fc
    .date({
      min: new Date("2010-01-01T00:00:00.000Z"),
      max: new Date("2031-12-31T00:00:00.000Z"),
      noInvalidDate: true,
    })
    .map((date) => localDate(date.toISOString().slice(0, 10)));
  const place = fc
    .tuple(fc.constantFrom(...regions), fc.constantFrom("holiday" as const, "workingDay" as const))
    .map(([region, goodFriday]) => placeOfRegion(region, goodFriday));
  const notice: fc.Arbitrary<Duration> = fc.oneof(
    fc.record({
      unit: fc.constantFrom("days" as const, "workingDays" as const),
      amount: fc.integer({ min: 1, max: 60 }),
    }),
    fc.record({ unit: fc.constant("months" as const), amount: fc.integer({ min: 1, max: 24 }) }),
    fc.record({ unit: fc.constant("years" as const), amount: fc.integer({ min: 1, max: 3 }) }),
  );

  it("leaves the whole notice before the day, by the law's count, and one day later would not", () => {
    fc.assert(
      fc.property(day, place, notice, (on, where, asked) => {
        const kept = where.goodFriday === "holiday";
        const { lastDay, lastWorkingDay, dueAt } = latestStart(on, asked, where);
        const isWhole = (start: string) =>
          lastDayOf(start, asked, where, kept) < on &&
          (asked.unit !== "days" ||
            asked.amount === 1 ||
            workedBetween(start, previousDay(on), where, kept) >= 2);
        expect(isWhole(lastDay)).toBe(true);
        expect(isWhole(nextDay(lastDay))).toBe(false);
        expect(dueAt).toBe(instant(lastMillisecondOf(lastDay, where.zone)));
        expect(lastWorkingDay <= lastDay).toBe(true);
        expect(workedBetween(lastWorkingDay, lastDay, where, kept)).toBe(0);
        expect(workedBetween(previousDay(lastWorkingDay), lastWorkingDay, where, kept)).toBe(1);
      }),
      { numRuns: 500 },
    );
  });

  it("is the forward count put backwards: received then, working days are over when the day begins", () => {
    fc.assert(
      fc.property(day, place, fc.integer({ min: 1, max: 40 }), (on, where, amount) => {
        const period = { unit: "workingDays", amount } as const;
        const { dueAt } = latestStart(on, period, where);
        const options = { rounding: "right", place: where } as const;
        expect(deadlineOf(dueAt, period, options).lastDay < on).toBe(true);
        expect(deadlineOf(addMillis(dueAt, 1), period, options).lastDay >= on).toBe(true);
      }),
    );
  });
});
