import { controllerColumn, type DatabaseMigration, idColumn, instantColumn } from "@preau/database";

const surveys: DatabaseMigration = {
  id: "ret_010_surveys",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ret_survey")) return;
    await knex.schema.createTable("ret_survey", (t) => {
      controllerColumn(t).notNullable();
      idColumn(t, "source").notNullable();
      instantColumn(t, "surveyed_at").notNullable();
      t.integer("accounts").notNullable();
      t.integer("without_role").notNullable();
      t.integer("without_rule").notNullable();
      t.integer("held").notNullable();
      t.primary(["controller", "source"]);
    });
  },
};

/** How many accounts end under which rule on which day: nobody stands in it. */
const forecasts: DatabaseMigration = {
  id: "ret_011_forecasts",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ret_forecast")) return;
    await knex.schema.createTable("ret_forecast", (t) => {
      controllerColumn(t).notNullable();
      idColumn(t, "source").notNullable();
      t.string("rule", 64).notNullable();
      t.string("decided_by", 16).notNullable();
      t.string("day", 10).notNullable();
      t.integer("persons").notNullable();
      t.primary(["controller", "source", "rule", "decided_by", "day"]);
      t.index(["controller", "day"]);
    });
  },
};

const purges: DatabaseMigration = {
  id: "ret_012_purges",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ret_purge")) return;
    await knex.schema.createTable("ret_purge", (t) => {
      idColumn(t, "id").primary();
      controllerColumn(t).notNullable();
      idColumn(t, "source").notNullable();
      t.string("kind", 64).notNullable();
      t.string("rule", 64).notNullable();
      t.string("clause", 24).notNullable();
      t.string("ground", 24).notNullable();
      t.string("state", 12).notNullable();
      // Who has to agree before it acts: nobody, the controller, anybody who may (a purge too large to go unseen).
      t.string("needs", 12).notNullable();
      // From then on it acts without an approval too: a ceiling is not lengthened by a silence.
      instantColumn(t, "ceiling_at");
      t.integer("persons").notNullable();
      instantColumn(t, "proposed_at").notNullable();
      instantColumn(t, "acts_at").notNullable();
      instantColumn(t, "approved_at");
      t.string("approved_by", 32);
      idColumn(t, "approval");
      instantColumn(t, "acted_at");
      idColumn(t, "erasure");
      idColumn(t, "receipt");
      t.string("verdict", 8);
      t.index(["controller", "state", "acts_at"]);
      t.index(["state", "acts_at"]);
      t.index(["controller", "erasure"]);
    });
  },
};

const purgePersons: DatabaseMigration = {
  id: "ret_013_purge_persons",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ret_purge_person")) return;
    await knex.schema.createTable("ret_purge_person", (t) => {
      controllerColumn(t).notNullable();
      idColumn(t, "purge").notNullable();
      idColumn(t, "subject").notNullable();
      idColumn(t, "source").notNullable();
      t.string("rule", 64).notNullable();
      instantColumn(t, "due_at").notNullable();
      t.string("state", 12).notNullable();
      // Why it dropped out; absent while it is in.
      t.string("why", 24);
      idColumn(t, "hold");
      // 1 while a purge that may still act names this person there; null afterwards, and null never collides.
      t.integer("live");
      t.primary(["controller", "purge", "subject"]);
      t.unique(["controller", "subject", "source", "live"]);
    });
  },
};

const holds: DatabaseMigration = {
  id: "ret_014_holds",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ret_hold")) return;
    await knex.schema.createTable("ret_hold", (t) => {
      idColumn(t, "id").primary();
      controllerColumn(t).notNullable();
      t.string("covers", 12).notNullable();
      idColumn(t, "subject");
      t.string("category", 64);
      t.integer("lawful").notNullable();
      t.string("basis", 500).notNullable();
      t.string("until_day", 10);
      t.string("placed_by", 32).notNullable();
      instantColumn(t, "placed_at").notNullable();
      t.string("lifted_by", 32);
      instantColumn(t, "lifted_at");
      t.index(["controller", "lifted_at"]);
      t.index(["controller", "subject"]);
    });
  },
};

const purgeNotices: DatabaseMigration = {
  id: "ret_015_purge_notices",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ret_notice")) return;
    await knex.schema.createTable("ret_notice", (t) => {
      controllerColumn(t).notNullable();
      idColumn(t, "source").notNullable();
      t.string("rule", 64).notNullable();
      t.string("day", 10).notNullable();
      t.string("ahead", 24).notNullable();
      t.integer("persons").notNullable();
      instantColumn(t, "shown_at").notNullable();
      t.primary(["controller", "source", "rule", "day", "ahead"]);
    });
  },
};

/** Deletions asked for in an application, each taken up once. Its own key of the request stands here as a hash. */
const takenRequests: DatabaseMigration = {
  id: "ret_016_taken_requests",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ret_taken_request")) return;
    await knex.schema.createTable("ret_taken_request", (t) => {
      controllerColumn(t).notNullable();
      idColumn(t, "source").notNullable();
      t.string("request", 64).notNullable();
      instantColumn(t, "taken_at").notNullable();
      t.primary(["controller", "source", "request"]);
    });
  },
};

export const purgeMigrations = [
  surveys,
  forecasts,
  purges,
  purgePersons,
  holds,
  purgeNotices,
  takenRequests,
] as const;
