import { type DatabaseMigration, instantColumn } from "@preau/database";

/** Since when an account is kept and not used (GDPR art. 18). */
export const garAccountRestrictions: DatabaseMigration = {
  id: "gar_004_account_restrictions",
  up: async ({ knex }) => {
    if (await knex.schema.hasColumn("gar_account", "restricted_at")) return;
    await knex.schema.alterTable("gar_account", (table) => {
      instantColumn(table, "restricted_at").nullable();
    });
  },
};
