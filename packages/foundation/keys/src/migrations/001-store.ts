import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

/** One row of state (the epoch and its ring of shard keys), one row a scope. */
export const createStore: DatabaseMigration = {
  id: "key_001_store",
  up: async ({ knex }) => {
    if (!(await knex.schema.hasTable("key_state"))) {
      await knex.schema.createTable("key_state", (table) => {
        table.integer("id").primary();
        table.bigInteger("epoch").notNullable();
        table.bigInteger("scrubbed_epoch").notNullable();
        instantColumn(table, "epoch_since").notNullable();
        table.bigInteger("writes").notNullable();
        table.specificType("wrapped_epoch_key", "varbinary(64)").notNullable();
        table.specificType("ring", "mediumblob").notNullable();
      });
    }
    if (!(await knex.schema.hasTable("key_scope"))) {
      await knex.schema.createTable("key_scope", (table) => {
        idColumn(table, "id").primary();
        controllerColumn(table).notNullable();
        exactColumn(table, "kind", 16).notNullable();
        exactColumn(table, "scope_id", 128).notNullable();
        table.integer("shard").notNullable();
        table.specificType("wrapped_key", "varbinary(64)").nullable();
        instantColumn(table, "created_at").notNullable();
        instantColumn(table, "destroyed_at").nullable();
        table.bigInteger("destroyed_epoch").nullable();
        table.unique(["controller", "kind", "scope_id"], { indexName: "key_scope_scope" });
        table.index(["shard"], "key_scope_shard");
      });
    }
  },
};
