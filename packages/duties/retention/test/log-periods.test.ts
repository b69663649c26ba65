import { readdirSync, readFileSync } from "node:fs";
import { type Agreement, readAgreementFolder, referenceFolder } from "@preau/agreement";
import { deadlineOf } from "@preau/calendar";
import { addMillis, instant } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evidenceKindOf, evidenceRuleOf, logPeriodsOf, overBefore } from "../src/log-periods.ts";

const reference = readAgreementFolder(
  new Map(
    readdirSync(referenceFolder).map((name) => [name, readFileSync(new URL(name, referenceFolder), "utf8")]),
  ),
);
const place = { region: "metropole", zone: "Europe/Paris", goodFriday: "no" } as unknown as Parameters<
  typeof overBefore
>[2];
const only = (ids: readonly string[]): Agreement => ({
  ...reference,
  retention: reference.retention.filter(({ id }) => ids.includes(id)),
});

describe("the periods of logs (DD.8)", () => {
  it("are those of the agreement: archived after six months, gone a year later", () => {
    const { archive, prune } = logPeriodsOf(reference);
    const now = instant("2026-11-26T08:00:00.000Z");
    expect(overBefore(archive!, now, place)).toBe("2026-05-26T07:00:00.001Z");
    expect(overBefore(prune!, now, place)).toBe("2025-05-26T07:00:00.001Z");
  });

  it("never take a step that the agreement does not name", () => {
    expect(logPeriodsOf(only([]))).toEqual({});
    expect(Object.keys(logPeriodsOf(only(["activityLog"])))).toEqual(["archive"]);
    // How long the archive lasts, and nothing that would ever be archived.
    expect(logPeriodsOf(only(["archivedActivityLog"]))).toEqual({});
  });

  it("put backwards, end neither sooner nor later than forwards", () => {
    const { prune } = logPeriodsOf(reference);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 * 365 * 24 * 60 }), (minutes) => {
        const now = addMillis(instant("2024-01-01T00:00:00.000Z"), minutes * 60_000);
        const before = overBefore(prune!, now, place);
        const ends = (start: typeof now) =>
          prune!.reduce(
            (end, { rounding, ...period }) => deadlineOf(end, period, { rounding, place }).dueAt,
            start,
          );
        // Nothing sooner, in whatever order the ends of a month's last days fall.
        for (let hours = 0; hours < 6 * 24; hours += 1)
          expect(ends(addMillis(before, -1 - hours * 3_600_000)) <= now).toBe(true);
        // Nothing later, but for a day that waits for the one before.
        expect(ends(addMillis(before, 4 * 86_400_000)) > now).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe("the kinds of evidence (D6.1b, D6.1c, D6.2c, D10.2a)", () => {
  it.each([
    ["journal.receiptClosed", "receipt", "deletionReceipts"],
    ["journal.prunedTo", "checkpoint", undefined],
    ["contracts.instructionRecorded", "instruction", "instructionRecords"],
    ["retention.purgeApproved", "instruction", "instructionRecords"],
    ["retention.purgeNoticed", "notice", "instructionRecords"],
    ["consent.given", "consent", "consentRecords"],
    ["breach.phaseSent", "breach", "breachRecords"],
  ])("%s is %s", (type, kind, rule) => {
    expect([evidenceKindOf(type), evidenceRuleOf(reference, evidenceKindOf(type))?.id]).toEqual([kind, rule]);
  });
});
