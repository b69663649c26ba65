import { addMillis, instant, millisOf } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateOfDay, dayNumber, localDate } from "../src/local-date.ts";
import { clockAt, dayAt, dayIn, endOfDay, instantOf, isZone, startOfDay } from "../src/zone.ts";
import { lastMillisecondOf, dayAt as lawDayAt, wallAt } from "./law.ts";

const end = (day: string, zone: string) => endOfDay(dayNumber(localDate(day)), zone);

/** Summer time by night and at midnight, half hours, a day left out, two offsets of one winter, none at all. */
const zones = [
  ...["Europe/Paris", "America/Guadeloupe", "America/Miquelon", "America/Cayenne", "Indian/Reunion"],
  ...["Indian/Mayotte", "Africa/Cairo", "America/Havana", "America/St_Johns", "Pacific/Apia", "Asia/Gaza"],
  ...["Australia/Lord_Howe", "Africa/Casablanca", "America/Sao_Paulo", "Asia/Kathmandu", "UTC"],
];
const zone = fc.constantFrom(...zones);
const when = fc
  .date({
    min: new Date("2006-01-01T00:00:00.000Z"),
    max: new Date("2031-12-31T00:00:00.000Z"),
    noInvalidDate: true,
  })
  .map((date) => instant(date));

/** The instants at which a zone's clocks change, sought hour by hour in some years, with their surroundings. */
const changes = zones.flatMap((each) => {
  const found: (readonly [string, number])[] = [];
  for (let at = Date.UTC(2010, 0, 1); at < Date.UTC(2012, 0, 3); at += 3_600_000) {
    const minutes =
      (Date.parse(`${wallAt(at + 3_600_000, each)}Z`) - Date.parse(`${wallAt(at, each)}Z`)) / 60_000;
    if (minutes !== 60) found.push([each, at]);
  }
  return found;
});
const near = fc
  .tuple(fc.constantFrom(...changes), fc.integer({ min: -10_800_000, max: 10_800_000 }))
  .map(([[place, at], by]) => [place, instant(at + by)] as const);
const anywhere = fc.oneof(fc.tuple(zone, when), near);

describe("days on the clocks of a zone", () => {
  it.each([
    ["Africa/Cairo", "2026-04-23", "2026-04-23T21:59:59.999Z", "midnight does not exist"],
    ["Pacific/Apia", "2011-12-29", "2011-12-30T09:59:59.999Z", "the day after was left out"],
    ["Pacific/Apia", "2011-12-30", "2011-12-30T09:59:59.999Z", "the day itself was left out"],
    [
      "America/Havana",
      "2026-10-31",
      "2026-11-01T03:59:59.999Z",
      "midnight comes twice, both on the day after",
    ],
    [
      "America/St_Johns",
      "2010-11-06",
      "2010-11-07T03:29:59.999Z",
      "midnight comes twice, the day itself too",
    ],
    ["America/Sao_Paulo", "2010-02-20", "2010-02-21T02:59:59.999Z", "its last hour comes twice"],
    ["Europe/Paris", "2026-03-29", "2026-03-29T21:59:59.999Z", "a day of 23 hours"],
    ["Europe/Paris", "2026-10-25", "2026-10-25T22:59:59.999Z", "a day of 25 hours"],
  ])("%s, %s ends at %s: %s", (place, day, expected) => {
    expect(end(day, place)).toBe(expected);
  });

  it("begin where the day before ended, and are known by name", () => {
    const [day, paris] = [localDate("2026-10-25"), "Europe/Paris"];
    expect(startOfDay(paris, day)).toBe("2026-10-24T22:00:00.000Z");
    expect(startOfDay("Africa/Cairo", localDate("2026-04-24"))).toBe("2026-04-23T22:00:00.000Z"); // at 01:00
    expect([dayIn(paris, startOfDay(paris, day)), dayIn("Indian/Reunion", startOfDay(paris, day))]).toEqual([
      "2026-10-25",
      "2026-10-25",
    ]);
    expect(zones.every(isZone)).toBe(true);
    expect(["", "Europe/Metz", "+02:00", "constructor", "2026-01-01T00:00[Europe/Paris]"].some(isZone)).toBe(
      false,
    );
  });

  it("found changes of every kind to test with", () => {
    expect(changes.length).toBeGreaterThanOrEqual(40);
    expect(new Set(changes.map(([place]) => place)).size).toBeGreaterThan(8);
  });

  it("names the day that Intl names", () => {
    fc.assert(
      fc.property(anywhere, ([place, at]) => {
        expect(dateOfDay(dayAt(at, place))).toBe(lawDayAt(millisOf(at), place));
      }),
      { numRuns: 1_000 },
    );
  });

  it("ends a day after its last instant, sought by halving, and not before", () => {
    fc.assert(
      fc.property(anywhere, ([place, at]) => {
        const day = dayAt(at, place);
        const last = endOfDay(day, place);
        expect(dayAt(last, place)).toBeLessThanOrEqual(day);
        expect(dayAt(addMillis(last, 1), place)).toBeGreaterThan(day);
        // Halving finds one of the ends where a midnight comes twice; ours is the last of them.
        expect(millisOf(last)).toBeGreaterThanOrEqual(lastMillisecondOf(dateOfDay(day), place));
        expect(millisOf(last) - lastMillisecondOf(dateOfDay(day), place)).toBeLessThanOrEqual(3_600_000);
      }),
      { numRuns: 1_000 },
    );
  });

  it("finds an instant again by what the clocks showed, or an earlier one that showed no less", () => {
    fc.assert(
      fc.property(anywhere, ([place, at]) => {
        const reading = clockAt(at, place);
        const shown = Date.parse(`${wallAt(millisOf(at), place)}Z`);
        expect(reading).toBeLessThanOrEqual(shown + 999);
        expect(instantOf(reading, place) <= at).toBe(true);
        expect(Date.parse(`${wallAt(millisOf(instantOf(reading, place)), place)}Z`)).toBeGreaterThanOrEqual(
          reading - 999,
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it("never reads an earlier time at a later instant, nor finds an earlier instant for a later time", () => {
    fc.assert(
      fc.property(anywhere, fc.integer({ min: 0, max: 90_000_000 }), ([place, at], by) => {
        const [first, second] = [clockAt(at, place), clockAt(addMillis(at, by), place)];
        expect(first).toBeLessThanOrEqual(second);
        expect(instantOf(first, place) <= instantOf(second, place)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
