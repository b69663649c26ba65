import { type DatabaseMigration, exactColumn } from "@preau/database";

/**
 * By which kind of identifier an account is signed in to, and a request was made: `gar.ido`, `sso.<provider>`. Accounts of one
 * kind alone are joined. A request of before, which lives for hours, is asked for again; it now counts wrong numbers too.
 */
export const garIdentifierKinds: DatabaseMigration = {
  id: "gar_008_identifier_kinds",
  up: async ({ knex }) => {
    if (!(await knex.schema.hasColumn("gar_account", "identifier_kind"))) {
      await knex.schema.alterTable("gar_account", (table) => {
        exactColumn(table, "identifier_kind", 64).notNullable().defaultTo("");
      });
    }
    // Ids of providers other than the GAR's three doors hold no point.
    const unnamed = () => knex("gar_account").where({ identifier_kind: "" });
    await unnamed().where("provider", "like", "gar.%").update({ identifier_kind: "gar.ido" });
    const others = await unnamed().distinct().pluck<string[]>("provider");
    for (const provider of others)
      await unnamed()
        .where({ provider })
        .update({ identifier_kind: `sso.${provider}` });
    if (await knex.schema.hasColumn("gar_relink", "identifier_kind")) return;
    await knex("gar_relink").delete();
    await knex.schema.alterTable("gar_relink", (table) => {
      exactColumn(table, "identifier_kind", 64).notNullable().defaultTo("");
      table.integer("misses").notNullable().defaultTo(0);
    });
  },
};
