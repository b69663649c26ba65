/** The reference agreement, and the file of an invented school that lacks a few things. */
import { readdirSync, readFileSync } from "node:fs";
import { type Agreement, agreementHash, readAgreementFolder, referenceFolder } from "@preau/agreement";
import { type LocalDate, localDate } from "@preau/calendar";
import { controllerId, type Instant, instant, type Language } from "@preau/kernel";
import type { Block, Document } from "../src/document.ts";
import type { ControllerFile, ControllerSource, FiledContract, Source } from "../src/source.ts";
import { spell, spellLine, spellText } from "../src/spell.ts";

export const at: Instant = instant("2026-11-23T08:15:00.000Z");
export const SCHOOL = controllerId("ecole-des-mirabelliers");

let read: Agreement | undefined;
export function referenceAgreement(): Agreement {
  const names = readdirSync(referenceFolder).filter((name) => /\.(yaml|md)$/u.test(name));
  read ??= readAgreementFolder(
    new Map(names.map((name) => [name, readFileSync(new URL(name, referenceFolder), "utf8")])),
  );
  return read;
}

export const contract = (id: string, more: Partial<FiledContract> = {}): FiledContract => ({
  id: `ctr_${id}`,
  controller: SCHOOL,
  reference: `MIR-${id}`,
  products: ["plume", "jardin"],
  startsOn: localDate("2026-09-01"),
  endsOn: localDate("2027-08-31"),
  agreement: agreementHash(referenceAgreement()),
  createdAt: at,
  state: "running",
  ...more,
});

export const endedContract = (endsOn: LocalDate, more: Partial<FiledContract> = {}): FiledContract =>
  contract("2023", {
    products: ["plume"],
    startsOn: localDate("2020-09-01"),
    endsOn,
    atEnd: "return",
    state: "ended",
    ...more,
  });

function schoolFile(more: Partial<ControllerFile> = {}): ControllerFile {
  return {
    controller: {
      id: SCHOOL,
      kind: "school",
      name: "École maternelle des Mirabelliers",
      legalForm: "Commune",
      seat: "8, rue des Mirabelliers, 57000 Metz",
      siret: "99900102700013",
      uai: "0579901C",
      place: { region: "alsace-moselle", zone: "Europe/Paris", goodFriday: "unknown" },
      createdAt: at,
    },
    officers: [
      {
        id: "ofc_1",
        controller: SCHOOL,
        role: "dpo",
        name: "Tancrède Ohl",
        email: "dpo@mirabelliers.example",
        address: "8, rue des Mirabelliers, 57000 Metz",
      },
    ],
    contracts: [contract("2026")],
    periods: [{ contract: "ctr_2026", rule: "unusedData", duration: { unit: "months", amount: 12 } }],
    bases: [
      {
        contract: "ctr_2026",
        product: "plume",
        purpose: "support",
        legalBasis: "publicTask",
      },
    ],
    attestations: [],
    ...more,
  };
}

export function source(language: Language = "fr"): Source {
  return { agreement: referenceAgreement(), language, at };
}

export function schoolSource(
  language: Language = "fr",
  more: Partial<ControllerFile> = {},
): ControllerSource {
  return { ...source(language), file: schoolFile(more) };
}

/** What a document says, line by line; the cells of a row on one line, between bars. */
export function linesOfDocument({ language, title, subtitle, facts, blocks }: Document): readonly string[] {
  const ids = (clauses: readonly string[]) => clauses.map((id) => ` [${id}]`).join("");
  const entries = (all: typeof facts) =>
    all.map(
      ({ term, value, clause }) =>
        `${term} | ${value.map((line) => spellLine(line, language)).join(" / ")}${ids(clause === undefined ? [] : [clause])}`,
    );
  const said = (block: Block): readonly string[] => {
    switch (block.kind) {
      case "heading":
        return [`${"#".repeat(block.level)} ${spellText(block.text, language)}${ids(block.clauses)}`];
      case "paragraph":
      case "note":
        return [spellLine(block.line, language) + ids(block.clauses)];
      case "list":
        return block.items.map((item) => item.map((piece) => spell(piece, language).text).join(""));
      case "definitions":
        return entries(block.entries);
      case "folded":
        return [`> ${spellText(block.title, language)}`, ...block.blocks.flatMap(said)];
      case "table":
        return block.rows.length === 0
          ? [block.empty]
          : block.rows.map((row) =>
              row.map((each) => each.map((line) => spellLine(line, language)).join(" / ")).join(" | "),
            );
    }
  };
  return [title, subtitle, ...entries(facts), ...blocks.flatMap(said)].map((line) =>
    line.replaceAll(/[\u00a0\u202f]/gu, " "),
  );
}
