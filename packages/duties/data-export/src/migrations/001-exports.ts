import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

export const exports: DatabaseMigration = {
  id: "exp_001_orders",
  up: async ({ knex, dialect }) => {
    if (await knex.schema.hasTable("exp_order")) return;
    await knex.schema.createTable("exp_order", (t) => {
      idColumn(t, "id").primary();
      controllerColumn(t).notNullable();
      t.string("kind", 16).notNullable();
      exactColumn(t, "store", 64);
      t.string("project_kind", 8);
      exactColumn(t, "project", 64);
      idColumn(t, "subject");
      t.string("language", 2).notNullable();
      t.string("protection", 12).notNullable();
      // Public keys of age, one a line.
      t.text("recipients");
      // Sealed in the vault until the package is written; then gone.
      t.specificType("passphrase", dialect === "mysql" ? "blob" : "blob");
      t.string("state", 12).notNullable();
      t.string("ordered_by", 32).notNullable();
      instantColumn(t, "ordered_at").notNullable();
      t.string("reference", 200);
      // What one form was sent with: pressing twice is ordering once.
      exactColumn(t, "press", 64).unique();
      // Number of the last run that took it: the fence of earlier ones.
      t.integer("run").notNullable().defaultTo(0);
      t.integer("files").notNullable().defaultTo(0);
      t.bigInteger("content_bytes").notNullable().defaultTo(0);
      instantColumn(t, "made_at");
      t.bigInteger("bytes");
      exactColumn(t, "sha256", 64);
      exactColumn(t, "link", 64).unique();
      instantColumn(t, "link_until");
      // Who downloads now, until when at the latest: the fence of two who press at once.
      idColumn(t, "claim");
      instantColumn(t, "claim_until");
      instantColumn(t, "fetched_at");
      instantColumn(t, "destroy_by");
      instantColumn(t, "over_at");
      t.string("failure", 64);
      // Art. 18: kept, and handed to nobody.
      t.boolean("restricted").notNullable().defaultTo(false);
      t.index(["controller", "ordered_at"]);
      t.index(["controller", "subject"]);
      t.index(["state", "destroy_by"]);
    });
  },
};

export const fetches: DatabaseMigration = {
  id: "exp_002_fetches",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("exp_fetch")) return;
    await knex.schema.createTable("exp_fetch", (t) => {
      idColumn(t, "id").primary();
      controllerColumn(t).notNullable();
      idColumn(t, "order").notNullable();
      instantColumn(t, "begun_at").notNullable();
      instantColumn(t, "ended_at");
      t.string("outcome", 12).notNullable();
      t.index(["controller", "order"]);
    });
  },
};
