import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

/**
 * Accounts that were erased, for the yearly certificate: product, role, school year, receipt. Until the receipt is filed a
 * keyed hash tells which order each belongs to; then nothing leads to a person.
 */
export const garDestructions: DatabaseMigration = {
  id: "gar_006_destructions",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("gar_destruction")) return;
    await knex.schema.createTable("gar_destruction", (table) => {
      idColumn(table, "id").notNullable();
      controllerColumn(table).notNullable();
      exactColumn(table, "product", 64).notNullable();
      exactColumn(table, "role", 64).notNullable();
      exactColumn(table, "school_year", 9).notNullable();
      exactColumn(table, "subject_hash", 64).nullable();
      instantColumn(table, "erased_at").notNullable();
      idColumn(table, "receipt").nullable();
      exactColumn(table, "verdict", 8).nullable();
      instantColumn(table, "closed_at").nullable();
      table.primary(["controller", "id"]);
      table.index(["controller", "subject_hash"], "gar_destruction_subject");
      table.index(["controller", "erased_at"], "gar_destruction_erased");
    });
  },
};
