import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

/** Copies that somebody holds beside the service: loading data (S9), archives and backups at a contract's end (S15), samples. */
export const holdings: DatabaseMigration = {
  id: "ret_032_holdings",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ret_holding")) return;
    await knex.schema.createTable("ret_holding", (t) => {
      idColumn(t, "id").primary();
      controllerColumn(t).notNullable();
      exactColumn(t, "store", 16).notNullable();
      exactColumn(t, "kind", 16).notNullable();
      // The operator's own place of it: a path, or the name of a database. No name of a person.
      t.string("place", 1_000).notNullable();
      t.string("label", 200);
      t.bigInteger("bytes");
      exactColumn(t, "sha256", 71);
      instantColumn(t, "held_since").notNullable();
      // The event that its period runs from, once it has happened: the loading accepted, the contract ended.
      instantColumn(t, "anchor_at");
      instantColumn(t, "due_at");
      t.string("clause", 24).notNullable();
      exactColumn(t, "state", 12).notNullable();
      instantColumn(t, "destroyed_at");
      idColumn(t, "receipt");
      exactColumn(t, "verdict", 8);
      t.index(["controller", "state", "due_at"]);
      t.index(["state", "due_at"]);
    });
  },
};

/** Backups of a site that were restored in a test. */
export const restoreTests: DatabaseMigration = {
  id: "ret_033_restore_tests",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ret_restore_test")) return;
    await knex.schema.createTable("ret_restore_test", (t) => {
      idColumn(t, "id").primary();
      controllerColumn(t).notNullable();
      t.string("backup", 500).notNullable();
      instantColumn(t, "backup_at").notNullable();
      instantColumn(t, "restored_at").notNullable();
      t.string("evidence", 500).notNullable();
      exactColumn(t, "recorded_by", 32).notNullable();
      idColumn(t, "entry").notNullable();
      t.index(["controller", "backup_at"]);
    });
  },
};
