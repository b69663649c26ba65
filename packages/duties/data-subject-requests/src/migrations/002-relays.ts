import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

/** Each time something was passed on to a controller: a link sent, or handed over by hand. */
export const relays: DatabaseMigration = {
  id: "dsr_004_relays",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("dsr_relay")) return;
    await knex.schema.createTable("dsr_relay", (t) => {
      idColumn(t, "id").primary();
      controllerColumn(t).notNullable();
      // A request, or a report of inaccurate data.
      idColumn(t, "thing").notNullable();
      exactColumn(t, "state", 12).notNullable();
      exactColumn(t, "how", 4).notNullable();
      idColumn(t, "officer");
      exactColumn(t, "officer_role", 16);
      instantColumn(t, "made_at").notNullable();
      instantColumn(t, "until_at");
      instantColumn(t, "settled_at");
      instantColumn(t, "opened_at");
      // Of the evidence of a handing over: it names nobody.
      t.string("reference", 200);
      t.index(["controller", "thing"]);
    });
  },
};

/** The latest instant that was ever recorded: a clock that goes back delays no alarm. */
export const latestSeen: DatabaseMigration = {
  id: "dsr_005_latest_seen",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("dsr_latest_seen")) return;
    await knex.schema.createTable("dsr_latest_seen", (t) => {
      controllerColumn(t).primary();
      instantColumn(t, "seen_at").notNullable();
    });
  },
};

/** Data that we learnt to be inaccurate or outdated, told to its controller (D10.3b). */
export const inaccuracies: DatabaseMigration = {
  id: "dsr_006_inaccuracies",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("dsr_inaccuracy")) return;
    await knex.schema.createTable("dsr_inaccuracy", (t) => {
      idColumn(t, "id").primary();
      controllerColumn(t).notNullable();
      idColumn(t, "subject");
      exactColumn(t, "state", 12).notNullable();
      // `store/table.column`, never a value.
      exactColumn(t, "place", 200).notNullable();
      instantColumn(t, "learnt_at").notNullable();
      instantColumn(t, "noted_at").notNullable();
      exactColumn(t, "noted_by", 32).notNullable();
      exactColumn(t, "key", 64);
      instantColumn(t, "told_at");
      exactColumn(t, "told_by", 4);
      instantColumn(t, "opened_at");
      instantColumn(t, "acknowledged_at");
      exactColumn(t, "acknowledged_by", 32);
      // What is wrong, under the report's own key; gone once it is acknowledged.
      t.specificType("sealed", "mediumblob");
      instantColumn(t, "sealed_gone_at");
      t.unique(["controller", "key"]);
      t.index(["controller", "subject"]);
      t.index(["controller", "state"]);
      t.index(["state"]);
    });
  },
};
