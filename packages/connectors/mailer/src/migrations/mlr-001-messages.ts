import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

/**
 * Messages, queued and settled. Address, variables and flow are sealed (`sealed`), and go some hours after the message has
 * left; what stays says that a message was sent, from which template, and what became of it.
 */
export const mailerMessages: DatabaseMigration = {
  id: "mlr_001_messages",
  up: async ({ knex, dialect }) => {
    if (await knex.schema.hasTable("mlr_message")) return;
    await knex.schema.createTable("mlr_message", (table) => {
      idColumn(table, "id").notNullable();
      controllerColumn(table).notNullable();
      exactColumn(table, "message_key", 191).notNullable();
      idColumn(table, "subject").nullable();
      exactColumn(table, "template", 100).notNullable();
      exactColumn(table, "language", 2).notNullable();
      table.integer("priority").notNullable();
      table.specificType("sealed", dialect === "mysql" ? "mediumblob" : "blob").nullable();
      exactColumn(table, "state", 16).notNullable();
      exactColumn(table, "reason", 64).nullable();
      exactColumn(table, "clause", 32).nullable();
      exactColumn(table, "transport", 16).nullable();
      table.integer("attempts").notNullable();
      instantColumn(table, "queued_at").notNullable();
      instantColumn(table, "settled_at").nullable();
      instantColumn(table, "restricted_at").nullable();
      table.primary(["controller", "id"]);
      table.unique(["controller", "message_key"], { indexName: "mlr_message_key" });
      table.index(["controller", "subject"], "mlr_message_subject");
      table.index(["controller", "state", "settled_at"], "mlr_message_state");
    });
  },
};
