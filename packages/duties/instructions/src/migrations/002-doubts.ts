import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

/** Why an instruction seemed to break the law, who was told, and what became of it. */
export const flagsTable: DatabaseMigration = {
  id: "ins_003_flags",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ins_flag")) return;
    await knex.schema.createTable("ins_flag", (t) => {
      idColumn(t, "id").primary();
      controllerColumn(t).notNullable();
      idColumn(t, "instruction").notNullable();
      // JSON list of words.
      t.text("reasons").notNullable();
      // In words, sealed under the controller.
      t.binary("explained");
      exactColumn(t, "raised_by", 32).notNullable();
      instantColumn(t, "raised_at").notNullable();
      instantColumn(t, "told_at");
      exactColumn(t, "outcome", 16);
      exactColumn(t, "settled_by", 32);
      instantColumn(t, "settled_at");
      t.binary("settled_why");
      t.index(["controller", "instruction"], "ins_flag_instruction");
      t.index(["controller", "settled_at"], "ins_flag_open");
    });
  },
};

/** Whose data is restricted at a controller (GDPR art. 18), as the events tell it. */
export const restrictedTable: DatabaseMigration = {
  id: "ins_004_restricted",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ins_restricted")) return;
    await knex.schema.createTable("ins_restricted", (t) => {
      controllerColumn(t).notNullable();
      idColumn(t, "subject").notNullable();
      t.primary(["controller", "subject"]);
    });
  },
};
