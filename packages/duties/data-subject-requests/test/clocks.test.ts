import { type Agreement, oneAgreement } from "@preau/agreement";
import { mainland } from "@preau/calendar";
import { addHours, addMillis, type Instant, instant, millisOf, type Unit } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerDue, extendedDue, forwardDue, levelAt, levelInstants, OVERDUE } from "../src/clocks.ts";
import { referenceAgreement, SCHOOL } from "./desk-house.ts";

const UNIT = {} as Unit;
const HOUR = 3_600_000;

function portsOf(agreement: Agreement) {
  return { agreements: oneAgreement(agreement), contracts: { placeOf: async () => mainland } };
}
const ports = portsOf(referenceAgreement);
const instants = fc
  .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 11, 31) })
  .map((time) => instant(time));

describe("the processor's 48 hours (D10.1b)", () => {
  it.each<[what: string, receivedAt: string, dueAt: string]>([
    ["an ordinary Monday", "2026-11-23T08:15:00.000Z", "2026-11-25T08:15:00.000Z"],
    // Clocks in Paris go from 2 to 3 on 29 March 2026, and from 3 to 2 on 25 October.
    ["over the night that lacks an hour", "2026-03-28T12:00:00.000Z", "2026-03-30T12:00:00.000Z"],
    ["over the night that has one more", "2026-10-24T12:00:00.000Z", "2026-10-26T12:00:00.000Z"],
    ["within the hour that comes twice", "2026-10-25T00:30:00.000Z", "2026-10-27T00:30:00.000Z"],
    ["over a year's end", "2026-12-31T23:59:59.999Z", "2027-01-02T23:59:59.999Z"],
  ])("are elapsed hours: %s", async (_what, receivedAt, dueAt) => {
    expect(await forwardDue(UNIT, ports, SCHOOL, instant(receivedAt))).toBe(dueAt);
  });

  it("are told of after 24, 36 and 44, and are over a millisecond after the last", async () => {
    const receivedAt = instant("2026-03-28T12:00:00.000Z");
    const dueAt = await forwardDue(UNIT, ports, SCHOOL, receivedAt);
    expect(levelInstants(receivedAt, dueAt)).toEqual([
      addHours(receivedAt, 24),
      addHours(receivedAt, 36),
      addHours(receivedAt, 44),
      addMillis(receivedAt, 48 * HOUR + 1),
    ]);
  });

  it("follow the agreement's own figure, to the exact share", async () => {
    const periods = referenceAgreement.periods.map((period) =>
      period.id === "forwardRequest"
        ? { ...period, duration: { unit: "hours", amount: 12 } as const }
        : period,
    );
    const receivedAt = instant("2026-11-23T08:00:00.000Z");
    const dueAt = await forwardDue(UNIT, portsOf({ ...referenceAgreement, periods }), SCHOOL, receivedAt);
    expect(dueAt).toBe(addHours(receivedAt, 12));
    expect(levelInstants(receivedAt, dueAt).slice(0, 3)).toEqual(
      [6, 9, 11].map((hours) => addHours(receivedAt, hours)),
    );
  });

  it("are none where the agreement sets none: it is due at once", async () => {
    const periods = referenceAgreement.periods.filter(({ id }) => id !== "forwardRequest");
    const receivedAt = instant("2026-11-23T08:00:00.000Z");
    expect(await forwardDue(UNIT, portsOf({ ...referenceAgreement, periods }), SCHOOL, receivedAt)).toBe(
      receivedAt,
    );
    expect(levelAt(receivedAt, receivedAt, addMillis(receivedAt, 1))).toBe(OVERDUE);
  });

  it("are 48 whatever the date, and each level begins at its very instant", async () => {
    await fc.assert(
      fc.asyncProperty(instants, async (receivedAt) => {
        const dueAt = await forwardDue(UNIT, ports, SCHOOL, receivedAt);
        expect(millisOf(dueAt) - millisOf(receivedAt)).toBe(48 * HOUR);
        for (const [index, at] of levelInstants(receivedAt, dueAt).entries()) {
          expect(levelAt(receivedAt, dueAt, addMillis(at, -1))).toBe(index);
          expect(levelAt(receivedAt, dueAt, at)).toBe(index + 1);
        }
        expect(levelAt(receivedAt, dueAt, dueAt)).toBe(OVERDUE - 1);
      }),
      { numRuns: 200 },
    );
  });
});

describe("the controller's month (D10.1c)", () => {
  it.each<[string, string | undefined, string | undefined]>([
    ["2026-11-23T08:15:00.000Z", "2026-12-23T08:15:00.000Z", "2027-02-23T08:15:00.000Z"],
    // The month's last day where there is no such number; the time of day is Paris's, whatever the season.
    ["2027-01-31T08:00:00.000Z", "2027-02-28T08:00:00.000Z", "2027-04-28T07:00:00.000Z"],
    ["2026-10-10T08:00:00.000Z", "2026-11-10T09:00:00.000Z", "2027-01-10T09:00:00.000Z"],
  ])("runs from the receipt, and is extended by two from its end: %s", async (receivedAt, first, second) => {
    const dueAt = await answerDue(UNIT, ports, SCHOOL, instant(receivedAt));
    expect(dueAt).toBe(first);
    expect(await extendedDue(UNIT, ports, SCHOOL, dueAt as Instant)).toBe(second);
  });

  it("is not invented where the agreement sets none", async () => {
    const periods = referenceAgreement.periods.filter(({ clause }) => clause !== "D10.1c");
    const none = portsOf({ ...referenceAgreement, periods });
    expect(await answerDue(UNIT, none, SCHOOL, instant("2026-11-23T08:15:00.000Z"))).toBeUndefined();
  });
});
