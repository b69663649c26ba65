import { durationOf } from "@preau/agreement";
import { dayIn, deadlineOf } from "@preau/calendar";
import { addHours, addMillis, type Instant, instant, millisOf } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBackups, type SeenBackup } from "../src/backup.ts";
import { lastCopyFrom } from "../src/last-copy.ts";
import { agreement, keptAt, nightly, place, rules } from "./reference-rules.ts";

const day = (when: Instant) => dayIn(place.zone, when);
const ask = (
  seen: readonly SeenBackup[],
  erasedAt: Instant,
  more: Partial<Parameters<typeof lastCopyFrom>[1]> = {},
) => lastCopyFrom(seen, { agreement, rules, place, erasedAt, now: erasedAt, unexplained: 0, ...more });
const promisedBy = (erasedAt: Instant) =>
  deadlineOf(erasedAt, durationOf(agreement, "D12.3"), { rounding: "binds", place }).lastDay;

const moments = fc
  .integer({
    min: millisOf(instant("2025-01-01T00:00:00.000Z")),
    max: millisOf(instant("2028-12-31T00:00:00.000Z")),
  })
  .map((millis) => instant(millis));
const without = fc.array(fc.nat(400), { maxLength: 60 });
const storeAt = (now: Instant, lost: readonly number[] = []) =>
  keptAt(
    nightly(addHours(now, -24 * 230), now).filter((_, index) => !lost.includes(index)),
    now,
  );

describe("last copy of an erased person (D12.3)", () => {
  it("is within six months of the deletion when the store keeps to the agreement, whatever is missing", () => {
    fc.assert(
      fc.property(moments, without, fc.boolean(), (erasedAt, lost, named) => {
        const seen = storeAt(erasedAt, lost).map(({ generation, kind, ...rest }) =>
          named ? { ...rest, ...(generation && { generation }), ...(kind && { kind }) } : rest,
        );
        fc.pre(
          seen.length > 0 && readBackups(seen, { rules, place }).every(({ end }) => end >= day(erasedAt)),
        );
        const { date, basis } = ask(seen, erasedAt);
        expect(basis).toBe("generations");
        expect(date <= promisedBy(erasedAt)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("is the very day on which the last backup from before goes, differential ones and their bases included", () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 210 }), (erasedAt, later) => {
        const now = addHours(erasedAt, 24 * later);
        const seen = storeAt(now);
        const { date } = ask(seen, erasedAt, { now });
        const from = seen.filter(({ startedAt }) => startedAt <= erasedAt);
        const thereOn = (when: Instant) => keptAt(from, when).length > 0;
        // Through that day something may be there; on the day after, nothing is.
        if (date > day(now)) expect(thereOn(addHours(instant(`${date}T00:00:00.000Z`), -24))).toBe(true);
        expect(thereOn(addHours(instant(`${date}T00:00:00.000Z`), 36))).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it("is never earlier than the end of a backup that exists and may hold the person", () => {
    fc.assert(
      fc.property(moments, without, fc.nat(300), (erasedAt, lost, lateDays) => {
        const old = nightly(addHours(erasedAt, -24 * (lateDays + 2)), addHours(erasedAt, -24 * lateDays));
        const seen = [...old, ...storeAt(erasedAt, lost)].filter(
          (each, index, all) => all.findIndex(({ id }) => id === each.id) === index,
        );
        const { date, basis } = ask(seen, erasedAt);
        const known = readBackups(seen, { rules, place });
        for (const { end } of known) expect(date >= end).toBe(true);
        const isLate = known.some(({ end }) => end < day(erasedAt));
        expect(basis).toBe(isLate ? "agreement" : "generations");
        if (isLate) expect(date >= promisedBy(erasedAt) && date >= day(erasedAt)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it("stays ahead of a backup that should be gone since long, for as long as it is there", () => {
    const erasedAt = instant("2026-03-10T09:00:00.000Z");
    const now = instant("2026-11-26T09:00:00.000Z");
    const seen = nightly(instant("2026-03-01T00:00:00.000Z"), instant("2026-03-01T12:00:00.000Z"));
    expect(ask(seen, erasedAt, { now })).toEqual({ date: "2026-11-26", basis: "agreement" });
  });

  it("promises nothing from a file that nobody understands, nor from an empty store, nor past an unknown delay", () => {
    const erasedAt = instant("2026-11-26T09:00:00.000Z");
    const seen = storeAt(erasedAt);
    expect(ask(seen, erasedAt)).toEqual({ date: "2027-05-01", basis: "generations" });
    const agreed = { date: "2027-05-26", basis: "agreement" };
    expect(ask(seen, erasedAt, { unexplained: 1 })).toEqual(agreed);
    expect(ask([], erasedAt)).toEqual(agreed);
    expect(ask(seen, erasedAt, { rules: { ...rules, holders: "unknown" } })).toEqual(agreed);
  });

  it("counts the delay of whoever holds the backups on top", () => {
    const erasedAt = instant("2026-11-26T09:00:00.000Z");
    const holders = [{ unit: "hours", amount: 48 }] as const;
    expect(ask(storeAt(erasedAt), erasedAt, { rules: { ...rules, holders } }).date).toBe("2027-05-03");
  });

  it("keeps a full backup through the differential ones that are still to come on it", () => {
    // A full one that lives no longer than what stands on it: the agreement's lint refuses it, the day counts it.
    const short = rules.generations.map((each) =>
      each.id === "monthly" ? { ...each, kept: { unit: "days", amount: 10 } as const } : each,
    );
    const at = instant("2026-11-01T02:00:00.000Z");
    const seen = nightly(at, at);
    const { date } = ask(seen, addMillis(at, 3_600_000), { rules: { ...rules, generations: short } });
    expect(date).toBe("2026-12-29"); // the weekly one of 1 December, four weeks
  });
});
