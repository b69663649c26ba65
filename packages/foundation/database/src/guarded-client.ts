/** knex's client for one dialect, with our border around every statement: translated errors, doomed transactions. */
import { createRequire } from "node:module";
import type { PreauError } from "@preau/kernel";
import type { Knex } from "knex";
import { doom, doomOf, pardon } from "./transaction-guard.ts";
import { translateError } from "./translate-error.ts";

/** A driver's connection as knex marks it. */
export interface DriverConnection {
  /** The transaction that knex runs on it. */
  readonly __knexTxId?: string;
  /** better-sqlite3 only. */
  readonly inTransaction?: boolean;
}

export interface Statement {
  sql: string;
}

/** What we use of a knex client beyond its published types. */
interface DialectClient extends Knex.Client {
  _query(connection: DriverConnection, statement: Statement): Promise<unknown>;
  query(connection: DriverConnection, statement: string | Statement): Promise<unknown>;
}

export type DialectClass = Pick<typeof Knex.Client, keyof typeof Knex.Client> &
  (new (
    config: GuardedConfig,
  ) => DialectClient);

/** knex's configuration and how errors name this database. */
export interface GuardedConfig extends Knex.Config {
  readonly place: string;
  /** Milliseconds that a statement waits for another process's lock. SQLite only. */
  readonly busyWaitMs?: number;
}

const load = createRequire(import.meta.url);

/** knex's own client class of a dialect. Loading it loads no driver. */
export function dialectClass(name: "better-sqlite3" | "mysql2"): DialectClass {
  return load(`knex/lib/dialects/${name}/index.js`) as DialectClass;
}

/** Adds the border to a dialect. No private members: knex makes a transaction's client without calling a constructor. */
export function guarded(Base: DialectClass): DialectClass {
  return class extends Base {
    override async query(connection: DriverConnection, statement: string | Statement): Promise<unknown> {
      const sql = typeof statement === "string" ? statement : statement.sql;
      const run = (what: string | Statement) => super.query(connection, what);
      if (sql === BEGIN) pardon(connection); // whatever was left of an older transaction is over
      if (sql === "ROLLBACK") {
        pardon(connection);
        // The database may have rolled back by itself; asking again would hide the first error behind a second.
        return connection.inTransaction === false ? undefined : run(statement);
      }
      try {
        const why = doomOf(connection);
        if (why !== undefined) throw why;
        return await run(statement);
      } catch (error) {
        const fault = translateError(error, (this.config as GuardedConfig).place, sql);
        if (sql === "COMMIT;") {
          // knex gives the connection back after a failed COMMIT, so the transaction must be ended here.
          pardon(connection);
          if (connection.inTransaction !== false) await run("ROLLBACK").catch(() => undefined);
        } else if (
          sql !== BEGIN &&
          connection.__knexTxId !== undefined &&
          endsTransaction(fault, connection)
        ) {
          doom(connection, fault);
        }
        throw fault;
      }
    }
  };
}

/** What knex sends. When it fails there is no transaction to end, and knex sends no ROLLBACK. */
const BEGIN = "BEGIN;";
const ENDING = new Set(["DATABASE_BUSY", "DATABASE_FULL", "DATABASE_UNREACHABLE", "DATABASE_DAMAGED"]);

function endsTransaction(fault: PreauError, connection: DriverConnection): boolean {
  return connection.inTransaction === false || ENDING.has(fault.code);
}
