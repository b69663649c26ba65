import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

export const restrictions: DatabaseMigration = {
  id: "dsr_051_restrictions",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("dsr_restriction")) return;
    await knex.schema.createTable("dsr_restriction", (t) => {
      idColumn(t, "id").primary();
      controllerColumn(t).notNullable();
      // Null once the person was erased: the fact stays, about nobody.
      idColumn(t, "subject");
      // The subject while a store may still have to follow: one such row a person. Null when it is over.
      idColumn(t, "live");
      idColumn(t, "request");
      idColumn(t, "instruction").notNullable();
      exactColumn(t, "restricted_by", 32).notNullable();
      instantColumn(t, "since").notNullable();
      // The instruction was taken back while stores were still to be asked: those are not asked any more.
      instantColumn(t, "stopped_at");
      idColumn(t, "lift_instruction");
      exactColumn(t, "lifted_by", 32);
      instantColumn(t, "lifted_at");
      // The verdict that was last told, once every store was asked.
      exactColumn(t, "settled", 8);
      t.unique(["controller", "live"]);
      t.index(["controller", "subject"]);
      t.index(["controller", "instruction"]);
    });
  },
};

export const restrictionStores: DatabaseMigration = {
  id: "dsr_052_restriction_stores",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("dsr_restriction_store")) return;
    await knex.schema.createTable("dsr_restriction_store", (t) => {
      controllerColumn(t).notNullable();
      idColumn(t, "restriction").notNullable();
      exactColumn(t, "store", 64).notNullable();
      // Whether the store kept the person under restriction before us: 0, 1, or null while it was not asked.
      t.integer("was_before");
      instantColumn(t, "begun_at");
      exactColumn(t, "verdict", 8).notNullable();
      exactColumn(t, "why", 64);
      exactColumn(t, "lift_verdict", 8);
      exactColumn(t, "lift_why", 64);
      t.primary(["controller", "restriction", "store"]);
    });
  },
};
