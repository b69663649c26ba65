import { type DatabaseMigration, exactColumn } from "@preau/database";

/** One row a signed log: how far it had grown when it was last signed. */
export const createMark: DatabaseMigration = {
  id: "key_002_mark",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("key_mark")) return;
    await knex.schema.createTable("key_mark", (table) => {
      exactColumn(table, "log", 220).primary();
      table.bigInteger("size").notNullable();
      table.specificType("root", "varbinary(32)").notNullable();
    });
  },
};
