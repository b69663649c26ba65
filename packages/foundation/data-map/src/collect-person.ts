/** Everything that the map knows about one person, row by row, in flat memory. */

import type { Dialect } from "@preau/database";
import type { Json, PersonalRecord } from "@preau/kernel";
import type { CompiledTable } from "./compile-map.ts";
import { concerning, type FateScope } from "./count-rows.ts";
import { pagesOf, type Runner } from "./query.ts";

const PAGE_ROWS = 500;

export interface CollectOptions {
  readonly tables: readonly CompiledTable[];
  readonly scope: FateScope;
  readonly dialect: Dialect;
  readonly signal?: AbortSignal | undefined;
}

/** Streams the rows that refer to the person, parents first. */
export async function* collectPerson(
  runner: Runner,
  { tables, scope, dialect, signal }: CollectOptions,
): AsyncGenerator<PersonalRecord> {
  signal?.throwIfAborted();
  for (const table of [...tables].reverse()) {
    const where = concerning(table, scope);
    if (where.text === "1 = 0") continue;
    const columns = [...table.schema.columns.keys()];
    for await (const page of pagesOf(runner, table.schema, { columns, dialect, where, size: PAGE_ROWS })) {
      signal?.throwIfAborted();
      for (const row of page) {
        const values = columns.map((column) => [column, jsonCell(row[column])] as const);
        yield {
          where: table.name,
          category: table.category,
          purpose: table.purpose,
          row: Object.fromEntries(values),
        };
      }
    }
  }
}

function jsonCell(cell: unknown): Json {
  if (cell === null || typeof cell === "string" || typeof cell === "number" || typeof cell === "boolean")
    return cell;
  if (typeof cell === "bigint") return String(cell);
  if (Buffer.isBuffer(cell)) return cell.toString("base64");
  if (cell instanceof Date) return cell.toISOString();
  return null;
}
