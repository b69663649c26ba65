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
    rows.length === 1 ? definitionsOf(rows, columns, reader) : tableOf(table, rows, { columns, reader });
  return [lead, body, ...takenOut(table, columns, reader)];
}

/** Those that a reader wants, in the store's order, but for the ones in which no row shown has anything. */
function shownColumns(
  table: CopiedTable,
  rows: readonly CopiedRow[],
  { language, zone }: Reader,
): readonly ShownColumn[] {
  const words = table.words?.columns;
  const names =
    words === undefined
      ? [...table.columns]
      : Object.keys(words).filter((name) => words[name]?.form !== "technical" && table.columns.has(name));
  return names
    .map((name) => ({ name, title: words?.[name]?.title[language] ?? name, words: words?.[name] }))
    .filter((column) => rows.some((row) => cellOf(row, column, { language, zone }).length > 0));
}

function cellOf(row: CopiedRow, { name, words }: ShownColumn, reader: Reader): Cell {
  const called = row.names?.[name];
  const said = called === undefined ? sayValue(row.row[name], words, reader) : [[called]];
  if (row.withheld?.includes(name) !== true) return said;
  return [...said, [soft(copyTexts[reader.language].takenOut)]];
}

function definitionsOf([row]: readonly CopiedRow[], columns: readonly ShownColumn[], reader: Reader): Block {
  return definitions(
    row === undefined ? [] : columns.map((column) => entry(column.title, cellOf(row, column, reader))),
  );
}

function tableOf(
  table: CopiedTable,
  rows: readonly CopiedRow[],
  { columns, reader }: { readonly columns: readonly ShownColumn[]; readonly reader: Reader },
): Table {
  const texts = copyTexts[reader.language];
  const wide = columns.length > MOST_COLUMNS;
  const own = wide ? columns.slice(0, MOST_COLUMNS - 1) : columns;
  const rest = columns.slice(own.length);
  return {
    kind: "table",
    caption: tableTitle(table, reader),
    columns: [
      ...own.map(({ title, words }) => (isFigure(words) ? ({ title, align: "end" } as const) : { title })),
      ...(wide ? [{ title: texts.otherDetails }] : []),
    ],
    rows: rows.map((row) => [
      ...own.map((column) => cellOf(row, column, reader)),
      ...(wide ? [detailsOf(row, rest, reader)] : []),
    ]),
    empty: texts.noTables,
  };
}

function detailsOf(row: CopiedRow, columns: readonly ShownColumn[], reader: Reader): Cell {
  const { colon } = copyTexts[reader.language];
  return columns.flatMap((column): Cell => {
    const [first, ...more] = cellOf(row, column, reader);
    return first === undefined ? [] : [[soft(`${column.title}${colon}`), ...first] satisfies Line, ...more];
  });
}

function isFigure(words: ColumnWords | undefined): boolean {
  return (
    words?.choices === undefined &&
    (words?.form === "number" || words?.form === "bytes" || words?.form === "duration")
  );
}

/** From which columns another person was taken out, and how often. */
function takenOut(table: CopiedTable, columns: readonly ShownColumn[], reader: Reader): readonly Block[] {
  const count = [...table.withheld.values()].reduce((sum, each) => sum + each, 0);
  if (count === 0) return [];
  const names = [...table.withheld.keys()].map(
    (name) =>
      columns.find((each) => each.name === name)?.title ??
      table.words?.columns[name]?.title[reader.language] ??
      name,
  );
  const texts = copyTexts[reader.language];
  return [paragraph([soft(texts.takenOutOf(count, names.join(", ")))])];
}
