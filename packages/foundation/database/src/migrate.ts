/**
 * Migrations of all packages in one table, `db_migration`. Each is one schema change, safe to run twice: on MariaDB DDL
 * commits by itself, so a process that dies in the middle leaves a half that the next start completes. One process
 * migrates at a time: on SQLite in an IMMEDIATE transaction, on MySQL under a named lock that dies with its connection.
 */
import { createHash } from "node:crypto";
import { type Clock, systemClock } from "@preau/kernel";
import type { Knex } from "knex";
import { exactColumn, instantColumn } from "./columns.ts";
import { fault } from "./errors.ts";
import type { Database, Dialect } from "./open-database.ts";
import { insideTransaction } from "./transaction-guard.ts";

/** What a migration may use. */
export interface Schema {
  /** On SQLite the transaction that the migration runs in. */
  readonly knex: Knex | Knex.Transaction;
  readonly dialect: Dialect;
}

export interface DatabaseMigration {
  /** `<table prefix><three digits>_<what>`: `jrn_001_entries`. Never changes once released. */
  readonly id: string;
  up(schema: Schema): Promise<void>;
}

/** The migrations of one package, in the order in which they run. */
export interface MigrationList {
  readonly owner: string;
  readonly migrations: readonly DatabaseMigration[];
}

const TABLE = "db_migration";
/** Seconds to wait for another process that migrates. */
const LOCK_SECONDS = 120;

/**
 * Runs what has not run yet, in the order of the lists; returns the ids of what it ran. Two processes at once: one runs
 * each migration, the other waits and finds it done.
 * @throws DATABASE_NEWER when one of these owners has run a migration that its list does not know
 * @throws DATABASE_BUSY when another process migrates for longer than two minutes
 */
export async function migrate(
  database: Database,
  lists: readonly MigrationList[],
  options: { readonly clock?: Clock } = {},
): Promise<readonly string[]> {
  refuseRepeats(lists);
  const clock = options.clock ?? systemClock;
  return whileLocked(database, async () => {
    await makeTable(database);
    await refuseNewer(database, lists);
    const ran: string[] = [];
    for (const { owner, migrations } of lists) {
      for (const migration of migrations) {
        const row = { id: migration.id, owner, applied_at: clock.now() };
        if (
          await (database.dialect === "sqlite"
            ? inOne(database, migration, row)
            : inSteps(database, migration, row))
        ) {
          ran.push(migration.id);
        }
      }
    }
    return ran;
  });
}

/** The ids that `migrate` would run; for the health answer before the service opens. */
export async function pendingMigrations(
  database: Database,
  lists: readonly MigrationList[],
): Promise<readonly string[]> {
  const done = new Set((await applied(database)).map((row) => row.id));
  return lists.flatMap(({ migrations }) => migrations.map(({ id }) => id)).filter((id) => !done.has(id));
}

interface Row {
  readonly id: string;
  readonly owner: string;
  readonly applied_at: string;
}

async function applied(database: Database): Promise<readonly Row[]> {
  if (!(await database.knex.schema.hasTable(TABLE))) return [];
  return database.knex<Row>(TABLE).select("id", "owner");
}

async function makeTable({ knex }: Database): Promise<void> {
  if (await knex.schema.hasTable(TABLE)) return;
  try {
    await knex.schema.createTable(TABLE, (table) => {
      exactColumn(table, "id", 100).primary();
      exactColumn(table, "owner", 100).notNullable();
      instantColumn(table, "applied_at").notNullable();
    });
  } catch (error) {
    // SQLite has no lock around this one statement: another process may have been first.
    if (!(await knex.schema.hasTable(TABLE))) throw error;
  }
}

async function refuseNewer(database: Database, lists: readonly MigrationList[]): Promise<void> {
  const known = new Map(
    lists.map(({ owner, migrations }) => [owner, new Set(migrations.map(({ id }) => id))]),
  );
  for (const { id, owner } of await applied(database)) {
    if (known.get(owner)?.has(id) === false) throw fault("DATABASE_NEWER", { place: `${owner} ${id}` });
  }
}

/** SQLite: change and record in one transaction. */
function inOne({ knex, dialect }: Database, migration: DatabaseMigration, row: Row): Promise<boolean> {
  return knex.transaction((transaction) =>
    insideTransaction(knex.client as object, async () => {
      if ((await transaction<Row>(TABLE).where({ id: row.id }).first()) !== undefined) return false;
      await migration.up({ knex: transaction, dialect });
      await transaction<Row>(TABLE).insert(row);
      return true;
    }),
  );
}

/** MySQL: DDL commits by itself; the lock keeps others out, and the record comes last. */
async function inSteps(
  { knex, dialect }: Database,
  migration: DatabaseMigration,
  row: Row,
): Promise<boolean> {
  if ((await knex<Row>(TABLE).where({ id: row.id }).first()) !== undefined) return false;
  await migration.up({ knex, dialect });
  await knex<Row>(TABLE).insert(row);
  return true;
}

async function whileLocked<T>(database: Database, work: () => Promise<T>): Promise<T> {
  if (database.dialect === "sqlite") return work();
  const pool = database.knex.client as Knex.Client;
  const connection: unknown = await pool.acquireConnection();
  const ask = async (sql: string, ...bindings: readonly (string | number)[]) => {
    const [rows] = (await database.knex.raw(sql, bindings).connection(connection)) as [
      { got: number | null }[],
    ];
    return rows[0]?.got;
  };
  const place = database.url.slice(database.url.lastIndexOf("/"));
  // The name is the server's, not the database's, and holds 64 characters.
  const lock = `preau_migrate_${createHash("sha256").update(place).digest("hex").slice(0, 40)}`;
  try {
    if ((await ask("select get_lock(?, ?) as got", lock, LOCK_SECONDS)) !== 1)
      throw fault("DATABASE_BUSY", { place: TABLE });
    try {
      return await work();
    } finally {
      await ask("select release_lock(?) as got", lock);
    }
  } finally {
    await pool.releaseConnection(connection);
  }
}

function refuseRepeats(lists: readonly MigrationList[]): void {
  const seen = new Set<string>();
  const once = (what: string) => {
    if (seen.has(what)) throw new TypeError(`migrations: ${what} stands twice`);
    seen.add(what);
  };
  for (const { owner, migrations } of lists) {
    once(`owner ${owner}`);
    for (const { id } of migrations) once(`migration ${id}`);
  }
}
