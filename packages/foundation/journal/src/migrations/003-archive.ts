import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

/** Up to which number a log's entries are archived, and up to which they are gone; the archive, sealed. */
export const createArchive: DatabaseMigration = {
  id: "jrn_003_archive",
  up: async ({ knex }) => {
    if (!(await knex.schema.hasColumn("jrn_tree", "archived"))) {
      await knex.schema.alterTable("jrn_tree", (table) => {
        table.bigInteger("archived").notNullable().defaultTo(0);
      });
    }
    if (!(await knex.schema.hasColumn("jrn_tree", "minimum"))) {
      await knex.schema.alterTable("jrn_tree", (table) => {
        table.bigInteger("minimum").notNullable().defaultTo(0);
      });
    }
    if (!(await knex.schema.hasColumn("jrn_tree", "minimum_note"))) {
      await knex.schema.alterTable("jrn_tree", (table) => {
        table.text("minimum_note").nullable();
      });
    }
    if (await knex.schema.hasTable("jrn_archive")) return;
    await knex.schema.createTable("jrn_archive", (table) => {
      idColumn(table, "id").primary();
      controllerColumn(table).notNullable();
      exactColumn(table, "log", 8).notNullable();
      // The numbers that were moved together: those of this controller are among them.
      table.bigInteger("range_from").notNullable();
      table.bigInteger("range_to").notNullable();
      table.integer("entries").notNullable();
      instantColumn(table, "newest").notNullable();
      instantColumn(table, "archived_at").notNullable();
      table.specificType("sealed", "longblob").notNullable();
      table.index(["controller", "log", "range_from"], "jrn_archive_controller");
      table.index(["log", "range_from"], "jrn_archive_range");
    });
  },
};
