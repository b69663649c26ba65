import { describeEachDatabase } from "@preau/testing";
import { beforeEach, expect, it } from "vitest";
import {
  controllerColumn,
  type Database,
  type DatabaseMigration,
  exactColumn,
  idColumn,
  instantColumn,
  jsonOf,
  migrate,
  openDatabase,
  pendingMigrations,
} from "../src/index.ts";

const people: DatabaseMigration = {
  id: "tst_001_people",
  up: async ({ knex }) => {
    if (await knex.schema.hasTable("tst_people")) return;
    await knex.schema.createTable("tst_people", (table) => {
      controllerColumn(table).notNullable();
      idColumn(table, "id").primary();
      exactColumn(table, "login", 191).notNullable();
      instantColumn(table, "at").nullable();
      table.json("extra").nullable();
      table.unique(["controller", "login"]);
    });
  },
};
const shoes: DatabaseMigration = {
  id: "tst_002_shoes",
  up: async ({ knex }) => {
    if (await knex.schema.hasColumn("tst_people", "shoes")) return;
    await knex.schema.alterTable("tst_people", (table) => void table.integer("shoes").nullable());
  },
};
const lists = [{ owner: "test", migrations: [people, shoes] }];

describeEachDatabase("migrations", openDatabase, (fresh) => {
  let database: Database;
  beforeEach(async () => {
    database = await fresh();
  });

  it("run once, in order; a second time there is nothing to do", async () => {
    expect(await pendingMigrations(database, lists)).toEqual(["tst_001_people", "tst_002_shoes"]);
    expect(await migrate(database, lists)).toEqual(["tst_001_people", "tst_002_shoes"]);
    expect(await pendingMigrations(database, lists)).toEqual([]);
    expect(await migrate(database, lists)).toEqual([]);
  });

  it("run the new ones alone", async () => {
    await migrate(database, [{ owner: "test", migrations: [people] }]);
    expect(await migrate(database, lists)).toEqual(["tst_002_shoes"]);
  });

  it("go on after one that failed half-way", async () => {
    let broken = true;
    const second: DatabaseMigration = {
      ...shoes,
      up: async (schema) => {
        await shoes.up(schema);
        if (broken) throw new Error("power cut");
      },
    };
    const withBroken = [{ owner: "test", migrations: [people, second] }];
    await expect(migrate(database, withBroken)).rejects.toThrow("power cut");
    expect(await pendingMigrations(database, withBroken)).toEqual(["tst_002_shoes"]);
    broken = false;
    expect(await migrate(database, withBroken)).toEqual(["tst_002_shoes"]);
  });

  it("run once when two start at the same time on two connections", async () => {
    const [one, two] = await Promise.all([migrate(database, lists), migrate(database, lists)]);
    expect([...one, ...two].sort()).toEqual(["tst_001_people", "tst_002_shoes"]);
  });

  it("refuse a database that a newer version made (DATABASE_NEWER), but not another package's", async () => {
    await migrate(database, lists);
    await expect(migrate(database, [{ owner: "test", migrations: [people] }])).rejects.toMatchObject({
      code: "DATABASE_NEWER",
      exit: 4,
      detail: { place: "test tst_002_shoes" },
    });
    expect(await migrate(database, [{ owner: "another", migrations: [] }])).toEqual([]);
  });

  it("refuse a list that names one migration twice", async () => {
    await expect(migrate(database, [{ owner: "test", migrations: [people, people] }])).rejects.toThrow(
      TypeError,
    );
  });

  it("tell zoe@ from Zoé@, ZOE@ and zoë@ in a unique column", async () => {
    await migrate(database, lists);
    const logins = ["zoe@school.test", "Zoé@school.test", "ZOE@school.test", "zoë@school.test"];
    await database
      .knex("tst_people")
      .insert(logins.map((login, i) => ({ controller: "c", id: `sub_${i}`, login })));
    expect(await database.knex("tst_people").where({ login: "zoe@school.test" }).pluck("id")).toEqual([
      "sub_0",
    ]);
    const again = database
      .knex("tst_people")
      .insert({ controller: "c", id: "sub_9", login: "zoe@school.test" });
    await expect(again).rejects.toMatchObject({ code: "DATABASE_DUPLICATE" });
  });

  it("read JSON and text alike", async () => {
    await migrate(database, lists);
    const at = "2026-10-25T01:30:00.123Z"; // the hour that Paris has twice
    const extra = { é: [1, "🦉", null] };
    await database
      .knex("tst_people")
      .insert({ controller: "c", id: "sub_1", login: "🦉", at, extra: JSON.stringify(extra) });
    const row = (await database.knex("tst_people").first()) as { at: string; login: string; extra: unknown };
    expect(row.at).toBe(at);
    expect(row.login).toBe("🦉");
    expect(jsonOf(row.extra)).toEqual(extra);
    expect(jsonOf(null)).toBeNull();
  });
});
