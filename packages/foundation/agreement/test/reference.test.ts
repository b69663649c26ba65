import { readdirSync, readFileSync } from "node:fs";
import { controllerId } from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import {
  clauseIds,
  clausesFile,
  durationOf,
  oneAgreement,
  readAgreementFolder,
  referenceFolder,
  retentionRules,
} from "../src/index.ts";

const files = new Map(
  readdirSync(referenceFolder).map((name) => [name, readFileSync(new URL(name, referenceFolder), "utf8")]),
);
const reference = readAgreementFolder(files);

interface Clause {
  readonly id: string;
  readonly fr: string;
  readonly en: string;
}

describe("the clauses that ship with the product", () => {
  const clauses = parse(readFileSync(clausesFile, "utf8")) as Clause[];

  it("are the ids that code may cite, in that order", () => {
    expect(clauses.map(({ id }) => id)).toEqual([...clauseIds]);
  });

  it("have words in both languages", () => {
    for (const { fr, en } of clauses) expect([fr, en].every((words) => words.length > 5)).toBe(true);
  });
});

describe("the reference agreement", () => {
  it("has a heading for every clause of the agreement, in both languages", () => {
    for (const file of ["text.fr.md", "text.en.md"]) {
      const headings = [...files.get(file)!.matchAll(/^#{2,6} (\S+) · /gm)].map((match) => match[1]);
      expect(headings).toEqual(expect.arrayContaining([...clauseIds].filter((id) => id.startsWith("D"))));
    }
  });

  it("is in force for every controller until contracts say otherwise (D1)", () => {
    const inForce = oneAgreement(reference);
    for (const id of ["school-1", "school-2"].map(controllerId)) {
      expect(inForce.of(id)).toBe(reference);
      expect(inForce.tableOf(id).agreement).toBe(inForce.hashOf(id));
    }
  });

  it("names three subprocessors, none of which transfers (DC, D9.1)", () => {
    expect(reference.annexC.map(({ recipient, siret, transfers }) => [recipient, siret, transfers])).toEqual([
      ["host", "42476141900045", "none"],
      ["supportDesk", "83308580600028", "none"],
      ["mailer", "49801929800112", "none"],
    ]);
  });

  it.each([
    ["D8.3", "workingDays", 7, "right"],
    ["D9.3", "workingDays", 7, "right"],
    ["D10.1b", "hours", 48, "binds"],
    ["D10.2c", "hours", 72, "binds"],
    ["D11.2", "workingDays", 15, "right"],
    ["D12.2", "hours", 24, "binds"],
    ["D12.3", "months", 6, "binds"],
    ["D12.4", "years", 2, "binds"],
  ])("gives the figure of %s: %s(%i), which %s", (clause, unit, amount, rounding) => {
    expect(durationOf(reference, clause)).toMatchObject({ clause, unit, amount, rounding });
  });

  it("asks for the rule where a clause sets several periods (DD.8)", () => {
    expect(() => durationOf(reference, "DD.8")).toThrow(
      expect.objectContaining({ code: "AGREEMENT_NO_DURATION" }),
    );
    expect(() => durationOf(reference, "D13.1")).toThrow(
      expect.objectContaining({ code: "AGREEMENT_NO_DURATION" }),
    );
    expect(durationOf(reference, "DD.8", "keepArchivedLogs")).toMatchObject({ unit: "years", amount: 1 });
    expect(durationOf(reference, "D10.1c", "answerRequest")).toMatchObject({ unit: "months", amount: 1 });
  });

  it("runs every retention period from an anchor (D12.2, D12.3, D12.4, DD.1, DD.8)", () => {
    const rules = retentionRules(reference).map(({ clause, anchor, after, then }) =>
      [clause, anchor, `${after.unit}(${after.amount})`, then].join(" "),
    );
    expect(rules).toEqual([
      "D12.2 accountDeleted hours(24) erase",
      "D12.3 liveDataDeleted months(6) erase",
      "D12.4 lastActivity years(2) erase",
      "D12.4 contractEnded years(2) erase",
      "DD.1 backupMade days(7) erase",
      "DD.1 backupMade days(28) erase",
      "DD.1 backupMade months(6) erase",
      "DD.8 entryRecorded months(6) archive",
      "DD.8 entryArchived years(1) erase",
    ]);
  });
});
