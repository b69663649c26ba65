import { instant, millisOf } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dueAfter, formatDuration, parseDuration } from "../src/index.ts";

const due = (start: string, duration: string, rounding: "binds" | "right" = "binds") =>
  dueAfter(instant(start), parseDuration(duration)!, rounding);

describe("periods as values", () => {
  it.each(["hours(24)", "days(7)", "workingDays(7)", "months(6)", "years(2)"])("reads %s", (text) => {
    expect(formatDuration(parseDuration(text)!)).toBe(text);
  });

  it.each([
    "",
    "hours",
    "hours()",
    "hours(0)",
    "hours(-1)",
    "hours(1.5)",
    "hours(10000)",
    "weeks(4)",
    "Hours(1)",
    "hours(1) ",
    "hours(1)\n",
    "constructor(1)",
  ])("does not read %j", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

describe("the end of a period", () => {
  it.each([
    ["2026-03-28T12:00:00.000Z", "hours(24)", "2026-03-29T12:00:00.000Z"],
    ["2026-10-25T00:30:00.000Z", "hours(48)", "2026-10-27T00:30:00.000Z"],
    ["2026-11-23T08:15:00.000Z", "days(28)", "2026-12-21T08:15:00.000Z"],
    ["2026-08-31T23:59:59.999Z", "months(6)", "2027-02-28T23:59:59.999Z"],
    ["2027-08-31T10:00:00.000Z", "months(6)", "2028-02-29T10:00:00.000Z"],
    ["2026-12-31T10:00:00.000Z", "months(2)", "2027-02-28T10:00:00.000Z"],
    ["2028-02-29T10:00:00.000Z", "years(2)", "2030-02-28T10:00:00.000Z"],
    ["2028-02-29T10:00:00.000Z", "years(4)", "2032-02-29T10:00:00.000Z"],
  ])("%s and %s is %s (D12.2, D12.3, D12.4)", (start, duration, expected) => {
    expect(due(start, duration)).toBe(expected);
  });

  it("gives a right the whole of its last day, and counts hours alike for both", () => {
    expect(due("2026-08-31T10:00:00.000Z", "months(6)", "right")).toBe("2027-02-28T23:59:59.999Z");
    expect(due("2026-11-23T10:00:00.000Z", "days(30)", "right")).toBe("2026-12-23T23:59:59.999Z");
    expect(due("2026-11-23T10:00:00.000Z", "hours(48)", "right")).toBe("2026-11-25T10:00:00.000Z");
  });

  it("leaves working days to the calendar", () => {
    expect(() => due("2026-11-23T10:00:00.000Z", "workingDays(7)", "right")).toThrow(
      expect.objectContaining({ code: "CALENDAR_NEEDS_PLACE" }),
    );
  });

  const start = fc
    .date({
      min: new Date("2006-01-01T00:00:00.000Z"),
      max: new Date("2031-12-31T00:00:00.000Z"),
      noInvalidDate: true,
    })
    .map((date) => instant(date));
  const counted = fc.record({
    unit: fc.constantFrom("days", "months", "years"),
    amount: fc.integer({ min: 1, max: 120 }),
  });

  it("is never later than the law's for what binds, never earlier for a right (1182/71 art. 3)", () => {
    fc.assert(
      fc.property(start, counted, (from, duration) => {
        const law = lawOf(from, duration);
        expect(millisOf(dueAfter(from, duration, "binds"))).toBeLessThanOrEqual(law);
        expect(millisOf(dueAfter(from, duration, "binds"))).toBeGreaterThan(millisOf(from));
        expect(millisOf(dueAfter(from, duration, "right"))).toBeGreaterThanOrEqual(law);
      }),
    );
  });

  it("grows with its start and with its length", () => {
    fc.assert(
      fc.property(start, start, counted, fc.integer({ min: 0, max: 24 }), (a, b, duration, more) => {
        const [first, second] = a < b ? [a, b] : [b, a];
        const longer = { ...duration, amount: duration.amount + more };
        expect(dueAfter(first, duration, "right") <= dueAfter(second, duration, "right")).toBe(true);
        expect(dueAfter(a, duration, "binds") <= dueAfter(a, longer, "binds")).toBe(true);
      }),
    );
  });
});

/** The last millisecond of the law's last day, found the slow way: day by day, month by month. */
function lawOf(
  from: string,
  { unit, amount }: { unit: "days" | "months" | "years"; amount: number },
): number {
  const [year, month, day] = from.slice(0, 10).split("-").map(Number) as [number, number, number];
  if (unit === "days") {
    const date = new Date(`${from.slice(0, 10)}T00:00:00.000Z`);
    for (let i = 0; i < amount; i += 1) date.setUTCDate(date.getUTCDate() + 1);
    return date.getTime() + 86_399_999;
  }
  let [y, m] = [year, month];
  for (let i = 0; i < (unit === "years" ? 12 : 1) * amount; i += 1)
    [y, m] = m === 12 ? [y + 1, 1] : [y, m + 1];
  const leap = y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0);
  const length = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m - 1]!;
  const text = [
    String(y).padStart(4, "0"),
    String(m).padStart(2, "0"),
    String(Math.min(day, length)).padStart(2, "0"),
  ];
  return Date.parse(`${text.join("-")}T23:59:59.999Z`);
}
