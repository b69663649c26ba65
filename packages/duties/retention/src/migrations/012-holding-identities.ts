import { type DatabaseMigration, exactColumn, instantColumn } from "@preau/database";

/** What a copy was when it was registered, and that its unlinking began: a run that was killed must know both. */
export const holdingIdentities: DatabaseMigration = {
  id: "ret_035_holding_identities",
  up: async ({ knex }) => {
    // One by one: a run that was killed between the two goes on.
    if (!(await knex.schema.hasColumn("ret_holding", "identity")))
      await knex.schema.alterTable("ret_holding", (t) => {
        exactColumn(t, "identity", 80);
      });
    if (!(await knex.schema.hasColumn("ret_holding", "unlinking_at")))
      await knex.schema.alterTable("ret_holding", (t) => {
        instantColumn(t, "unlinking_at");
      });
  },
};
