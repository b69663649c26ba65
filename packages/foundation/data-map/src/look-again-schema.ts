/** The second look's own reading of a schema. */
import type { Database } from "@preau/database";

export interface InspectedTable {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly numeric: boolean }[];
  /** Columns that can hold a text. */
  readonly texts: readonly string[];
  /** Columns that name a row, to page by. */
  readonly order: readonly string[];
}

interface Line {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  /** 1 and up for columns of the primary key, in its order. */
  readonly key: number;
}

export async function inspectSchema(
  database: Pick<Database, "knex" | "dialect">,
): Promise<readonly InspectedTable[]> {
  const lines = database.dialect === "mysql" ? await mysqlLines(database) : await sqliteLines(database);
  const tables = new Map<string, Line[]>();
  for (const line of lines) tables.set(line.table, [...(tables.get(line.table) ?? []), line]);
  return [...tables].map(([name, columns]) => ({
    name,
    columns: columns.map(({ column, type }) => ({
      name: column,
      numeric: /int|dec|num|float|double|real/i.test(type),
    })),
    texts: columns
      .filter(({ type }) => type === "" || /char|text|clob|json|blob|binary|enum|set\(/i.test(type))
      .map(({ column }) => column),
    order: columns
      .filter(({ key }) => key > 0)
      .toSorted((a, b) => a.key - b.key)
      .map(({ column }) => column),
  }));
}

async function mysqlLines({ knex }: Pick<Database, "knex">): Promise<readonly Line[]> {
  const answer: unknown = await knex.raw(
    `select table_name as t, column_name as c, data_type as d, if(column_key = 'PRI', ordinal_position, 0) as k
       from information_schema.columns where table_schema = database()
      order by table_name, ordinal_position`,
  );
  const views: unknown = await knex.raw(
    "select table_name as t, '' as c, '' as d, 0 as k from information_schema.tables where table_schema = database() and table_type <> 'BASE TABLE'",
  );
  const hidden = new Set(asLines((views as readonly unknown[])[0]).map(({ table }) => table));
  return asLines((answer as readonly unknown[])[0]).filter(({ table }) => !hidden.has(table));
}

async function sqliteLines({ knex }: Pick<Database, "knex">): Promise<readonly Line[]> {
  const answer: unknown = await knex.raw(
    `select m.name as t, c.name as c, c.type as d, c.pk as k
       from sqlite_master m, pragma_table_info(m.name) c
      where m.type = 'table' and substr(m.name, 1, 7) <> 'sqlite_'
      order by m.name, c.cid`,
  );
  return asLines(answer);
}

function asLines(rows: unknown): readonly Line[] {
  if (!Array.isArray(rows)) return [];
  return (rows as readonly { t: string; c: string; d: string; k: number | string }[]).map(
    ({ t, c, d, k }) => ({
      table: t,
      column: c,
      type: d,
      key: Number(k),
    }),
  );
}
