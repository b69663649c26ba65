/**
 * The rows of one SQLite table as INSERT statements. SQLite itself writes each value, so that each is exact: integers of 64
 * bits, reals to the last bit, blobs as hex, texts byte by byte, also where they are no UTF-8.
 */
import type { SqliteReader } from "./sqlite-snapshot.ts";

export interface SqliteTable {
  readonly name: string;
  readonly sql: string;
  /** As PRAGMA table_list says: `table`, `shadow`, `virtual`. */
  readonly type: string;
  readonly withoutRowid: number;
}

interface Column {
  readonly name: string;
  readonly type: string;
  readonly pk: number;
  /** 0 in a row as it is given; otherwise hidden or generated. */
  readonly hidden: number;
}

export function* dumpRows(
  reader: SqliteReader,
  table: SqliteTable,
  encoding: string,
): Generator<string | Uint8Array> {
  const all = reader.rows(
    "SELECT name, type, pk, hidden FROM pragma_table_xinfo(?)",
    table.name,
  ) as readonly Column[];
  const columns = [
    ...hiddenRowid(table, all),
    ...all.filter(({ hidden }) => hidden === 0).map(({ name }) => name),
  ];
  const names = columns.map(identifier);
  const head = `INSERT INTO ${identifier(table.name)}(${names.join(",")})VALUES(`.replaceAll("'", "''");
  const row = `'${head}' || ${names.map(literalOf).join(" || ',' || ")} || ');' || char(10)`;
  // As bytes: a text that is no UTF-8 would be changed on its way through a string of JavaScript.
  const given = encoding === "UTF-8" ? `CAST(${row} AS BLOB)` : row;
  yield* reader.stream(`SELECT ${given} FROM ${identifier(table.name)} NOT INDEXED`);
}

/**
 * A row's number where no column shows it: full-text indexes and views refer to it. It has up to three names, and a column
 * may take each of them.
 */
function hiddenRowid({ withoutRowid }: SqliteTable, columns: readonly Column[]): readonly string[] {
  const keys = columns.filter(({ pk }) => pk > 0);
  const isShown = keys.length === 1 && keys[0]?.type.toUpperCase() === "INTEGER";
  if (withoutRowid === 1 || isShown) return [];
  const taken = new Set(columns.map(({ name }) => name.toLowerCase()));
  return ["rowid", "_rowid_", "oid"].filter((name) => !taken.has(name)).slice(0, 1);
}

/**
 * SQL that gives a value as a literal. `quote` stops at a NUL, and the command-line program reads a line's end of two
 * characters as one: such texts are written otherwise.
 */
function literalOf(column: string): string {
  const bytes = `'CAST(X''' || hex(CAST(${column} AS BLOB)) || ''' AS TEXT)'`;
  const marked = `'replace(' || replace(quote(${column}), char(13), '\\r') || ',''\\r'',char(13))'`;
  return `CASE WHEN typeof(${column}) <> 'text' THEN quote(${column})
    WHEN instr(CAST(${column} AS BLOB), X'00') > 0 THEN ${bytes}
    WHEN instr(${column}, char(13)) = 0 THEN quote(${column})
    WHEN instr(${column}, '\\r') = 0 THEN ${marked}
    ELSE ${bytes} END`;
}

function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
