/**
 * A SQLite database as SQL that the stock `sqlite3` loads into an empty file, written in one read transaction: what others
 * commit meanwhile is not in it. The order of parts:
 *
 *     PRAGMA encoding, foreign_keys=OFF, application_id, user_version;  BEGIN;
 *     each table: CREATE, then its rows      virtual tables: into the schema itself, their shadow tables as tables
 *     sqlite_sequence      indexes, views, triggers in the order in which they were made      COMMIT;
 *
 * A dump without its COMMIT loads nothing. Statistics of ANALYZE are made anew, not copied.
 * @clause S8
 */
import { setImmediate as turn } from "node:timers/promises";
import type { SqliteTarget } from "./database-url.ts";
import { dumpRows, type SqliteTable } from "./dump-sqlite-rows.ts";
import { fault } from "./errors.ts";
import type { Database } from "./open-database.ts";
import { openSnapshot, type SqliteReader } from "./sqlite-snapshot.ts";
import { translateError } from "./translate-error.ts";

/** Bytes of a piece. */
const PIECE = 1 << 17;

/** @throws DATABASE_UNREACHABLE, DATABASE_DAMAGED, DATABASE_BUSY, DATABASE_DUMP_FAILED */
export async function* dumpSqlite(
  database: Database,
  target: SqliteTarget,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  signal?.throwIfAborted();
  const snapshot = await openSnapshot(database, target);
  let pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for (const part of statements(snapshot.reader)) {
      const bytes = typeof part === "string" ? Buffer.from(part) : part;
      pieces.push(bytes);
      size += bytes.length;
      if (size < PIECE) continue;
      signal?.throwIfAborted();
      yield Buffer.concat(pieces);
      [pieces, size] = [[], 0];
      await turn(); // the driver is synchronous: everybody else gets a turn between two pieces
    }
    yield Buffer.concat(pieces);
  } catch (error) {
    // Not an error of the driver's: the caller's own, by the signal.
    if (signal?.aborted === true) throw error;
    const known = translateError(error, target.place);
    throw known.code === "DATABASE_QUERY_FAILED" ? fault("DATABASE_DUMP_FAILED", known.detail) : known;
  } finally {
    await snapshot.close();
  }
}

function* statements(reader: SqliteReader): Generator<string | Uint8Array> {
  const pragma = (name: string) => String(reader.values(`PRAGMA ${name}`)[0]);
  const encoding = pragma("encoding");
  const tables = reader.rows(
    `SELECT s.name, s.sql, l.type, l.wr AS withoutRowid FROM sqlite_master AS s
       JOIN pragma_table_list AS l ON l.name = s.name AND l.schema = 'main'
     WHERE s.type = 'table' AND s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY s.rowid`,
  ) as readonly SqliteTable[];
  const isVirtual = ({ type }: SqliteTable) => type === "virtual";

  // A dot line is the command-line program's own: newer ones guard the schema against what comes next.
  if (tables.some(isVirtual)) yield ".dbconfig defensive off\n";
  yield `PRAGMA encoding='${encoding}';\nPRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;\n`;
  yield `PRAGMA application_id=${pragma("application_id")};\nPRAGMA user_version=${pragma("user_version")};\n`;
  for (const table of tables.filter((each) => !isVirtual(each))) {
    yield `${table.sql};\n`;
    yield* dumpRows(reader, table, encoding);
  }
  yield* sequences(reader, encoding);
  yield* virtualTables(reader, tables.filter(isVirtual));
  for (const sql of reader.values(
    "SELECT sql FROM sqlite_master WHERE type <> 'table' AND sql IS NOT NULL ORDER BY rowid",
  )) {
    yield `${String(sql)};\n`;
  }
  yield "COMMIT;\n";
  if (reader.values("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'").length > 0) yield "ANALYZE;\n";
}

/** The counters of AUTOINCREMENT: a number that was given once is not given again after a restore either. */
function* sequences(reader: SqliteReader, encoding: string): Generator<string | Uint8Array> {
  const [sequence] = reader.rows(
    "SELECT name, sql, 'table' AS type, 0 AS withoutRowid FROM sqlite_master WHERE name = 'sqlite_sequence'",
  ) as readonly SqliteTable[];
  if (sequence === undefined) return;
  const counting = reader.values(
    "SELECT 1 FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'",
  );
  if (counting.length === 0) return;
  yield "DELETE FROM sqlite_sequence;\n";
  yield* dumpRows(reader, sequence, encoding);
}

/**
 * A virtual table keeps what it holds in shadow tables, which are dumped as they are: running its CREATE would make them
 * again, so its line goes into the schema.
 */
function* virtualTables(reader: SqliteReader, tables: readonly SqliteTable[]): Generator<string> {
  if (tables.length === 0) return;
  yield "PRAGMA writable_schema=ON;\n";
  for (const { name } of tables) {
    const [line] = reader.values(
      `SELECT 'INSERT INTO sqlite_master(type,name,tbl_name,rootpage,sql)VALUES(''table'',' || quote(name) || ',' ||
         quote(name) || ',0,' || quote(sql) || ');' FROM sqlite_master WHERE type = 'table' AND name = ?`,
      name,
    );
    yield `${String(line)}\n`;
  }
  yield "PRAGMA writable_schema=OFF;\n";
}
