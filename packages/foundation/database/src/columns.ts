/**
 * Columns that mean the same on both databases: text compared byte by byte. MariaDB's default collation takes
 * `zoe@` for `Zoé@`; SQLite never does.
 */
import type { Knex } from "knex";

/** Text of at most that many characters, compared byte by byte: codes, ids, hashes. */
export function exactColumn(table: Knex.TableBuilder, name: string, length: number): Knex.ColumnBuilder {
  const column = table.string(name, length);
  return isMysql(table) ? column.collate("utf8mb4_bin") : column;
}

/** An id made by `Ids`: `varchar(40)`. */
export function idColumn(table: Knex.TableBuilder, name: string): Knex.ColumnBuilder {
  return exactColumn(table, name, 40);
}

/** An `Instant`: `varchar(24)`, sorts as text. */
export function instantColumn(table: Knex.TableBuilder, name: string): Knex.ColumnBuilder {
  return exactColumn(table, name, 24);
}

/** A `ControllerId`: `varchar(64)`. First column of the indexes of its table. */
export function controllerColumn(table: Knex.TableBuilder, name = "controller"): Knex.ColumnBuilder {
  return exactColumn(table, name, 64);
}

/** A JSON column's value: mysql2 decodes it, SQLite gives text. Null stays null. */
export function jsonOf(value: unknown): unknown {
  return typeof value === "string" ? JSON.parse(value) : value;
}

function isMysql(table: Knex.TableBuilder): boolean {
  // knex's builder knows its client; the published type leaves it out.
  return (table as unknown as { client: Knex.Client }).client.dialect === "mysql";
}
