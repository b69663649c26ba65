import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

/** What is done about a request on one instruction. */
export const actions: DatabaseMigration = {
  id: "dsr_054_actions",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("dsr_action")) return;
    await knex.schema.createTable("dsr_action", (t) => {
      idColumn(t, "id").primary();
      controllerColumn(t).notNullable();
      idColumn(t, "request").notNullable();
      exactColumn(t, "matter", 24).notNullable();
      idColumn(t, "instruction").notNullable();
      idColumn(t, "subject");
      // Of an erasure: keyed hash of the person, until its receipt is filed.
      exactColumn(t, "subject_hash", 64);
      exactColumn(t, "begun_by", 32).notNullable();
      instantColumn(t, "begun_at").notNullable();
      exactColumn(t, "state", 12).notNullable();
      exactColumn(t, "verdict", 8).notNullable();
      exactColumn(t, "why", 64);
      // The opaque id of what was made: exp_…, ers_…, rsn_…, dso_….
      idColumn(t, "thing");
      instantColumn(t, "ended_at");
      t.unique(["controller", "request", "instruction"]);
      t.index(["controller", "subject"]);
      t.index(["controller", "subject_hash"]);
      t.index(["controller", "thing"]);
      t.index(["controller", "instruction"]);
    });
  },
};

/** Values to correct, sealed until they are written; then gone. */
export const corrections: DatabaseMigration = {
  id: "dsr_055_corrections",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("dsr_correction")) return;
    await knex.schema.createTable("dsr_correction", (t) => {
      idColumn(t, "id").primary();
      controllerColumn(t).notNullable();
      idColumn(t, "action").notNullable();
      // In the order in which they were given.
      t.integer("nth").notNullable();
      exactColumn(t, "store", 64).notNullable();
      exactColumn(t, "place", 128).notNullable();
      exactColumn(t, "field", 128).notNullable();
      t.binary("sealed");
      instantColumn(t, "begun_at");
      exactColumn(t, "verdict", 8).notNullable();
      exactColumn(t, "why", 64);
      t.index(["controller", "action"]);
    });
  },
};

/** Art. 22: that a human reviewed a decision, or that the product takes none. */
export const reviews: DatabaseMigration = {
  id: "dsr_056_reviews",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("dsr_review")) return;
    await knex.schema.createTable("dsr_review", (t) => {
      idColumn(t, "id").primary();
      controllerColumn(t).notNullable();
      idColumn(t, "request").notNullable();
      idColumn(t, "subject");
      exactColumn(t, "statement", 12).notNullable();
      exactColumn(t, "reviewer", 16);
      instantColumn(t, "reviewed_at").notNullable();
      exactColumn(t, "outcome", 12);
      exactColumn(t, "agreement", 80).notNullable();
      exactColumn(t, "recorded_by", 32).notNullable();
      instantColumn(t, "recorded_at").notNullable();
      t.unique(["controller", "request"]);
      t.index(["controller", "subject"]);
    });
  },
};

/** Whose rows of this package are kept and not used (GDPR art. 18): the mark of this store alone. */
export const restrictedMarks: DatabaseMigration = {
  id: "dsr_057_restricted",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("dsr_restricted")) return;
    await knex.schema.createTable("dsr_restricted", (t) => {
      controllerColumn(t).notNullable();
      idColumn(t, "subject").notNullable();
      instantColumn(t, "since").notNullable();
      t.primary(["controller", "subject"]);
    });
  },
};
