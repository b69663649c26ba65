import { readdirSync, readFileSync } from "node:fs";
import { controllerId } from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import {
  checkAgreementFolder,
  clauseIds,
  clausesFile,
  durationOf,
  oneAgreement,
  readAgreementFolder,
  referenceFolder,
  retentionRules,
  samplesFolder,
} from "../src/index.ts";

const filesOf = (folder: URL) =>
  new Map(readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), "utf8")]));
const files = filesOf(referenceFolder);
const samples = filesOf(samplesFolder);
const reference = readAgreementFolder(files);

const headingsOf = (text: string) => [...text.matchAll(/^#{2,6} (\S+) · /gm)].map((match) => match[1]);

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
      const wanted = [...clauseIds].filter((id) => id.startsWith("D"));
      expect(headingsOf(files.get(file)!)).toEqual(expect.arrayContaining(wanted));
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
      "D6.1b contractEnded years(5) erase",
      "D6.1c contractEnded years(5) erase",
      "D6.2c entryRecorded years(5) erase",
      "D10.2a caseClosed years(5) erase",
    ]);
  });
});

describe("the check of the reference agreement", () => {
  const check = checkAgreementFolder(files);

  it("leaves nothing but what a subprocessor does not document", () => {
    expect(check.diagnostics.map(({ severity, code, clause }) => `${severity} ${code} ${clause}`)).toEqual([
      "unknown UNKNOWN_DELAY D12.2",
      "unknown UNKNOWN_DELAY D12.4",
    ]);
    for (const { says } of check.diagnostics) expect(says.en).toContain("Crisp");
  });

  it("lists what the parties accept, and why", () => {
    const accepted = check.accepted.map(
      ({ diagnostic: { code, clause, file } }) => `${code} ${clause} ${file}`,
    );
    expect(accepted).toEqual([
      "GAR_ROLE_EMPTY DB.K.gar-pupil agreement.yaml",
      "VAGUE_FIGURE D10.2a text.fr.md",
      "VAGUE_FIGURE D10.2a text.en.md",
    ]);
  });

  it("finds that every other copy goes in time, the mailer's log under its exception (D12.2, D12.3, D12.4)", () => {
    const links = check.chains.flatMap(({ rule, links: each }) =>
      each.map(({ holder, verdict, limit }) => `${rule} ${holder} ${verdict} ${limit.clause}`),
    );
    expect(links).toEqual([
      "deletedAccount host PASS D12.2",
      "deletedAccount supportDesk UNKNOWN D12.2",
      "deletedAccount mailer PASS DC",
      "backupCopies daily PASS D12.3",
      "backupCopies weekly PASS D12.3",
      ...Array<string>(3).fill("backupCopies monthly PASS D12.3"),
      ...["unusedData", "expiredContract"].flatMap((rule) => [
        `${rule} host PASS D12.4`,
        `${rule} supportDesk UNKNOWN D12.4`,
        `${rule} mailer PASS D12.4`,
      ]),
    ]);
  });

  it("refutes 24 hours without the exception (D12.2)", () => {
    const yaml = files.get("agreement.yaml")!;
    const exception = "      exceptions: [{ recipient: mailer, period: eraseMailerLog }],\n";
    expect(yaml).toContain(exception);
    const without = checkAgreementFolder(
      new Map([...files, ["agreement.yaml", yaml.replace(exception, "")]]),
    );
    expect(without.diagnostics.map(({ code }) => code)).toContain("IMPOSSIBLE_DEADLINE");
  });
});

describe("the reference policy", () => {
  const check = checkAgreementFolder(samples);

  it("has a heading for every clause of the policy, in both languages", () => {
    for (const file of ["text.fr.md", "text.en.md"]) {
      expect(headingsOf(samples.get(file)!)).toEqual([...clauseIds].filter((id) => id.startsWith("S")));
    }
  });

  it("leaves nothing to say", () => {
    expect([check.diagnostics, check.accepted]).toEqual([[], []]);
    expect(check.agreement?.kind).toBe("policy");
  });

  it("gives a size, periods, and what a contract may choose (S2, S6, S9, S10, S15)", () => {
    const policy = check.agreement!;
    expect(policy.counts).toMatchObject([{ clause: "S2", count: 10, unit: "megabytes" }]);
    expect(durationOf(policy, "S6", "presales")).toMatchObject({ unit: "days", amount: 90 });
    expect(durationOf(policy, "S9")).toMatchObject({ unit: "days", amount: 30 });
    expect(
      retentionRules(policy).map(({ store, anchor, after }) => `${store} ${anchor} ${after.amount}`),
    ).toEqual(["samples presalesClosed 24", "loadingData loadingAccepted 30"]);
    expect(policy.choices.map(({ clause, mandatory, otherwise }) => [clause, mandatory, otherwise])).toEqual([
      ["S10", false, "none"],
      ["S15", false, "none"],
    ]);
    expect(policy.choices[1]).toMatchObject({ least: { amount: 6 }, most: { amount: 12, unit: "months" } });
  });
});
