/** Failed attempts by keyed hash of the address or network, shared by all replicas; and who asked for a recovery. */
import { type DatabaseMigration, exactColumn, instantColumn } from "@preau/database";

export const web006Attempt: DatabaseMigration = {
  id: "web_006_attempt",
  up: async ({ knex }) => {
    if (!(await knex.schema.hasTable("web_attempt"))) {
      await knex.schema.createTable("web_attempt", (table) => {
        exactColumn(table, "key_hash", 64).notNullable().primary(); // of an address: whose is not known
        table.integer("failures").notNullable();
        instantColumn(table, "blocked_until").nullable();
        instantColumn(table, "last_at").notNullable();
        table.index(["last_at"], "web_attempt_last");
      });
    }
    if (!(await knex.schema.hasTable("web_recovery_asked"))) {
      await knex.schema.createTable("web_recovery_asked", (table) => {
        exactColumn(table, "email_hash", 64).notNullable().primary(); // asked by anybody, for any address
        instantColumn(table, "asked_at").notNullable();
        table.index(["asked_at"], "web_recovery_asked_at");
      });
    }
  },
};
