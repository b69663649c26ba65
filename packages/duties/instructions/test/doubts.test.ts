import { compileGateTable } from "@preau/agreement";
import {
  addHours,
  type InstructionKind,
  type InstructionScope,
  instant,
  instructionKinds,
} from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { doubtsOf } from "../src/doubts.ts";
import { HAMEAU, referenceAgreement } from "./house.ts";

const NOW = instant("2026-11-23T08:00:00.000Z");
const table = compileGateTable(referenceAgreement);
const doubts = (
  kind: InstructionKind,
  scope: InstructionScope = {},
  more: {
    readonly restricted?: boolean;
    readonly hours?: number;
    readonly agreement?: typeof referenceAgreement;
  } = {},
) => {
  const { restricted = false, hours, agreement = referenceAgreement } = more;
  const endsAt = hours === undefined ? undefined : addHours(NOW, hours);
  return doubtsOf(
    { kind, scope, startsAt: NOW, endsAt },
    { agreement, table, controller: HAMEAU, restricted },
  );
};

describe("what the system doubts by itself (D6.2a)", () => {
  it("is a reach that the agreement’s table opens to nobody", () => {
    const named = (scope: InstructionScope) => doubts("staffAccess", scope);
    expect(named({ product: "plume", recipients: ["staff"], categories: ["name"] })).toEqual([]);
    for (const scope of [
      { product: "marelle" },
      { product: "plume", recipients: ["advertiser"] },
      { product: "plume", categories: ["name", "religion"] },
      { recipients: ["staff"], purposes: ["advertising"] },
    ])
      expect(named(scope), JSON.stringify(scope)).toEqual(["allowsNobody"]);
    expect(named({})).toEqual([]);
  });

  it("is an answer that nobody asked for, an export to a third party, keeping beyond the ceiling (D10.1c, D12.4)", () => {
    expect(doubts("answerDataSubject")).toEqual(["answerWithoutRequest"]);
    expect(doubts("answerDataSubject", { about: ["rqs_1"] })).toEqual([]);
    expect(doubts("export", { recipients: ["controller"] })).toEqual([]);
    expect(doubts("export", { recipients: ["host"] })).toContain("exportToThirdParty");
    const never = {
      ...referenceAgreement,
      anonymisation: {
        ...referenceAgreement.anonymisation,
        thirdParties: { clause: "D13.1", rule: "never" },
      },
    } as typeof referenceAgreement;
    expect(doubts("handOver", {}, { agreement: never })).toEqual(["exportToThirdParty"]);
    expect(doubts("handOver")).toEqual([]);
    const keep = { operations: ["store"] } as const;
    expect(doubts("other", keep, { hours: 24 * 365 })).toEqual([]);
    expect(doubts("other", keep, { hours: 24 * 800 })).toEqual(["keepBeyondCeiling"]);
  });

  it("is processing of a person under restriction, whatever it is but keeping, giving and lifting (D10.1a)", () => {
    const doubted = instructionKinds.filter((kind) =>
      doubts(kind, { about: ["rqs_1"] }, { restricted: true }).includes("restrictedPerson"),
    );
    expect(doubted).toEqual([
      ...["erase", "rectify", "handOver", "transfer", "reuseSample", "observePractices", "staffAccess"],
    ]);
  });

  it("is the same whenever it is asked, and never about who gave it", () => {
    fc.assert(
      fc.property(fc.constantFrom(...instructionKinds), fc.boolean(), (kind, restricted) => {
        expect(doubts(kind, {}, { restricted })).toEqual(doubts(kind, {}, { restricted }));
      }),
    );
  });
});
