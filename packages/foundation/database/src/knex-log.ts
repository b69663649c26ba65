/** knex's own warnings in our log. Their text may quote values, so only the fact is kept. */
import type { Log } from "@preau/kernel";
import type { Knex } from "knex";

export function knexLog(log: Log): Knex.Logger {
  return {
    warn: () => log.warn("database.knexWarned"),
    error: () => log.error("database.knexFailed"),
    deprecate: () => undefined,
    debug: () => undefined,
  };
}
