import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mentionFinder } from "../src/find-mentions.ts";
import { makeTraceMatcher } from "../src/look-again-text.ts";

const traces = [
  "eleve0101",
  "zoé.d'hœrt@college.example",
  "Zoé D’Hœrt",
  "0612345678",
  "+33 6 12 34 56 78",
  "marie",
];
const finder = mentionFinder(traces.map((value) => ({ kind: "text", value })));
const matcher = makeTraceMatcher(traces);

/** Both methods must say the same; they share no code. */
const bothSay = (cell: string) => [finder.names(cell), matcher.count(cell) > 0];

describe("find a person's identifiers in a text, by both looks (D12.2)", () => {
  it.each([
    ["in a sentence", "Bonjour eleve0101, bienvenue"],
    ["in capitals", "ELEVE0101"],
    ["beside an underscore or a dot", "photo_eleve0101.jpg"],
    ["in PHP serialisation", 's:9:"eleve0101";'],
    ["in decomposed Unicode", "Zoé D'Hœrt".normalize("NFD")],
    ["without accents", "zoe d'hoert"],
    ["in JSON with escapes", JSON.stringify({ a: "x" }).replace("x", "Zo\\u00e9 D\\u2019H\\u0153rt")],
    ["after an escaped line end", '{"a":"Bonjour\\nZo\\u00e9 D\'H\\u0153rt\\nreleve"}'],
    ["in JSON inside JSON", '{"a":"{\\"b\\":\\"Zo\\\\u00e9 D\\\\u2019H\\\\u0153rt\\"}"}'],
    ["in HTML entities", "<p>Zo&eacute; D&#8217;H&oelig;rt</p>"],
    ["in hexadecimal entities", "Zo&#xE9; D&#x2019;H&#x153;rt"],
    ["in a link", "mailto:zo%C3%A9.d%27h%C5%93rt%40college.example"],
    ["with a no-break space", "Zoé\u00a0D’Hœrt"],
    ["with a soft hyphen", "Zoé D’H\u00adœrt"],
    ["with zero-width characters", "Z\u200boé\u200d D’H\ufeffœrt"],
    ["over a line end", "Zoé\nD’Hœrt"],
    ["a telephone in pairs", "tél. +33 6 12 34 56 78."],
    ["an ordinary word as the whole cell", "Marie"],
    ["in full-width letters", "ｅｌｅｖｅ０１０１"],
  ])("finds it %s", (_how, cell) => {
    expect(bothSay(cell)).toEqual([true, true]);
    expect(bothSay(finder.redact(cell))).toEqual([false, false]);
  });

  it.each([
    ["a longer login", "eleve01012"],
    ["a login with a letter before", "xeleve0101"],
    ["a first name alone", "Zoé arrive"],
    ["an ordinary word in a sentence", "Marie est venue"],
    ["a longer number", "106123456789"],
    ["a domain alone", "college.example"],
    ["SQL and LIKE wildcards", "%_' or 1=1 -- eleve____"],
    ["nothing", ""],
  ])("does not find %s", (_what, cell) => {
    expect(bothSay(cell)).toEqual([false, false]);
    expect(finder.redact(cell)).toBe(cell);
  });

  it("finds a name split over two cells of a row, and only then", () => {
    const hits: (readonly number[])[] = [];
    const row = (cells: readonly unknown[]) => {
      hits.length = 0;
      matcher.countRow(cells, (indexes) => hits.push(indexes));
      return [...hits];
    };
    expect(row(["ZOE", null, "d'hœrt"])).toEqual([[0, 2]]);
    expect(row(["Zoé", "Martin"])).toEqual([]);
    expect(row(["Zoé seule", "D’Hœrt"])).toEqual([]);
  });

  it("finds the longest of traces that begin alike, and each of them alone", () => {
    const own = mentionFinder(
      ["anne.b", "anne.b.c", "anne.b.c@x.example"].map((value) => ({ kind: "login", value })),
    );
    expect(own.redact("<anne.b.c@x.example>, anne.b.c, anne.b, anne.bc")).toBe("<…>, …, …, anne.bc");
    expect([...own.tracesIn("anne.b.c@y.example")].sort()).toEqual(["anne.b", "anne.b.c"]);
  });

  it("holds the traces of a large plan: 200,000 of them", () => {
    const many = Array.from({ length: 200_000 }, (_, index) => ({
      kind: "login",
      value: `pupil${String(index).padStart(6, "0")}@college.example`,
    }));
    const own = mentionFinder(many);
    expect(own.names("voir Pupil123456@COLLEGE.example.")).toBe(true);
    expect(own.names("voir pupil923456@college.example.")).toBe(false);
  });

  it("takes identifiers with signs of patterns literally", () => {
    const odd = ["a.b*c+d_1", "o'neil\\%_2", "x(y)[z]{1}|^$9"];
    const own = mentionFinder(odd.map((value) => ({ kind: "login", value })));
    for (const value of odd)
      expect([own.names(`<${value}>`), makeTraceMatcher([value]).count(`<${value}>`) > 0]).toEqual([
        true,
        true,
      ]);
    expect(own.names("aXbbbc+d_1")).toBe(false);
  });

  it("redacts by both looks whatever stands around an identifier (law)", () => {
    const around = fc.string({
      unit: fc.constantFrom(" ", "<", ">", "é", "&", "\\", "%", ".", "x", "0", "'", "œ", "\n", "ß", "ﬁ"),
      maxLength: 12,
    });
    fc.assert(
      fc.property(around, around, fc.constantFrom("eleve0101", "0612345678"), (before, after, login) => {
        const redacted = finder.redact(`${before} ${login} ${after}`);
        expect(bothSay(redacted)).toEqual([false, false]);
        expect(finder.redact(redacted)).toBe(redacted);
      }),
      { numRuns: 500 },
    );
  });
});
