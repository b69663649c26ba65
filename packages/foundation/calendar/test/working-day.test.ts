import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addWorkingDays,
  isWorkingDay,
  type LocalDate,
  localDate,
  mainland,
  placeOf,
  placeOfRegion,
  regions,
  skippedDays,
} from "../src/index.ts";
import { isWorked, nextDay, previousDay } from "./law.ts";

const moselle = placeOf("57");
const kept = placeOf("57", "holiday");

const day = fc
  .date({
    min: new Date("2007-01-01T00:00:00.000Z"),
    max: new Date("2030-12-31T00:00:00.000Z"),
    noInvalidDate: true,
  })
  .map((date) => localDate(date.toISOString().slice(0, 10)));
const region = fc.constantFrom(...regions);
const goodFriday = fc.constantFrom("holiday" as const, "workingDay" as const);

describe("working days", () => {
  it("are those of the law, everywhere and every day", () => {
    fc.assert(
      fc.property(day, region, goodFriday, (date, where, friday) => {
        const place = placeOfRegion(where, friday);
        expect(isWorkingDay(date, place)).toBe(isWorked(date, where, friday));
      }),
      { numRuns: 2_000 },
    );
  });

  it("read an unknown Good Friday as a holiday for a right, as worked for what binds", () => {
    const friday = localDate("2026-04-03");
    expect([isWorkingDay(friday, moselle), isWorkingDay(friday, moselle, "binds")]).toEqual([false, true]);
    expect([isWorkingDay(friday, kept, "binds"), isWorkingDay(friday, mainland)]).toEqual([false, true]);
    expect(isWorkingDay(friday, { ...mainland, goodFriday: "holiday" })).toBe(true); // no law keeps it there
    expect(addWorkingDays(localDate("2026-04-02"), 1, moselle)).toBe("2026-04-07");
    expect(addWorkingDays(localDate("2026-04-02"), 1, moselle, "binds")).toBe("2026-04-03");
  });

  it("are counted after the day, or before it, which itself never counts", () => {
    fc.assert(
      fc.property(day, region, fc.integer({ min: 1, max: 40 }), (date, where, amount) => {
        const place = placeOfRegion(where, "holiday");
        const [later, earlier] = [addWorkingDays(date, amount, place), addWorkingDays(date, -amount, place)];
        let [ahead, back] = [0, 0];
        for (let at: string = nextDay(date); at <= later; at = nextDay(at))
          ahead += isWorked(at, where, "holiday") ? 1 : 0;
        for (let at: string = previousDay(date); at >= earlier; at = previousDay(at))
          back += isWorked(at, where, "holiday") ? 1 : 0;
        expect([ahead, back]).toEqual([amount, amount]);
        expect([isWorkingDay(later, place), isWorkingDay(earlier, place)]).toEqual([true, true]);
      }),
    );
  });

  it("refuse what is no day, no whole number, or outside the table", () => {
    const refused = (code: string, work: () => unknown) =>
      expect(work).toThrow(expect.objectContaining({ code }) as Error);
    refused("CALENDAR_BAD_DATE", () => isWorkingDay("2026-02-30" as LocalDate, mainland));
    refused("CALENDAR_BAD_AMOUNT", () => addWorkingDays(localDate("2026-04-02"), 1.5, mainland));
    refused("CALENDAR_BAD_AMOUNT", () => addWorkingDays(localDate("2026-04-02"), Number.NaN, mainland));
    for (const outside of ["2005-12-31", "2032-01-01", "2032-01-03"])
      refused("CALENDAR_OUTSIDE_TABLE", () => isWorkingDay(localDate(outside), mainland));
    refused("CALENDAR_OUTSIDE_TABLE", () => addWorkingDays(localDate("2031-12-31"), 1, mainland));
    refused("CALENDAR_OUTSIDE_TABLE", () => addWorkingDays(localDate("2006-01-02"), -1, mainland));
    expect(addWorkingDays(localDate("2026-04-02"), 0, mainland)).toBe("2026-04-02");
  });
});

describe("the days that did not count", () => {
  it("are named, weekends and holidays apart", () => {
    const skipped = skippedDays(localDate("2026-04-02"), localDate("2026-04-07"), moselle);
    expect(skipped.map(({ day: on, why, names }) => [on, why, names.map(({ fr }) => fr)])).toEqual([
      ["2026-04-03", "holiday", ["vendredi saint"]],
      ["2026-04-04", "weekend", []],
      ["2026-04-05", "weekend", []],
      ["2026-04-06", "holiday", ["lundi de Pâques"]],
    ]);
    const binding = skippedDays(localDate("2026-04-02"), localDate("2026-04-07"), moselle, "binds");
    expect(binding.map(({ day: on }) => on)).toEqual(["2026-04-04", "2026-04-05", "2026-04-06"]);
    const christmas = skippedDays(localDate("2026-12-25"), localDate("2026-12-26"), kept);
    expect(christmas.map(({ why, names }) => [why, names.map(({ en }) => en)])).toEqual([
      ["holiday", ["Christmas Day"]],
      ["weekend", ["second day of Christmas"]],
    ]);
  });
});
