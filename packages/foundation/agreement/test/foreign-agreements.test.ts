import { describe, expect, it } from "vitest";
import { checkAgreementFolder } from "../src/index.ts";
import { nebuleuse, tableauNoir } from "./foreign-agreements.ts";
import { hulotte } from "./foreign-plain.ts";
import { sarcelle } from "./foreign-tables.ts";

const changed = (files: ReadonlyMap<string, string>, name: string, from: string, to: string) => {
  const text = files.get(name) ?? "";
  expect(text.split(from).length).toBe(2);
  return new Map([...files, [name, text.replace(from, to)]]);
};
const errors = (files: ReadonlyMap<string, string>) =>
  checkAgreementFolder(files)
    .diagnostics.filter(({ severity }) => severity === "error")
    .map(({ code, file, clause, says }) =>
      `${code} ${file} ${clause ?? "–"} ${/rule `([^`]+)`/i.exec(says.en)?.[1] ?? ""}`.trim(),
    );

describe("an agreement that somebody else wrote (D1)", () => {
  it.each([
    ["a publisher's", tableauNoir, 24, 4],
    ["a hosting company's policy", nebuleuse, 16, 2],
    ["one in tables", sarcelle, 34, 4],
    ["one in plain words", hulotte, 12, 0],
  ])("is whole: %s", (_whose, files, figures, exempt) => {
    expect(errors(files)).toEqual([]);
    expect(checkAgreementFolder(files).coverage).toMatchObject({ figures, bound: figures, exempt });
  });

  it.each([
    ["in tables", sarcelle],
    ["in plain words", hulotte],
  ])("has nothing at all to say of one that is in order: %s", (_how, files) => {
    expect(checkAgreementFolder(files).diagnostics).toEqual([]);
  });

  it("knows the capital of annex A however a language writes it, and no other sum", () => {
    const sum = (written: string) => errors(changed(sarcelle, "text.en.md", "€10,000", written));
    expect(["10 000 euros", "EUR 10,000", "10,000 €"].map(sum)).toEqual([[], [], []]);
    expect(["€100,000", "€10,001", "10,000 pupils"].map((each) => sum(each).length)).toEqual([1, 1, 1]);
  });

  it("asks for the minutes of what may be a time of the day", () => {
    const found = checkAgreementFolder(changed(sarcelle, "text.fr.md", "de 9h00 à", "de 9h à")).diagnostics;
    expect(found.map(({ remedy }) => remedy.fr)).toEqual([expect.stringContaining("9h00")]);
  });

  it("leaves a subprocessor that documents nothing unknown (D12.2)", () => {
    const { chains } = checkAgreementFolder(tableauNoir);
    expect(chains.map(({ verdict }) => verdict)).toContain("UNKNOWN");
  });

  it.each([
    [
      "over a line's end",
      "préavis de trois\nmois",
      "préavis de six\nmois",
      "FIGURE_DIFFERS text.fr.md Art1.1 notice",
    ],
    [
      "in words and digits",
      "trente-six (36)",
      "quarante-huit (48)",
      "FIGURE_DIFFERS text.fr.md Art2.2 notifyBreach",
    ],
    ["in a cell", "| 14 jours |", "| 15 jours |", "FIGURE_UNBOUND text.fr.md Art4"],
    ["in a quotation", "sous 72 h ;", "sous 96 h ;", "FIGURE_DIFFERS text.fr.md Art4 erase"],
    [
      "in an item",
      "14 caractères minimum",
      "8 caractères minimum",
      "FIGURE_DIFFERS text.fr.md AnnexeII passwordLength",
    ],
    [
      "of a subprocessor",
      "effacement sous 24 heures",
      "effacement sous 12 heures",
      "FIGURE_DIFFERS text.fr.md AnnexeI host.deletionDelay",
    ],
  ])("notices a figure that changes %s", (_where, from, to, found) => {
    expect(errors(changed(tableauNoir, "text.fr.md", from, to))).toEqual([found]);
  });

  it.each([
    ["a numbered row", sarcelle, "| 7 jours |", "| 10 jours |", "FIGURE_DIFFERS text.fr.md A5 account"],
    ["abbreviated days", hulotte, "2 j. ouvrés", "3 j. ouvrés", "FIGURE_DIFFERS text.fr.md Si demande"],
    [
      "nights",
      hulotte,
      "chaque nuit",
      "chaque semaine",
      "FIGURE_UNSAID agreement.yaml Comment backups.daily.every",
    ],
  ])("notices a figure that changes in %s", (_where, files, from, to, found) => {
    expect(errors(changed(files, "text.fr.md", from, to))).toEqual([found]);
  });

  it("notices what only one language changes, and a repeated figure that no longer repeats", () => {
    expect(errors(changed(nebuleuse, "text.en.md", "15 more days", "20 more days"))).toEqual([
      "FIGURE_DIFFERS text.en.md N.2 longer",
    ]);
    expect(errors(changed(nebuleuse, "text.fr.md", "règle des cinq jours", "règle des six jours"))).toEqual([
      "FIGURE_DIFFERS text.fr.md N.3 destroy",
    ]);
  });
});
