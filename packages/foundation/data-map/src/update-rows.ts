/**
 * Different values for many rows of one table in one statement: the values travel as one JSON text that the server reads
 * as a table. Where a row key is no whole number, its cells are branches of a CASE.
 */
import type { Dialect } from "@preau/database";
import { joinSql, type Sql } from "./condition.ts";
import { changedBy, type Runner, rowsWith } from "./query.ts";
import type { SchemaTable } from "./read-schema.ts";

export type Cell = string | number | null;

/** One row with its new cells, by column. */
export interface RowChange {
  readonly rowKey: string | number;
  readonly cells: ReadonlyMap<string, Cell>;
}

/** Rows changed by one statement where each cell is a branch of a CASE. */
const ROWS_A_CASE = 250;
/** Columns of one statement: each is a bit of a number that JSON holds exactly. */
const MOST_COLUMNS = 50;

/** Writes the changes. */
export async function updateRows(
  runner: Runner,
  table: SchemaTable,
  changes: readonly RowChange[],
  dialect: Dialect,
): Promise<void> {
  const rows = changes.filter(({ cells }) => cells.size > 0);
  if (table.rowKey === undefined || rows.length === 0) return;
  const columns = [...new Set(rows.flatMap(({ cells }) => [...cells.keys()]))];
  const whole = /int/.test(table.columns.get(table.rowKey)?.type ?? "integer");
  for (let start = 0; start < columns.length; start += MOST_COLUMNS) {
    const some = columns.slice(start, start + MOST_COLUMNS);
    if (whole) await changedBy(runner, fromJson(table, table.rowKey, rows, some, dialect));
    else await byCases(runner, table, rows, some);
  }
}

function fromJson(
  table: SchemaTable,
  rowKey: string,
  rows: readonly RowChange[],
  columns: readonly string[],
  dialect: Dialect,
): Sql {
  const written: Sql[] = [];
  const sent: string[] = [];
  columns.forEach((column, index) => {
    const values = new Set(
      rows.filter(({ cells }) => cells.has(column)).map(({ cells }) => cells.get(column)),
    );
    const everywhere = rows.every(({ cells }) => cells.has(column));
    const [only] = values;
    const value: Sql =
      values.size === 1
        ? { text: "?", bindings: [only ?? null] }
        : { text: field(dialect, sent.push(column) + 1), bindings: [] };
    written.push(
      everywhere
        ? joinSql([{ text: `${target(dialect)}?? = `, bindings: [column] }, value], "")
        : {
            text: `${target(dialect)}?? = case when ${field(dialect, 1)} & ${2 ** index} <> 0 then ${value.text} else target.?? end`,
            bindings: [column, ...value.bindings, column],
          },
    );
  });
  const text = JSON.stringify(
    rows.map(({ rowKey: key, cells }) => [
      key,
      columns.reduce((mask, column, index) => (cells.has(column) ? mask + 2 ** index : mask), 0),
      ...sent.map((column) => asSent(cells.get(column) ?? null, table, column)),
    ]),
  );
  const set = joinSql(written, ", ");
  if (dialect === "sqlite") {
    return {
      text: `update ?? as target set ${set.text} from json_each(?) as changes where target.?? = cast(${field(dialect, 0)} as integer)`,
      bindings: [table.name, ...set.bindings, text, rowKey],
    };
  }
  // By the primary key, however small the table: a scan would lock everybody's rows.
  const unsigned = /unsigned/.test(table.columns.get(rowKey)?.type ?? "") ? " unsigned" : "";
  const fields = [
    `f0 bigint${unsigned} path '$[0]'`,
    "f1 bigint path '$[1]'",
    ...sent.map((column, index) => `f${index + 2} ${typeOf(table, column, rows)} path '$[${index + 2}]'`),
  ];
  return {
    text: `update json_table(?, '$[*]' columns (${fields.join(", ")})) as changes straight_join ?? as target force index (primary) on target.?? = changes.f0 set ${set.text}`,
    bindings: [text, table.name, rowKey, ...set.bindings],
  };
}

/** SQLite allows no table before a column that is set. */
function target(dialect: Dialect): string {
  return dialect === "sqlite" ? "" : "target.";
}

function field(dialect: Dialect, index: number): string {
  return dialect === "sqlite" ? `json_extract(changes.value, '$[${index}]')` : `changes.f${index}`;
}

function asSent(value: Cell, table: SchemaTable, column: string): Cell {
  const isText = table.columns.get(column)?.is !== "number";
  return isText && typeof value === "number" ? String(value) : value;
}

function typeOf(table: SchemaTable, column: string, rows: readonly RowChange[]): string {
  if (table.columns.get(column)?.is !== "number") return "longtext";
  const whole = rows.every(({ cells }) => {
    const value = cells.get(column);
    return typeof value !== "number" || Number.isSafeInteger(value);
  });
  return whole ? "bigint" : "double";
}

async function byCases(
  runner: Runner,
  table: SchemaTable,
  rows: readonly RowChange[],
  columns: readonly string[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_A_CASE) {
    const some = rows.slice(start, start + ROWS_A_CASE);
    const set = columns.flatMap((column): readonly Sql[] => {
      const values = new Map<Cell, (string | number)[]>();
      for (const { rowKey, cells } of some) {
        const value = cells.get(column);
        if (value === undefined) continue;
        values.set(value, [...(values.get(value) ?? []), rowKey]);
      }
      if (values.size === 0) return [];
      const branches = joinSql(
        [...values].map(([value, keys]) => {
          const own = rowsWith(table, keys);
          return { text: ` when ${own.text} then ?`, bindings: [...own.bindings, value] };
        }),
        "",
      );
      return [
        { text: `?? = case${branches.text} else ?? end`, bindings: [column, ...branches.bindings, column] },
      ];
    });
    if (set.length === 0) continue;
    const assignments = joinSql(set, ", ");
    const own = rowsWith(
      table,
      some.map(({ rowKey }) => rowKey),
    );
    await changedBy(runner, {
      text: `update ?? set ${assignments.text} where ${own.text}`,
      bindings: [table.name, ...assignments.bindings, ...own.bindings],
    });
  }
}
