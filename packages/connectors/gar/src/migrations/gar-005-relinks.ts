import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

/** Who has asked to be joined to an old account: keyed hashes of a code and of schools, words of the agreement. */
export const garRelinks: DatabaseMigration = {
  id: "gar_005_relinks",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("gar_relink")) return;
    await knex.schema.createTable("gar_relink", (table) => {
      idColumn(table, "id").notNullable();
      controllerColumn(table).notNullable();
      exactColumn(table, "product", 64).notNullable();
      idColumn(table, "subject").notNullable();
      exactColumn(table, "role", 64).notNullable();
      exactColumn(table, "origin", 16).notNullable();
      exactColumn(table, "code_hash", 64).notNullable();
      // A list of keyed hashes, as JSON.
      table.text("schools").notNullable();
      instantColumn(table, "asked_at").notNullable();
      instantColumn(table, "expires_at").notNullable();
      table.primary(["controller", "id"]);
      table.unique(["controller", "subject"], { indexName: "gar_relink_subject" });
      table.unique(["controller", "code_hash"], { indexName: "gar_relink_code" });
      table.index(["controller", "expires_at"], "gar_relink_expires");
    });
  },
};
