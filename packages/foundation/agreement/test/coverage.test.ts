import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkCoverage, coverageOf } from "../src/coverage.ts";
import { type Figure, keyOf } from "../src/figure.ts";
import { figuresOf } from "../src/figures.ts";
import { referenceFolder, samplesFolder } from "../src/index.ts";
import { locateAgreementFolder } from "../src/read-agreement-folder.ts";
import { type RuleFigure, ruleFigures } from "../src/rule-figures.ts";
import { brief, check, type Files, rulesIn } from "./checked-coverage.ts";

const filesOf = (folder: URL): Files =>
  new Map(readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), "utf8")]));
const reference = filesOf(referenceFolder);

const lineOf = (text: string, words: string) => text.slice(0, text.indexOf(words)).split("\n").length;

const changedIn = (name: string, from: string, to: string): Files => {
  const text = reference.get(name) ?? "";
  expect(text.split(from).length).toBe(2);
  return new Map([...reference, [name, text.replace(from, to)]]);
};

describe("the coverage of the reference agreements (D1)", () => {
  it.each([
    ["publisher", referenceFolder],
    ["samples", samplesFolder],
  ])("is whole: %s", (_name, folder) => {
    const { agreement, source } = locateAgreementFolder(filesOf(folder));
    const coverage = coverageOf(agreement, source);
    expect(brief(coverage.diagnostics)).toEqual([]);
    expect(coverage.figures).toBeGreaterThan(10);
    expect([coverage.bound, coverage.said]).toEqual([coverage.figures, coverage.rules]);
  });

  it("names the rule of the objection alone when the French text says ten working days (D8.3)", () => {
    const before = "dispose de 7 jours ouvrés";
    for (const ten of ["10 jours ouvrés", "dix (10) jours ouvrés", "dix jours ouvrés"]) {
      const files = changedIn("text.fr.md", before, `dispose de ${ten}`);
      const found = check(files);
      const line = lineOf(reference.get("text.fr.md") ?? "", before);
      expect(brief(found)).toEqual([`FIGURE_DIFFERS text.fr.md:${line} D8.3`]);
      expect(rulesIn(found)).toEqual(new Set(["objectToSubprocessor"]));
      expect(found[0]?.says.fr).toContain(`« ${ten} »`);
      expect(found[0]?.says.fr).toContain("workingDays(7)");
      expect(found[0]?.column).toBeGreaterThan(20);
    }
  });

  it("names the clause and the figure when a rule is deleted (D10.1b)", () => {
    const yaml = reference.get("agreement.yaml") ?? "";
    const rule = /\n {2}- \{?\s*id: forwardRequest,[^}]*\}/.exec(yaml)?.[0] ?? "–";
    const found = check(changedIn("agreement.yaml", rule, ""));
    expect(found.map(({ code, clause, file }) => `${code} ${clause ?? ""} ${file}`)).toEqual([
      "FIGURE_UNBOUND D10.1b text.en.md",
      "FIGURE_UNBOUND D10.1b text.fr.md",
    ]);
    expect(found[0]?.says.en).toContain("“48 hours”");
    expect(found[0]?.remedy.en).toContain("hours(48)");
  });
});

describe("whatever is changed, exactly its rule is named", () => {
  const { agreement, source } = locateAgreementFolder(reference);
  const rules = ruleFigures(agreement).filter(({ required }) => required);
  const figures = (["fr", "en"] as const).flatMap((language) =>
    figuresOf(reference.get(`text.${language}.md`) ?? "", language).map((figure) => ({
      file: `text.${language}.md`,
      figure,
    })),
  );
  /** An amount that nothing in the clause has yet, in any unit. */
  const fresh = (clause: string | undefined, wanted: number) => {
    const taken = new Set(
      [...rules, ...figures.map(({ figure }) => figure)].flatMap((each) =>
        each.clause === clause ? [each.amount, each.amount * 12, each.amount / 12] : [],
      ),
    );
    let amount = wanted;
    while (taken.has(amount) || taken.has(amount * 12) || amount === 1) amount += 1;
    return amount;
  };
  const replaced = (name: string, place: { line: number; column: number }, amount: number): Files => {
    const lines = (reference.get(name) ?? "").split("\n");
    const line = lines[place.line - 1] ?? "";
    const rest = line.slice(place.column - 1).replace(/\d+/, String(amount));
    lines[place.line - 1] = line.slice(0, place.column - 1) + rest;
    return new Map([...reference, [name, lines.join("\n")]]);
  };
  const amounts = fc.integer({ min: 2, max: 900 });
  const CODES = new Set(["FIGURE_DIFFERS", "FIGURE_UNSAID"]);

  it.each(rules.map((rule): [string, RuleFigure] => [rule.rule, rule]))("in the rule %s", (_id, rule) => {
    fc.assert(
      fc.property(amounts, (wanted) => {
        const files = replaced("agreement.yaml", source.positionOf(rule.at), fresh(rule.clause, wanted));
        const found = check(files);
        expect(rulesIn(found)).toEqual(new Set([rule.rule]));
        expect(found.every(({ code }) => CODES.has(code))).toBe(true);
        expect(found.every(({ clause }) => clause === rule.clause)).toBe(true);
      }),
      { numRuns: 2 },
    );
  });

  const own = (figure: Figure) =>
    rules.filter((rule) => rule.clause === figure.clause && keyOf(rule) === keyOf(figure));
  const strong = figures.filter(({ figure }) => !figure.weak && own(figure).length > 0);
  it.each(
    strong.map((each): [string, (typeof strong)[number]] => [
      `${each.file} ${each.figure.clause ?? ""} ${each.figure.says}`,
      each,
    ]),
  )("in the text: %s", (_title, { file, figure }) => {
    fc.assert(
      fc.property(amounts, (wanted) => {
        const texts = replaced(file, figure, fresh(figure.clause, wanted));
        const [fr = "", en = ""] = [texts.get("text.fr.md"), texts.get("text.en.md")];
        const found = checkCoverage(agreement, source, { fr, en });
        const often = own(figure).filter(({ frequency }) => frequency === figure.frequency);
        expect(rulesIn(found)).toEqual(
          new Set((often.length > 0 ? often : own(figure)).map(({ rule }) => rule)),
        );
        expect(found.every((each) => CODES.has(each.code) && each.clause === figure.clause)).toBe(true);
        expect(found.some((each) => each.file === file)).toBe(true);
      }),
      { numRuns: 2 },
    );
  });

  it("covers every clause with a figure, in both texts", () => {
    const clauses = new Set(rules.map(({ clause }) => clause));
    for (const language of ["fr", "en"]) {
      const said = new Set(
        strong.flatMap(({ file, figure }) => (file.includes(language) ? [figure.clause] : [])),
      );
      expect(said).toEqual(clauses);
    }
  });
});
