import { controllerColumn, exactColumn, idColumn, instantColumn } from "../columns.ts";
import type { DatabaseMigration, MigrationList } from "../migrate.ts";

const createJobs: DatabaseMigration = {
  id: "db_001_jobs",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("db_job")) return;
    await knex.schema.createTable("db_job", (table) => {
      idColumn(table, "id").primary();
      controllerColumn(table).notNullable();
      exactColumn(table, "name", 100).notNullable();
      exactColumn(table, "job_key", 191).nullable();
      table.text("payload").notNullable();
      table.integer("priority").notNullable();
      exactColumn(table, "state", 8).notNullable();
      instantColumn(table, "enqueued_at").notNullable();
      instantColumn(table, "run_at").notNullable();
      table.integer("attempt").notNullable().defaultTo(0);
      table.integer("again").notNullable().defaultTo(0);
      idColumn(table, "lease").nullable();
      instantColumn(table, "lease_until").nullable();
      exactColumn(table, "last_code", 64).nullable();
      // 1 while the job waits or runs, null once it is dead: null never equals null in a unique index.
      table.integer("live").nullable();
      table.unique(["controller", "name", "job_key", "live"], { indexName: "db_job_live_key" });
      // The queue is one for all controllers: workers claim across them.
      table.index(["state", "priority", "run_at", "id"], "db_job_queue");
    });
  },
};

/**
 * Each name's jobs in their order, in place of everybody's in one: thousands of one name do not stand in the way of another's.
 */
const queuesByName: DatabaseMigration = {
  id: "db_002_queues_by_name",
  up: async ({ knex, dialect }) => {
    const known = (await (dialect === "mysql"
      ? knex("information_schema.statistics")
          .whereRaw("table_schema = database()")
          .where({ table_name: "db_job", index_name: "db_job_names" })
      : knex("sqlite_master").where({ type: "index", name: "db_job_names" }))) as readonly unknown[];
    if (known.length > 0) return;
    await knex.schema.alterTable("db_job", (table) => {
      table.index(["state", "name", "priority", "run_at", "id"], "db_job_names");
      table.dropIndex([], "db_job_queue");
    });
  },
};

/** The tables of this package. Prefix `db_`. */
export const databaseMigrations: MigrationList = {
  owner: "database",
  migrations: [createJobs, queuesByName],
};
