import { controllerColumn, type DatabaseMigration, idColumn, instantColumn } from "@preau/database";

/** Stores that were PENDING when an erasure closed, to be looked at again: one row an erasure, its traces sealed. */
export const laterLooks: DatabaseMigration = {
  id: "ret_020_later_looks",
  up: async ({ knex, dialect }) => {
    if (await knex.schema.hasTable("ret_later_look")) return;
    await knex.schema.createTable("ret_later_look", (t) => {
      controllerColumn(t).notNullable();
      idColumn(t, "erasure").notNullable();
      // The receipt that said PENDING, and the one that follows it once somebody has looked.
      idColumn(t, "receipt").notNullable();
      idColumn(t, "follow_up");
      t.string("ground", 24).notNullable();
      t.string("clause", 24).notNullable();
      instantColumn(t, "look_at").notNullable();
      instantColumn(t, "looked_at");
      t.specificType("sealed_plans", dialect === "mysql" ? "longblob" : "blob");
      t.primary(["controller", "erasure"]);
    });
  },
};
