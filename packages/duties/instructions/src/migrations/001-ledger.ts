import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

/** The ledger: a row an instruction. Whom it is about stands in a column of its own, which goes with the person. */
export const instructionsTable: DatabaseMigration = {
  id: "ins_001_instructions",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ins_instruction")) return;
    await knex.schema.createTable("ins_instruction", (t) => {
      idColumn(t, "id").primary();
      controllerColumn(t).notNullable();
      exactColumn(t, "kind", 32).notNullable();
      exactColumn(t, "clause", 40).notNullable();
      // JSON, without the subject.
      t.text("scope").notNullable();
      // True for an instruction about one person; the person may be gone.
      t.boolean("about_person").notNullable();
      idColumn(t, "subject");
      exactColumn(t, "given_by", 32).notNullable();
      instantColumn(t, "recorded_at").notNullable();
      // JSON of the writing; null when the button was the writing.
      t.text("writing");
      instantColumn(t, "starts_at").notNullable();
      instantColumn(t, "ends_at");
      exactColumn(t, "idempotency", 160);
      instantColumn(t, "revoked_at");
      exactColumn(t, "revoked_by", 32);
      t.text("revocation");
      // Set while a flag stands on it that nobody has settled.
      instantColumn(t, "flagged_at");
      t.unique(["controller", "idempotency"], { indexName: "ins_instruction_key" });
      t.index(["controller", "recorded_at"], "ins_instruction_recorded");
      t.index(["controller", "subject"], "ins_instruction_subject");
    });
  },
};

/** What was done on an instruction. */
export const linksTable: DatabaseMigration = {
  id: "ins_002_links",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ins_link")) return;
    await knex.schema.createTable("ins_link", (t) => {
      controllerColumn(t).notNullable();
      exactColumn(t, "thing", 64).notNullable();
      idColumn(t, "instruction").notNullable();
      instantColumn(t, "linked_at").notNullable();
      t.primary(["controller", "thing", "instruction"]);
      t.index(["controller", "instruction"], "ins_link_instruction");
    });
  },
};
