/** One read transaction on a SQLite database, beside the pool's own connection: writers go on, and it does not see them. */
import { createRequire } from "node:module";
import type { SqliteTarget } from "./database-url.ts";
import type { Database } from "./open-database.ts";
import { translateError } from "./translate-error.ts";

export interface SqliteReader {
  rows(sql: string, ...values: string[]): readonly unknown[];
  /** The first column. */
  values(sql: string, ...values: string[]): readonly unknown[];
  /** The first column, row by row. */
  stream(sql: string): Generator<string | Uint8Array>;
}

/** What we use of better-sqlite3. */
interface Connection {
  prepare(sql: string): Statement;
  exec(sql: string): unknown;
  pragma(text: string): unknown;
  close(): unknown;
}
interface Statement {
  all(...values: string[]): unknown[];
  iterate(): IterableIterator<unknown>;
  pluck(): Statement;
}

/**
 * Opens it.
 * @throws DATABASE_UNREACHABLE, DATABASE_DAMAGED, DATABASE_BUSY
 */
export async function openSnapshot(
  database: Database,
  target: SqliteTarget,
): Promise<{ readonly reader: SqliteReader; close(): Promise<void> }> {
  const { connection, close } = await connect(database, target);
  try {
    connection.exec("BEGIN");
    connection.prepare("SELECT name FROM sqlite_master LIMIT 1").all(); // from here on the snapshot stands
  } catch (error) {
    await close();
    throw translateError(error, target.place);
  }
  return {
    reader: {
      rows: (sql, ...values) => connection.prepare(sql).all(...values),
      values: (sql, ...values) =>
        connection
          .prepare(sql)
          .pluck()
          .all(...values),
      stream: function* (sql) {
        for (const value of connection.prepare(sql).pluck().iterate()) yield value as string | Uint8Array;
      },
    },
    close,
  };
}

/** A database in memory has one connection, the pool's: nobody else writes while it is read. */
async function connect({ knex }: Database, { filename, place }: SqliteTarget) {
  if (filename !== ":memory:") {
    const Driver = createRequire(import.meta.url)("better-sqlite3") as new (
      file: string,
      options: object,
    ) => Connection;
    try {
      const connection = new Driver(filename, { readonly: true, fileMustExist: true, timeout: 5000 });
      connection.pragma("trusted_schema = OFF");
      return { connection, close: async () => void connection.close() };
    } catch (error) {
      throw translateError(error, place);
    }
  }
  const pool = knex.client as {
    acquireConnection(): Promise<Connection>;
    releaseConnection(connection: Connection): Promise<void>;
  };
  const connection = await pool.acquireConnection();
  return {
    connection,
    close: async () => {
      connection.exec("ROLLBACK");
      await pool.releaseConnection(connection);
    },
  };
}
