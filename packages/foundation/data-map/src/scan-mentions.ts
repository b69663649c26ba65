/**
 * Rows whose texts name a planned person although nothing in them refers to that person by key. Every text of a row is
 * read as one cell: the first pages of many tables in one statement, then the long tables page by page.
 */
import type { Dialect } from "@preau/database";
import { type CompiledTable, textColumns } from "./compile-map.ts";
import { joinSql, notTrue, type Sql, unions } from "./condition.ts";
import { canHold, type FateScope, touched } from "./count-rows.ts";
import { CELL_END, type MentionFinder } from "./find-mentions.ts";
import { exactly, pagesOf, type Row, type Runner, rowKeyClass, rowsOf, rowsWith, textOf } from "./query.ts";
import type { SchemaTable } from "./read-schema.ts";

/** Rows of a table that are read with those of others. */
const HEAD_ROWS = 300;
const TABLES_A_STATEMENT = 24;
/** Rows of the first page of a long table, and of later ones at most. */
const FIRST_PAGE = 2_000;
const MOST_ROWS = 8_000;
/** Rows read again, column by column, by one statement. */
const ROWS_READ_AGAIN = 500;

/** A table whose texts are searched. */
export interface Searched {
  readonly table: SchemaTable;
  readonly columns: readonly string[];
  /** Only these rows count: those that the plan does not write anyway. */
  readonly only?: Sql | undefined;
}

/** A row whose texts name a person: its key, null in a table without one, and the columns. */
export interface Mention {
  readonly rowKey: string | number | null;
  readonly columns: readonly string[];
}

export interface Search {
  readonly mentions: MentionFinder;
  readonly dialect: Dialect;
  readonly signal?: AbortSignal | undefined;
}

/** Rows that name one of the persons, by table; tables without any are absent. */
export async function mentionsIn(
  runner: Runner,
  searched: readonly Searched[],
  search: Search,
): Promise<ReadonlyMap<string, readonly Mention[]>> {
  const found = new Map<string, readonly Mention[]>();
  const withTexts = searched.filter(({ columns }) => columns.length > 0);
  if (search.mentions.empty || withTexts.length === 0) return found;
  const note = async (one: Searched, rowKeys: readonly (string | number)[]) => {
    const mentions = await readAgain(runner, one, rowKeys, search);
    if (mentions.length > 0) found.set(one.table.name, mentions);
  };
  const long = withTexts.filter((one) => !startsTogether(one));
  for await (const { one, rowKeys } of heads(runner, withTexts.filter(startsTogether), search)) {
    if (rowKeys === "long") long.push(one);
    else await note(one, rowKeys);
  }
  for (const one of long) {
    if (one.table.rowKey === undefined) {
      const mentions = await withoutRowKey(runner, one, search);
      if (mentions.length > 0) found.set(one.table.name, mentions);
    } else {
      await note(one, await namedRows(runner, one, search));
    }
  }
  return found;
}

/** Texts that many tables can give in one union: characters, and a key that can be written as such. */
function startsTogether({ table, columns }: Searched): boolean {
  return (
    table.rowKey !== undefined &&
    rowKeyClass(table) === "number" &&
    columns.every((column) => table.columns.get(column)?.is === "text")
  );
}

async function* heads(runner: Runner, searched: readonly Searched[], search: Search) {
  const parts = searched.map(({ table, columns }, place): Sql => {
    const key = exactly(table.rowKey ?? "", "number", search.dialect);
    return joinSql(
      [
        { text: `select ${place} as place, row_key, cells from (select `, bindings: [] },
        key,
        { text: " as row_key, ", bindings: [] },
        together(columns, search.dialect),
        { text: " as cells from ?? where ", bindings: [table.name] },
        notEmpty(columns),
        { text: ` limit ${HEAD_ROWS}) as head_${place}`, bindings: [] },
      ],
      "",
    );
  });
  let place = 0;
  for (const statement of unions(parts, TABLES_A_STATEMENT)) {
    search.signal?.throwIfAborted();
    const rows = await rowsOf(runner, statement);
    const counts = new Map<number, number>();
    const named = new Map<number, (string | number)[]>();
    for (const row of rows) {
      const table = Number(row["place"]);
      counts.set(table, (counts.get(table) ?? 0) + 1);
      if (isNamed(row, search))
        named.set(table, [...(named.get(table) ?? []), row["row_key"] as string | number]);
    }
    const end = place + statement.parts;
    for (; place < end; place += 1) {
      const one = searched[place];
      const long = (counts.get(place) ?? 0) >= HEAD_ROWS;
      const rowKeys = named.get(place) ?? [];
      if (one !== undefined && (long || rowKeys.length > 0))
        yield { one, rowKeys: long ? ("long" as const) : rowKeys };
    }
  }
}

/** Row keys of a long table. */
async function namedRows(
  runner: Runner,
  { table, columns }: Searched,
  search: Search,
): Promise<readonly (string | number)[]> {
  const found: (string | number)[] = [];
  const texts = columns.filter((column) => table.columns.get(column)?.is === "text");
  const others = columns.filter((column) => table.columns.get(column)?.is !== "text");
  const cells = texts.length === 0 ? undefined : together(texts, search.dialect);
  const more = cells && { text: `${cells.text} as cells`, bindings: cells.bindings };
  const pages = pagesOf(runner, table, {
    columns: others,
    dialect: search.dialect,
    more,
    where: notEmpty(columns),
    size: FIRST_PAGE,
    most: MOST_ROWS,
  });
  for await (const rows of pages) {
    search.signal?.throwIfAborted();
    for (const row of rows) {
      const isOne =
        (more !== undefined && isNamed(row, search)) ||
        others.some((column) => search.mentions.names(textOf(row[column]) ?? ""));
      if (isOne) found.push(row["row_key"] as string | number);
    }
  }
  return found;
}

/** The server gives NULL for what is longer than it may send: such a row is read again, column by column. */
function isNamed(row: Row, { mentions }: Search): boolean {
  const cells = row["cells"];
  return cells === null || mentions.names(textOf(cells) ?? "");
}

/** Which columns of these rows name a person; rows that the plan writes anyway are left out. */
async function readAgain(
  runner: Runner,
  { table, columns, only }: Searched,
  rowKeys: readonly (string | number)[],
  search: Search,
): Promise<readonly Mention[]> {
  const found: Mention[] = [];
  for (let start = 0; start < rowKeys.length; start += ROWS_READ_AGAIN) {
    const some = rowsWith(table, rowKeys.slice(start, start + ROWS_READ_AGAIN));
    const pages = pagesOf(runner, table, {
      columns,
      dialect: search.dialect,
      where: only === undefined ? some : joinSql([some, only], " and "),
      size: ROWS_READ_AGAIN + 1,
    });
    for await (const rows of pages) found.push(...mentionsOf(rows, columns, search));
  }
  return found;
}

async function withoutRowKey(
  runner: Runner,
  { table, columns, only }: Searched,
  search: Search,
): Promise<readonly Mention[]> {
  const found: Mention[] = [];
  const where = only === undefined ? notEmpty(columns) : joinSql([notEmpty(columns), only], " and ");
  for await (const rows of pagesOf(runner, table, {
    columns,
    dialect: search.dialect,
    where,
    size: FIRST_PAGE,
  })) {
    search.signal?.throwIfAborted();
    found.push(...mentionsOf(rows, columns, search));
  }
  return found;
}

function mentionsOf(
  rows: readonly Row[],
  columns: readonly string[],
  { mentions }: Search,
): readonly Mention[] {
  return rows.flatMap((row) => {
    const named = columns.filter((column) => mentions.names(textOf(row[column]) ?? ""));
    return named.length === 0 ? [] : [{ rowKey: row["row_key"] as string | number | null, columns: named }];
  });
}

/** All texts of a row as one cell. */
function together(columns: readonly string[], dialect: Dialect): Sql {
  if (dialect === "sqlite") {
    return {
      text: columns.map(() => "coalesce(??, '')").join(` || char(${CELL_END.charCodeAt(0)}) || `),
      bindings: columns,
    };
  }
  // Tables differ in their collations: a union needs one.
  return {
    text: `convert(concat_ws(char(${CELL_END.charCodeAt(0)} using utf8mb4), ${columns.map(() => "??").join(", ")}) using utf8mb4) collate utf8mb4_bin`,
    bindings: columns,
  };
}

/** Most cells of most text columns are empty: the server leaves those rows out. */
function notEmpty(columns: readonly string[]): Sql {
  return { text: `(${columns.map(() => "?? <> ''").join(" or ")})`, bindings: columns };
}

/** A table that the map does not know: everything in it is searched. */
export function unknownTable(table: SchemaTable): Searched {
  return { table, columns: textColumns(table) };
}

/** A table of the map, without the rows that the plan erases or anonymises anyway. */
export function knownTable(table: CompiledTable, scope: FateScope): Searched {
  const writes = table.erase.length + table.anonymise.length > 0 && canHold(table, scope);
  return {
    table: table.schema,
    columns: table.texts.map(({ column }) => column),
    ...(writes ? { only: notTrue(touched(table, scope)) } : {}),
  };
}
