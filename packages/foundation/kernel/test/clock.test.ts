import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addHours, addMillis, instant, isFault, manualClock, millisOf, systemClock } from "../src/index.ts";

const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const FIRST = Date.UTC(0, 0, 1) - 1900 * 365.25 * 86_400_000;
const millis = () => fc.integer({ min: Math.max(FIRST, -62_167_219_200_000), max: LAST });

describe("instant", () => {
  it("reads back as the milliseconds that it was made of, in 24 characters", () => {
    fc.assert(
      fc.property(millis(), (value) => {
        expect(millisOf(instant(value))).toBe(value);
        expect(instant(value)).toHaveLength(24);
        expect(instant(new Date(value))).toBe(instant(value));
      }),
    );
  });

  it("sorts as text in the order of time", () => {
    fc.assert(
      fc.property(millis(), millis(), (one, other) => {
        expect(instant(one) < instant(other)).toBe(one < other);
      }),
    );
  });

  it.each([
    ["", "nothing"],
    ["2026-11-23", "a date alone"],
    ["2026-11-23T08:15:00Z", "no milliseconds"],
    ["2026-11-23T08:15:00.000+01:00", "another zone"],
    ["2026-11-23T08:15:00.000z", "a small z"],
    ["2026-11-23 08:15:00.000Z", "a space"],
    ["2026-13-23T08:15:00.000Z", "a thirteenth month"],
    ["2026-11-23T25:15:00.000Z", "a 25th hour"],
    [" 2026-11-23T08:15:00.000Z", "a space before"],
    ["2026-11-23T08:15:00.000Z\n", "a line end after"],
    ["+12026-11-23T08:15:00.000Z", "a year of five digits"],
  ])("refuses %j: %s (CLOCK_BAD_INSTANT)", (text) => {
    expect(codeThrownBy(() => instant(text))).toBe("CLOCK_BAD_INSTANT");
  });

  it.each([
    "2026-02-30T08:15:00.000Z",
    "2026-02-29T00:00:00.000Z",
    "2026-04-31T00:00:00.000Z",
    "2026-11-23T24:00:00.000Z",
  ])("refuses a day or an hour that the calendar does not have: %s (CLOCK_BAD_INSTANT)", (text) => {
    expect(codeThrownBy(() => instant(text))).toBe("CLOCK_BAD_INSTANT");
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, LAST + 1, -62_167_219_200_001, new Date(Number.NaN)])(
    "refuses %s (CLOCK_BAD_INSTANT)",
    (value) => {
      expect(codeThrownBy(() => instant(value))).toBe("CLOCK_BAD_INSTANT");
    },
  );
});

describe("elapsed hours (D12.2, D10.1b)", () => {
  it("counts through the nights on which France changes its clocks", () => {
    expect(addHours(instant("2026-10-24T20:00:00.000Z"), 24)).toBe("2026-10-25T20:00:00.000Z");
    expect(addHours(instant("2026-03-28T20:00:00.000Z"), 48)).toBe("2026-03-30T20:00:00.000Z");
  });

  it("adds up", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 0, max: 9999 }), (start, hours) => {
        const from = instant(start);
        expect(millisOf(addHours(from, hours)) - start).toBe(hours * 3_600_000);
        expect(addMillis(addHours(from, hours), -hours * 3_600_000)).toBe(from);
      }),
    );
  });
});

describe("clocks", () => {
  it("the system's tells the machine's time", () => {
    expect(Math.abs(millisOf(systemClock.now()) - Date.now())).toBeLessThan(1000);
  });

  it("the manual one stands still, goes when told, and may jump back by its date alone", () => {
    const clock = manualClock(instant("2026-11-23T08:00:00.000Z"));
    expect([clock.now(), clock.monotonic()]).toEqual(["2026-11-23T08:00:00.000Z", 0]);
    clock.advance(1500);
    expect([clock.now(), clock.monotonic()]).toEqual(["2026-11-23T08:00:01.500Z", 1500]);
    clock.set(instant("2020-01-01T00:00:00.000Z"));
    expect([clock.now(), clock.monotonic()]).toEqual(["2020-01-01T00:00:00.000Z", 1500]);
  });
});

function codeThrownBy(work: () => unknown): string | undefined {
  try {
    work();
  } catch (error) {
    if (isFault(error)) return error.code;
    throw error;
  }
  return undefined;
}
