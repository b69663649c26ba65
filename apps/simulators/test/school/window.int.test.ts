import { makeDataMapLifecycle } from "@preau/data-map";
import { type Database } from "@preau/database";
import { instant, type Lifecycle } from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { controller, map, openSchool, PEOPLE, schoolInMemory, siteOf, tablesOf } from "./school-site.ts";

function lifecycleOf(database: Database): Lifecycle {
  const lifecycle = makeDataMapLifecycle({ database, map, controller });
  if (lifecycle === undefined) throw new Error("the map has no lifecycle");
  return lifecycle;
}

describe("the window for administrators, set from outside (S10)", () => {
  it("refuses a teacher, a pupil and a parent, lets an administrator in, and is undone exactly", async () => {
    const database = await schoolInMemory();
    const site = await siteOf(database);
    const others = [PEOPLE.plumeTeacher, PEOPLE.pupil, PEOPLE.parent, PEOPLE.garTeacher];
    const inside = await site.enter(PEOPLE.plumeTeacher);
    const schools = await database.knex("sch_school").orderBy("id").select();
    const { access } = lifecycleOf(database);
    expect((await access?.closeToOthers(controller))?.changed).toBe(4);
    expect(await access?.doors(controller)).toBe("administratorsOnly");
    for (const account of others) expect((await site.enter(account)).entered.status).toBe(403);
    expect((await inside.get("/")).status).toBe(403);
    expect((await site.enter(PEOPLE.plumeAdministrator)).entered.status).toBeLessThan(400);
    await access?.reopen(controller);
    expect(await database.knex("sch_school").orderBy("id").select()).toEqual(schools);
    expect((await inside.get("/")).status).toBe(200);
    expect((await site.enter(PEOPLE.pupil)).entered.status).toBeLessThan(400);
  });

  it("leaves shut the one school whose own administrator had shut it", async () => {
    const database = await schoolInMemory();
    await database.knex("sch_school").where("id", 2).update({ mode: "administrators" });
    const before = await database.knex("sch_school").orderBy("id").select();
    const { access } = lifecycleOf(database);
    await access?.closeToOthers(controller);
    await access?.reopen(controller);
    expect(await database.knex("sch_school").orderBy("id").select()).toEqual(before);
  });
});

describeEachDatabase("the demo school's accounts and log, by the data map", openSchool, (fresh) => {
  it("tells of everybody by annex B's roles and by origin (D12.4)", async () => {
    const database = await fresh();
    const { accounts } = await lifecycleOf(database).accounts(controller, { limit: 1_000 });
    const rows = (await tablesOf(database))["sch_account"] ?? [];
    expect(accounts.map(({ identifier, role, origin }) => [Number(identifier.value), role, origin])).toEqual(
      rows.map(({ id, role, gar_id }) => [id, role, gar_id === null ? "outsideGar" : "gar"]),
    );
    expect(accounts.every(({ lastActivity, createdAt }) => (lastActivity ?? createdAt) !== undefined)).toBe(
      true,
    );
    const child = accounts.find(({ identifier }) => identifier.value === String(PEOPLE.child));
    expect(child?.enrolledUntil).toBe("2027-07-03T23:59:59.999Z");
  });

  it("lets events go by their age alone (DD.8)", async () => {
    const database = await fresh();
    const { knex } = database;
    const before = instant("2026-10-01T00:00:00.000Z");
    const older = await knex("sch_activity_log").where("at", "<", before).count({ amount: "*" }).first();
    const { activityLog } = lifecycleOf(database);
    let erased = 0;
    for await (const step of activityLog?.purge(controller, before) ?? []) erased += step.erased;
    expect(erased).toBe(Number(older?.["amount"]));
    expect(erased).toBeGreaterThan(0);
    expect(await knex("sch_activity_log").where("at", "<", before).first()).toBeUndefined();
    expect(await knex("sch_activity_log").where("at", ">=", before).first()).toBeDefined();
  });
});
