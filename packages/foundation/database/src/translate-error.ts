/**
 * The border: what a driver throws becomes a fault of ours. Drivers and knex write the bound values into their messages
 * ("Duplicate entry 'zoe@…'"), so the kept cause bears the driver's code and the statement with its placeholders, never
 * its text.
 */
import { PreauError } from "@preau/kernel";
import { fault } from "./errors.ts";

/** What the drivers' errors have in common. */
interface DriverError {
  readonly code?: unknown;
  readonly errno?: unknown;
}

const MYSQL_BUSY = new Set([1213, 1205, 1020, 3572]);
const MYSQL_FULL = new Set([1021, 1114, 28, 20, 3]);
const MYSQL_READ_ONLY = new Set([1290, 1836, 1792]);
const MYSQL_DENIED = new Set([1044, 1045, 1698]);
const MYSQL_GONE = new Set([1049, 1040, 1053, 1077, 1130, 1927, 2006, 2013]);
const NETWORK =
  /^(E(CONN|TIMEDOUT|NOTFOUND|AI_AGAIN|PIPE|HOSTUNREACH|NETUNREACH|ACCES)|PROTOCOL_|POOL_CLOSED|HANDSHAKE_|ENOTFOUND)/;

/** A driver's error as a fault; a fault stays what it is. `place` is the address without password. */
export function translateError(error: unknown, place: string, sql?: string): PreauError {
  if (error instanceof PreauError) return error;
  const { code, errno } = (typeof error === "object" && error !== null ? error : {}) as DriverError;
  const driver = typeof code === "string" ? code : error instanceof Error ? error.name : "unknown";
  const number = typeof errno === "number" ? errno : 0;
  const detail = {
    place,
    log: { driver, errno: number, ...(sql === undefined ? {} : { sql: sql.slice(0, 500) }) },
    cause: withoutValues(error, driver),
  };
  if (MYSQL_DENIED.has(number)) return fault("DATABASE_UNREACHABLE", { ...detail, remedy: DENIED });
  if (number === 1049) return fault("DATABASE_UNREACHABLE", { ...detail, remedy: ABSENT });
  return fault(codeFor(driver, number), detail);
}

/** What kept a connection from being had: the server is at fault even when the driver says nothing more. */
export function translateRefusal(error: unknown, place: string): PreauError {
  const translated = translateError(error, place);
  return translated.code === "DATABASE_QUERY_FAILED"
    ? fault("DATABASE_UNREACHABLE", translated.detail)
    : translated;
}

function codeFor(driver: string, errno: number) {
  if (driver.startsWith("SQLITE_")) return codeForSqlite(driver);
  if (driver === "ER_DUP_ENTRY" || errno === 1062) return "DATABASE_DUPLICATE";
  if (MYSQL_BUSY.has(errno) || driver === "KnexTimeoutError" || driver === "TimeoutError")
    return "DATABASE_BUSY";
  if (MYSQL_FULL.has(errno) || driver === "ENOSPC") return "DATABASE_FULL";
  if (MYSQL_READ_ONLY.has(errno)) return "DATABASE_READ_ONLY";
  if (MYSQL_GONE.has(errno) || NETWORK.test(driver)) return "DATABASE_UNREACHABLE";
  return "DATABASE_QUERY_FAILED";
}

function codeForSqlite(driver: string) {
  if (driver === "SQLITE_CONSTRAINT_UNIQUE" || driver === "SQLITE_CONSTRAINT_PRIMARYKEY")
    return "DATABASE_DUPLICATE";
  if (/^SQLITE_(BUSY|LOCKED)/.test(driver)) return "DATABASE_BUSY";
  // A full disk that SQLite meets while it grows its shared memory bears this name.
  if (driver === "SQLITE_FULL" || driver === "SQLITE_IOERR_SHMSIZE") return "DATABASE_FULL";
  if (driver.startsWith("SQLITE_READONLY")) return "DATABASE_READ_ONLY";
  if (/^SQLITE_(CANTOPEN|PERM|IOERR)/.test(driver)) return "DATABASE_UNREACHABLE";
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(driver)) return "DATABASE_DAMAGED";
  return "DATABASE_QUERY_FAILED";
}

/** The same stack under a message that holds no value. */
function withoutValues(error: unknown, driver: string): Error {
  const kept = new Error(driver);
  if (error instanceof Error && error.stack !== undefined) {
    const frames = error.stack.split("\n").filter((line) => /^ {4}at /.test(line));
    kept.stack = [`Error: ${driver}`, ...frames].join("\n");
  }
  return kept;
}

const DENIED = {
  en: "Check the user and the password, and what this user may do.",
  fr: "Vérifiez l'utilisateur et le mot de passe, et les droits de cet utilisateur.",
};
const ABSENT = {
  en: "Create the database, or correct its name.",
  fr: "Créez la base de données, ou corrigez son nom.",
};
