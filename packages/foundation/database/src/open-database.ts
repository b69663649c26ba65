/** Opening a database: SQLite in a file or in memory, MariaDB or MySQL on a server. */
import { type Log, silentLog } from "@preau/kernel";
import type { Knex } from "knex";
import { readDatabaseUrl } from "./database-url.ts";
import { fault } from "./errors.ts";
import { CONNECT_TIMEOUT_MS, connectMysql, refuseOldServer } from "./mysql.ts";
import { connectSqlite } from "./sqlite.ts";
import { isInsideTransaction } from "./transaction-guard.ts";
import { translateRefusal } from "./translate-error.ts";
import { makeTurnstile } from "./turnstile.ts";

export type Dialect = "sqlite" | "mysql";

export interface Database {
  /** For reads and for DDL outside a unit of work; inside one, `inUnit(unit)`. */
  readonly knex: Knex;
  /** `mysql` is MariaDB too. */
  readonly dialect: Dialect;
  /** Never holds a password. */
  readonly url: string;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** `sqlite:PATH`, `sqlite::memory:`, `mysql://user@host:port/name`. */
  readonly url: string;
  /** MySQL only. From a file or the environment, by the caller. */
  readonly password?: string | undefined;
  readonly log?: Log | undefined;
  /** Milliseconds that a statement waits for another process's lock before DATABASE_BUSY; 15,000 by default. SQLite only. */
  readonly busyWaitMs?: number | undefined;
}

const BUSY_WAIT_MS = 15_000;

/**
 * Opens a database and checks within 5 seconds that it answers.
 * @throws DATABASE_BAD_URL, DATABASE_PASSWORD_IN_URL, DATABASE_UNREACHABLE, DATABASE_TOO_OLD, DATABASE_WRONG_NODE,
 *   DATABASE_DAMAGED, DATABASE_READ_ONLY
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const target = readDatabaseUrl(options.url);
  const log = options.log ?? silentLog;
  const knex =
    target.dialect === "sqlite"
      ? connectSqlite(target, log, options.busyWaitMs ?? BUSY_WAIT_MS)
      : connectMysql(target, options.password, log);
  guardPool(knex, target.place);
  if (target.dialect === "sqlite") letPagesFirst(knex);
  try {
    await inTime(check(knex, target.dialect, target.place), target.place);
  } catch (error) {
    // Not awaited: the pool waits for a connection that a silent server never grants.
    knex.destroy().catch(() => undefined);
    throw error;
  }
  return { knex, dialect: target.dialect, url: options.url, close: () => knex.destroy() };
}

async function check(knex: Knex, dialect: Dialect, place: string): Promise<void> {
  if (dialect === "sqlite") {
    await knex.select("name").from("sqlite_master").limit(1);
    return;
  }
  const row: unknown = await knex.first(knex.raw("version() as version"));
  refuseOldServer(String((row as { version?: unknown }).version), place);
}

async function inTime(work: Promise<void>, place: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(fault("DATABASE_UNREACHABLE", { place, log: { driver: "silent" } })),
      CONNECT_TIMEOUT_MS,
    );
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Of the one connection, pages before the worker. */
function letPagesFirst(knex: Knex): void {
  const pool = knex.client as Knex.Client;
  const turnstile = makeTurnstile();
  const acquire = pool.acquireConnection.bind(pool) as () => Promise<object>;
  const release = pool.releaseConnection.bind(pool) as (connection: object) => Promise<void>;
  pool.acquireConnection = () => turnstile.acquire(acquire);
  pool.releaseConnection = async (connection: object) => {
    await release(connection);
    turnstile.released(connection);
  };
}

/** The pool refuses queries from inside an open unit of work, and speaks our errors. */
function guardPool(knex: Knex, place: string): void {
  const pool = knex.client as Knex.Client;
  const acquire = pool.acquireConnection.bind(pool) as () => Promise<unknown>;
  pool.acquireConnection = async () => {
    if (isInsideTransaction(pool)) throw fault("DATABASE_OUTSIDE_UNIT", { place });
    try {
      return await acquire();
    } catch (error) {
      throw translateRefusal(error, place);
    }
  };
}
