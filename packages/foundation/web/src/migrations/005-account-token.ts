/** What is good once: invitations, recoveries, recovery codes, half-done sign-ins. Hashes alone. */
import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

export const web005AccountToken: DatabaseMigration = {
  id: "web_005_account_token",
  up: async ({ knex }) => {
    if (!(await knex.schema.hasTable("web_account_token"))) {
      await knex.schema.createTable("web_account_token", (table) => {
        exactColumn(table, "token_hash", 64).notNullable().primary();
        exactColumn(table, "purpose", 16).notNullable();
        controllerColumn(table).notNullable();
        idColumn(table, "account").notNullable();
        instantColumn(table, "expires_at").notNullable();
        exactColumn(table, "next_path", 500).nullable();
        table.integer("by_provider").notNullable();
        table.index(["controller", "account"], "web_account_token_account");
        table.index(["expires_at"], "web_account_token_expires");
      });
    }
    if (!(await knex.schema.hasTable("web_recovery_code"))) {
      await knex.schema.createTable("web_recovery_code", (table) => {
        exactColumn(table, "code_hash", 64).notNullable().primary();
        controllerColumn(table).notNullable();
        idColumn(table, "account").notNullable();
        table.index(["controller", "account"], "web_recovery_code_account");
      });
    }
  },
};
