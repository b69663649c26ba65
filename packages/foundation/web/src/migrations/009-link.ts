/** Links that are good for one purpose until a time: hashes alone. */
import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

export const web009Link: DatabaseMigration = {
  id: "web_009_link",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("web_link")) return;
    await knex.schema.createTable("web_link", (table) => {
      exactColumn(table, "link_hash", 64).notNullable().primary();
      controllerColumn(table).notNullable();
      exactColumn(table, "purpose", 64).notNullable();
      idColumn(table, "thing").notNullable();
      instantColumn(table, "until_at").notNullable();
      instantColumn(table, "made_at").notNullable();
      instantColumn(table, "used_at").nullable();
      table.index(["controller", "thing"], "web_link_thing");
      table.index(["until_at"], "web_link_until");
    });
  },
};
