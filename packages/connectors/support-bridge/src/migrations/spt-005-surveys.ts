import { type DatabaseMigration, instantColumn } from "@preau/database";

/** When a controller's accounts were last looked through for persons whom the desk must not know. */
export const surveys: DatabaseMigration = {
  id: "spt_005_surveys",
  up: async ({ knex }) => {
    if (await knex.schema.hasColumn("spt_known_state", "surveyed_at")) return;
    await knex.schema.alterTable("spt_known_state", (t) => {
      instantColumn(t, "surveyed_at").nullable();
    });
  },
};
