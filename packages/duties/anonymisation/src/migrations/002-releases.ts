import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

/** The ledger: what was released and what was refused. Figures, hashes and ids; no row of anybody. */
export const releases: DatabaseMigration = {
  id: "ano_003_releases",
  up: async ({ knex, dialect }) => {
    if (await knex.schema.hasTable("ano_release")) return;
    await knex.schema.createTable("ano_release", (t) => {
      idColumn(t, "id").primary();
      exactColumn(t, "verdict", 16).notNullable();
      exactColumn(t, "state", 12).notNullable();
      t.string("plan", 100).notNullable();
      exactColumn(t, "plan_hash", 71).notNullable();
      // In both languages: JSON.
      t.string("title", 1_000).notNullable();
      exactColumn(t, "purpose", 32).notNullable();
      exactColumn(t, "made_by", 32).notNullable();
      t.string("instruction", 200);
      instantColumn(t, "started_at").notNullable();
      instantColumn(t, "entered_at").notNullable();
      t.bigInteger("rows_in").notNullable();
      t.bigInteger("rows_out").notNullable();
      t.integer("k");
      t.integer("l");
      // The three answers, the loss and what became of each column: JSON, figures alone.
      t.text("figures", "mediumtext").notNullable();
      t.text("files", "mediumtext").notNullable();
      // The operator's own place of it.
      t.string("place", 1_000);
      instantColumn(t, "destroyed_at");
      // Classes and their counts, for the next release of the same plan; gone with the copy.
      t.specificType("sealed_classes", dialect === "mysql" ? "longblob" : "blob");
      t.index(["plan", "entered_at"]);
      t.index(["state"]);
    });
  },
};

/** Who is in a release, who is out of it and why. A controller sees its own rows of this table and no other. */
export const releaseControllers: DatabaseMigration = {
  id: "ano_004_release_controllers",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ano_release_controller")) return;
    await knex.schema.createTable("ano_release_controller", (t) => {
      controllerColumn(t).notNullable();
      idColumn(t, "release").notNullable();
      exactColumn(t, "part", 4).notNullable();
      exactColumn(t, "agreement", 71);
      t.bigInteger("rows_in");
      exactColumn(t, "why", 16);
      // Of one that is out: opposed since.
      instantColumn(t, "since");
      // Of one that is in: the objection that had reached us before, recorded later.
      idColumn(t, "objection");
      t.primary(["controller", "release"]);
      t.index(["release"]);
    });
  },
};

/** What controllers instructed to hand over to somebody else, and what was handed over (S11). */
export const handOvers: DatabaseMigration = {
  id: "ano_005_hand_overs",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ano_instruction")) return;
    await knex.schema.createTable("ano_instruction", (t) => {
      controllerColumn(t).notNullable();
      idColumn(t, "release").notNullable();
      exactColumn(t, "recipient", 100).notNullable();
      idColumn(t, "id").notNullable();
      instantColumn(t, "received_at").notNullable();
      instantColumn(t, "recorded_at").notNullable();
      exactColumn(t, "recorded_by", 32).notNullable();
      t.string("reference", 200).notNullable();
      t.primary(["controller", "release", "recipient"]);
      t.index(["release", "recipient"]);
    });
    await knex.schema.createTable("ano_hand_over", (t) => {
      idColumn(t, "release").notNullable();
      exactColumn(t, "recipient", 100).notNullable();
      instantColumn(t, "handed_at").notNullable();
      exactColumn(t, "handed_by", 32).notNullable();
      t.primary(["release", "recipient"]);
    });
  },
};
