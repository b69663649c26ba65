import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

/** Receipts by state; what they say stands in the entries that opened and closed them. */
export const createReceipt: DatabaseMigration = {
  id: "jrn_002_receipt",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("jrn_receipt")) return;
    await knex.schema.createTable("jrn_receipt", (table) => {
      idColumn(table, "id").primary();
      controllerColumn(table).notNullable();
      exactColumn(table, "state", 8).notNullable();
      instantColumn(table, "opened_at").notNullable();
      instantColumn(table, "due_at").notNullable();
      instantColumn(table, "closed_at").nullable();
      exactColumn(table, "verdict", 8).nullable();
      idColumn(table, "opened_entry").notNullable();
      idColumn(table, "closed_entry").nullable();
      table.index(["controller", "state", "opened_at"], "jrn_receipt_state");
    });
  },
};
