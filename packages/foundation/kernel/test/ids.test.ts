import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { controllerId, makeIds, manualClock } from "../src/index.ts";

describe("identifiers", () => {
  it("say what they are, and fit a column of 40", () => {
    const id = makeIds(manualClock()).next("ers");
    expect(id).toMatch(/^ers_[0-9a-hjkmnp-tv-z]{26}$/);
    expect(id.length).toBeLessThanOrEqual(40);
  });

  it("sort by the time of their making", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1e9 }), { minLength: 2, maxLength: 20 }), (steps) => {
        const clock = manualClock();
        const ids = makeIds(clock);
        const made = steps.map((step) => {
          clock.advance(step);
          return ids.next("sub");
        });
        expect(made.toSorted()).toEqual(made);
      }),
    );
  });

  it("are unique within one millisecond", () => {
    const ids = makeIds(manualClock());
    const made = Array.from({ length: 20_000 }, () => ids.next("sub"));
    expect(new Set(made).size).toBe(made.length);
  });

  it("hold every bit of chance that they are given", () => {
    const last: { bytes: Uint8Array } = { bytes: new Uint8Array(10) };
    const ids = makeIds(manualClock(), (bytes) => bytes.set(last.bytes));
    const textOf = (bytes: Uint8Array) => {
      last.bytes = bytes;
      return ids.next("sub").slice(14);
    };
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 10, maxLength: 10 }), (bytes) => {
        expect(fromBase32(textOf(bytes))).toBe(BigInt(`0x${Buffer.from(bytes).toString("hex")}`));
      }),
    );
  });
});

describe("a controller's identifier", () => {
  it.each(["a", "0750001A", "college-1", "academie.paris_2", "A".repeat(64)])("accepts %s", (text) => {
    expect(controllerId(text)).toBe(text);
  });

  it.each(["", "-a", ".a", "_a", "a b", "é", "a/b", "a\n", "A".repeat(65), "../a", "all"])(
    "refuses %j (CONTROLLER_BAD_ID)",
    (text) => {
      expect(() => controllerId(text)).toThrow(
        expect.objectContaining({ code: "CONTROLLER_BAD_ID" }) as Error,
      );
    },
  );
});

function fromBase32(text: string): bigint {
  const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
  return Array.from(text).reduce((value, letter) => value * 32n + BigInt(alphabet.indexOf(letter)), 0n);
}
