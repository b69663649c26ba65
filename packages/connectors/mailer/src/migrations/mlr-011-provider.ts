import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

/**
 * What a provider was told to erase, by keyed mark, and when (`mlr_order`): it takes a day or two, and what is found there until
 * then is on its way out. Of whom nothing is erased there, since the person's data is restricted (`mlr_restricted`).
 */
export const mailerProvider: DatabaseMigration = {
  id: "mlr_011_provider",
  up: async ({ knex }) => {
    if (!(await knex.schema.hasTable("mlr_order")))
      await knex.schema.createTable("mlr_order", (table) => {
        controllerColumn(table).notNullable();
        exactColumn(table, "thing", 43).notNullable();
        instantColumn(table, "ordered_at").notNullable();
        table.primary(["controller", "thing"]);
        table.index(["ordered_at"], "mlr_order_at");
      });
    if (await knex.schema.hasTable("mlr_restricted")) return;
    await knex.schema.createTable("mlr_restricted", (table) => {
      controllerColumn(table).notNullable();
      idColumn(table, "subject").notNullable();
      instantColumn(table, "restricted_at").notNullable();
      table.primary(["controller", "subject"]);
    });
  },
};
