/** Rows whose texts name a planned person although nothing in them refers to that person by key. */
import type { CompiledTable } from "./compile-map.ts";
import { isOneOf, type Sql } from "./condition.ts";
import { touched } from "./count-rows.ts";
import { pagesOf, type Row, type Runner, rowsOf, textOf } from "./query.ts";
import type { SchemaTable } from "./read-schema.ts";
import type { RunScope } from "./run-scope.ts";

/** A page of texts: large, because a page costs a statement; its cells may be long, so not too large. */
const PAGE_ROWS = 4000;

export interface Mentioned {
  /** Row keys, null for a table without one, with the columns that name a person. */
  readonly rows: readonly { readonly rowKey: string | number | null; readonly columns: readonly string[] }[];
}

/** Rows of any table whose texts name one of the persons: one streamed read. */
export async function mentionsIn(
  runner: Runner,
  table: SchemaTable,
  columns: readonly string[],
  scope: Pick<RunScope, "mentions">,
  signal?: AbortSignal,
): Promise<Mentioned> {
  const rows: { rowKey: string | number | null; columns: string[] }[] = [];
  if (columns.length === 0) return { rows };
  const named = (row: Row) => columns.filter((column) => scope.mentions.names(textOf(row[column]) ?? ""));
  for await (const page of pagesOf(runner, table, { columns, where: notEmpty(columns), size: PAGE_ROWS })) {
    signal?.throwIfAborted();
    for (const row of page) {
      const found = named(row);
      if (found.length > 0) rows.push({ rowKey: row["row_key"] as string | number | null, columns: found });
    }
  }
  return { rows };
}

/** The same for a table of the map, without the rows that the plan erases or anonymises anyway. */
export async function strayMentions(
  runner: Runner,
  table: CompiledTable,
  scope: RunScope,
  signal?: AbortSignal,
): Promise<Mentioned> {
  const all = await mentionsIn(
    runner,
    table.schema,
    table.texts.map(({ column }) => column),
    scope,
    signal,
  );
  const { rowKey } = table.schema;
  if (all.rows.length === 0 || rowKey === undefined || scope.keys.length === 0) return all;
  const gone = new Set<string>();
  for (let start = 0; start < all.rows.length; start += scope.batchRows) {
    const keys = all.rows.slice(start, start + scope.batchRows).map((row) => row.rowKey ?? 0);
    const condition = touched(table, scope);
    const own = isOneOf(rowKey, keys);
    const found = await rowsOf(runner, {
      text: `select ?? as row_key from ?? where ${own.text} and ${condition.text}`,
      bindings: [rowKey, table.name, ...own.bindings, ...condition.bindings],
    });
    for (const row of found) gone.add(String(row["row_key"]));
  }
  return { rows: all.rows.filter((row) => !gone.has(String(row.rowKey))) };
}

/** Most cells of most text columns are empty: the server leaves those rows out. */
function notEmpty(columns: readonly string[]): Sql {
  return { text: columns.map(() => "?? <> ''").join(" or "), bindings: columns };
}
