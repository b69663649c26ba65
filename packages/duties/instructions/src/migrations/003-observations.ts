import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

/** S14: what the publisher asked to observe, on exactly which fields, and what the client answered. */
export const observationsTable: DatabaseMigration = {
  id: "ins_005_observations",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ins_observation")) return;
    await knex.schema.createTable("ins_observation", (t) => {
      idColumn(t, "id").primary();
      controllerColumn(t).notNullable();
      exactColumn(t, "product", 64).notNullable();
      // Purpose and capacity in words, sealed under the controller.
      t.binary("words").notNullable();
      // JSON list of `table.column`, in order.
      t.text("fields", "mediumtext").notNullable();
      exactColumn(t, "shown_hash", 64).notNullable();
      instantColumn(t, "starts_at").notNullable();
      instantColumn(t, "ends_at").notNullable();
      exactColumn(t, "asked_by", 32).notNullable();
      instantColumn(t, "asked_at").notNullable();
      instantColumn(t, "changed_at");
      instantColumn(t, "told_at");
      exactColumn(t, "state", 16).notNullable();
      exactColumn(t, "answered_by", 32);
      instantColumn(t, "answered_at");
      idColumn(t, "instruction");
      t.index(["controller", "state"], "ins_observation_state");
    });
  },
};
