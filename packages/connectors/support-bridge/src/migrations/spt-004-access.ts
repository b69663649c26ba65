import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

/** Why a session of ours opened one client's cases: asked once, and written into the journal. */
export const accesses: DatabaseMigration = {
  id: "spt_004_access",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("spt_access")) return;
    await knex.schema.createTable("spt_access", (t) => {
      controllerColumn(t).notNullable();
      idColumn(t, "session").notNullable();
      exactColumn(t, "reason", 16).notNullable();
      instantColumn(t, "opened_at").notNullable();
      t.primary(["controller", "session"]);
      t.index(["opened_at"], "spt_access_opened");
    });
  },
};
