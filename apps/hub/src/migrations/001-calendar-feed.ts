/** Addresses from which a calendar may fetch what is due: one an account, its token as a hash alone. */
import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

export const hub001CalendarFeed: DatabaseMigration = {
  id: "hub_001_calendar_feed",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("hub_calendar_feed")) return;
    await knex.schema.createTable("hub_calendar_feed", (table) => {
      controllerColumn(table).notNullable();
      idColumn(table, "actor").notNullable();
      exactColumn(table, "token_hash", 64).notNullable().unique(); // the token is how the controller is known
      exactColumn(table, "language", 2).notNullable();
      instantColumn(table, "made_at").notNullable();
      table.primary(["controller", "actor"]);
    });
  },
};
