import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkAgreementFolder, readAgreementFolder, referenceFolder } from "../src/index.ts";
import { erase, forward, host, minimalFolder, notice, prove, window } from "./minimal-agreement.ts";

const reference = new Map(
  readdirSync(referenceFolder).map((name) => [name, readFileSync(new URL(name, referenceFolder), "utf8")]),
);
const changed = (from: string, to: string) => {
  const yaml = reference.get("agreement.yaml")!;
  expect(yaml).toContain(from);
  return new Map([...reference, ["agreement.yaml", yaml.replace(from, to)]]);
};
const brief = (files: ReadonlyMap<string, string>) =>
  checkAgreementFolder(files).diagnostics.map(({ code, clause, line }) => {
    const text = files.get("agreement.yaml")!.split("\n")[line - 1]!.trim();
    return `${code} ${clause ?? ""} ${text}`.replace(/ {2}/g, " ");
  });

describe("check an agreement's folder (D1)", () => {
  it("gives the agreement with what the lints say, and does not throw where only they speak", () => {
    const files = minimalFolder({ rules: { annexC: [{ ...host, deletionDelay: "hours(48)" }] } });
    const { agreement, diagnostics, chains } = checkAgreementFolder(files);
    expect(agreement?.id).toBe("minimal");
    expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toContain(
      "error IMPOSSIBLE_DEADLINE",
    );
    expect(chains.map(({ verdict }) => verdict)).toEqual(["REFUTED"]);
    expect(readAgreementFolder(files).id).toBe("minimal");
  });

  it("gives no agreement where form or references are wrong", () => {
    const broken = checkAgreementFolder(new Map([...reference, ["agreement.yaml", "schema: 1\n"]]));
    expect([broken.agreement, broken.chains]).toEqual([undefined, []]);
    expect(broken.diagnostics.every(({ severity }) => severity === "error")).toBe(true);
    expect(checkAgreementFolder(new Map()).diagnostics.map(({ code, file }) => `${code} ${file}`)).toEqual([
      "MISSING_FILE text.fr.md",
      "MISSING_FILE agreement.yaml",
    ]);
  });

  it("holds the text's figures against the rules (D8.3)", () => {
    const text = reference.get("text.fr.md")!;
    const ten = text.replace("7 jours ouvrés pour s’opposer, à", "10 jours ouvrés pour s’opposer, à");
    expect(ten).not.toBe(text);
    const found = checkAgreementFolder(new Map([...reference, ["text.fr.md", ten]])).diagnostics;
    expect(
      found.filter(({ severity }) => severity === "error").map(({ code, clause }) => `${code} ${clause}`),
    ).toEqual(["FIGURE_DIFFERS D8.3"]);
  });

  it("says what is wrong with the form of the rules beside what is wrong with the text", () => {
    const files = changed("kind: full", "kind: whole");
    const text = files.get("text.fr.md")!.replace("## D1 · ", "## ");
    const found = checkAgreementFolder(new Map([...files, ["text.fr.md", text]])).diagnostics;
    expect(found.map(({ code, file }) => `${code} ${file}`)).toEqual([
      "HEADING_WITHOUT_CLAUSE text.fr.md",
      "MISSING text.fr.md",
      "BAD_VALUE agreement.yaml",
    ]);
  });

  it.each<[cited: string, from: string, to: string, found: string]>([
    ["a clause that survives", "survives: [D7,", "survives: [D77,", "UNKNOWN_CLAUSE D77 "],
    [
      "the clause of an end",
      "endOfContract: { clause: D6.2c",
      "endOfContract: { clause: D6.9",
      "UNKNOWN_CLAUSE D6.9 ",
    ],
    [
      "the clause of a rule in a rule",
      "thirdParties: { clause: D13.1",
      "thirdParties: { clause: D13.9",
      "UNKNOWN_CLAUSE D13.9 ",
    ],
    [
      "the clause of a safeguard",
      "{ id: suspension, clause: D4.1 }",
      "{ id: suspension, clause: D4.9 }",
      "UNKNOWN_CLAUSE D4.9 ",
    ],
    [
      "the clause of an acceptance",
      "clause: D10.2a\n    why",
      "clause: D10.9\n    why",
      "UNKNOWN_CLAUSE D10.9 ",
    ],
    ["a lint", "lint: VAGUE_FIGURE", "lint: VAGUE_FIGURES", "UNKNOWN_WORD D10.2a "],
    ["a person", "persons: [pupil,", "persons: [eleve,", "UNKNOWN_WORD DB.K.p "],
    [
      "the recipient of an exception",
      "{ recipient: mailer, period",
      "{ recipient: staff, period",
      "UNKNOWN_WORD D12.2 ",
    ],
    ["the period of an exception", "period: eraseMailerLog }", "period: eraseMail }", "UNKNOWN_WORD D12.2 "],
    ["the notice", "notice: announceSubprocessor", "notice: announce", "UNKNOWN_WORD D8.3 "],
    ["the window", "window: objectToSubprocessor", "window: object", "UNKNOWN_WORD D8.3 "],
    ["who holds the backups", "heldBy: [host]", "heldBy: [cellar]", "UNKNOWN_WORD DD.1 "],
    ["a base", "every: days(1), base: monthly", "every: days(1), base: weekly", ""],
    [
      "a generation",
      "{ id: monthly, kind: full, every: months(1) }",
      "{ id: weekly, kind: full, every: months(1) }",
      "UNKNOWN_WORD DD.1 ",
    ],
    [
      "a safeguard twice",
      "- { id: suspension, clause: D4.1 }",
      "- { id: sensitiveData, clause: D4.1 }",
      "DUPLICATE ",
    ],
    ["a measure twice", "id: portability,", "id: hosting,", "DUPLICATE "],
    [
      "a choice of less than nothing",
      "measures:\n",
      "choices:\n  - { id: c, clause: D3, least: months(6), most: months(5), fr: c, en: c }\nmeasures:\n",
      "BAD_VALUE D3 ",
    ],
    ["a subprocessor of no register", '    siret: "49801929800112"\n', "", "BAD_VALUE DC "],
    ["a country in full", "country: FR", "country: France", "BAD_VALUE DD.0 "],
    ["a period that runs from nothing known", "from: requestReceived", "from: someday", "BAD_VALUE D10.1b "],
  ])("looks up %s", (_, from, to, found) => {
    const all = brief(changed(from, to));
    if (found === "") expect(all.join()).toContain("DIFFERENTIAL_WITHOUT_BASE");
    else expect(all.some((each) => each.startsWith(found))).toBe(true);
  });

  it("takes a subprocessor that is registered abroad", () => {
    const files = changed('siret: "49801929800112"', "register: Handelsregister Berlin, HRB 999999");
    expect(checkAgreementFolder(files).agreement?.annexC[2]).toMatchObject({
      register: "Handelsregister Berlin, HRB 999999",
    });
  });

  it("throws nothing, and points inside the files, whatever is damaged in the text", () => {
    const files = minimalFolder({ fr: { D13: "Dans les meilleurs délais, soit **24** heures (art. 33)." } });
    const whole = files.get("text.fr.md")!;
    const anyPut = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom("\n## ", "```\n", "<!--", "|", "\u0000", "12 h"),
    );
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(40), anyPut, (at, gone, put) => {
        const text = whole.slice(0, at) + put + whole.slice(at + gone);
        const damaged = new Map([...files, ["text.fr.md", text]]);
        for (const { file, line, column } of checkAgreementFolder(damaged).diagnostics) {
          const lines = damaged.get(file)!.split(/\r\n|\n|\r/);
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeLessThanOrEqual(lines[line - 1]!.length + 1);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("lists five hundred findings of one lint, and no more", () => {
    const files = minimalFolder({ fr: { D13: "Un délai raisonnable.\n".repeat(3_000) } });
    const found = checkAgreementFolder(files).diagnostics.filter(({ code }) => code === "VAGUE_FIGURE");
    expect(found).toHaveLength(500);
  });

  it("takes vague words by the thousand in time, also where a rule has a figure", () => {
    const files = minimalFolder({ fr: { D10: "Sous 48 heures. Un délai raisonnable.\n".repeat(20_000) } });
    const found = checkAgreementFolder(files).diagnostics.filter(({ code }) => code === "VAGUE_FIGURE");
    expect(found).toHaveLength(500);
  });

  it("says everything in the order of the files", () => {
    const periods = [forward, notice, window, prove, { ...erase, from: undefined }];
    const files = minimalFolder({
      rules: { periods, transfers: undefined, annexC: [{ ...host, deletionDelay: "unknown" }] },
      fr: { D13: "Dans les meilleurs délais." },
    });
    const found = checkAgreementFolder(files).diagnostics;
    const places = found.map(({ file, line }) => [file, line] as const);
    expect(places).toEqual(places.toSorted((a, b) => a[0].localeCompare(b[0]) || a[1] - b[1]));
    expect(found.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["TRANSFERS_UNSTATED", "UNKNOWN_DELAY", "VAGUE_FIGURE"]),
    );
  });
});
