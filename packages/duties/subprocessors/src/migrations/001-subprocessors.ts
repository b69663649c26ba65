import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

/** Annex C of every agreement that was in force here, or that contracts name, by the agreement's hash. */
export const annexes: DatabaseMigration = {
  id: "spr_001_annexes",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("spr_annex")) return;
    await knex.schema.createTable("spr_annex", (t) => {
      exactColumn(t, "agreement", 80).primary();
      // The entries: JSON.
      t.text("entries", "mediumtext").notNullable();
      // What it says of announcements and windows: JSON.
      t.text("terms", "mediumtext").notNullable();
      // When it came into force here; null for one that was only remembered.
      instantColumn(t, "in_force_at");
    });
  },
};

/** What the publisher has on file of each recipient. No data of any controller, nor of any person. */
export const subprocessors: DatabaseMigration = {
  id: "spr_002_subprocessors",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("spr_subprocessor")) return;
    await knex.schema.createTable("spr_subprocessor", (t) => {
      exactColumn(t, "recipient", 64).primary();
      t.text("facts", "mediumtext").notNullable();
      t.integer("version").notNullable();
      instantColumn(t, "completed_at").notNullable();
    });
  },
};

export const changes: DatabaseMigration = {
  id: "spr_003_changes",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("spr_change")) return;
    await knex.schema.createTable("spr_change", (t) => {
      idColumn(t, "id").primary();
      exactColumn(t, "kind", 16).notNullable();
      exactColumn(t, "recipient", 64).notNullable();
      exactColumn(t, "replaces", 64);
      t.text("entry", "mediumtext").notNullable();
      t.text("content", "mediumtext").notNullable();
      exactColumn(t, "starts_on", 10).notNullable();
      exactColumn(t, "state", 12).notNullable();
      // Whom it is announced to: every controller with a contract, those of later contracts too, or those that were named.
      exactColumn(t, "audience", 8);
      instantColumn(t, "proposed_at").notNullable();
      instantColumn(t, "announced_at");
      instantColumn(t, "withdrawn_at");
      t.integer("version").notNullable();
      t.index(["state"]);
    });
  },
};

/** What one controller was told of one change, and what it answered. */
export const notices: DatabaseMigration = {
  id: "spr_004_notices",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("spr_notice")) return;
    await knex.schema.createTable("spr_notice", (t) => {
      controllerColumn(t).notNullable();
      idColumn(t, "change_id").notNullable();
      idColumn(t, "id").notNullable();
      exactColumn(t, "recipient", 64).notNullable();
      instantColumn(t, "announced_at").notNullable();
      exactColumn(t, "delivery", 12).notNullable();
      instantColumn(t, "delivered_at");
      t.integer("reminders").notNullable();
      instantColumn(t, "reminded_at");
      instantColumn(t, "received_at");
      // How receipt was said: JSON, with capacities and references alone.
      t.string("receipt", 1_000);
      instantColumn(t, "objected_at");
      t.integer("honoured").notNullable();
      // Of a transfer: the instruction in the ledger that it rests on (D9.2).
      idColumn(t, "instruction");
      // When this controller was told that the change was taken back.
      instantColumn(t, "told_back_at");
      t.primary(["controller", "change_id"]);
      t.unique(["controller", "id"], { indexName: "spr_notice_id" });
      t.index(["controller", "recipient"], "spr_notice_recipient");
      // The jobs go over all controllers of one change.
      t.index(["change_id", "delivery", "controller"], "spr_notice_delivery");
    });
  },
};

export const objections: DatabaseMigration = {
  id: "spr_005_objections",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("spr_objection")) return;
    await knex.schema.createTable("spr_objection", (t) => {
      controllerColumn(t).notNullable();
      idColumn(t, "id").notNullable();
      idColumn(t, "change_id").notNullable();
      instantColumn(t, "dated_at").notNullable();
      instantColumn(t, "received_at").notNullable();
      // How it was said: JSON, with capacities and references alone.
      t.string("said", 1_000).notNullable();
      instantColumn(t, "honoured_at");
      instantColumn(t, "withdrawn_at");
      t.string("withdrawal", 1_000);
      t.primary(["controller", "id"]);
      t.index(["controller", "change_id"], "spr_objection_change");
    });
  },
};
