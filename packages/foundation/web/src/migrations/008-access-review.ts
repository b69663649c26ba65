/** When a controller's rights were last looked through, by whom, and how many accounts there were. */
import { controllerColumn, type DatabaseMigration, idColumn, instantColumn } from "@preau/database";

export const web008AccessReview: DatabaseMigration = {
  id: "web_008_access_review",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("web_access_review")) return;
    await knex.schema.createTable("web_access_review", (table) => {
      idColumn(table, "id").notNullable().primary();
      controllerColumn(table).notNullable();
      instantColumn(table, "reviewed_at").notNullable();
      idColumn(table, "reviewed_by").nullable();
      table.integer("accounts").notNullable();
      table.index(["controller", "reviewed_at"], "web_access_review_controller");
    });
  },
};
