/**
 * MariaDB 10.6+ and MySQL 8+, through mysql2. Every session is in UTC, strict, in utf8mb4, and READ COMMITTED: a
 * transaction that lost a race must see the winner's row, and locks stay on the rows that were found (no gap locks
 * between two controllers).
 */
import type { Log } from "@preau/kernel";
import knexOf, { type Knex } from "knex";
import type { MysqlTarget } from "./database-url.ts";
import { fault } from "./errors.ts";
import { dialectClass, type GuardedConfig, guarded } from "./guarded-client.ts";
import { knexLog } from "./knex-log.ts";

/** Milliseconds to wait for the server to answer. */
export const CONNECT_TIMEOUT_MS = 5_000;
/** Seconds that a statement waits for a row before the transaction is given up and tried again. */
const LOCK_WAIT_SECONDS = 10;

const SESSION = [
  "time_zone = '+00:00'",
  "sql_mode = 'STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY'",
  `innodb_lock_wait_timeout = ${LOCK_WAIT_SECONDS}`,
  "SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED",
];

interface MysqlConnection {
  query(sql: string, done: (error: Error | null) => void): void;
}

class MysqlClient extends dialectClass("mysql2") {
  override async acquireRawConnection(): Promise<unknown> {
    const connection = (await super.acquireRawConnection()) as MysqlConnection;
    for (const setting of SESSION) {
      await new Promise<void>((resolve, reject) => {
        connection.query(`SET ${setting}`, (error) => (error === null ? resolve() : reject(error)));
      });
    }
    return connection;
  }
}

const Client = guarded(MysqlClient);

/** A knex over one MariaDB or MySQL database: up to ten connections, opened when needed. */
export function connectMysql(target: MysqlTarget, password: string | undefined, log: Log): Knex {
  const local = ["localhost", "127.0.0.1", "::1"].includes(target.host);
  if (!target.tls && !local) log.warn("database.withoutTls", { host: target.host });
  const config: GuardedConfig = {
    client: Client,
    place: target.place,
    connection: {
      host: target.host,
      port: target.port,
      user: target.user,
      database: target.name,
      ...(password === undefined ? {} : { password }),
      ...(target.tls ? { ssl: { rejectUnauthorized: true } } : {}),
      charset: "utf8mb4",
      timezone: "Z",
      dateStrings: true,
      supportBigNumbers: true,
      connectTimeout: CONNECT_TIMEOUT_MS,
    },
    compileSqlOnError: false,
    acquireConnectionTimeout: 20_000,
    pool: { min: 0, max: 10 },
    log: knexLog(log),
  };
  return knexOf(config);
}

/**
 * Refuses a server without SKIP LOCKED.
 * @param version what `SELECT VERSION()` says: `10.11.6-MariaDB-1`, `8.0.36`
 * @throws DATABASE_TOO_OLD
 */
export function refuseOldServer(version: string, place: string): void {
  const [major = 0, minor = 0] = version.split(/[.-]/).map(Number);
  const fits = /mariadb/i.test(version) ? major > 10 || (major === 10 && minor >= 6) : major >= 8;
  if (!fits) throw fault("DATABASE_TOO_OLD", { place, log: { major, minor } });
}
