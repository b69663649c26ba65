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

/** The tables of this package. Prefix `db_`. */
export const databaseMigrations: MigrationList = { owner: "database", migrations: [createJobs] };
