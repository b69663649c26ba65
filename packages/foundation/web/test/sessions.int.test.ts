import { migrate, openDatabase } from "@preau/database";
import { makeIds, manualClock } from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import { expect, it } from "vitest";
import { makeSessions, sessionRows, webMigrations } from "../src/index.ts";
import { dataOf } from "./application.ts";
import { sessionsContract } from "./sessions-contract.ts";

describeEachDatabase("session rows", openDatabase, (fresh) => {
  const migrated = async () => {
    const database = await fresh();
    await migrate(database, [{ owner: "web", migrations: webMigrations }]);
    return database;
  };

  sessionsContract("in SQL", async () => sessionRows(await migrated()));

  it("runs its migrations twice without harm", async () => {
    const database = await migrated();
    for (const migration of webMigrations)
      await migration.up({ knex: database.knex, dialect: database.dialect });
    expect(await database.knex("web_session").select()).toEqual([]);
  });

  it("keeps no secret, no name and no school identifier in any row (DESIGN §9)", async () => {
    const database = await migrated();
    const clock = manualClock();
    const sessions = makeSessions({ rows: sessionRows(database), clock, ids: makeIds(clock) });
    const { secret, session } = await sessions.start({
      data: dataOf("dataSubject"),
      sealed: { name: "Zoé Tilleul" },
      keys: [{ kind: "saml.sessionIndex", issuer: "https://idp.gar.example", value: "_index-42" }],
    });
    const rows = JSON.stringify([
      await database.knex("web_session").select(),
      await database.knex("web_session_key").select(),
    ]);
    for (const text of [secret, session.csrfToken, "Tilleul", "_index-42", "idp.gar"]) {
      expect(rows).not.toContain(text);
    }
  });

  it("opens no sealed part that was moved to another session's row", async () => {
    const database = await migrated();
    const clock = manualClock();
    const sessions = makeSessions({ rows: sessionRows(database), clock, ids: makeIds(clock) });
    const mine = await sessions.start({ data: dataOf("dataSubject"), sealed: { name: "Zoé" } });
    const theirs = await sessions.start({ data: dataOf("dataSubject"), sealed: { name: "Adam" } });
    const row = await database.knex("web_session").where({ id: theirs.session.id }).first("sealed");
    await database.knex("web_session").where({ id: mine.session.id }).update({ sealed: row.sealed });
    expect(await sessions.find(mine.secret)).toBeUndefined();
  });
});
