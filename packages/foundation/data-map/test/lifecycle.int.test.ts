import { instant, manualClock } from "@preau/kernel";
import {
  type DatabaseKind,
  describeEachDatabase,
  describeOnMariaDb,
  freshDatabase,
  lifecycleContract,
} from "@preau/testing";
import { describe, expect, it } from "vitest";
import { makeDataMapLifecycle, makeDataMapSource } from "../src/index.ts";
import { benchOf, controller, map, openRested, seconds } from "./fixtures/rested-school.ts";

for (const kind of ["sqlite", "mariadb"] satisfies DatabaseKind[]) {
  (kind === "mariadb" ? describeOnMariaDb : describe)(kind, () => {
    lifecycleContract(`data map on ${kind}`, async () => {
      const fresh = await freshDatabase(kind);
      const database = await openRested({ url: fresh.url });
      return {
        ...benchOf(database),
        close: async () => {
          await database.close();
          await fresh.remove();
        },
      };
    });
  });
}

const at = (day: string) => instant(`${day}T10:00:00.000Z`);

describeEachDatabase("lifecycle by data map (D12.4)", openRested, (fresh) => {
  it("leaves out the guest, the listed administrators and rows that an erasure has left nameless", async () => {
    const database = await fresh();
    const { lifecycle, add } = benchOf(database);
    const gone = await add({ lastActivity: at("2026-01-01") });
    const stays = await add({ lastActivity: at("2026-01-01") });
    const source = makeDataMapSource({ database, map, sourceId: "rested", controller, clock: manualClock() });
    const subjects = [{ subject: "sub_1" as const, identifiers: [gone] }];
    const plan = await source.plan({ controller, subjects, ground: "instruction" });
    for await (const step of source.erase(plan)) expect(step.erased + step.anonymised).toBeGreaterThan(0);
    const { accounts } = await lifecycle.accounts(controller, { limit: 10 });
    expect(accounts.map(({ identifier }) => identifier.value)).toEqual([stays.value]);
    expect(await lifecycle.factsOf(controller, [gone])).toEqual([]);
  });

  it("takes the latest activity of all tables, written in whatever form", async () => {
    const database = await fresh();
    const { lifecycle, add } = benchOf(database);
    const identifier = await add({ lastActivity: at("2025-01-01") });
    await database.knex("rs_visit").insert([
      { id: 1, who: identifier.value, at: "2026-02-03T04:05:06.000Z" },
      { id: 2, who: identifier.value, at: "" },
    ]);
    const [facts] = await lifecycle.factsOf(controller, [identifier]);
    expect(facts?.lastActivity).toBe("2026-02-03T04:05:06.000Z");
  });

  it("says since when an account is deleted in the application's own words", async () => {
    const database = await fresh();
    const { lifecycle, add } = benchOf(database);
    const identifier = await add({ lastActivity: at("2025-01-01") });
    expect((await lifecycle.factsOf(controller, [identifier]))[0]).not.toHaveProperty("deletedAt");
    await database
      .knex("rs_user")
      .where({ id: identifier.value })
      .update({ gone: 1, changed: seconds(at("2026-04-04")) });
    expect((await lifecycle.factsOf(controller, [identifier]))[0]?.deletedAt).toBe(at("2026-04-04"));
  });

  it("follows classes to their end, also through a parent, and says nothing where one has none", async () => {
    const database = await fresh();
    const { knex } = database;
    const { lifecycle, add } = benchOf(database);
    const identifier = await add({});
    const until = async () => (await lifecycle.factsOf(controller, [identifier]))[0]?.enrolledUntil;
    await knex("rs_course").insert([
      { id: 1, ends: seconds(at("2025-07-04")) },
      { id: 2, ends: seconds(at("2026-07-04")) },
      { id: 3, ends: 0 },
    ]);
    await knex("rs_seat").insert([
      { id: 1, user: identifier.value, course: 1 },
      { id: 2, user: identifier.value, course: 2 },
    ]);
    expect(await until()).toBe(at("2026-07-04"));
    await knex("rs_tutor").insert({ id: 1, seat: 2, until: "2027-01-31" });
    expect(await until()).toBe("2027-01-31T23:59:59.999Z");
    await knex("rs_seat").insert({ id: 3, user: identifier.value, course: 3 });
    expect(await until()).toBeUndefined();
  });

  it("lists the deletions asked for in the application, with who asked (DB.D.self)", async () => {
    const database = await fresh();
    const { lifecycle, add } = benchOf(database);
    const [own, other] = [(await add({})).value, (await add({})).value];
    const asked = "2026-03-03T03:03:03.000Z";
    await database.knex("rs_wish").insert([
      { id: 1, user: own, asker: own, at: asked, state: "open" },
      { id: 2, user: other, asker: 7_000_000, at: asked, state: "open" },
      { id: 3, user: other, asker: other, at: asked, state: "done" },
    ]);
    expect(await lifecycle.deletionRequests?.(controller)).toEqual([
      {
        id: "1",
        account: { kind: "rested.user", value: own },
        requestedBy: "dataSubject",
        requestedAt: asked,
      },
      {
        ...{ id: "2", account: { kind: "rested.user", value: other } },
        ...{ requestedBy: "controllerAdministrator", requestedAt: asked },
      },
    ]);
  });

  it("needs no more statements for many accounts than for few", async () => {
    const database = await fresh();
    const { lifecycle, add } = benchOf(database);
    const statements = async () => {
      let count = 0;
      const tell = () => {
        count += 1;
      };
      database.knex.on("query", tell);
      await lifecycle.accounts(controller, { limit: 1_000 });
      database.knex.off("query", tell);
      return count;
    };
    await add({ role: "teacher" });
    const few = await statements();
    for (let count = 0; count < 60; count += 1) await add({ role: count % 2 === 0 ? "teacher" : "pupil" });
    expect(await statements()).toBeLessThanOrEqual(few + 2);
  });

  it("refuses a site that lacks what the map names", async () => {
    const database = await fresh();
    await database.knex.schema.alterTable("rs_visit", (table) => table.renameColumn("at", "moment"));
    const lifecycle = makeDataMapLifecycle({ database, map, controller });
    await benchOf(database).add({});
    await expect(lifecycle?.accounts(controller, { limit: 1 })).rejects.toMatchObject({
      code: "DATA_MAP_MISFIT",
    });
  });
});
