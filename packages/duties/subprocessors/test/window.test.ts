import {
  dayIn,
  isWorkingDay,
  localDate,
  type Place,
  placeOfRegion,
  regions,
  startOfDay,
} from "@preau/calendar";
import { addMillis, type Instant, instant, millisOf } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Change } from "../src/change.ts";
import { type NoticeTerms, type Standing, standingAt } from "../src/standing.ts";
import { windowOf } from "../src/window.ts";
import { MOSELLE, PARIS, reference, supportDesk } from "./subprocessor-house.ts";

const change: Pick<Change, "kind" | "entry" | "startsOn" | "state"> = {
  ...{ kind: "add", entry: supportDesk, startsOn: localDate("2026-01-01"), state: "announced" },
};
const windowIn = (received: string, place: Place) => {
  const window = windowOf(reference, change, instant(received), place);
  if (window === undefined) throw new Error("the reference agreement sets a window");
  return window;
};
const standing = (now: Instant, notice: NoticeTerms | undefined, place = PARIS, over = {}): Standing =>
  standingAt(now, { terms: reference, change: { ...change, ...over }, notice, place });
const received = (receivedAt: Instant, over: Partial<NoticeTerms> = {}): NoticeTerms => ({
  honoured: false,
  receivedAt,
  ...over,
});

/** Any place, Alsace-Moselle with each of its Good Fridays. */
const anyPlace = fc
  .tuple(fc.constantFrom(...regions), fc.constantFrom("holiday", "workingDay", "unknown"))
  .map(([region, friday]) => placeOfRegion(region, friday as "holiday"));
/** Any instant of four years, nights of summer time among them. */
const anyInstant = fc.oneof(
  fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2029, 11, 31) }).map((millis) => instant(millis)),
  fc
    .tuple(
      fc.constantFrom("2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31"),
      fc.integer({ min: -18 * 3_600_000, max: 30 * 3_600_000 }),
    )
    .map(([day, millis]) => addMillis(instant(`${day}T00:00:00.000Z`), millis)),
);

describe("window of a change (D8.2, D8.3)", () => {
  it.each([
    ["2026-03-27T09:00:00.000Z", PARIS, "2026-04-08", "2026-04-08T22:00:00.000Z"],
    ["2026-03-27T09:00:00.000Z", MOSELLE, "2026-04-09", "2026-04-09T22:00:00.000Z"],
    ["2026-03-27T09:00:00.000Z", placeOfRegion("alsace-moselle"), "2026-04-09", "2026-04-09T22:00:00.000Z"],
    ["2026-04-30T09:00:00.000Z", PARIS, "2026-05-13", "2026-05-13T22:00:00.000Z"],
    ["2026-12-17T09:00:00.000Z", PARIS, "2026-12-29", "2026-12-29T23:00:00.000Z"],
    // The last millisecond of a Monday in Paris, and the first of the Tuesday.
    ["2026-03-30T21:59:59.999Z", PARIS, "2026-04-09", "2026-04-09T22:00:00.000Z"],
    ["2026-03-30T22:00:00.000Z", PARIS, "2026-04-10", "2026-04-10T22:00:00.000Z"],
  ])("received %s in %o: last day %s (D8.3)", (at, place, lastDay, opensAt) => {
    const window = windowIn(at, place);
    expect([window.window.lastDay, window.opensAt]).toEqual([lastDay, opensAt]);
    expect(window.window.clause).toBe("D8.3");
    expect(window.notice?.clause).toBe("D8.2");
  });

  it("is that of transfers for what leaves the Area, the later of both for who joins with one (D9.3)", () => {
    const entry = { ...supportDesk, transfers: { country: "US", mechanism: "adequacy" } } as const;
    const at = instant("2026-03-27T09:00:00.000Z");
    const transfer = windowOf(reference, { ...change, kind: "transfer", entry }, at, PARIS);
    expect(transfer?.window).toMatchObject({ clause: "D9.3", lastDay: "2026-04-08" });
    const periods = reference.periods.map((each) =>
      each.clause === "D9.3" ? { ...each, duration: { unit: "workingDays", amount: 10 } as const } : each,
    );
    const longer = windowOf({ ...reference, periods }, { ...change, entry }, at, PARIS);
    expect(longer?.window).toMatchObject({ clause: "D9.3", lastDay: "2026-04-13" });
  });

  it("is not over before the planned day begins in the controller’s zone, nor before a longer notice (D8.2)", () => {
    const at = instant("2026-03-27T09:00:00.000Z");
    const later = { ...change, startsOn: localDate("2026-09-01") };
    const reunion = placeOfRegion("la-reunion");
    expect(windowOf(reference, later, at, PARIS)?.opensAt).toBe("2026-08-31T22:00:00.000Z");
    expect(windowOf(reference, later, at, reunion)?.opensAt).toBe("2026-08-31T20:00:00.000Z");
    const periods = reference.periods.map((each) =>
      each.clause === "D8.2" ? { ...each, duration: { unit: "days", amount: 30 } as const } : each,
    );
    expect(windowOf({ ...reference, periods }, change, at, PARIS)?.opensAt).toBe("2026-04-27T22:00:00.000Z");
  });

  it("says when the agreement lets it begin at once; without a window nothing can open (D8.3)", () => {
    const at = instant("2026-03-27T09:00:00.000Z");
    const { subprocessorChange: rule = { clause: "D8.3", starts: "afterWindow" as const } } = reference;
    const { notice: _, ...bare } = rule;
    const atOnce = windowOf(
      { ...reference, subprocessorChange: { ...bare, starts: "atOnce" } },
      change,
      at,
      PARIS,
    );
    expect(atOnce).toMatchObject({ atOnce: true, opensAt: at, window: { lastDay: "2026-04-08" } });
    const { subprocessorChange: __, ...silent } = reference;
    expect(windowOf(silent, change, at, PARIS)).toBeUndefined();
    expect(standingAt(at, { terms: silent, change, notice: received(at), place: PARIS })).toEqual({
      is: "NO_WINDOW",
    });
  });
});

describe("standing of a controller (D8.3)", () => {
  const at = instant("2026-03-27T09:00:00.000Z");
  const opensAt = instant("2026-04-08T22:00:00.000Z");

  it("is shut to the last instant of the last day, and open from the next (D8.3)", () => {
    expect(standing(addMillis(opensAt, -1), received(at)).is).toBe("WINDOW_OPEN");
    expect(standing(opensAt, received(at)).is).toBe("OPEN");
  });

  it("is shut again when the clock goes back, even before receipt (D8.3)", () => {
    expect(standing(opensAt, received(at)).is).toBe("OPEN");
    expect(standing(addMillis(at, 3_600_000), received(at)).is).toBe("WINDOW_OPEN");
    expect(standing(addMillis(at, -3_600_000), received(at)).is).toBe("WINDOW_OPEN");
  });

  it("counts an objection by its date: the seventh day does, the eighth does not (D8.3)", () => {
    const late = instant("2026-09-01T00:00:00.000Z");
    const dated = (objectedAt: Instant, honoured = false) =>
      standing(late, received(at, { objectedAt, honoured })).is;
    expect(dated(addMillis(opensAt, -1))).toBe("OBJECTED");
    expect(dated(opensAt)).toBe("OPEN");
    expect(dated(opensAt, true)).toBe("OBJECTED");
    expect(standing(late, { honoured: false, objectedAt: late }).is).toBe("OBJECTED");
  });

  it("is never open unannounced, unreceived or taken back (D8.2)", () => {
    const late = instant("2026-09-01T00:00:00.000Z");
    expect(standing(late, undefined)).toEqual({ is: "NOT_ANNOUNCED" });
    expect(standing(late, received(at), PARIS, { state: "draft" })).toEqual({ is: "NOT_ANNOUNCED" });
    expect(standing(late, { honoured: false })).toEqual({ is: "NOT_RECEIVED" });
    expect(standing(late, received(at), PARIS, { state: "withdrawn" })).toEqual({ is: "WITHDRAWN" });
  });

  it("never opens early, whatever the day, the place and the night (D8.2, D8.3, D9.3)", () => {
    fc.assert(
      fc.property(
        ...([
          anyInstant,
          anyPlace,
          fc.integer({ min: -2, max: 40 * 24 }),
          fc.constantFrom("add", "replace", "extendScope", "transfer"),
          fc.option(fc.integer({ min: 0, max: 30 * 24 })),
        ] as const),
        (receivedAt, place, hours, kind, objected) => {
          const now = addMillis(receivedAt, hours * 3_600_000);
          const objectedAt = objected === null ? undefined : addMillis(receivedAt, objected * 3_600_000);
          const notice = received(receivedAt, objectedAt === undefined ? {} : { objectedAt });
          const found = standing(now, notice, place, { kind });
          if (found.is !== "OPEN") return;
          // Counted anew: seven whole working days, day by day, after the day of receipt.
          const ends = seventhEnd(receivedAt, place);
          expect(millisOf(now)).toBeGreaterThanOrEqual(ends);
          if (objectedAt !== undefined) expect(millisOf(objectedAt)).toBeGreaterThanOrEqual(ends);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("is shortened for nobody by an edit of the agreement: what was signed and what is in force must both be over (D8.3)", () => {
    const periods = reference.periods.map((period) =>
      ["announceSubprocessor", "objectToSubprocessor"].includes(period.id)
        ? { ...period, duration: { ...period.duration, amount: 3 } }
        : period,
    );
    const edited = { ...reference, periods };
    const at = instant("2026-03-02T09:00:00.000Z");
    const signed = windowOf(reference, change, at, PARIS);
    expect(windowOf(edited, change, at, PARIS)?.opensAt).toBe("2026-03-05T23:00:00.000Z");
    for (const terms of [
      [edited, reference],
      [reference, edited],
    ])
      expect(windowOf(terms, change, at, PARIS)).toEqual(signed);
  });
});

/** The first millisecond after the seventh working day, by stepping from day to day on the clocks of the place. */
function seventhEnd(receivedAt: Instant, place: Place): number {
  const kept: Place = place.goodFriday === "unknown" ? { ...place, goodFriday: "holiday" } : place;
  let day = dayIn(place.zone, receivedAt);
  const next = () => dayIn(place.zone, addMillis(startOfDay(place.zone, day), 26 * 3_600_000));
  for (let worked = 0; worked < 7; ) {
    day = next();
    if (isWorkingDay(day, kept)) worked += 1;
  }
  return millisOf(startOfDay(place.zone, next()));
}
