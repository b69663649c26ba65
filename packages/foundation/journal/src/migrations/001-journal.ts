import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

/** Entries with their sealed slots; one row a log; the tree in tiles. */
export const createJournal: DatabaseMigration = {
  id: "jrn_001_journal",
  up: async ({ knex }) => {
    if (!(await knex.schema.hasTable("jrn_entry"))) {
      await knex.schema.createTable("jrn_entry", (table) => {
        idColumn(table, "id").primary();
        exactColumn(table, "log", 8).notNullable();
        controllerColumn(table).notNullable();
        exactColumn(table, "type", 100).notNullable();
        exactColumn(table, "clause", 40).nullable();
        exactColumn(table, "actor_role", 40).notNullable();
        instantColumn(table, "recorded_at").notNullable();
        table.bigInteger("ordinal").notNullable();
        table.bigInteger("log_index").nullable();
        for (const slot of ["actor", "subject", "controller"]) {
          table.specificType(`${slot}_commitment`, "varbinary(32)").nullable();
          table.specificType(`${slot}_sealed`, "mediumblob").nullable();
        }
        idColumn(table, "actor_key").nullable();
        idColumn(table, "subject_key").nullable();
        table.unique(["log", "log_index"], { indexName: "jrn_entry_index" });
        table.index(["controller", "ordinal"], "jrn_entry_newest");
        table.index(["controller", "subject_key"], "jrn_entry_subject");
      });
    }
    if (!(await knex.schema.hasTable("jrn_tree"))) {
      await knex.schema.createTable("jrn_tree", (table) => {
        exactColumn(table, "log", 8).primary();
        table.bigInteger("size").notNullable();
        table.text("checkpoint").nullable();
        idColumn(table, "lease_owner").nullable();
        instantColumn(table, "lease_until").nullable();
      });
    }
    if (!(await knex.schema.hasTable("jrn_tile"))) {
      await knex.schema.createTable("jrn_tile", (table) => {
        exactColumn(table, "log", 8).notNullable();
        table.integer("level").notNullable();
        table.bigInteger("number").notNullable();
        table.specificType("hashes", "varbinary(8192)").notNullable();
        table.primary(["log", "level", "number"]);
      });
    }
  },
};
