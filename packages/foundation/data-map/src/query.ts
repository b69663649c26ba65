/** Reading rows of a foreign database: raw statements, counted, and whole tables in pages of flat memory. */
import type { Database } from "@preau/database";
import type { Sql } from "./condition.ts";
import type { SchemaTable } from "./read-schema.ts";

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

export interface PageOptions {
  readonly columns: readonly string[];
  readonly where?: Sql | undefined;
  /** Rows a page. */
  readonly size: number;
}

/**
 * All rows of a table in pages, by its row key where it has one. Each row holds the columns asked for, and its row key
 * as `row_key`.
 */
export async function* pagesOf(
  runner: Runner,
  table: SchemaTable,
  { columns, where, size }: PageOptions,
): AsyncGenerator<readonly Row[]> {
  const { rowKey } = table;
  const list = ["?? as row_key", ...columns.map(() => "??")].join(", ");
  const only = where === undefined ? [] : [`(${where.text})`];
  let last: string | number | undefined;
  let offset = 0;
  for (;;) {
    const conditions = [...only, ...(last === undefined || rowKey === undefined ? [] : ["?? > ?"])];
    const filter = conditions.length === 0 ? "" : ` where ${conditions.join(" and ")}`;
    const order = table.key.length === 0 ? "" : ` order by ${table.key.map(() => "??").join(", ")}`;
    const skip = rowKey === undefined ? ` offset ${offset}` : "";
    const rows = await rowsOf(runner, {
      text: `select ${rowKey === undefined ? list.replace("?? as", "null as") : list} from ??${filter}${order} limit ${size}${skip}`,
      bindings: [
        ...(rowKey === undefined ? [] : [rowKey]),
        ...columns,
        table.name,
        ...(where?.bindings ?? []),
        ...(last === undefined || rowKey === undefined ? [] : [rowKey, last]),
        ...table.key,
      ],
    });
    if (rows.length > 0) yield rows;
    if (rows.length < size) return;
    last = rows.at(-1)?.["row_key"] as string | number;
    offset += size;
  }
}

/** The text of a cell; binary cells are read as UTF-8. */
export function textOf(cell: unknown): string | undefined {
  if (typeof cell === "string") return cell === "" ? undefined : cell;
  if (Buffer.isBuffer(cell)) return cell.toString("utf8");
  return undefined;
}
