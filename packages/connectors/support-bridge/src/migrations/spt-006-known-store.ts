import { type DatabaseMigration, exactColumn } from "@preau/database";

/** Of which store an account's known words are: they go when that store says that the account has gone, and for no other's silence. */
export const knownStores: DatabaseMigration = {
  id: "spt_006_known_stores",
  up: async ({ knex }) => {
    if (await knex.schema.hasColumn("spt_known_word", "store")) return;
    await knex.schema.alterTable("spt_known_word", (t) => {
      exactColumn(t, "store", 64).nullable();
    });
  },
};
