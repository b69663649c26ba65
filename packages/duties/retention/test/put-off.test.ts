/** A store that says when there is room again has not failed; everything else has. @clause D12.2 */
import { faultsOf, instant, NotYet } from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { errors } from "../src/errors.ts";
import { putOff } from "../src/put-off.ts";

const fault = faultsOf(errors);
const later = new NotYet(instant("2026-11-23T10:00:00.000Z"));
const failed = (...stores: string[]) => stores.map((store) => ({ store, code: "X" }));

describe("an erasure that a store puts off (D12.2)", () => {
  it("waits until then, where that alone keeps it from its end", () => {
    const limited = fault("RETENTION_STORE_FAILED", { cause: later });
    expect(putOff({ closed: false, failed: failed("mail"), cause: limited })).toBe(later);
    expect(putOff({ closed: false, failed: failed("mail"), cause: later })).toBe(later);
  });

  it("is a try where something fails beside it, or fails otherwise", () => {
    const limited = fault("RETENTION_STORE_FAILED", { cause: later });
    expect(putOff({ closed: false, failed: failed("lms", "mail"), cause: limited })).toBeUndefined();
    expect(putOff({ closed: false, failed: failed("mail"), cause: new Error("no") })).toBeUndefined();
    expect(putOff({ closed: true, receipt: "ers_1" })).toBeUndefined();
  });
});
