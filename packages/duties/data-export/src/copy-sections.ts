/** The data of a copy for readers: a section a category, a table each, the newest rows, in the words of the stores. */
import {
  type Block,
  type Cell,
  definitions,
  entry,
  folded,
  heading,
  type Line,
  paragraph,
  soft,
  type Table,
} from "@preau/documents";
import type { ColumnWords } from "@preau/kernel";
import { type Reader, sayValue } from "./copy-cell.ts";
import type { CopiedTable } from "./copy-gather.ts";
import type { CopiedRow } from "./copy-spool.ts";
import { copyTexts } from "./copy-texts.ts";

/** A page is no wider; what a row has beyond stands in its last cell. */
const MOST_COLUMNS = 6;

export interface CategorySection {
  readonly title: string;
  readonly named: boolean;
  readonly tables: readonly CopiedTable[];
}

export function categoryBlocks(section: CategorySection, reader: Reader): readonly Block[] {
  const texts = copyTexts[reader.language];
  return [
    heading(2, section.title),
    ...(section.named ? [] : [paragraph([soft(texts.unnamedHere)])]),
    ...section.tables.flatMap((table) => [
      heading(3, tableTitle(table, reader)),
      ...tableBlocks(table, reader),
    ]),
  ];
}

/** What makes the application work, folded away: it is about the person too. */
export function technicalBlocks(tables: readonly CopiedTable[], reader: Reader): readonly Block[] {
  const texts = copyTexts[reader.language];
  if (tables.length === 0) return [];
  return [
    heading(2, texts.technical),
    paragraph(texts.technicalSays),
    ...tables.map((table) =>
      folded(`${tableTitle(table, reader)} – ${texts.rows(table.rows)}`, tableBlocks(table, reader)),
    ),
  ];
}

export function tableTitle({ words, where }: CopiedTable, { language }: Reader): string {
  return words?.title[language] ?? where;
}

interface ShownColumn {
  readonly name: string;
  readonly title: string;
  readonly words: ColumnWords | undefined;
  /** What each row shown has, newest first. */
  readonly cells: readonly Cell[];
}

function tableBlocks(table: CopiedTable, reader: Reader): readonly Block[] {
  const texts = copyTexts[reader.language];
  const rows = table.newest.rows();
  const columns = shownColumns(table, rows, reader);
  const count = texts.rows(table.rows);
  const where = [" ", soft(`${table.path}.csv`)];
  if (columns.length === 0) return [paragraph([texts.onlyTechnical(count), ...where])];
  const lead =
    rows.length < table.rows
      ? paragraph([texts.newestShown(count, rows.length), ...where])
      : paragraph([texts.allShown(count), " ", soft(`${texts.inFile}${texts.colon}${table.path}.csv`)]);
  const body =
    rows.length === 1
      ? definitions(columns.map(({ title, cells }) => entry(title, cells[0] ?? [])))
      : tableOf(tableTitle(table, reader), columns, reader);
  return [lead, body, ...takenOut(table, reader)];
}

/** Those that a reader wants, in the store's order, but for the ones in which no row shown has anything. */
function shownColumns(
  table: CopiedTable,
  rows: readonly CopiedRow[],
  reader: Reader,
): readonly ShownColumn[] {
  const words = table.words?.columns;
  const names =
    words === undefined
      ? [...table.columns]
      : Object.keys(words).filter((name) => words[name]?.form !== "technical" && table.columns.has(name));
  return names
    .map((name) => ({
      name,
      title: words?.[name]?.title[reader.language] ?? name,
      words: words?.[name],
      cells: rows.map((row) => cellOf(table, row, { name, reader })),
    }))
    .filter(({ cells }) => cells.some((each) => each.length > 0));
}

function cellOf(
  { words, named }: CopiedTable,
  { row, names, withheld }: CopiedRow,
  { name, reader }: { readonly name: string; readonly reader: Reader },
): Cell {
  const value = row[name];
  const called = names?.[name];
  if (called !== undefined) return [[called]];
  if (withheld?.includes(name) === true)
    return [...sayValue(value, words?.columns[name], reader), [soft(copyTexts[reader.language].takenOut)]];
  // Where references have names, 0 refers to nothing.
  if (named.has(name) && (value === 0 || value === "0")) return [];
  return sayValue(value, words?.columns[name], reader);
}

function tableOf(caption: string, columns: readonly ShownColumn[], { language }: Reader): Table {
  const texts = copyTexts[language];
  const wide = columns.length > MOST_COLUMNS;
  const own = wide ? columns.slice(0, MOST_COLUMNS - 1) : columns;
  const rest = columns.slice(own.length);
  const details = (at: number): Cell =>
    rest.flatMap(({ title, cells }): Cell => {
      const [first, ...more] = cells[at] ?? [];
      return first === undefined ? [] : [[soft(`${title}${texts.colon}`), ...first] satisfies Line, ...more];
    });
  return {
    kind: "table",
    caption,
    columns: [
      ...own.map(({ title, words }) => (isFigure(words) ? ({ title, align: "end" } as const) : { title })),
      ...(wide ? [{ title: texts.otherDetails }] : []),
    ],
    rows: (own[0]?.cells ?? []).map((_, at) => [
      ...own.map(({ cells }) => cells[at] ?? []),
      ...(wide ? [details(at)] : []),
    ]),
    empty: texts.noTables,
  };
}

function isFigure(words: ColumnWords | undefined): boolean {
  return (
    words?.choices === undefined &&
    (words?.form === "number" || words?.form === "bytes" || words?.form === "duration")
  );
}

/** From which columns another person was taken out, and how often. */
function takenOut(table: CopiedTable, reader: Reader): readonly Block[] {
  const count = [...table.withheld.values()].reduce((sum, each) => sum + each, 0);
  if (count === 0) return [];
  const texts = copyTexts[reader.language];
  const names = [...table.withheld.keys()].map((name) => {
    if (table.words === undefined) return name;
    return table.words.columns[name]?.title[reader.language] ?? texts.technicalValue;
  });
  return [paragraph([soft(texts.takenOutOf(count, [...new Set(names)].join(", ")))])];
}
