import { controllerColumn, type DatabaseMigration, idColumn, instantColumn } from "@preau/database";

export const erasures: DatabaseMigration = {
  id: "ret_001_erasures",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ret_erasure")) return;
    await knex.schema.createTable("ret_erasure", (t) => {
      idColumn(t, "id").primary();
      controllerColumn(t).notNullable();
      idColumn(t, "receipt");
      t.string("ground", 24).notNullable();
      t.string("clause", 24).notNullable();
      t.string("requested_by", 32).notNullable();
      t.string("instruction", 40);
      instantColumn(t, "requested_at").notNullable();
      instantColumn(t, "due_at").notNullable();
      t.string("state", 16).notNullable();
      instantColumn(t, "opened_at");
      instantColumn(t, "closed_at");
      t.text("progress", "mediumtext").notNullable();
      // The plan with its traces: sealed, and gone when the erasure closes.
      t.binary("sealed_plan", 16_777_215);
      t.index(["controller", "state", "due_at"]);
      t.index(["state", "due_at"]);
    });
  },
};

export const erasureSubjects: DatabaseMigration = {
  id: "ret_002_erasure_subjects",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ret_erasure_subject")) return;
    await knex.schema.createTable("ret_erasure_subject", (t) => {
      controllerColumn(t).notNullable();
      idColumn(t, "subject").notNullable();
      idColumn(t, "erasure").notNullable();
      t.primary(["controller", "subject", "erasure"]);
      t.index(["erasure"]);
    });
  },
};
