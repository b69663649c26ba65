import { readFileSync } from "node:fs";
import { isFault } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  AgreementInvalid,
  agreementHash,
  type Diagnostic,
  formatDiagnostics,
  parseAgreement,
  readAgreementFolder,
  referenceFolder,
  samplesFolder,
} from "../src/index.ts";

const read = (name: string) => readFileSync(new URL(name, referenceFolder), "utf8");
const yaml = read("agreement.yaml");
const french = read("text.fr.md");

/** What is found wrong; empty when nothing is. */
function diagnose(work: () => unknown): readonly Diagnostic[] {
  try {
    work();
    return [];
  } catch (error) {
    if (error instanceof AgreementInvalid && isFault(error, "AGREEMENT_INVALID")) return error.diagnostics;
    throw error;
  }
}
const parse = (text: string) => diagnose(() => parseAgreement(text, { file: "a.yaml" }));
const brief = (found: readonly Diagnostic[]) =>
  found.map(({ code, line, column }) => `${code} ${line}:${column}`);

/** The reference with one passage changed, and the line where that happens. */
function changed(from: string, to: string): { text: string; line: number } {
  const at = yaml.indexOf(from);
  expect(at).toBeGreaterThan(0);
  return {
    text: yaml.slice(0, at) + to + yaml.slice(at + from.length),
    line: yaml.slice(0, at).split("\n").length,
  };
}

describe("read an agreement file (D1)", () => {
  it("takes the reference, frozen to the bottom", () => {
    const agreement = parseAgreement(yaml, { file: "a.yaml" });
    expect(agreement.id).toBe("editions-marelle");
    const parts = [
      agreement,
      agreement.annexB,
      agreement.annexB[0]!.categories,
      agreement.periods[0]!.duration,
    ];
    expect(parts.every(Object.isFrozen)).toBe(true);
  });

  it.each<[defect: string, from: string, to: string, code: string, clause: string | undefined]>([
    ["an unknown key at the top", "annexA:", "annexe: 1\nannexA:", "UNKNOWN_KEY", undefined],
    [
      "an unknown key in a row",
      "    role: pupil",
      "    rôle: pupil\n    role: pupil",
      "UNKNOWN_KEY",
      "DB.K.gar-pupil",
    ],
    [
      "a key in another's case",
      "    origin: gar",
      "    Origin: gar\n    origin: gar",
      "UNKNOWN_KEY",
      "DB.K.gar-teacher",
    ],
    ["a missing key", "    origin: gar\n", "", "MISSING", "DB.K.gar-teacher"],
    ["an unknown category", "      - name\n", "      - nom\n", "UNKNOWN_WORD", "DB.K.gar-teacher"],
    ["an unknown role", "    role: pupil", "    role: eleve", "UNKNOWN_WORD", "DB.K.gar-pupil"],
    ["an unknown product", "    product: plume", "    product: plumes", "UNKNOWN_WORD", "DB.K.gar-teacher"],
    ["an unknown purpose", "purposes: [support]", "purposes: [help]", "UNKNOWN_WORD", "DB.K.gar-teacher"],
    ["an unknown clause", "clause: D12.2", "clause: D12.9", "UNKNOWN_CLAUSE", "D12.9"],
    [
      "a clause that is a property of every object",
      "clause: D12.2",
      "clause: Constructor",
      "UNKNOWN_CLAUSE",
      "Constructor",
    ],
    ["an unknown origin", "    origin: gar", "    origin: GAR", "BAD_VALUE", "DB.K.gar-teacher"],
    ["an unknown operation", "operations: [store, erase]", "operations: [store, sell]", "BAD_VALUE", "DC"],
    ["an unknown anchor", "anchor: accountDeleted", "anchor: someday", "BAD_VALUE", "D12.2"],
    ["a period without unit", "duration: hours(24)", "duration: 24", "BAD_VALUE", "D12.2"],
    ["a period of nothing", "duration: hours(24)", "duration: hours(0)", "BAD_VALUE", "D12.2"],
    ["a period in an unknown unit", "duration: hours(24)", "duration: weeks(4)", "BAD_VALUE", "D12.2"],
    [
      "a period that nobody answers for",
      "duration: hours(48), binds: processor, from",
      "duration: hours(48), from",
      "BAD_VALUE",
      "D10.1b",
    ],
    ["a SIRET that YAML reads as a number", '"42476141900045"', "42476141900045", "BAD_VALUE", "DC"],
    ["a transfer that the file calls possible", "transfers: none", "transfers: usa", "BAD_VALUE", "DC"],
    ["a rule without its period", "period: eraseAccount", "period: eraseAccounts", "UNKNOWN_WORD", "D12.2"],
    ["a word declared twice", "id: pupil,", "id: teacher,", "DUPLICATE", undefined],
    [
      "a recipient that is also a subprocessor",
      "recipient: host",
      "recipient: staff",
      "DUPLICATE",
      undefined,
    ],
    [
      "officers written to through nobody's recipient",
      "through: [mailer]",
      "through: [post]",
      "UNKNOWN_WORD",
      "DA",
    ],
    ["a recipient named twice for it", "through: [mailer]", "through: [mailer, mailer]", "DUPLICATE", "DA"],
    [
      "a product that bears the name kept for what the parties write to each other",
      "  - id: plume",
      "  - id: _agreement",
      "BAD_VALUE",
      "DB.K.p",
    ],
    ["a key given twice", "    role: pupil", "    role: pupil\n    role: pupil", "DUPLICATE", undefined],
    [
      "a row given twice",
      "  - clause: DB.K.gar-pupil\n    product: plume\n    origin: gar\n    role: pupil",
      "  - clause: DB.K.gar-pupil\n    product: plume\n    origin: gar\n    role: teacher",
      "DUPLICATE",
      "DB.K.gar-pupil",
    ],
    ["a role named like a property of every object", "id: pupil,", "id: __proto__,", "BAD_VALUE", undefined],
    ["an empty title", "fr: Hébergement", 'fr: ""', "BAD_VALUE", "DC"],
  ])("refuses %s and says where", (_defect, from, to, code, clause) => {
    const { text, line } = changed(from, to);
    const found = parse(text);
    expect(found.map((each) => each.code)).toContain(code);
    const first = found.find((each) => each.code === code)!;
    expect(first.clause).toBe(clause);
    expect(Math.abs(first.line - line)).toBeLessThanOrEqual(3);
    expect(first.says.fr).not.toBe(first.says.en);
    expect(first.remedy.en.length).toBeGreaterThan(10);
  });

  it.each([
    ["duration: hours(48), binds", "duration: 48, binds", "hours(24)"],
    ['"42476141900045"', "42476141900045", "14 digits between quotes"],
    ["clause: DB.K.gar-pupil", "clause: [DB.K.gar-pupil]", "one alone"],
    ["id: pupil,", "id: pupil_a,", "underscores"],
    ["fr: Hébergement", "fr: 12", 'between quotes: `"12"`'],
  ])("says what to type instead of %s: %s", (from, to, remedy) => {
    expect(parse(changed(from, to).text).map((each) => each.remedy.en)).toContainEqual(
      expect.stringContaining(remedy),
    );
  });

  it.each([
    ["tabs", "a:\n\tb: 1", "spaces"],
    ["a colon in a text", "fr: Accord : annexe", "between quotes"],
  ])("says once a line what is wrong with the syntax: %s", (_what, text, remedy) => {
    const found = parse(text).filter(({ code }) => code === "SYNTAX");
    expect(new Set(found.map(({ line }) => line)).size).toBe(found.length);
    expect(found[0]?.remedy.en).toContain(remedy);
  });

  it("points at the very value, and shows every fault at once", () => {
    const first = changed("origin: gar", "origin: GAR");
    const text = first.text.replace("duration: hours(48)", "duration: soon");
    const line = text.split("\n").findIndex((each) => each.includes("duration: soon")) + 1;
    const column = text.split("\n")[line - 1]!.indexOf("soon") + 1;
    expect(brief(parse(text))).toEqual([`BAD_VALUE ${first.line}:13`, `BAD_VALUE ${line}:${column}`]);
  });

  it.each<[defect: string, text: string, code: string]>([
    ["nothing", "", "BAD_VALUE"],
    ["a list", "- 1", "BAD_VALUE"],
    ["a text", "bonjour", "BAD_VALUE"],
    ["broken YAML", "a: [1, 2", "SYNTAX"],
    ["a tab as indentation", "a:\n\tb: 1", "SYNTAX"],
    ["two documents", `${yaml}---\n${yaml}`, "SYNTAX"],
    [
      "an alias bomb",
      `a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b]`,
      "NOT_PLAIN",
    ],
    ["an alias to itself", "a: &a [*a]", "NOT_PLAIN"],
    ["an anchor that nobody uses", "a: &a 1", "NOT_PLAIN"],
    ["a tag", "a: !!js/function 'x'", "NOT_PLAIN"],
    ["a binary tag", "a: !!binary aGVsbG8=", "NOT_PLAIN"],
    ["__proto__ as a key", "__proto__: { id: x }", "NOT_PLAIN"],
    ["constructor as a key", "roles: [{ constructor: { prototype: 1 } }]", "NOT_PLAIN"],
    ["a list as a key", "[1, 2]: 3", "SYNTAX"],
    ["a merge key", "a: { <<: { b: 1 } }", "UNKNOWN_KEY"],
    ["33 levels in brackets", "[".repeat(40) + "]".repeat(40), "TOO_DEEP"],
    ["60,000 open brackets", "[".repeat(60_000), "TOO_DEEP"],
    ["60,000 nested dashes", "- ".repeat(60_000), "TOO_DEEP"],
    ["30,000 nested braces", "{a: ".repeat(30_000), "TOO_DEEP"],
    [
      "nested by indentation",
      Array.from({ length: 200 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"),
      "TOO_DEEP",
    ],
    ["more than 128 KiB", `# ${"x".repeat(131_072)}`, "TOO_LARGE"],
    ["more than 1,000 keys", Array.from({ length: 1_001 }, (_, i) => `k${i}: 1`).join("\n"), "TOO_LARGE"],
    ["a NUL", "a: \u0000", "UNKNOWN_KEY"],
  ])("refuses %s", (_defect, text, code) => {
    expect(parse(text).map((each) => each.code)).toContain(code);
  });

  describe.each(["[", "- ", "&a ", '"', "a:\n", "[]\n"])("of hostile text made of %j", (unit) => {
    it("reads 128 KiB at most, and says 100 things of it at most", () => {
      const found = parse(unit.repeat(Math.floor(131_072 / unit.length)));
      expect(found.length).toBeGreaterThan(0);
      expect(found.length).toBeLessThanOrEqual(100);
    });

    it("reads nothing of more", () => {
      expect(brief(parse(unit.repeat(Math.ceil(131_073 / unit.length))))).toEqual(["TOO_LARGE 1:1"]);
    });
  });

  it.each([
    ["the policy", readFileSync(new URL("agreement.yaml", samplesFolder), "utf8"), 120],
    ["the agreement", yaml, 20],
  ])(
    "throws nothing but diagnostics, with a place inside the file, whatever is damaged in %s",
    (_, whole, numRuns) => {
      fc.assert(
        fc.property(fc.nat(whole.length), fc.nat(40), fc.string({ maxLength: 8 }), (at, gone, put) => {
          const text = whole.slice(0, at) + put + whole.slice(at + gone);
          const lines = text.split("\n").length;
          for (const { line, column } of parse(text)) {
            expect(line).toBeGreaterThanOrEqual(1);
            expect(line).toBeLessThanOrEqual(lines + 1);
            expect(column).toBeGreaterThanOrEqual(1);
          }
        }),
        { numRuns },
      );
    },
  );

  it("prints place, code, clause, sentence and remedy in the reader's language", () => {
    const { text, line } = changed("clause: D12.2", "clause: D12.9");
    const found = parse(text);
    expect(formatDiagnostics(found, "en")).toMatch(
      new RegExp(
        `^a\\.yaml:${line}:\\d+ error UNKNOWN_CLAUSE \\[D12\\.9\\] There is no clause .D12\\.9.\\.\\n  → Correct`,
      ),
    );
    expect(formatDiagnostics(found, "fr")).toContain("Il n'existe pas de clause");
  });
});

describe("read an agreement's folder (D1)", () => {
  const files = (over: Record<string, string | undefined> = {}) => {
    const all: Record<string, string | undefined> = { "agreement.yaml": yaml, "text.fr.md": french, ...over };
    return new Map(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
  };
  const folder = (over: Record<string, string | undefined>) =>
    diagnose(() => readAgreementFolder(files(over)));

  it("takes the text with the rules", () => {
    expect(readAgreementFolder(files()).texts).toEqual({ fr: french });
  });

  it("asks for both files", () => {
    expect(folder({ "agreement.yaml": undefined }).map(({ code, file }) => `${code} ${file}`)).toEqual([
      "MISSING_FILE agreement.yaml",
    ]);
    expect(folder({ "text.fr.md": undefined }).map(({ code, file }) => `${code} ${file}`)).toEqual([
      "MISSING_FILE text.fr.md",
    ]);
  });

  it("lets a rule cite only a clause that the text has", () => {
    const found = folder({ "text.fr.md": french.replace("### D12.2 · ", "### D12.2bis · ") });
    expect(new Set(found.map(({ code, clause }) => `${code} ${clause}`))).toEqual(
      new Set(["UNKNOWN_CLAUSE D12.2"]),
    );
  });

  it("wants one clause on every heading, once", () => {
    expect(brief(folder({ "text.fr.md": "# Accord\n\n## Objet\n\n## D1 · Un\n\n## D1 · Deux\n" }))).toEqual([
      "HEADING_WITHOUT_CLAUSE 3:1",
      "DUPLICATE 7:1",
    ]);
  });

  it("wants the same headings in both languages", () => {
    const english = read("text.en.md").replace("### D12.2 · ", "### D12.5 · ");
    const found = folder({ "text.en.md": english }).map(
      ({ code, file, clause }) => `${code} ${file} ${clause}`,
    );
    expect(found).toEqual(["MISSING text.en.md D12.2", "MISSING text.fr.md D12.5"]);
  });

  it("ignores what looks like a heading in a block of code", () => {
    expect(folder({ "text.fr.md": `${french}\n\`\`\`\n## Objet\n\`\`\`\n` })).toEqual([]);
  });
});

describe("the hash of an agreement", () => {
  const agreement = parseAgreement(yaml, { file: "a.yaml" });

  it("stays when only the layout changes, and with the order of keys", () => {
    const laidOut = `# a comment\n${yaml}`.replace(
      "    product: plume\n    origin: gar",
      "    origin: gar\n    product: plume",
    );
    expect(agreementHash(parseAgreement(laidOut, { file: "b.yaml" }))).toBe(agreementHash(agreement));
    expect(agreementHash(agreement)).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it("stays with the order in which the texts were read", () => {
    const texts = [
      { fr: "un", en: "one" },
      { en: "one", fr: "un" },
    ];
    const [first, second] = texts.map((each) =>
      agreementHash(parseAgreement(yaml, { file: "a.yaml", texts: each })),
    );
    expect(first).toBe(second);
  });

  it("changes with a figure and with a word of the text", () => {
    const hashes = [
      agreementHash(agreement),
      agreementHash(parseAgreement(yaml.replace("hours(24)", "hours(23)"), { file: "a.yaml" })),
      agreementHash(parseAgreement(yaml, { file: "a.yaml", texts: { fr: french } })),
      agreementHash(parseAgreement(yaml, { file: "a.yaml", texts: { fr: `${french} ` } })),
    ];
    expect(new Set(hashes).size).toBe(4);
  });
});
