/** The kernel's unit of work over one database: a transaction, tried again when the database asks for it. */
import {
  faultsOf,
  isFault,
  errors as kernelErrors,
  type Log,
  type PreauError,
  silentLog,
  type Unit,
  type UnitOfWork,
} from "@preau/kernel";
import type { Knex } from "knex";
import { type Backoff, pause, waitAfter } from "./backoff.ts";
import type { Database } from "./open-database.ts";
import { insideTransaction, isInsideTransaction } from "./transaction-guard.ts";

/** Tries of one unit before DATABASE_BUSY reaches the caller. */
const TRIES = 8;
const BACKOFF: Backoff = { first: 8, factor: 2, most: 500 };

const kernelFault = faultsOf(kernelErrors);

interface OpenUnit {
  readonly transaction: Knex.Transaction;
  readonly afterCommit: (() => void)[];
}

const openUnits = new WeakMap<Unit, OpenUnit>();

/**
 * The kernel's port over a database. A deadlock, a lost race or a busy file (MySQL 1213, 1205, 1020; SQLITE_BUSY) runs
 * the work again, at most seven times; every other error ends the unit at once.
 * @throws DATABASE_BUSY when every try failed
 * @throws UNIT_NESTED inside the work of another unit of this database: pass that one on
 */
export function makeUnitOfWork(database: Database, options: { readonly log?: Log } = {}): UnitOfWork {
  const log = options.log ?? silentLog;
  return {
    transaction: async (work) => {
      if (isInsideTransaction(database.knex.client as object)) throw kernelFault("UNIT_NESTED");
      for (let tries = 1; ; tries += 1) {
        try {
          return await once(database, work, log);
        } catch (error) {
          if (!isFault(error, "DATABASE_BUSY") || tries === TRIES) throw error;
          log.warn("unit.triedAgain", { tries, driver: driverOf(error) });
          await pause(waitAfter(tries, BACKOFF));
        }
      }
    },
  };
}

async function once<T>(database: Database, work: (unit: Unit) => Promise<T>, log: Log): Promise<T> {
  const unit = Object.freeze({}) as Unit;
  const afterCommit: (() => void)[] = [];
  let value: T;
  try {
    value = await database.knex.transaction((transaction) =>
      insideTransaction(database.knex.client as object, async () => {
        openUnits.set(unit, { transaction, afterCommit });
        try {
          return await work(unit);
        } finally {
          openUnits.delete(unit);
        }
      }),
    );
  } finally {
    openUnits.delete(unit);
  }
  for (const each of afterCommit) runQuietly(each, log);
  return value;
}

function runQuietly(callback: () => void, log: Log): void {
  try {
    callback();
  } catch (error) {
    log.error("unit.afterCommitFailed", { error: error instanceof Error ? error.name : "unknown" });
  }
}

function driverOf(error: PreauError): string {
  return String(error.detail.log?.["driver"] ?? "unknown");
}

/**
 * The transaction of a unit, for the queries of a store.
 * @throws UNIT_CLOSED when the unit has ended, or was made by another adapter
 */
export function inUnit(unit: Unit): Knex.Transaction {
  return openUnit(unit).transaction;
}

/**
 * Calls back once the unit is committed, never when it is not: to wake a worker, to drop a cache. An error in it is
 * logged, not thrown.
 * @throws UNIT_CLOSED
 */
export function afterCommit(unit: Unit, callback: () => void): void {
  openUnit(unit).afterCommit.push(callback);
}

function openUnit(unit: Unit): OpenUnit {
  const open = openUnits.get(unit);
  if (open === undefined) throw kernelFault("UNIT_CLOSED");
  return open;
}
