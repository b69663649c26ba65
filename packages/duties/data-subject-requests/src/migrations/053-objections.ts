import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

export const objections: DatabaseMigration = {
  id: "dsr_053_objections",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("dsr_objection")) return;
    await knex.schema.createTable("dsr_objection", (t) => {
      idColumn(t, "id").primary();
      controllerColumn(t).notNullable();
      idColumn(t, "subject");
      exactColumn(t, "purpose", 64).notNullable();
      // 1 while it stands, null when it does not: one that stands a person and purpose.
      t.integer("live");
      idColumn(t, "request");
      idColumn(t, "instruction").notNullable();
      exactColumn(t, "recorded_by", 32).notNullable();
      instantColumn(t, "since").notNullable();
      instantColumn(t, "ended_at");
      t.unique(["controller", "subject", "purpose", "live"]);
      t.index(["controller", "instruction"]);
    });
  },
};
