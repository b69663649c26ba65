import { controllerColumn, type DatabaseMigration, idColumn, instantColumn } from "@preau/database";

export const erasures: DatabaseMigration = {
  id: "ret_001_erasures",
  up: async ({ knex, dialect }) => {
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
      t.string("runner", 8).notNullable();
      t.string("state", 16).notNullable();
      // One open order for the same persons, ground and runner; null when closed, and null never collides.
      t.string("open_key", 64).unique();
      // Number of the last run that took it: the fence of earlier ones.
      t.integer("run").notNullable().defaultTo(0);
      instantColumn(t, "opened_at");
      instantColumn(t, "closed_at");
      t.text("progress", "mediumtext").notNullable();
      // The plan with its traces: sealed, and gone when the erasure closes.
      t.specificType("sealed_plan", dialect === "mysql" ? "longblob" : "blob");
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
