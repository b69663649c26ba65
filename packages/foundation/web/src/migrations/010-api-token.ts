/** Tokens of machines: hashes alone, whose they are, what they may do, until when. */
import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

export const web010ApiToken: DatabaseMigration = {
  id: "web_010_api_token",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("web_api_token")) return;
    await knex.schema.createTable("web_api_token", (table) => {
      idColumn(table, "id").notNullable().primary();
      controllerColumn(table).notNullable();
      exactColumn(table, "token_hash", 64).notNullable();
      exactColumn(table, "used_by", 16).notNullable();
      exactColumn(table, "scopes", 255).notNullable();
      exactColumn(table, "made_role", 40).notNullable();
      idColumn(table, "made_by").nullable();
      instantColumn(table, "made_at").notNullable();
      instantColumn(table, "expires_at").notNullable();
      exactColumn(table, "last_used_on", 10).nullable();
      instantColumn(table, "revoked_at").nullable();
      table.unique(["token_hash"], { indexName: "web_api_token_hash" });
      table.index(["controller", "made_at"], "web_api_token_controller");
      table.index(["expires_at"], "web_api_token_expires");
    });
  },
};
