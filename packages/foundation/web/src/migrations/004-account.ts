/** Accounts. The address stands as a keyed hash, name and address sealed, the password as argon2id. */
import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

export const web004Account: DatabaseMigration = {
  id: "web_004_account",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("web_account")) return;
    await knex.schema.createTable("web_account", (table) => {
      idColumn(table, "id").notNullable().primary();
      controllerColumn(table).notNullable();
      exactColumn(table, "role", 40).notNullable();
      exactColumn(table, "state", 16).notNullable();
      exactColumn(table, "email_hash", 64).notNullable();
      table.text("sealed", "mediumtext").notNullable();
      exactColumn(table, "password", 255).nullable();
      table.text("factor", "mediumtext").nullable();
      table.text("next_factor", "mediumtext").nullable();
      table.integer("factor_step").notNullable();
      table.integer("demonstration").notNullable();
      instantColumn(table, "created_at").notNullable();
      idColumn(table, "invited_by").nullable();
      instantColumn(table, "signed_in_at").nullable();
      instantColumn(table, "reviewed_at").nullable();
      instantColumn(table, "revoked_at").nullable();
      table.unique(["controller", "email_hash"], { indexName: "web_account_controller_email" });
      table.index(["email_hash"], "web_account_email"); // a sign-in names no controller
      table.index(["controller", "role"], "web_account_role");
    });
  },
};
