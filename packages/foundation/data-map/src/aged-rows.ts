/** Rows of events that go by their age, whoever they were about. @clause DD.8 */
import type { Database } from "@preau/database";
import type { AgedRows, ControllerId, ErasureStep, Instant, TableCount } from "@preau/kernel";
import type { Sql } from "./condition.ts";
import { fault } from "./errors.ts";
import type { LifecycleMap, MomentForm } from "./lifecycle-schema.ts";
import { asColumn } from "./moment.ts";
import { changedBy, exactly, type Pool, rowKeyClass, rowsOf, rowsWith } from "./query.ts";
import { type DatabaseSchema, readSchema, type SchemaTable } from "./read-schema.ts";

export interface AgedSite {
  readonly database: Pick<Database, "knex" | "dialect">;
  readonly controller: ControllerId;
  readonly tables: LifecycleMap["activityLog"];
  readonly prefix: string;
  /** Rows a transaction. */
  readonly batchRows: number;
  readonly throttle: () => Promise<void>;
}

/** @clause DD.8 */
export function agedRowsOf(site: AgedSite): AgedRows {
  const { database, controller, batchRows, throttle } = site;
  return {
    count: async (of, before) => {
      if (of !== controller) return [];
      const counts: TableCount[] = [];
      for (const aged of agedTables(site, await readSchema(database))) {
        const older = olderThan(aged, before);
        const [row] = await rowsOf(database.knex, {
          text: `select count(*) as amount from ?? where ${older.text}`,
          bindings: [aged.table.name, ...older.bindings],
        });
        counts.push(countOf(aged.table, Number(row?.["amount"] ?? 0)));
      }
      return counts;
    },
    purge: async function* (of, before, { signal } = {}) {
      if (of !== controller) return;
      for (const aged of agedTables(site, await readSchema(database))) {
        for (;;) {
          signal?.throwIfAborted();
          const erased = await eraseSome(database, aged, { before, batchRows });
          if (erased > 0) yield stepOf(aged.table, erased);
          await throttle();
          if (aged.table.rowKey === undefined || erased === 0) break;
        }
      }
    },
  };
}

interface AgedTable {
  readonly table: SchemaTable;
  readonly column: string;
  readonly form: MomentForm;
}

/** A table that the site does not have has no rows; one without the column is a misfit. @throws DATA_MAP_MISFIT */
function agedTables({ tables, prefix }: AgedSite, schema: DatabaseSchema): readonly AgedTable[] {
  return tables.flatMap(({ table: name, at: { column, form } }) => {
    const table = schema.get(prefix + name);
    if (table === undefined) return [];
    if (!table.columns.has(column)) throw fault("DATA_MAP_MISFIT", { place: `${table.name}.${column}` });
    return [{ table, column, form }];
  });
}

/** Older, and dated: a row without a moment is of no known age and stays. */
function olderThan({ column, form }: AgedTable, before: Instant): Sql {
  const isText = form === "isoText" || form === "day";
  const isNumber = form === "unixSeconds" || form === "unixMillis";
  const dated = isText ? " and ?? <> ''" : isNumber ? " and ?? > 0" : "";
  return {
    text: `?? < ?${dated}`,
    bindings: [column, asColumn(before, form), ...(dated === "" ? [] : [column])],
  };
}

async function eraseSome(
  { knex, dialect }: { readonly knex: Pool; readonly dialect: Database["dialect"] },
  aged: AgedTable,
  { before, batchRows }: { readonly before: Instant; readonly batchRows: number },
): Promise<number> {
  const { table } = aged;
  const older = olderThan(aged, before);
  const { rowKey } = table;
  if (rowKey === undefined) {
    return changedBy(knex, {
      text: `delete from ?? where ${older.text}`,
      bindings: [table.name, ...older.bindings],
    });
  }
  const key = exactly(rowKey, rowKeyClass(table), dialect);
  const rows = await rowsOf(knex, {
    text: `select ${key.text} as row_key from ?? where ${older.text} limit ${batchRows}`,
    bindings: [...key.bindings, table.name, ...older.bindings],
  });
  if (rows.length === 0) return 0;
  const own = rowsWith(
    table,
    rows.map((row) => row["row_key"] as string | number),
  );
  return changedBy(knex, {
    text: `delete from ?? where ${own.text} and ${older.text}`,
    bindings: [table.name, ...own.bindings, ...older.bindings],
  });
}

function countOf({ name: table }: SchemaTable, erased: number): TableCount {
  return { table, erased, anonymised: 0, kept: 0 };
}

function stepOf(table: SchemaTable, erased: number): ErasureStep {
  return { ...countOf(table, erased), cursor: { table: table.name } };
}
