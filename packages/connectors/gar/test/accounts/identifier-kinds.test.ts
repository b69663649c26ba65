import { migrate, openDatabase } from "@preau/database";
import { expect, it, onTestFinished } from "vitest";
import { garMigrations } from "../../src/migrations/index.ts";

it("tells accounts of before apart by their provider, and asks for requests of before again", async () => {
  const database = await openDatabase({ url: "sqlite::memory:" });
  onTestFinished(() => database.close());
  const before = garMigrations.filter(({ id }) => id < "gar_008");
  await migrate(database, [{ owner: "gar", migrations: before }]);
  const { knex } = database;
  const days = { first_at: "2026-11-23T08:00:00.000Z", last_at: "2026-11-23T08:00:00.000Z" };
  const account = { controller: "ministry", product: "plume", subject: "sub_a", role: "pupil", ...days };
  for (const provider of ["gar.saml", "gar.oidc", "ent", "garden"])
    await knex("gar_account").insert({
      ...account,
      ...{ provider, link_hash: provider, school_year: "2026-2027" },
    });
  await knex("gar_relink").insert({
    ...{ id: "rlk_a", controller: "ministry", product: "plume", subject: "sub_a", role: "pupil" },
    ...{ origin: "gar", code_hash: "0", schools: "[]", asked_at: days.first_at, expires_at: days.last_at },
  });
  for (const times of [1, 2]) {
    const migrations = times === 1 ? garMigrations : [garMigrations.at(-1)!];
    await migrate(database, [{ owner: `gar${times === 1 ? "" : " again"}`, migrations }]);
    expect(await knex("gar_account").orderBy("link_hash").pluck("identifier_kind")).toEqual([
      ...["sso.ent", "gar.ido", "gar.ido", "sso.garden"],
    ]);
    expect(await knex("gar_relink").select()).toEqual([]);
  }
});
