import { makeUnitOfWork, migrate, openDatabase } from "@preau/database";
import { addHours, instant } from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import { expect, it } from "vitest";
import { webMigrations } from "../src/index.ts";
import { purgeSignInTraces } from "../src/purge-sign-in-traces.ts";

const THEN = instant("2026-01-10T09:00:00.000Z");

describeEachDatabase("traces of sign-ins (DD.8)", openDatabase, (fresh) => {
  it("go when their period is over, and what is younger stays", async () => {
    const database = await fresh();
    await migrate(database, [{ owner: "web", migrations: webMigrations }]);
    const { knex } = database;
    for (const [hours, name] of [
      [0, "old"],
      [2, "young"],
    ] as const) {
      const at = addHours(THEN, hours);
      const controller = name === "old" ? "college-1" : "college-2";
      await knex("web_attempt").insert({ key_hash: name, failures: 1, blocked_until: null, last_at: at });
      await knex("web_recovery_asked").insert({ email_hash: name, asked_at: at });
      await knex("web_session").insert({
        ...{ id: `ses_${name}`, controller, secret_hash: name, data: "{}", sealed: "" },
        ...{ started_at: at, seen_at: at, expires_at: at },
      });
      await knex("web_link").insert({
        ...{ link_hash: name, controller, purpose: "test.receipt", thing: name, used_at: null },
        ...{ until_at: at, made_at: THEN },
      });
      await knex("web_session_key").insert({ session: `ses_${name}`, controller, key_hash: name });
    }
    const purge = (hours: number) =>
      makeUnitOfWork(database).transaction((unit) => purgeSignInTraces(unit, addHours(THEN, hours)));
    expect(await purge(0)).toBe(0);
    expect(await purge(1)).toBe(4);
    for (const table of ["web_attempt", "web_recovery_asked", "web_session", "web_session_key", "web_link"])
      expect(await knex(table), table).toHaveLength(1);
    expect(await purge(1)).toBe(0);
  });
});
