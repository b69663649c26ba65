import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exitCodeOf, overallVerdict, type Verdict } from "../src/index.ts";

const verdict = () => fc.constantFrom<Verdict>("PASS", "FAILED", "UNKNOWN", "PENDING");
const worstFirst: readonly Verdict[] = ["FAILED", "UNKNOWN", "PENDING", "PASS"];

describe("verdict of a whole (D12.2)", () => {
  it("is never PASS when something was not covered", () => {
    fc.assert(
      fc.property(fc.array(verdict()), fc.integer({ min: 1, max: 1e6 }), (parts, notCovered) => {
        expect(overallVerdict(parts, notCovered)).not.toBe("PASS");
        expect(overallVerdict(parts, notCovered)).not.toBe("PENDING");
      }),
    );
  });

  it("is PASS only when there are parts, all PASS", () => {
    fc.assert(
      fc.property(fc.array(verdict()), (parts) => {
        const pass = parts.length > 0 && parts.every((each) => each === "PASS");
        expect(overallVerdict(parts, 0) === "PASS").toBe(pass);
      }),
    );
  });

  it("is the worst of its parts, in any order", () => {
    fc.assert(
      fc.property(fc.array(verdict(), { minLength: 1 }), (parts) => {
        const worst = worstFirst.find((each) => parts.includes(each));
        expect(overallVerdict(parts, 0)).toBe(worst);
        expect(overallVerdict(parts.toReversed(), 0)).toBe(worst);
      }),
    );
  });

  it("never gets better by a part more", () => {
    fc.assert(
      fc.property(fc.array(verdict(), { minLength: 1 }), verdict(), (parts, more) => {
        const rank = (of: Verdict) => worstFirst.indexOf(of);
        expect(rank(overallVerdict([...parts, more], 0))).toBeLessThanOrEqual(rank(overallVerdict(parts, 0)));
      }),
    );
  });

  it("ends a command with 0 for PASS, 1 for FAILED, 3 for what is not wholly verified", () => {
    expect(worstFirst.map(exitCodeOf)).toEqual([1, 3, 3, 0]);
  });
});
