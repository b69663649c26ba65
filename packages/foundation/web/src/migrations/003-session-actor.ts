/** Sessions of accounts, found by their actor: what is revoked ends at once. */
import { type DatabaseMigration, idColumn } from "@preau/database";

export const web003SessionActor: DatabaseMigration = {
  id: "web_003_session_actor",
  up: async ({ knex }) => {
    if (await knex.schema.hasColumn("web_session", "actor")) return;
    // Column and index in one statement: a half is none.
    await knex.schema.alterTable("web_session", (table) => {
      idColumn(table, "actor").nullable();
      table.index(["controller", "actor"], "web_session_actor");
    });
  },
};
