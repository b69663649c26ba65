/** What a dry run and a finished export say on a terminal: counts and opaque names, nothing about whom. */
import type { Language, NotCovered } from "@preau/kernel";
import { alignedTable } from "./aligned-table.ts";
import type { Written } from "./export-packages.ts";
import { sizeText } from "./export-sizes.ts";
import type { SurveyedStore } from "./export-survey.ts";
import { exportTexts } from "./export-texts.ts";

const SHOWN = 12;

export function surveyText(stores: readonly SurveyedStore[], language: Language): string {
  return paragraphs(stores.map((store) => storeText(store, language)));
}

function storeText({ store, tables, files, ...rest }: SurveyedStore, language: Language): string {
  const words = exportTexts[language];
  const number = new Intl.NumberFormat(language);
  const rows = tables.reduce((sum, each) => sum + each.rows, 0);
  const facts = [store, `${number.format(rows)} ${words.rows}`];
  if (files.given > 0)
    facts.push(`${number.format(files.given)} ${words.files} (${sizeText(files.bytes, language)})`);
  return paragraphs([
    `${facts.join(" · ")}\n${tableText(
      [words.table, words.category, words.rows],
      tables.map((each) => [each.table, each.category, number.format(each.rows)]),
    )}`,
    listText(
      words.withheld,
      rest.withheld.map((each) => `${each.column}: ${number.format(each.rows)}`),
      language,
    ),
    listText(
      words.notGiven,
      rest.notGiven.map((each) => `${words.why[each.why]}: ${number.format(each.files)}`),
      language,
    ),
    notCoveredText(rest.notCovered, language),
  ]);
}

/** One line a package: file, size, rows, files, SHA-256. */
export function writtenText(written: readonly Written[], language: Language): string {
  const words = exportTexts[language];
  const number = new Intl.NumberFormat(language);
  return alignedTable(
    written.map(({ file, bytes, rows, files, sha256 }) => [
      file,
      sizeText(bytes, language),
      `${number.format(rows)} ${words.rows}`,
      words.entries(files),
      sha256,
    ]),
  );
}

/** What all of them together lack, each place once. */
export function missingText(written: readonly Written[], language: Language): string {
  const words = exportTexts[language];
  const sum = (pick: (each: Written) => number) => written.reduce((total, each) => total + pick(each), 0);
  const [withheld, missing, names] = [
    sum((each) => each.withheld),
    sum(({ notGiven }) => notGiven.missing),
    sum(({ notGiven }) => notGiven.namesOthers),
  ];
  const places = new Map(written.flatMap((each) => each.notCovered).map((each) => [each.what, each]));
  return paragraphs([
    withheld === 0 ? "" : `${words.withheld}: ${withheld}\n`,
    missing === 0 ? "" : `${words.notGiven}: ${missing} (${words.why.missing})\n`,
    names === 0 ? "" : `${words.notGiven}: ${names} (${words.why.namesOthers})\n`,
    notCoveredText([...places.values()], language),
  ]);
}

function notCoveredText(places: readonly NotCovered[], language: Language): string {
  const lines = places.map(({ what, why }) => `${what}: ${why}`);
  return listText(exportTexts[language].notCovered, lines, language);
}

/** Columns aligned; the last one holds figures and stands to the right. */
function tableText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const last = head.length - 1;
  return all
    .map((row) =>
      row
        .map((cell, column) =>
          column === last ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join("  "),
    )
    .map((line) => `  ${line}\n`)
    .join("");
}

function listText(title: string, items: readonly string[], language: Language): string {
  if (items.length === 0) return "";
  const rest = items.length - SHOWN;
  const lines = items.slice(0, SHOWN).map((item) => `  - ${item}\n`);
  const more = rest > 0 ? `  … ${rest} ${exportTexts[language].more}\n` : "";
  return `${title} (${items.length})\n${lines.join("")}${more}`;
}

/** One empty line between those that say something. */
function paragraphs(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n");
}
