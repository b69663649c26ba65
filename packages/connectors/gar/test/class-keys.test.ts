import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseGarAttributes } from "../src/attributes.ts";
import { classKeys } from "../src/class-keys.ts";

const year = "2026-2027";
const keysOf = (attributes: Record<string, readonly string[]>) =>
  classKeys(parseGarAttributes(new Map(Object.entries(attributes))), year);

describe("a class is known by school, school year and code", () => {
  it("of somebody of one school, whatever the label and however often it comes", () => {
    const { keys, ambiguous } = keysOf({
      UAI: ["0999999F", "0999999F"],
      DIV: ["900001~CPA##CP A", "900001~CPA##CP Hirondelles", "CE1##CE1"],
    });
    expect(keys).toEqual([
      { school: "0999999F", schoolYear: year, code: "900001~CPA", label: "CP A" },
      { school: "0999999F", schoolYear: year, code: "CE1", label: "CE1" },
    ]);
    expect(ambiguous).toEqual([]);
  });

  it("and is left to choose for a teacher of two: either may have one of that code", () => {
    const { keys, ambiguous } = keysOf({ UAI: ["0999999F", "0999998E"], DIV: ["6A##6e A"] });
    expect(keys).toEqual([]);
    expect(ambiguous).toEqual([
      {
        code: "6A",
        label: "6e A",
        possible: [
          { school: "0999999F", schoolYear: year, code: "6A" },
          { school: "0999998E", schoolYear: year, code: "6A" },
        ],
      },
    ]);
  });

  it("and has no key without a school", () => {
    expect(keysOf({ DIV: ["6A##6e A"] })).toEqual({
      keys: [],
      ambiguous: [{ code: "6A", label: "6e A", possible: [] }],
    });
  });

  it("never names a school or a code that did not come", () => {
    const school = fc.constantFrom("0999999F", "0999998E", "0999997D");
    const code = fc.stringMatching(/^[A-Z0-9~_-]{1,6}$/);
    fc.assert(
      fc.property(fc.array(school, { maxLength: 3 }), fc.array(code, { maxLength: 6 }), (schools, codes) => {
        const { keys, ambiguous } = keysOf({ UAI: schools, DIV: codes.map((each) => `${each}##x`) });
        const all = [...keys, ...ambiguous.flatMap(({ possible }) => possible)];
        for (const each of all) {
          expect(schools).toContain(each.school);
          expect(codes).toContain(each.code);
        }
        expect(keys.length + ambiguous.length).toBe(new Set(codes).size);
        expect(keys.length === 0 || ambiguous.length === 0).toBe(true);
      }),
    );
  });
});
