import { addMillis, type Instant, instant, millisOf } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Duration,
  deadlineOf,
  type GoodFriday,
  mainland,
  type Place,
  placeOfRegion,
  regions,
} from "../src/index.ts";
import { dayAt, isWorked, lastDayOf, lastMillisecondOf, nextDay, wallAt, workedBetween } from "./law.ts";

/** Half of the starts lie in nights when clocks change, the rest anywhere; the table must still hold their ends. */
const nights = ["2026-03-28", "2026-10-24", "2024-03-30", "2024-10-26", "2026-03-07", "2026-10-31"];
const start: fc.Arbitrary<Instant> = fc.oneof(
  fc
    .date({
      min: new Date("2006-01-02T00:00:00.000Z"),
      max: new Date("2027-12-31T00:00:00.000Z"),
      noInvalidDate: true,
    })
    .map((date) => instant(date)),
  fc
    .tuple(fc.constantFrom(...nights), fc.integer({ min: 0, max: 2 * 86_400_000 }))
    .map(([day, by]) => addMillis(instant(`${day}T12:00:00.000Z`), by)),
);
const known = fc.constantFrom("holiday" as const, "workingDay" as const);
const anyGoodFriday = fc.constantFrom<GoodFriday>("holiday", "workingDay", "unknown");
const placed = (goodFriday: fc.Arbitrary<GoodFriday>): fc.Arbitrary<Place> =>
  fc.tuple(fc.constantFrom(...regions), goodFriday).map(([region, friday]) => placeOfRegion(region, friday));
const daysOrMore: fc.Arbitrary<Duration> = fc.oneof(
  fc.record({
    unit: fc.constantFrom("days" as const, "workingDays" as const),
    amount: fc.integer({ min: 1, max: 90 }),
  }),
  fc.record({ unit: fc.constant("months" as const), amount: fc.integer({ min: 1, max: 36 }) }),
  fc.record({ unit: fc.constant("years" as const), amount: fc.integer({ min: 1, max: 3 }) }),
);
const hours: fc.Arbitrary<Duration> = fc.record({
  unit: fc.constant("hours" as const),
  amount: fc.integer({ min: 1, max: 2_000 }),
});
const any = fc.oneof(daysOrMore, hours);
const rounding = fc.constantFrom("binds" as const, "right" as const);
const RUNS = { numRuns: 500 };

/** The day on which a right ends, by the law: the plain last day, then on while 1182/71 art. 3(4) and 3(5) want it. */
function lastDayOfRight(from: string, duration: Duration, place: Place): string {
  const friday = place.goodFriday === "workingDay" ? "workingDay" : "holiday";
  let day = lastDayOf(from, duration, place, friday === "holiday");
  if (duration.unit === "workingDays") return day;
  const least = duration.unit === "days" && duration.amount === 1 ? 1 : 2;
  while (
    !isWorked(day, place.region, friday) ||
    workedBetween(from, day, place, friday === "holiday") < least
  )
    day = nextDay(day);
  return day;
}

describe("deadlines against the law, over random instants, places and periods (D8.3, D12.2, D12.3, D12.4)", () => {
  it("never makes what binds due later than the law, nor before its start", () => {
    fc.assert(
      fc.property(start, daysOrMore, placed(anyGoodFriday), (from, duration, place) => {
        const { dueAt, lastDay } = deadlineOf(from, duration, { rounding: "binds", place });
        const kept = place.goodFriday === "holiday"; // unknown: the shorter count
        const law = lastDayOf(dayAt(millisOf(from), place.zone), duration, place, kept);
        expect(lastDay).toBe(law);
        expect(millisOf(dueAt)).toBeLessThanOrEqual(lastMillisecondOf(law, place.zone));
        expect(dayAt(millisOf(dueAt), place.zone)).toBe(law);
        expect(dueAt > from).toBe(true);
        // At the time of day at which it began, or at the jump of the clocks over it; never more than that.
        const [began, ends] = [wallAt(millisOf(from), place.zone), wallAt(millisOf(dueAt), place.zone)];
        const jumped = wallAt(millisOf(dueAt) - 1, place.zone).slice(11) <= began.slice(11);
        expect(ends.slice(11) <= began.slice(11) || jumped).toBe(true);
      }),
      RUNS,
    );
  });

  it("never opens before a right has ended: not a millisecond of its last day, by the law", () => {
    fc.assert(
      fc.property(start, daysOrMore, placed(anyGoodFriday), (from, duration, place) => {
        const { lastDay, dueAt, opensAt } = deadlineOf(from, duration, { rounding: "right", place });
        const law = lastDayOfRight(dayAt(millisOf(from), place.zone), duration, place);
        expect(lastDay).toBe(law);
        expect(millisOf(dueAt)).toBe(lastMillisecondOf(law, place.zone));
        expect(opensAt).toBe(addMillis(dueAt, 1));
        expect(wallAt(millisOf(opensAt), place.zone)).toBe(`${nextDay(lastDay)}T00:00:00`);
      }),
      RUNS,
    );
  });

  it("holds exactly the working days asked for, the last of them worked", () => {
    fc.assert(
      fc.property(
        start,
        fc.integer({ min: 1, max: 90 }),
        placed(known),
        rounding,
        (from, amount, place, rounds) => {
          const { lastDay } = deadlineOf(from, { unit: "workingDays", amount }, { rounding: rounds, place });
          const kept = place.goodFriday === "holiday";
          expect(workedBetween(dayAt(millisOf(from), place.zone), lastDay, place, kept)).toBe(amount);
          expect(isWorked(lastDay, place.region, kept ? "holiday" : "workingDay")).toBe(true);
        },
      ),
      RUNS,
    );
  });

  it("counts hours as elapsed time, in every zone", () => {
    fc.assert(
      fc.property(start, hours, placed(anyGoodFriday), rounding, (from, duration, place, rounds) => {
        const { dueAt, lastDay, notes } = deadlineOf(from, duration, { rounding: rounds, place });
        expect(millisOf(dueAt) - millisOf(from)).toBe(duration.amount * 3_600_000);
        expect([lastDay, notes]).toEqual([dayAt(millisOf(dueAt), place.zone), []]);
      }),
      RUNS,
    );
  });

  it("grows with its start: the last day always, the instant too unless two days share one last day", () => {
    const later = fc.oneof(
      fc.integer({ min: 0, max: 7_200_000 }),
      fc.integer({ min: 0, max: 90 * 86_400_000 }),
    );
    fc.assert(
      fc.property(start, later, any, placed(anyGoodFriday), rounding, (from, by, duration, place, rounds) => {
        const options = { rounding: rounds, place };
        const to = addMillis(from, by);
        const [first, second] = [deadlineOf(from, duration, options), deadlineOf(to, duration, options)];
        expect(first.lastDay <= second.lastDay).toBe(true);
        // From Saturday evening and from Sunday morning, one working day ends on Monday: in the evening, in the morning.
        const sharesLastDay = dayAt(millisOf(from), place.zone) !== dayAt(millisOf(to), place.zone);
        if (rounds === "binds" && first.lastDay === second.lastDay && sharesLastDay) return;
        expect(first.dueAt <= second.dueAt).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it("grows with its amount", () => {
    const growing = fc.tuple(any, fc.integer({ min: 1, max: 12 })).map(([shorter, more]) => {
      const by = shorter.unit === "years" ? 1 : more; // the table holds no later end
      return [shorter, { ...shorter, amount: shorter.amount + by }] as const;
    });
    fc.assert(
      fc.property(
        start,
        growing,
        placed(anyGoodFriday),
        rounding,
        (from, [shorter, longer], place, rounds) => {
          const options = { rounding: rounds, place };
          expect(deadlineOf(from, shorter, options).dueAt <= deadlineOf(from, longer, options).dueAt).toBe(
            true,
          );
        },
      ),
      RUNS,
    );
  });

  it("never gives a right less than it would give what binds", () => {
    fc.assert(
      fc.property(start, any, placed(anyGoodFriday), (from, duration, place) => {
        const [binding, right] = (["binds", "right"] as const).map((rounds) =>
          deadlineOf(from, duration, { rounding: rounds, place }),
        );
        expect(binding!.dueAt <= right!.dueAt).toBe(true);
      }),
      RUNS,
    );
  });

  it("takes for an unknown Good Friday the later of the two known for a right, the earlier for what binds", () => {
    fc.assert(
      fc.property(start, any, rounding, (from, duration, rounds) => {
        const [unknown, holiday, worked] = (["unknown", "holiday", "workingDay"] as const).map((friday) =>
          deadlineOf(from, duration, { rounding: rounds, place: placeOfRegion("alsace-moselle", friday) }),
        );
        const both = [holiday!.dueAt, worked!.dueAt].sort();
        expect(unknown!.dueAt).toBe(rounds === "right" ? both[1] : both[0]);
        expect(unknown!.notes).toEqual(both[0] === both[1] ? [] : ["GOOD_FRIDAY_UNKNOWN"]);
        expect([...holiday!.notes, ...worked!.notes]).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it("keeps the place that it was given", () => {
    const place = { ...mainland, zone: "Indian/Reunion" };
    expect(
      deadlineOf(
        instant("2026-03-27T09:30:00.000Z"),
        { unit: "days", amount: 3 },
        { rounding: "right", place },
      ).place,
    ).toBe(place);
  });
});
