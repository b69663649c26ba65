import { type DatabaseMigration, idColumn } from "@preau/database";

/** On which instruction of the ledger an export was ordered, and for which request of a data subject. */
export const exportInstructions: DatabaseMigration = {
  id: "exp_003_instructions",
  up: async ({ knex }) => {
    if (await knex.schema.hasColumn("exp_order", "instruction")) return;
    await knex.schema.alterTable("exp_order", (t) => {
      idColumn(t, "instruction");
      idColumn(t, "about");
      t.index(["controller", "instruction"]);
    });
  },
};
