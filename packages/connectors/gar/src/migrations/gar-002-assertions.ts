import { controllerColumn, type DatabaseMigration, exactColumn, instantColumn } from "@preau/database";

/** Hashes of the ids of assertions that were accepted, until they expire: none is accepted twice. */
export const garAssertions: DatabaseMigration = {
  id: "gar_002_assertions",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("gar_assertion")) return;
    await knex.schema.createTable("gar_assertion", (table) => {
      controllerColumn(table).notNullable();
      exactColumn(table, "id_hash", 64).notNullable();
      instantColumn(table, "expires_at").notNullable();
      table.primary(["controller", "id_hash"]);
      table.index(["controller", "expires_at"], "gar_assertion_expires");
    });
  },
};
