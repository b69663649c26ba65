import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

/** Accounts of persons who signed in, by product: a keyed hash, opaque ids, words of the agreement. No attribute. */
export const garAccounts: DatabaseMigration = {
  id: "gar_003_accounts",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("gar_account")) return;
    await knex.schema.createTable("gar_account", (table) => {
      controllerColumn(table).notNullable();
      exactColumn(table, "product", 64).notNullable();
      exactColumn(table, "link_hash", 64).notNullable();
      idColumn(table, "subject").notNullable();
      exactColumn(table, "provider", 64).notNullable();
      exactColumn(table, "role", 64).notNullable();
      exactColumn(table, "school_year", 9).notNullable();
      instantColumn(table, "first_at").notNullable();
      instantColumn(table, "last_at").notNullable();
      table.primary(["controller", "product", "link_hash"]);
      table.index(["controller", "subject"], "gar_account_subject");
    });
  },
};
