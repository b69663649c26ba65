import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

export const contractEnds: DatabaseMigration = {
  id: "ret_030_contract_ends",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ret_contract_end")) return;
    await knex.schema.createTable("ret_contract_end", (t) => {
      idColumn(t, "id").primary();
      controllerColumn(t).notNullable();
      idColumn(t, "contract").notNullable();
      exactColumn(t, "state", 12).notNullable();
      exactColumn(t, "stopped", 24);
      t.integer("run").notNullable();
      instantColumn(t, "opened_at").notNullable();
      instantColumn(t, "closed_at");
      // Choice, doors, hand-back, erasures: no personal data, opaque ids of erasures alone.
      t.text("facts", "longtext").notNullable();
      // 1 while it lives, null afterwards: a contract has one living end, and null never collides.
      t.integer("live");
      t.unique(["controller", "contract", "live"]);
      t.index(["live", "opened_at"]);
    });
  },
};

/** Certificates are never changed: a later one follows an earlier one. */
export const certificates: DatabaseMigration = {
  id: "ret_031_certificates",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("ret_certificate")) return;
    await knex.schema.createTable("ret_certificate", (t) => {
      idColumn(t, "id").primary();
      controllerColumn(t).notNullable();
      idColumn(t, "contract_end").notNullable();
      exactColumn(t, "verdict", 8).notNullable();
      idColumn(t, "entry").notNullable();
      instantColumn(t, "issued_at").notNullable();
      t.text("body", "longtext").notNullable();
      t.index(["controller", "contract_end", "issued_at"]);
    });
  },
};

/** One run at a time: a hand-back has one folder. A run that was killed lets go when its lease is over. */
export const contractEndLeases: DatabaseMigration = {
  id: "ret_034_contract_end_leases",
  up: async ({ knex }) => {
    if (await knex.schema.hasColumn("ret_contract_end", "lease_until")) return;
    await knex.schema.alterTable("ret_contract_end", (t) => {
      instantColumn(t, "lease_until");
    });
  },
};
