import { addMillis, instant, millisOf } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sayDuration, sayMoment, sayNumber, sayTimeLeft } from "../src/index.ts";

const PARIS = "Europe/Paris";
const now = instant("2026-11-23T08:15:00.000Z");
const HOUR = 3_600_000;

describe("instants in words", () => {
  it.each([
    [
      "2026-11-23T08:15:00.000Z",
      "lundi 23 novembre 2026 à 9\u202fh\u202f15",
      "Monday 23 November 2026 at 09:15",
    ],
    [
      "2026-12-31T23:05:00.000Z",
      "vendredi 1er janvier 2027 à 0\u202fh\u202f05",
      "Friday 1 January 2027 at 00:05",
    ],
    [
      "2026-07-14T10:00:00.000Z",
      "mardi 14 juillet 2026 à 12\u202fh\u202f00",
      "Tuesday 14 July 2026 at 12:00",
    ],
  ])("tells %s in Paris", (at, fr, en) => {
    expect(sayMoment(instant(at), { language: "fr", zone: PARIS })).toBe(fr);
    expect(sayMoment(instant(at), { language: "en", zone: PARIS })).toBe(en);
  });

  it("tells the same instant in the zone of an overseas school", () => {
    expect(sayMoment(now, { language: "fr", zone: "Indian/Reunion" })).toContain("12\u202fh\u202f15");
  });

  it.each([
    [0, "moins d’une minute", "less than a minute"],
    [60_000, "1\u202fminute", "1 minute"],
    [HOUR, "1\u202fheure", "1 hour"],
    [24 * HOUR - 1, "23\u202fheures et 59\u202fminutes", "23 hours and 59 minutes"],
    [73 * HOUR, "3\u202fjours et 1\u202fheure", "3 days and 1 hour"],
  ])("tells %d ms", (milliseconds, fr, en) => {
    const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, "\u202f");
    expect(plain(sayDuration(milliseconds, "fr"))).toBe(plain(fr));
    expect(sayDuration(milliseconds, "en")).toBe(en);
  });

  it("never tells more time than is left (D12.2): what binds us rounds down", () => {
    fc.assert(
      fc.property(fc.integer({ min: 60_000, max: 47 * HOUR }), (left) => {
        const said = sayTimeLeft(addMillis(now, left), now, "en");
        const [, hours = "0"] = /(\d+) hours?/.exec(said) ?? [];
        const [, minutes = "0"] = /(\d+) minutes?/.exec(said) ?? [];
        const told = Number(hours) * HOUR + Number(minutes) * 60_000;
        return told <= left && left - told < 60_000;
      }),
    );
    expect(sayTimeLeft(instant(millisOf(now) - 2 * HOUR), now, "en")).toBe("late by 2 hours");
  });

  it("groups figures as each language does", () => {
    expect(sayNumber(1_234_567, "fr")).toBe("1\u202f234\u202f567");
    expect(sayNumber(1_234_567, "en")).toBe("1,234,567");
  });
});
