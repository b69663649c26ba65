import { describe, expect, it } from "vitest";
import { millisOfMoment, momentOfMillis } from "../../src/gar-subscriptions/paris-time.ts";

describe("moments of the subscription service (ISO 8601, French time)", () => {
  const moments: [text: string, utc: string | undefined][] = [
    ["2026-09-01", "2026-08-31T22:00:00.000Z"],
    ["2026-12-01T10:00:00", "2026-12-01T09:00:00.000Z"],
    ["2026-12-01T10:00:00.5Z", "2026-12-01T10:00:00.500Z"],
    ["2026-12-01T10:00:00.123456-05:30", "2026-12-01T15:30:00.123Z"],
    ["2026-03-29T03:00:00", "2026-03-29T01:00:00.000Z"], // the first moment of summer time
    ["2026-10-25T03:00:00", "2026-10-25T02:00:00.000Z"],
    ["2026-02-30", undefined],
    ["2026-12-01T24:00:00", undefined],
    ["2026-12-01 10:00:00", undefined],
    ["01/12/2026", undefined],
  ];
  it.each(moments)("reads %s as %s", (text, utc) => {
    const millis = millisOfMoment(text);
    expect(millis === undefined ? undefined : new Date(millis).toISOString()).toBe(utc);
  });

  it("writes them with the offset of their day", () => {
    for (const text of ["2026-09-01T00:00:00.000+02:00", "2027-01-15T23:59:59.000+01:00"]) {
      expect(momentOfMillis(millisOfMoment(text) ?? 0)).toBe(text);
    }
  });
});
