import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

export const objections: DatabaseMigration = {
  id: "ano_001_objections",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ano_objection")) return;
    await knex.schema.createTable("ano_objection", (t) => {
      idColumn(t, "id").primary();
      controllerColumn(t).notNullable();
      instantColumn(t, "received_at").notNullable();
      instantColumn(t, "recorded_at").notNullable();
      exactColumn(t, "recorded_by", 32).notNullable();
      exactColumn(t, "means", 8).notNullable();
      exactColumn(t, "writer", 16);
      t.string("reference", 200);
      instantColumn(t, "withdrawn_received_at");
      instantColumn(t, "withdrawn_recorded_at");
      exactColumn(t, "withdrawn_by", 32);
      exactColumn(t, "withdrawn_means", 8);
      exactColumn(t, "withdrawn_writer", 16);
      t.string("withdrawn_reference", 200);
      t.index(["controller", "received_at"]);
    });
  },
};

/** One row a controller, locked by whoever objects and by whoever enters a release: of the two, one comes first. */
export const standings: DatabaseMigration = {
  id: "ano_002_standings",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ano_standing")) return;
    await knex.schema.createTable("ano_standing", (t) => {
      controllerColumn(t).primary();
      // The earliest of its objections that stand; null when none does.
      instantColumn(t, "opposed_since");
    });
  },
};
