import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

/**
 * What a provider told of our messages, before anybody has thought about it (`mlr_hook`, under the publisher's own name: whose
 * message it is, is not known yet), and the addresses that are not written to for a while (`mlr_suppressed`), by the same keyed mark as messages.
 */
export const mailerHooks: DatabaseMigration = {
  id: "mlr_010_hooks",
  up: async ({ knex, dialect }) => {
    if (!(await knex.schema.hasTable("mlr_hook")))
      await knex.schema.createTable("mlr_hook", (table) => {
        controllerColumn(table).notNullable();
        idColumn(table, "id").notNullable();
        exactColumn(table, "fingerprint", 64).notNullable();
        exactColumn(table, "provider_id", 191).notNullable();
        idColumn(table, "message").nullable();
        exactColumn(table, "word", 24).notNullable();
        instantColumn(table, "happened_at").notNullable();
        instantColumn(table, "received_at").notNullable();
        table.specificType("sealed", dialect === "mysql" ? "varbinary(1024)" : "blob").nullable();
        exactColumn(table, "outcome", 16).nullable();
        table.primary(["controller", "id"]);
        table.unique(["controller", "fingerprint"], { indexName: "mlr_hook_fingerprint" });
        table.index(["controller", "received_at"], "mlr_hook_received");
      });
    if (await knex.schema.hasTable("mlr_suppressed")) return;
    await knex.schema.createTable("mlr_suppressed", (table) => {
      controllerColumn(table).notNullable();
      idColumn(table, "id").notNullable();
      exactColumn(table, "recipient", 43).notNullable();
      exactColumn(table, "kind", 16).notNullable();
      idColumn(table, "subject").nullable();
      table.integer("strikes").notNullable();
      instantColumn(table, "since").notNullable();
      instantColumn(table, "keep_until").notNullable();
      instantColumn(table, "restricted_at").nullable();
      table.primary(["controller", "id"]);
      table.unique(["controller", "recipient", "kind"], { indexName: "mlr_suppressed_address" });
      table.index(["controller", "subject"], "mlr_suppressed_subject");
      table.index(["keep_until"], "mlr_suppressed_until");
    });
  },
};
