/**
 * A logical dump of a whole database, streamed, as SQL that stock tools load: `mariadb-dump` writes it for MariaDB and
 * MySQL, our own writer for SQLite. Either is one snapshot, and either says at its end that it is whole: a dump that stops
 * before is an error, never a short file.
 * @clause S8, D6.2c
 */
import type { Dump } from "@preau/kernel";
import { readDatabaseUrl } from "./database-url.ts";
import { dumpMysql } from "./dump-mysql.ts";
import { dumpSqlite } from "./dump-sqlite.ts";
import type { Database } from "./open-database.ts";

export interface DumpOptions {
  /** Where the dump program is looked for, as in `PATH`; the system's own folders when absent. */
  readonly searchPath?: string | undefined;
  /** Milliseconds without a byte after which the server is taken for stuck (a locked table); 5 minutes when absent. */
  readonly stallMs?: number | undefined;
  /** MariaDB and MySQL: where other tables stand in the database too, only those that begin so, without routines and events. */
  readonly tablePrefix?: string | undefined;
}

/** A dump that can lend its pieces. */
export interface LendingDump extends Dump {
  /**
   * As `bytes`, but a piece is its reader's until the next is asked for, and is then empty: a gigabyte of pieces that wait
   * for the collector of garbage costs more memory and time than the dump.
   */
  readonly lend: (signal?: AbortSignal) => AsyncIterable<Uint8Array>;
}

/**
 * The dump; nothing is read before its bytes are asked for, and each time they are it is made anew. Whoever stops reading,
 * or aborts, ends the program that dumps.
 *
 * Its bytes throw DATABASE_NO_DUMP_TOOL, DATABASE_DUMP_FAILED, DATABASE_UNREACHABLE, DATABASE_DAMAGED.
 * @clause S8
 */
export function dumpDatabase(database: Database, options: DumpOptions = {}): Dump | LendingDump {
  const target = readDatabaseUrl(database.url);
  if (target.dialect === "sqlite") {
    const stem = fileStem(target.filename.replace(/^.*\//, "").replace(/\.(db|sqlite3?)$/i, ""));
    return {
      name: `${stem}.sql`,
      load: `sqlite3 ${stem}.sqlite < ${stem}.sql`,
      bytes: (signal) => dumpSqlite(database, target, signal),
    };
  }
  const stem = fileStem(target.name);
  return {
    name: `${stem}.sql`,
    load: `mariadb --default-character-set=utf8mb4 NAME < ${stem}.sql`,
    bytes: (signal) => dumpMysql(database, target, { ...options, signal }),
    lend: (signal) => dumpMysql(database, target, { ...options, signal, lend: true }),
  };
}

/** A database's name as a file's: nothing in it that a shell or a file system reads. */
function fileStem(name: string): string {
  const safe = name.replaceAll(/[^A-Za-z0-9_-]+/g, "_").slice(0, 100);
  return /^-|^_*$/.test(safe) ? `database${safe}` : safe;
}
