/** Inserting many rows of one table. */
import type { Knex } from "knex";

/** Rows a statement: far below what either database takes in one, unless a row is of megabytes. */
const CHUNK = 100;

/**
 * Inserts rows that all have the columns of the first, in few statements. Written as text: knex's own insert of many rows
 * is a union of selects on SQLite, several times slower.
 * @throws DATABASE_DUPLICATE
 */
export async function insertRows(queries: Knex, table: string, rows: readonly object[]): Promise<void> {
  const names = Object.keys(rows[0] ?? {});
  const named = names.map(() => "??").join(",");
  const places = `(${names.map(() => "?").join(",")})`;
  for (let at = 0; at < rows.length; at += CHUNK) {
    const chunk = rows.slice(at, at + CHUNK);
    const values: unknown[] = [];
    for (const row of chunk) {
      const columns = row as Readonly<Record<string, unknown>>;
      for (const name of names) values.push(columns[name]);
    }
    await queries.raw(`insert into ?? (${named}) values ${chunk.map(() => places).join(",")}`, [
      table,
      ...names,
      ...values,
    ] as Knex.RawBinding[]);
  }
}
