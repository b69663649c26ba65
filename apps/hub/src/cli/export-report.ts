/** What a dry run and a finished export say on a terminal: counts and opaque names, nothing about whom. */
import path from "node:path";
import type { Language, NotCovered } from "@preau/kernel";
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
  if (files.given > 0) facts.push(`${words.entries(files.given)} (${sizeText(files.bytes, language)})`);
  return paragraphs([
    `${facts.join(" · ")}\n${tableText(
      [words.table, words.category, words.rows],
      tables.map((each) => [each.table, each.title?.[language] ?? each.category, number.format(each.rows)]),
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

/** As `sha256sum` writes it and `sha256sum -c` reads it: one line a package. */
export function sumsText(written: readonly Written[], cwd: string): string {
  return written.map(({ file, sha256 }) => `${sha256}  ${nearName(file, cwd)}\n`).join("");
}

/** What a person types: the short name where the file stands within the working folder. */
function nearName(file: string, cwd: string): string {
  const near = path.relative(cwd, file);
  return near.startsWith("..") ? file : near;
}

/** All of them together: `50 packages · 12 MB · 63,211 rows · 214 files`. */
function sumText(written: readonly Written[], language: Language): string {
  const words = exportTexts[language];
  const number = new Intl.NumberFormat(language);
  const sum = (pick: (each: Written) => number) => written.reduce((total, each) => total + pick(each), 0);
  const files = sum((each) => each.files);
  const rows = sum((each) => each.rows);
  const facts = [
    words.packages(written.length),
    sizeText(
      sum(({ bytes }) => bytes),
      language,
    ),
    ...(rows === 0 ? [] : [`${number.format(rows)} ${words.rows}`]),
    ...(files === 0 ? [] : [words.entries(files)]),
  ];
  return `${facts.join(" · ")}\n`;
}

/** What was written, and what all of it together lacks, each place once. */
export function writtenText(written: readonly Written[], language: Language): string {
  const words = exportTexts[language];
  const number = new Intl.NumberFormat(language);
  const sum = (pick: (each: Written) => number) => written.reduce((total, each) => total + pick(each), 0);
  const [withheld, missing, names] = [
    sum((each) => each.withheld),
    sum(({ notGiven }) => notGiven.missing),
    sum(({ notGiven }) => notGiven.namesOthers),
  ];
  const places = new Map(written.flatMap((each) => each.notCovered).map((each) => [each.what, each]));
  const told = [
    sumText(written, language),
    withheld === 0 ? "" : `${words.withheldCount(number.format(withheld))}\n`,
    missing === 0 ? "" : `${words.notGivenCount(number.format(missing), words.why.missing)}\n`,
    names === 0 ? "" : `${words.notGivenCount(number.format(names), words.why.namesOthers)}\n`,
  ];
  return paragraphs([told.join(""), notCoveredText([...places.values()], language)]);
}

interface CountedProject {
  readonly tables: readonly { readonly table: string; readonly rows: number }[];
  readonly files: { readonly given: number; readonly bytes: number; readonly missing: number };
}

export function projectText(name: string, { tables, files }: CountedProject, language: Language): string {
  const words = exportTexts[language];
  const number = new Intl.NumberFormat(language);
  const rows = tables.reduce((sum, each) => sum + each.rows, 0);
  const facts = [name, `${number.format(rows)} ${words.rows}`];
  if (files.given > 0) facts.push(`${words.entries(files.given)} (${sizeText(files.bytes, language)})`);
  const lines = tables.map((each) => [each.table, number.format(each.rows)]);
  return paragraphs([
    `${facts.join(" · ")}\n${tableText([words.table, words.rows], lines)}`,
    files.missing === 0 ? "" : `${words.notGivenCount(number.format(files.missing), words.why.missing)}\n`,
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
