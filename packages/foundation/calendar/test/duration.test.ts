import { describe, expect, it } from "vitest";
import { formatDuration, parseDuration } from "../src/index.ts";

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
