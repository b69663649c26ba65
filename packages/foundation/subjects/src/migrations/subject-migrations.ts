import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
  type MigrationList,
} from "@preau/database";

const createSubjects: DatabaseMigration = {
  id: "sbj_001_subject",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("sbj_subject")) return;
    await knex.schema.createTable("sbj_subject", (table) => {
      idColumn(table, "id").primary();
      controllerColumn(table).notNullable();
      instantColumn(table, "since").notNullable();
      instantColumn(table, "restricted_at").nullable();
    });
  },
};

const createIdentifiers: DatabaseMigration = {
  id: "sbj_002_identifier",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("sbj_identifier")) return;
    await knex.schema.createTable("sbj_identifier", (table) => {
      idColumn(table, "id").primary();
      controllerColumn(table).notNullable();
      idColumn(table, "subject").notNullable();
      exactColumn(table, "kind", 100).notNullable();
      // HMAC-SHA-256 under the controller's key, 64 hexadecimal digits: equal for equal identifiers of one controller,
      // worth nothing without the key.
      exactColumn(table, "hash", 64).notNullable();
      table.binary("sealed").notNullable();
      instantColumn(table, "linked_at").notNullable();
      table.unique(["controller", "kind", "hash"], { indexName: "sbj_identifier_hash" });
      table.index(["controller", "subject"], "sbj_identifier_subject");
    });
  },
};

const createKeysToDestroy: DatabaseMigration = {
  id: "sbj_003_key_to_destroy",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("sbj_key_to_destroy")) return;
    await knex.schema.createTable("sbj_key_to_destroy", (table) => {
      controllerColumn(table).notNullable();
      idColumn(table, "subject").notNullable();
      table.primary(["controller", "subject"]);
    });
  },
};

/** The tables of this package. Prefix `sbj_`. */
export const subjectMigrations: MigrationList = {
  owner: "subjects",
  migrations: [createSubjects, createIdentifiers, createKeysToDestroy],
};
