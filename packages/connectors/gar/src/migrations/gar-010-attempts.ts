import type { DatabaseMigration } from "@preau/database";

/** How often a begun sign-in was tried with a code or a ticket. */
export const garAttempts: DatabaseMigration = {
  id: "gar_010_attempts",
  up: async ({ knex }) => {
    if (await knex.schema.hasColumn("gar_request", "attempts")) return;
    await knex.schema.alterTable("gar_request", (table) => {
      table.integer("attempts").notNullable().defaultTo(0);
    });
  },
};
