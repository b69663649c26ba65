/** Keys of identity providers, hashed: a logout message names a session by them, and names no controller. */
import { controllerColumn, type DatabaseMigration, exactColumn, idColumn } from "@preau/database";

export const web002SessionKey: DatabaseMigration = {
  id: "web_002_session_key",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("web_session_key")) return;
    await knex.schema.createTable("web_session_key", (table) => {
      exactColumn(table, "key_hash", 64).notNullable();
      idColumn(table, "session").notNullable();
      controllerColumn(table).notNullable();
      table.primary(["key_hash", "session"]);
      table.index(["controller", "session"], "web_session_key_session");
    });
  },
};
