/** Reading rows of a foreign database: raw statements, counted, and whole tables in pages of flat memory. */
import type { Database, Dialect } from "@preau/database";
import { allOf, anyOf, isOneOf, type Sql, type SubjectKeys } from "./condition.ts";
import type { ColumnClass, SchemaTable } from "./read-schema.ts";

export type Row = Readonly<Record<string, unknown>>;

/** The pool of connections. */
export type Pool = Database["knex"];

/** Runs statements where it is told: on the pool, or in a transaction of it. */
export type Runner = Pick<Pool, "raw">;

/** All rows of a statement. */
export async function rowsOf(runner: Runner, { text, bindings }: Sql): Promise<readonly Row[]> {
  const answer: unknown = await runner.raw(text, bindings as never);
  if (!Array.isArray(answer)) return [];
  // mysql2 answers [rows, fields]; SQLite the rows alone.
  const [first] = answer as readonly unknown[];
  return (Array.isArray(first) ? first : answer) as readonly Row[];
}

/** Rows changed by a statement. */
export async function changedBy(runner: Runner, { text, bindings }: Sql): Promise<number> {
  const answer: unknown = await runner.raw(text, bindings as never);
  const result: unknown = Array.isArray(answer) ? (answer as readonly unknown[])[0] : answer;
  const { affectedRows, changes } = (result ?? {}) as { affectedRows?: number; changes?: number };
  return affectedRows ?? changes ?? 0;
}

/** A column that holds whole numbers, read without loss: SQLite's driver rounds those beyond 2^53. */
export function exactly(column: string, is: ColumnClass | undefined, dialect: Dialect): Sql {
  const rounds = dialect === "sqlite" && is === "number";
  return { text: rounds ? "cast(?? as text)" : "??", bindings: [column] };
}

/** Rows of a table by their row key. */
export function rowsWith(table: SchemaTable, rowKeys: SubjectKeys): Sql {
  const column = table.rowKey ?? "";
  return isOneOf(column, rowKeys, rowKeyClass(table));
}

/** SQLite's rowid is no column. */
export function rowKeyClass({ columns, rowKey }: SchemaTable): ColumnClass {
  return columns.get(rowKey ?? "")?.is ?? "number";
}

export interface PageOptions {
  readonly columns: readonly string[];
  readonly dialect: Dialect;
  /** More to select, beside the columns. */
  readonly more?: Sql | undefined;
  readonly where?: Sql | undefined;
  /** Rows of the first page. */
  readonly size: number;
  /** Later pages grow up to so many rows, as long as one has less than `PAGE_CHARACTERS` of text; `size` when absent. */
  readonly most?: number | undefined;
}

/** Text of one page, about: what two of them take in memory at once stays small. */
const PAGE_CHARACTERS = 1_500_000;

/**
 * All rows of a table in pages, by its key. Each row holds the columns asked for, and its row key as `row_key`. The next
 * page is read while the caller works on this one. A table without any key is read as one stream.
 */
export async function* pagesOf(
  runner: Runner,
  table: SchemaTable,
  options: PageOptions,
): AsyncGenerator<readonly Row[]> {
  if (table.key.length === 0) {
    yield* streamed(runner, table, options);
    return;
  }
  let size = options.size;
  let next = page(runner, table, options, size, undefined);
  for (;;) {
    const rows = await next;
    const last = rows.at(-1);
    if (last === undefined) return;
    const full = rows.length >= size;
    if (full) {
      if (options.most !== undefined) size = nextSize(rows, size, options.most);
      next = page(runner, table, options, size, last);
      // Rejections are met by the next turn; a caller that stops meets none.
      next.catch(() => undefined);
    }
    yield rows;
    if (!full) return;
  }
}

function nextSize(rows: readonly Row[], size: number, most: number): number {
  let characters = 0;
  for (const row of rows)
    for (const cell of Object.values(row))
      characters += typeof cell === "string" || Buffer.isBuffer(cell) ? cell.length : 8;
  const fitting = Math.floor((PAGE_CHARACTERS * rows.length) / Math.max(1, characters));
  return Math.max(50, Math.min(most, size * 4, fitting));
}

/** Under which name a column of the key came with a row. */
function keyAlias({ rowKey }: SchemaTable, index: number): string {
  return rowKey === undefined ? `page_key_${index}` : "row_key";
}

async function page(
  runner: Runner,
  table: SchemaTable,
  options: PageOptions,
  size: number,
  after: Row | undefined,
): Promise<readonly Row[]> {
  const { key } = table;
  const isOf = (column: string) => table.columns.get(column)?.is ?? "number";
  const composite = table.rowKey === undefined ? key : [];
  const keys = composite.map((column, index) => {
    const read = exactly(column, isOf(column), options.dialect);
    return { text: `${read.text} as ${keyAlias(table, index)}`, bindings: read.bindings };
  });
  const past =
    after === undefined
      ? []
      : [
          later(
            key.map((column, index) => [column, after[keyAlias(table, index)] as string | number] as const),
          ),
        ];
  const conditions = [...(options.where === undefined ? [] : [options.where]), ...past];
  const filter = conditions.length === 0 ? { text: "", bindings: [] } : allOf(conditions);
  const list = selected(table, options);
  return rowsOf(runner, {
    text: `select ${[...keys, list].map(({ text }) => text).join(", ")} from ??${filter.text === "" ? "" : ` where ${filter.text}`} order by ${key.map(() => "??").join(", ")} limit ${size}`,
    bindings: [
      ...[...keys, list].flatMap(({ bindings }) => bindings),
      table.name,
      ...filter.bindings,
      ...key,
    ],
  });
}

/** After a key of one or more columns, in their order. */
function later(key: readonly (readonly [string, string | number])[]): Sql {
  return anyOf(
    key.map(([column, value], index) => ({
      text: [...key.slice(0, index).map(() => "?? = ?"), "?? > ?"].join(" and "),
      bindings: [...key.slice(0, index).flat(), column, value],
    })),
  );
}

function selected(table: SchemaTable, { columns, more, dialect }: PageOptions): Sql {
  const key: Sql =
    table.rowKey === undefined
      ? { text: "null", bindings: [] }
      : exactly(table.rowKey, rowKeyClass(table), dialect);
  return {
    text: [
      `${key.text} as row_key`,
      ...columns.map(() => "??"),
      ...(more === undefined ? [] : [more.text]),
    ].join(", "),
    bindings: [...key.bindings, ...columns, ...(more?.bindings ?? [])],
  };
}

/** A table without a key has no order to page by: one statement, read row by row. */
async function* streamed(
  runner: Runner,
  table: SchemaTable,
  options: PageOptions,
): AsyncGenerator<readonly Row[]> {
  const list = selected(table, options);
  const { where } = options;
  const query = runner.raw(
    `select ${list.text} from ??${where === undefined ? "" : ` where ${where.text}`}`,
    [...list.bindings, table.name, ...(where?.bindings ?? [])] as never,
  );
  let rows: Row[] = [];
  for await (const row of query.stream() as AsyncIterable<Row>) {
    rows.push(row);
    if (rows.length < options.size) continue;
    yield rows;
    rows = [];
  }
  if (rows.length > 0) yield rows;
}

/** The text of a cell; binary cells are read as UTF-8. */
export function textOf(cell: unknown): string | undefined {
  if (typeof cell === "string") return cell === "" ? undefined : cell;
  if (Buffer.isBuffer(cell)) return cell.toString("utf8");
  return undefined;
}
