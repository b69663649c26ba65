/**
 * The embedded database: better-sqlite3 through knex. WAL, so that readers and the writer of other processes do not
 * stop each other; `synchronous=FULL`, so that what was committed survives a power cut; deleted content is overwritten.
 *
 * The driver is synchronous, and SQLite's own busy wait would stop the whole process: the wait for another process's
 * lock is made here, asynchronously. Transactions begin IMMEDIATE: a lock that cannot be had is found at the start, never
 * in the middle (SQLITE_BUSY_SNAPSHOT).
 */
import { chmodSync, closeSync, mkdirSync, openSync, statSync } from "node:fs";
import path from "node:path";
import type { Log } from "@preau/kernel";
import knexOf, { type Knex } from "knex";
import { type Backoff, pause, waitAfter } from "./backoff.ts";
import type { SqliteTarget } from "./database-url.ts";
import { fault } from "./errors.ts";
import {
  type DriverConnection,
  dialectClass,
  type GuardedConfig,
  guarded,
  type Statement,
} from "./guarded-client.ts";
import { keepingStatements } from "./kept-statements.ts";
import { knexLog } from "./knex-log.ts";

const BUSY_BACKOFF: Backoff = { first: 2, factor: 1.6, most: 60 };

const PRAGMAS = [
  // Short: a synchronous wait stops the process, and with it a lock holder that lives in the same process.
  "busy_timeout = 5",
  "journal_mode = WAL",
  "synchronous = FULL",
  "foreign_keys = ON",
  "secure_delete = ON",
  "trusted_schema = OFF",
];

interface SqliteConnection extends DriverConnection {
  pragma(text: string): unknown;
}

class SqliteClient extends dialectClass("better-sqlite3") {
  override async acquireRawConnection(): Promise<unknown> {
    const connection = (await super.acquireRawConnection()) as SqliteConnection;
    for (const pragma of PRAGMAS) await whileBusy(() => connection.pragma(pragma), this.busyWaitMs);
    return connection;
  }

  override async _query(connection: DriverConnection, statement: Statement): Promise<unknown> {
    if (statement.sql === "BEGIN;") statement.sql = "BEGIN IMMEDIATE;";
    const keeping = keepingStatements(connection);
    if (connection.inTransaction === true) return super._query(keeping, statement);
    return whileBusy(() => super._query(keeping, statement), this.busyWaitMs);
  }

  private get busyWaitMs(): number {
    return (this.config as GuardedConfig).busyWaitMs ?? 0;
  }
}

const Client = guarded(SqliteClient);

/** Repeats what another process's lock has refused, for a bounded time, without holding up this process. */
async function whileBusy<T>(attempt: () => T | Promise<T>, busyWaitMs: number): Promise<T> {
  for (let tries = 1, waited = 0; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      const busy = typeof code === "string" && /^SQLITE_(BUSY|LOCKED)/.test(code);
      if (!busy || waited > busyWaitMs) throw error;
      const wait = waitAfter(tries, BUSY_BACKOFF);
      waited += wait;
      await pause(wait);
    }
  }
}

/**
 * A knex over one SQLite file, made with mode 0600 in a folder of mode 0700 when they are not there.
 * @throws DATABASE_WRONG_NODE, DATABASE_UNREACHABLE
 */
export function connectSqlite(target: SqliteTarget, log: Log, busyWaitMs: number): Knex {
  // better-sqlite3 13 does not throw on Node 20: it crashes the process without a word.
  const major = Number(process.versions.node.split(".")[0]);
  if (major < 22) throw fault("DATABASE_WRONG_NODE", { log: { node: process.versions.node } });
  if (target.filename !== ":memory:") makePrivateFile(target, log);
  const config: GuardedConfig = {
    client: Client,
    place: target.place,
    busyWaitMs,
    connection: { filename: target.filename },
    useNullAsDefault: true,
    compileSqlOnError: false,
    acquireConnectionTimeout: 60_000,
    pool: { min: 1, max: 1 },
    log: knexLog(log),
  };
  return knexOf(config);
}

function makePrivateFile(target: SqliteTarget, log: Log): void {
  const file = path.resolve(target.filename);
  try {
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    const before = statSync(file, { throwIfNoEntry: false });
    if (before === undefined) {
      closeSync(openSync(file, "a", 0o600)); // through a link, too: its target would else be made for everybody
      chmodSync(file, 0o600); // whatever the umask
    } else if (process.platform !== "win32" && (before.mode & 0o077) !== 0) {
      log.warn("database.fileReadableByOthers", { mode: (before.mode & 0o777).toString(8) });
    }
  } catch (cause) {
    const code = (cause as { code?: unknown }).code;
    const detail = {
      place: target.place,
      log: { driver: typeof code === "string" ? code : "unknown" },
      cause,
    };
    throw fault(code === "ENOSPC" ? "DATABASE_FULL" : "DATABASE_UNREACHABLE", detail);
  }
}
