import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { idoOf, parseGarAttributes, withoutEmptyValues } from "../src/attributes.ts";
import { defaultRoles, noRole, roleOf } from "../src/profile.ts";

const parse = (attributes: Record<string, readonly string[]>) =>
  parseGarAttributes(new Map(Object.entries(attributes)));

describe("GAR attributes: grammar", () => {
  it("reads pairs and group divisions", () => {
    const parsed = parse({
      UAI: ["0999999F", "0999998E"],
      DIV: ["900001~CPA##CP A", "2NDE04##2NDE04"],
      GRO: ["900001~GOA22_3E3G1##3E3G1"],
      DIV_APP: ["900001~LECT1||900001~CPA##CP A"],
      P_MAT: ["0123456789abcdef0123456789abcdef##MATHEMATIQUES"],
      P_MS4: ["2111"],
      E_MS4: ["0112"],
    });
    expect(parsed).toMatchObject({
      schools: ["0999999F", "0999998E"],
      divisions: [
        { code: "900001~CPA", label: "CP A" },
        { code: "2NDE04", label: "2NDE04" },
      ],
      groups: [{ code: "900001~GOA22_3E3G1", label: "3E3G1" }],
      groupDivisions: [{ group: "900001~LECT1", division: { code: "900001~CPA", label: "CP A" } }],
      subjectsTaught: [{ code: "0123456789abcdef0123456789abcdef", label: "MATHEMATIQUES" }],
      levelsTaught: ["2111"],
      levelsFollowed: ["0112"],
      malformed: [],
    });
  });

  it("splits at the first separator and keeps the rest (a third part, seen in one feed)", () => {
    expect(parse({ GRO: ["6A-MATHS##Groupe Maths##6A"] }).groups).toEqual([
      { code: "6A-MATHS", label: "Groupe Maths##6A" },
    ]);
  });

  it("leaves out what is out of the grammar and names the attribute, not the value", () => {
    const parsed = parse({
      UAI: ["099"],
      DIV: ["CPA", "##x", "x##"],
      DIV_APP: ["g||CPA"],
      P_MS4: ["x"],
      E_MS4: ["21111"],
      P_MEL: ["no mail"],
    });
    expect(parsed).toMatchObject({
      schools: [],
      divisions: [],
      groupDivisions: [],
      levelsTaught: [],
      levelsFollowed: [],
      workEmail: undefined,
    });
    expect(parsed.malformed).toEqual(["DIV", "DIV_APP", "E_MS4", "P_MEL", "P_MS4", "UAI"]);
  });

  it("takes separators inside labels, and none inside codes", () => {
    expect(parse({ DIV: ["6A##6e A || B ## C"], DIV_APP: ["g||6A##a||b##c"] })).toMatchObject({
      divisions: [{ code: "6A", label: "6e A || B ## C" }],
      groupDivisions: [{ group: "g", division: { code: "6A", label: "a||b##c" } }],
      malformed: [],
    });
    const cut = parse({ DIV: ["a||b##c"], GRO: ["##"], DIV_APP: ["a##b||c##d", "a||b||c##d", "6A##6e A"] });
    expect([cut.divisions, cut.groups, cut.groupDivisions]).toEqual([[], [], []]);
    expect(cut.malformed).toEqual(["DIV", "DIV_APP", "GRO"]);
  });

  it("takes no space around codes and labels, no control characters, and nothing longer than a feed has", () => {
    expect(parse({ DIV: [" CPA ## CP A "] }).divisions).toEqual([{ code: "CPA", label: "CP A" }]);
    const long = parse({
      DIV: [`CPA##${"x".repeat(256)}`, `${"x".repeat(256)}##a`, "CPA##a\u0000b"],
      NOM: ["x".repeat(501)],
      PRE: ["a\nb"],
    });
    expect(long).toMatchObject({ divisions: [], lastName: undefined, firstName: undefined });
    expect(long.malformed).toEqual(["DIV", "NOM", "PRE"]);
    expect(parse({ NOM: ["x".repeat(500)] }).lastName).toHaveLength(500);
  });

  it("reads levels by profile, as four digits", () => {
    const { levelsTaught, levelsFollowed, malformed } = parse({
      P_MS4: ["2116", "null"],
      E_MS4: ["0112", "6e"],
    });
    expect([levelsTaught, levelsFollowed, malformed]).toEqual([["2116"], ["0112"], ["E_MS4"]]);
  });

  it("names each school once", () => {
    expect(parse({ UAI: ["0999999F", "0999998E", "0999999F"] }).schools).toEqual(["0999999F", "0999998E"]);
  });

  it("passes names that it does not read", () => {
    const unknown = { E_MEF: ["x"], E_MAT: ["x"], E_MS1: ["x"], P_MEF: ["x"], P_MS1: ["x"], idENT: ["WjA="] };
    expect(parse(unknown)).toEqual(parse({}));
  });

  it("knows four spellings of no value", () => {
    for (const none of [[], [""], ["null"], ["None"], ["NULL"], ["  "]]) {
      expect(withoutEmptyValues(new Map([["CIV", none]])).size).toBe(0);
    }
    expect(parse({ CIV: ["null"], PRE: ["Ana"], NOM: ["Null-Lefort"] })).toMatchObject({
      civility: undefined,
      firstName: "Ana",
      lastName: "Null-Lefort",
    });
  });

  it("takes no side between two different single values", () => {
    expect(parse({ NOM: ["UN", "DEUX"] })).toMatchObject({ lastName: undefined, malformed: ["NOM"] });
  });

  it("takes an identifier as it stands, once, and refuses what can be none", () => {
    const good = "0123456789abcdef".repeat(8);
    for (const each of [good, good.toUpperCase(), good.slice(1)]) {
      expect(idoOf(new Map([["IDO", [each]]]))).toBe(each);
    }
    for (const bad of [[], [good, good], [good.repeat(3)], ["null"], [`${good} x`], ["identité-1"]]) {
      expect(() => idoOf(new Map([["IDO", bad]]))).toThrow(
        expect.objectContaining({ code: "GAR_SIGN_IN_REFUSED" }),
      );
    }
  });

  it("reads back what it would write, whatever the code and the label", () => {
    const code = fc.stringMatching(/^[A-Za-z0-9~_-]{1,20}$/);
    const label = fc
      .string({ minLength: 1, unit: "grapheme" })
      .filter((text) => text.trim() === text && text !== "");
    fc.assert(
      fc.property(code, code, label, (group, division, text) => {
        const { groupDivisions, divisions } = parse({
          DIV: [`${division}##${text}`],
          DIV_APP: [`${group}||${division}##${text}`],
        });
        expect(divisions).toEqual([{ code: division, label: text }]);
        expect(groupDivisions).toEqual([{ group, division: { code: division, label: text } }]);
      }),
    );
  });

  it("invents nothing: whatever it reads stands in what came", () => {
    const piece = fc.constantFrom("##", "||", "a", "~", " ", "é", "1234", "0999999F", "null", "\t");
    const value = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
    const read = [
      "UAI",
      "PRO",
      "NOM",
      "PRE",
      "CIV",
      "P_MEL",
      "DIV",
      "GRO",
      "DIV_APP",
      "P_MAT",
      "P_MS4",
      "E_MS4",
    ];
    const attributes = fc.dictionary(fc.constantFrom(...read), fc.array(value, { maxLength: 3 }));
    fc.assert(
      fc.property(attributes, (received) => {
        const { malformed, profile, ...parsed } = parse(received);
        const all = Object.values(received).flat();
        const texts = JSON.stringify(parsed).match(/(?<=[:[,])"(?:[^"\\]|\\.)*"(?!:)/g) ?? [];
        for (const text of texts.map((each) => JSON.parse(each) as string)) {
          expect(all.some((each) => each.includes(text))).toBe(true);
        }
        expect(profile === undefined || all.some((each) => each.trim().toLowerCase() === profile)).toBe(true);
        for (const name of malformed) expect(Object.keys(received)).toContain(name);
      }),
    );
  });

  it("throws for no attributes whatever", () => {
    const values = fc.array(fc.string(), { maxLength: 4 });
    const name = fc.oneof(fc.constantFrom("UAI", "PRO", "DIV", "DIV_APP", "P_MEL", "P_MS4"), fc.string());
    fc.assert(
      fc.property(fc.array(fc.tuple(name, values)), (entries) => {
        parseGarAttributes(new Map(entries));
      }),
    );
  });
});

describe("profile and role (D4.1)", () => {
  const role = (...profiles: string[]) => roleOf(new Map([["PRO", profiles]]), defaultRoles);

  it("compares without regard to case", () => {
    expect([role("National_ens"), role("National_ENS"), role("NATIONAL_doc")]).toEqual([
      "teacher",
      "teacher",
      "teacher",
    ]);
    expect(role("National_elv")).toBe("pupil");
  });

  it("is the same in any mixture of cases", () => {
    const mixed = fc.mixedCase(fc.constantFrom("national_ens", "national_elv", "national_doc"));
    fc.assert(
      fc.property(mixed, (profile) => {
        expect(role(profile)).toBe(profile.toLowerCase() === "national_elv" ? "pupil" : "teacher");
      }),
    );
  });

  it("is none beside a second value, however broken", () => {
    for (const second of ["National_elv", "x\u0000", "x".repeat(600), "?"]) {
      expect(role("National_ens", second)).toBe(noRole);
    }
    expect(role("National_ens", "null", "")).toBe("teacher");
  });

  it("gives no role for any text that is not in the table", () => {
    const known = new Set(Object.keys(defaultRoles).map((name) => name.toLowerCase()));
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!known.has(text.trim().toLowerCase()));
        expect(role(text)).toBe(noRole);
      }),
    );
    expect([role(), role("National_dir"), role("National_ens", "National_elv")]).toEqual([
      noRole,
      noRole,
      noRole,
    ]);
  });
});
