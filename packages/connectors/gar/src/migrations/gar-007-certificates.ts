import {
  controllerColumn,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
} from "@preau/database";

/** Certificates of destruction are never changed: a later one follows an earlier one. */
export const garCertificates: DatabaseMigration = {
  id: "gar_007_certificates",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("gar_certificate")) return;
    await knex.schema.createTable("gar_certificate", (table) => {
      idColumn(table, "id").notNullable();
      controllerColumn(table).notNullable();
      exactColumn(table, "school_year", 9).notNullable();
      exactColumn(table, "verdict", 8).notNullable();
      idColumn(table, "entry").notNullable();
      instantColumn(table, "issued_at").notNullable();
      // JSON, exactly as it was hashed.
      table.text("body", "longtext").notNullable();
      table.primary(["controller", "id"]);
      table.index(["controller", "school_year", "issued_at"], "gar_certificate_year");
    });
  },
};
