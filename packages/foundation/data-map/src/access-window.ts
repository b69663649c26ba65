/**
 * The window for administrators alone, by the application's own means: columns of some rows, and beside them a column
 * that remembers their values, so that opening gives back exactly what stood there. @clause S10
 */
import type { Database } from "@preau/database";
import type { AccessWindow, ActionResult, ControllerId } from "@preau/kernel";
import { allOf, bindable, type Sql, whereParts } from "./condition.ts";
import { fault } from "./errors.ts";
import type { LifecycleMap } from "./lifecycle-schema.ts";
import type { Scalar } from "./map-schema.ts";
import { changedBy, exactly, type Row, type Runner, rowKeyClass, rowsOf, rowsWith } from "./query.ts";
import { readSchema, type SchemaTable } from "./read-schema.ts";

export interface WindowSite {
  readonly database: Pick<Database, "knex" | "dialect">;
  readonly controller: ControllerId;
  readonly access: NonNullable<LifecycleMap["access"]>;
  readonly prefix: string;
}

const NOTHING: ActionResult = { changed: 0, refused: [] };

/** @clause S10 */
export function accessWindowOf({ database, controller, access, prefix }: WindowSite): AccessWindow {
  const { knex, dialect } = database;
  const columns = Object.keys(access.set);
  const mine = allOf([{ text: "1 = 1", bindings: [] }, ...whereParts(access.where)]);

  /** @throws DATA_MAP_MISFIT */
  const tableNow = async (): Promise<SchemaTable> => {
    const table = (await readSchema(database)).get(prefix + access.table);
    const lacking = [...columns, access.remembers, ...Object.keys(access.where ?? {})].find(
      (column) => table?.columns.has(column) !== true,
    );
    if (table === undefined || lacking !== undefined || table.rowKey === undefined)
      throw fault("DATA_MAP_MISFIT", {
        place: `${prefix}${access.table}${lacking === undefined ? "" : `.${lacking}`}`,
      });
    return table;
  };
  const rowsNow = async (runner: Runner, table: SchemaTable, condition: string): Promise<readonly Row[]> => {
    const key = exactly(table.rowKey ?? "", rowKeyClass(table), dialect);
    return rowsOf(runner, {
      text: `select ${key.text} as row_key, ${[...columns, access.remembers].map(() => "??").join(", ")} from ?? where ${mine.text} and ${condition}`,
      bindings: [
        ...key.bindings,
        ...columns,
        access.remembers,
        table.name,
        ...mine.bindings,
        access.remembers,
      ],
    });
  };
  const write = (
    runner: Runner,
    table: SchemaTable,
    row: Row,
    values: Readonly<Record<string, Scalar>>,
  ): Promise<number> => {
    const own: Sql = rowsWith(table, [row["row_key"] as string | number]);
    const entries = Object.entries(values);
    return changedBy(runner, {
      text: `update ?? set ${entries.map(() => "?? = ?").join(", ")} where ${own.text}`,
      bindings: [
        table.name,
        ...entries.flatMap(([column, value]) => [column, bindable(value)]),
        ...own.bindings,
      ],
    });
  };

  return {
    mechanism: access.mechanism,
    doors: async (of) => {
      if (of !== controller) return "open";
      const table = await tableNow();
      const [row] = await rowsOf(knex, {
        text: `select count(*) as amount from ?? where ${mine.text} and not (${columns.map(() => "?? = ?").join(" and ")})`,
        bindings: [
          table.name,
          ...mine.bindings,
          ...columns.flatMap((column) => [column, bindable(access.set[column] ?? null)]),
        ],
      });
      return Number(row?.["amount"] ?? 0) === 0 ? "administratorsOnly" : "open";
    },
    closeToOthers: async (of) => {
      if (of !== controller) return NOTHING;
      const table = await tableNow();
      return knex.transaction(async (transaction) => {
        let changed = 0;
        for (const row of await rowsNow(transaction, table, "?? is null")) {
          const before = Object.fromEntries(columns.map((column) => [column, row[column] as Scalar]));
          changed += await write(transaction, table, row, {
            ...access.set,
            [access.remembers]: JSON.stringify(before),
          });
        }
        return { changed, refused: [] };
      });
    },
    reopen: async (of) => {
      if (of !== controller) return NOTHING;
      const table = await tableNow();
      return knex.transaction(async (transaction) => {
        let changed = 0;
        for (const row of await rowsNow(transaction, table, "?? is not null")) {
          const before = remembered(row[access.remembers], columns);
          if (before === undefined)
            throw fault("DATA_MAP_MISFIT", { place: `${table.name}.${access.remembers}` });
          changed += await write(transaction, table, row, { ...before, [access.remembers]: null });
        }
        return { changed, refused: [] };
      });
    },
  };
}

/** Undefined for a text that is not ours: then nobody knows what stood there. */
function remembered(cell: unknown, columns: readonly string[]): Readonly<Record<string, Scalar>> | undefined {
  try {
    const values: unknown = JSON.parse(String(cell));
    if (typeof values !== "object" || values === null) return undefined;
    const found = values as Readonly<Record<string, Scalar>>;
    return columns.every((column) => column in found)
      ? Object.fromEntries(columns.map((column) => [column, found[column] ?? null]))
      : undefined;
  } catch {
    return undefined;
  }
}
