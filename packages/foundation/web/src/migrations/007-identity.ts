/** Identities at the company's provider, as keyed hashes of issuer and subject; and the sign-ins begun there. */
import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

export const web007Identity: DatabaseMigration = {
  id: "web_007_identity",
  up: async ({ knex }) => {
    if (!(await knex.schema.hasTable("web_identity"))) {
      await knex.schema.createTable("web_identity", (table) => {
        exactColumn(table, "identity_hash", 64).notNullable().primary();
        controllerColumn(table).notNullable();
        idColumn(table, "account").notNullable();
        instantColumn(table, "linked_at").notNullable();
        table.index(["controller", "account"], "web_identity_account");
      });
    }
    if (!(await knex.schema.hasTable("web_open_id_request"))) {
      await knex.schema.createTable("web_open_id_request", (table) => {
        exactColumn(table, "state_hash", 64).notNullable().primary();
        exactColumn(table, "browser_hash", 64).notNullable();
        exactColumn(table, "nonce", 64).notNullable();
        exactColumn(table, "verifier", 128).notNullable();
        exactColumn(table, "next_path", 500).notNullable();
        exactColumn(table, "invitation_hash", 64).nullable();
        instantColumn(table, "expires_at").notNullable();
        table.index(["expires_at"], "web_open_id_request_expires");
      });
    }
  },
};
