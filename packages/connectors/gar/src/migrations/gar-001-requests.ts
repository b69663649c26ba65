import { controllerColumn, type DatabaseMigration, exactColumn, instantColumn } from "@preau/database";

/** Sign-ins that were begun and not finished: no person in them. */
export const garRequests: DatabaseMigration = {
  id: "gar_001_requests",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("gar_request")) return;
    await knex.schema.createTable("gar_request", (table) => {
      controllerColumn(table).notNullable();
      exactColumn(table, "id", 64).notNullable();
      exactColumn(table, "browser_hash", 64).notNullable();
      table.string("next_path", 512).notNullable();
      instantColumn(table, "expires_at").notNullable();
      table.primary(["controller", "id"]);
      table.index(["controller", "expires_at"], "gar_request_expires");
    });
  },
};
