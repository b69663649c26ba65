import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, type Json } from "../src/index.ts";

const json = () => fc.jsonValue({ noUnicodeString: false }) as fc.Arbitrary<Json>;

describe("canonical JSON (RFC 8785)", () => {
  it("reads back as the value itself", () => {
    fc.assert(
      fc.property(json(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it("is one spelling for one value, however its members were ordered", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.string({ unit: "binary" }), json()), { selector: ([key]) => key }),
        (members) => {
          const one = canonicalJson(Object.fromEntries(members));
          expect(canonicalJson(Object.fromEntries(members.toReversed()))).toBe(one);
          expect(canonicalJson(JSON.parse(one) as Json)).toBe(one);
        },
      ),
    );
  });

  it("is two spellings for two values", () => {
    fc.assert(
      fc.property(json(), json(), (one, other) => {
        const same = canonicalJson(one) === canonicalJson(other);
        expect(same).toBe(JSON.stringify(sorted(one)) === JSON.stringify(sorted(other)));
      }),
    );
  });

  it("sorts keys by UTF-16 code units, deeply (RFC 8785 §3.2.3)", () => {
    const keys = ["\u20ac", "\r", "\ufb33", "1", "\u{1f600}", "\u0080", "\u00f6"];
    const value = { inner: Object.fromEntries(keys.map((key) => [key, 0])) };
    expect(
      Object.keys((JSON.parse(canonicalJson(value).replace(/"1"/, '"x1"')) as typeof value).inner),
    ).toEqual(["\r", "x1", "\u0080", "\u00f6", "\u20ac", "\u{1f600}", "\ufb33"]);
  });

  it.each([
    [333333333.3333333, "333333333.3333333"],
    [1e30, "1e+30"],
    [4.5, "4.5"],
    [2e-3, "0.002"],
    [1e-27, "1e-27"],
    [-0, "0"],
  ])("prints numbers as ECMAScript does: %s (RFC 8785 §3.2.2.3)", (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it.each<[string, unknown]>([
    ["NaN", Number.NaN],
    ["infinity", Number.POSITIVE_INFINITY],
    ["undefined", undefined],
    ["a member undefined", { a: undefined }],
    ["a hole deep inside", { a: [{ b: [undefined] }] }],
    ["a function", () => 1],
    ["a bigint", 1n],
    ["a symbol", Symbol("x")],
  ])("refuses %s", (_what, value) => {
    expect(() => canonicalJson(value as Json)).toThrow(TypeError);
  });
});

/** The same value as tagged lists, members in order: an oracle that goes another way than the code. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return ["list", ...value.map((each) => sorted(each as Json))];
  if (value === null || typeof value !== "object") return value;
  const members = Object.entries(value as Record<string, Json>).sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  return ["members", ...members.map(([key, each]) => [key, sorted(each)])];
}
