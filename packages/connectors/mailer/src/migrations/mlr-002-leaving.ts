import { type DatabaseMigration, exactColumn, instantColumn } from "@preau/database";

/**
 * The id that a provider gave a message, by which its web hooks name it; to whom it goes, as a keyed mark that is the same for
 * two messages to one address; and since when it is leaving: for the cap, and to know a message whose end nobody wrote down.
 */
export const mailerLeaving: DatabaseMigration = {
  id: "mlr_002_leaving",
  up: async ({ knex }) => {
    if (await knex.schema.hasColumn("mlr_message", "left_at")) return;
    await knex.schema.alterTable("mlr_message", (table) => {
      exactColumn(table, "provider_id", 191).nullable();
      exactColumn(table, "recipient", 43).nullable();
      instantColumn(table, "left_at").nullable();
      table.index(["provider_id"], "mlr_message_provider");
      table.index(["controller", "recipient", "left_at"], "mlr_message_recipient");
    });
  },
};
