/** The tables and columns that a database really has. */
import type { Database } from "@preau/database";

export type ColumnClass = "number" | "text" | "binary" | "time" | "any";

export interface SchemaColumn {
  readonly name: string;
  /** As the database says it, lower case: `bigint(10)`, `longtext`. */
  readonly type: string;
  readonly is: ColumnClass;
  readonly nullable: boolean;
}

export interface SchemaTable {
  readonly name: string;
  readonly columns: ReadonlyMap<string, SchemaColumn>;
  /** One column that names a row: its primary key, or SQLite's rowid. Absent when several are needed, or bytes. */
  readonly rowKey: string | undefined;
  /** Columns of the primary key, or SQLite's rowid; empty when there is none. */
  readonly key: readonly string[];
  /** Columns of its primary key, whatever it is worked on by. */
  readonly primary: readonly string[];
}

export type DatabaseSchema = ReadonlyMap<string, SchemaTable>;

/** Reads all base tables: two statements on MariaDB, two a table on SQLite. */
export async function readSchema({
  knex,
  dialect,
}: Pick<Database, "knex" | "dialect">): Promise<DatabaseSchema> {
  const rows = dialect === "mysql" ? await readMysql() : await readSqlite();
  const tables = new Map<string, ReturnType<typeof newTable>>();
  for (const row of rows) {
    const table = tables.get(row.table) ?? newTable(row.rowid);
    tables.set(row.table, table);
    const type = row.type.toLowerCase();
    table.columns.set(row.column, { name: row.column, type, is: classOf(type), nullable: row.nullable });
    if (row.key > 0) table.keys.push({ place: row.key, name: row.column });
  }
  return new Map(
    [...tables].map(([name, { columns, keys, rowid }]) => {
      const own = keys.toSorted((a, b) => a.place - b.place).map((key) => key.name);
      const key = own.length !== 1 && rowid ? ["rowid"] : own;
      // Bytes as a key would have to be written out, and are not: such rows are worked on like those without a key.
      const rowKey = key.length === 1 && columns.get(key[0] ?? "")?.is !== "binary" ? key[0] : undefined;
      return [name, { name, columns, key, rowKey, primary: own }];
    }),
  );

  interface ColumnRow {
    readonly table: string;
    readonly column: string;
    readonly type: string;
    readonly nullable: boolean;
    readonly key: number;
    readonly rowid: boolean;
  }

  async function readMysql(): Promise<readonly ColumnRow[]> {
    // Two plain reads: joins between these views take the server a hundred times longer.
    const [columnRows, tableRows] = await Promise.all([
      knex
        .select({
          table: "table_name",
          column: "column_name",
          type: "column_type",
          nullable: "is_nullable",
          key: "column_key",
        })
        .from("information_schema.columns")
        .where("table_schema", knex.raw("database()"))
        .orderBy(["table_name", "ordinal_position"]),
      knex
        .select({ table: "table_name" })
        .from("information_schema.tables")
        .where({ table_schema: knex.raw("database()"), table_type: "BASE TABLE" }),
    ]);
    const base = new Set(asRows(tableRows).map((row) => String(row["table"])));
    return asRows(columnRows)
      .filter((row) => base.has(String(row["table"])))
      .map((row, place) => ({
        table: String(row["table"]),
        column: String(row["column"]),
        type: String(row["type"]),
        nullable: row["nullable"] === "YES",
        key: row["key"] === "PRI" ? place + 1 : 0,
        rowid: false,
      }));
  }

  async function readSqlite(): Promise<readonly ColumnRow[]> {
    const rows = asRows(
      await knex
        .select({
          table: "m.name",
          sql: "m.sql",
          column: "c.name",
          type: "c.type",
          required: "c.notnull",
          key: "c.pk",
        })
        .from(knex.raw("sqlite_master as m, pragma_table_info(m.name) as c"))
        .where("m.type", "table")
        .whereRaw("substr(m.name, 1, 7) <> 'sqlite_'")
        .whereNot("m.sql", "like", "CREATE VIRTUAL%")
        .orderBy(["m.name", "c.cid"]),
    );
    return rows.map((row) => ({
      table: String(row["table"]),
      column: String(row["column"]),
      type: String(row["type"]),
      nullable: Number(row["required"]) === 0,
      key: Number(row["key"]),
      rowid: !/\bwithout\s+rowid\b/i.test(String(row["sql"])),
    }));
  }
}

function newTable(rowid: boolean) {
  return { columns: new Map<string, SchemaColumn>(), keys: [] as { place: number; name: string }[], rowid };
}

function asRows(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? (value as readonly Readonly<Record<string, unknown>>[]) : [];
}

/** SQLite's affinity names and MariaDB's types in one table. */
function classOf(type: string): ColumnClass {
  if (/int|decimal|numeric|float|double|real|bool|bit/.test(type)) return "number";
  if (/char|text|clob|json|enum|set|uuid|inet/.test(type)) return "text";
  if (/blob|binary/.test(type)) return "binary";
  if (/date|time|year/.test(type)) return "time";
  return "any";
}
