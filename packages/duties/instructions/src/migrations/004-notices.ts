import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

/** D6.1d: what one side told the other, and whether the other has said that it knows. */
export const noticesTable: DatabaseMigration = {
  id: "ins_006_notices",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ins_notice")) return;
    await knex.schema.createTable("ins_notice", (t) => {
      idColumn(t, "id").primary();
      controllerColumn(t).notNullable();
      exactColumn(t, "towards", 16).notNullable();
      exactColumn(t, "category", 32).notNullable();
      exactColumn(t, "clause", 40);
      // Sealed under the controller.
      t.binary("words").notNullable();
      exactColumn(t, "written_by", 32).notNullable();
      instantColumn(t, "written_at").notNullable();
      exactColumn(t, "press", 64);
      instantColumn(t, "told_at");
      instantColumn(t, "reminded_at");
      exactColumn(t, "acknowledged_by", 32);
      instantColumn(t, "acknowledged_at");
      t.unique(["controller", "press"], { indexName: "ins_notice_press" });
      t.index(["controller", "acknowledged_at"], "ins_notice_open");
    });
  },
};
