import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
  type MigrationList,
} from "@preau/database";

const createControllers: DatabaseMigration = {
  id: "ctr_001_controller",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ctr_controller")) return;
    await knex.schema.createTable("ctr_controller", (table) => {
      controllerColumn(table).primary();
      exactColumn(table, "kind", 20).notNullable();
      exactColumn(table, "name", 200).notNullable();
      exactColumn(table, "legal_form", 100).nullable();
      exactColumn(table, "seat", 300).nullable();
      exactColumn(table, "siret", 14).nullable();
      exactColumn(table, "uai", 8).nullable();
      exactColumn(table, "region", 40).notNullable();
      exactColumn(table, "zone", 64).notNullable();
      exactColumn(table, "good_friday", 12).nullable();
      // Name, seat and numbers, folded: what a search looks in, and the order of the list.
      exactColumn(table, "folded", 700).notNullable();
      table.integer("version").notNullable();
      instantColumn(table, "created_at").notNullable();
    });
  },
};

const createContracts: DatabaseMigration = {
  id: "ctr_002_contract",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ctr_contract")) return;
    await knex.schema.createTable("ctr_contract", (table) => {
      controllerColumn(table).notNullable();
      idColumn(table, "id").notNullable();
      exactColumn(table, "reference", 80).notNullable();
      // Words of the agreement between spaces. A controller has few contracts: one read gives them all, products too.
      exactColumn(table, "products", 2_000).notNullable();
      exactColumn(table, "starts_on", 10).notNullable();
      exactColumn(table, "ends_on", 10).nullable();
      exactColumn(table, "at_end", 20).nullable();
      exactColumn(table, "agreement", 80).notNullable();
      table.integer("version").notNullable();
      instantColumn(table, "created_at").notNullable();
      table.primary(["controller", "id"]);
      table.unique(["controller", "reference"], { indexName: "ctr_contract_reference" });
      // What is due looks over all controllers by the day alone.
      table.index(["ends_on"], "ctr_contract_ends_on");
    });
  },
};

const createOfficers: DatabaseMigration = {
  id: "ctr_003_officer",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ctr_officer")) return;
    await knex.schema.createTable("ctr_officer", (table) => {
      controllerColumn(table).notNullable();
      idColumn(table, "id").notNullable();
      exactColumn(table, "role", 20).notNullable();
      // The person, sealed under a key of its own.
      table.binary("sealed").notNullable();
      table.integer("version").notNullable();
      instantColumn(table, "created_at").notNullable();
      table.primary(["controller", "id"]);
    });
  },
};

const createOfficerKeys: DatabaseMigration = {
  id: "ctr_004_key_to_destroy",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ctr_key_to_destroy")) return;
    await knex.schema.createTable("ctr_key_to_destroy", (table) => {
      controllerColumn(table).notNullable();
      idColumn(table, "officer").notNullable();
      table.primary(["controller", "officer"]);
    });
  },
};

const createOwnPeriods: DatabaseMigration = {
  id: "ctr_005_own_period",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ctr_own_period")) return;
    await knex.schema.createTable("ctr_own_period", (table) => {
      controllerColumn(table).notNullable();
      idColumn(table, "contract").notNullable();
      exactColumn(table, "rule", 64).notNullable();
      exactColumn(table, "duration", 24).notNullable();
      table.primary(["controller", "contract", "rule"]);
    });
  },
};

const createPurposeBases: DatabaseMigration = {
  id: "ctr_006_purpose_basis",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ctr_purpose_basis")) return;
    await knex.schema.createTable("ctr_purpose_basis", (table) => {
      controllerColumn(table).notNullable();
      idColumn(table, "contract").notNullable();
      exactColumn(table, "product", 64).notNullable();
      exactColumn(table, "purpose", 64).notNullable();
      exactColumn(table, "legal_basis", 24).notNullable();
      table.primary(["controller", "contract", "product", "purpose"]);
    });
  },
};

const createAttestations: DatabaseMigration = {
  id: "ctr_007_attestation",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ctr_attestation")) return;
    await knex.schema.createTable("ctr_attestation", (table) => {
      controllerColumn(table).notNullable();
      idColumn(table, "contract").notNullable();
      instantColumn(table, "attested_at").notNullable();
      exactColumn(table, "statements", 2_000).notNullable();
      // One a contract: what was attested and withdrawn before stands in the journal.
      table.primary(["controller", "contract"]);
    });
  },
};

/** The tables of this package. Prefix `ctr_`. */
export const contractMigrations: MigrationList = {
  owner: "contracts",
  migrations: [
    createControllers,
    createContracts,
    createOfficers,
    createOfficerKeys,
    createOwnPeriods,
    createPurposeBases,
    createAttestations,
  ],
};
