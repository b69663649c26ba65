import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { clauseSections } from "../src/clause-sections.ts";
import { figuresOf } from "../src/figures.ts";
import { AgreementInvalid, checkAgreementFolder, lintCodes } from "../src/index.ts";
import { parseAgreement } from "../src/parse-agreement.ts";
import { agreementSchema } from "../src/schema.ts";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const guide = read("../../../../docs/agreement.md");
const blocks = [...guide.matchAll(/^```(\w+)(?: file=(\S+))?\n([\s\S]*?)^```$/gm)].map(
  ([, language = "", file, text = ""]) => ({ language, file, text }),
);
const files = new Map(
  blocks.flatMap(({ file, text }) => (file === undefined ? [] : [[file, text] as const])),
);
const whole = files.get("agreement.yaml") ?? "";

/** The complete example with the sections of a fragment in the place of its own. */
function withSections(fragment: string): string {
  const sections = (text: string) =>
    new Map(
      text
        .split(/^(?=[a-zA-Z]+:)/m)
        .filter((section) => /^[a-zA-Z]+:/.test(section))
        .map((section) => [section.slice(0, section.indexOf(":")), section.trimEnd()]),
    );
  return [...new Map([...sections(whole), ...sections(fragment)]).values()].join("\n");
}

/** Codes of what is wrong with the form of a file; references are another matter. */
function formFaults(yaml: string): readonly string[] {
  const clauses = new Set(["C1", "C2", "C3", "C4", "C5", "C6", "A", "B", "S", "M"]);
  try {
    parseAgreement(yaml, { file: "agreement.yaml", clauses });
    return [];
  } catch (error) {
    if (!(error instanceof AgreementInvalid)) throw error;
    return error.diagnostics
      .filter(({ code }) => code !== "UNKNOWN_WORD")
      .map(({ code, line, says }) => `${code} ${line} ${says.en}`);
  }
}

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly element?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly out?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly unknown[];
}

/** Every key of a schema, and every word of its closed lists. */
function wordsOf(schema: z.ZodType): readonly string[] {
  const { shape, element, innerType, out, options, entries, values } = schema._zod
    .def as unknown as Definition;
  return [
    ...Object.entries(shape ?? {}).flatMap(([key, value]) => [key, ...wordsOf(value)]),
    ...[element, innerType, out, ...(options ?? [])].flatMap((each) =>
      each === undefined ? [] : wordsOf(each),
    ),
    ...Object.values(entries ?? {}),
    ...(values ?? []).map(String),
  ];
}

/** Codes that stand as types in a source file. */
function codesIn(file: string, type: string): readonly string[] {
  const union = new RegExp(`export type ${type} =([^;]*);`).exec(read(`../src/${file}`))?.[1] ?? "";
  return [...union.matchAll(/"([A-Z_]+)"/g)].map((match) => match[1] ?? "");
}

describe("the guide to agreements (D1)", () => {
  it("holds a complete agreement, in which nothing is wrong, unknown or doubtful", () => {
    expect([...files.keys()].toSorted()).toEqual(["agreement.yaml", "text.fr.md"]);
    const { diagnostics, coverage, chains } = checkAgreementFolder(files);
    expect(diagnostics.map(({ code, line, file }) => `${code} ${file}:${line}`)).toEqual([]);
    expect(coverage?.bound).toBe(coverage?.figures);
    expect(guide).toContain(
      `figures ${coverage?.bound} of ${coverage?.figures} bound · rules ${coverage?.said} of ${coverage?.rules} said`,
    );
    expect(chains.length).toBeGreaterThan(0);
  });

  const fragments = blocks.filter(({ language, file }) => language === "yaml" && file === undefined);
  it.each(fragments.map(({ text }) => [text.split("\n")[0] ?? "", text]))(
    "shows fragments that compile: %s",
    (_head, text) => {
      expect(formFaults(withSections(text))).toEqual([]);
    },
  );

  it("notices a fragment that does not compile", () => {
    expect(formFaults(withSections("roles:\n  - { id: Teacher, fr: a, en: b }\n"))).toHaveLength(1);
  });

  it("shows headings that are read", () => {
    const markdown = blocks.filter(({ language, file }) => language === "markdown" && file === undefined);
    const clauses = markdown.flatMap(({ text }) =>
      clauseSections(text)
        .slice(1)
        .map(({ clause }) => clause),
    );
    expect(clauses).toEqual(["C3", "C3.1", "B.gar-teacher"]);
  });

  it("names every key, and every word that the software understands", () => {
    const named = new Set(
      [...guide.matchAll(/`([^`\n]+)`|^```yaml[\s\S]*?^```/gm)].flatMap(
        ([all]) => all.match(/[A-Za-z0-9./]+/g) ?? [],
      ),
    );
    const words = [...new Set(wordsOf(agreementSchema))];
    expect(words.length).toBeGreaterThan(120);
    expect(words.filter((word) => !named.has(word))).toEqual([]);
  });

  it("names every diagnostic and every lint, and none that does not exist", () => {
    const codes = [
      ...codesIn("diagnostic.ts", "FormCode"),
      ...codesIn("coverage-words.ts", "CoverageCode"),
      "ACCEPTANCE_WITHOUT_EFFECT",
      ...lintCodes,
    ];
    expect(codes.length).toBeGreaterThan(60);
    const rows = [...guide.matchAll(/^\| `([A-Z][A-Z_]+)`/gm)].map((match) => match[1] ?? "");
    const verdicts = new Set(["PASS", "UNKNOWN", "REFUTED"]);
    expect(rows.filter((row) => !verdicts.has(row)).toSorted()).toEqual([...new Set(codes)].toSorted());
  });

  it("reads the figures of its own table as it says", () => {
    const rows = [
      ...guide.matchAll(/^\| ([^|]*) \| ([^|]*) \| `(hours|days|workingDays|years)\((\d+)\)` \|$/gm),
    ];
    expect(rows.length).toBeGreaterThan(4);
    for (const [, french = "", english = "", unit, amount] of rows) {
      const expected = `${unit} ${amount}`;
      const said = [
        ...french.split(", ").flatMap((each) => figuresOf(each, "fr")),
        ...english
          .replace(/\(14 days each\)/, "")
          .split(", ")
          .flatMap((each) => figuresOf(each, "en")),
      ].map((figure) => `${figure.unit} ${figure.amount}`);
      expect(new Set(said)).toEqual(new Set([expected]));
    }
  });
});
