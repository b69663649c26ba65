/** Sessions, and the hashes by which identity providers end them. No name, no secret, no identifier from a school. */
import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

export const web001Session: DatabaseMigration = {
  id: "web_001_session",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("web_session")) return;
    await knex.schema.createTable("web_session", (table) => {
      idColumn(table, "id").notNullable().primary();
      controllerColumn(table).notNullable();
      idColumn(table, "subject").nullable();
      exactColumn(table, "secret_hash", 64).notNullable().unique(); // the cookie is how the controller is known
      table.text("data", "mediumtext").notNullable();
      table.text("sealed", "mediumtext").notNullable();
      instantColumn(table, "started_at").notNullable();
      instantColumn(table, "seen_at").notNullable();
      instantColumn(table, "expires_at").notNullable();
      table.index(["controller", "subject"], "web_session_subject");
      table.index(["expires_at"], "web_session_expires");
      table.index(["seen_at"], "web_session_seen");
    });
  },
};
