import { type DatabaseMigration, idColumn, instantColumn } from "@preau/database";

/** Which replay list this installation has written to: one that is missing later is missed. No data of anybody. */
export const replayLists: DatabaseMigration = {
  id: "bck_001_replay_lists",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("bck_list")) return;
    await knex.schema.createTable("bck_list", (t) => {
      idColumn(t, "id").primary();
      instantColumn(t, "first_written_at").notNullable();
    });
  },
};
