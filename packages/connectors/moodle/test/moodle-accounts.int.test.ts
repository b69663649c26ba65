/** Who has an account in a Moodle, since when it rests, who may enter, and what goes by its age. */
import { openDatabase } from "@preau/database";
import { controllerId } from "@preau/kernel";
import { expect, it } from "vitest";
import { moodleMap } from "../src/index.ts";
import { controller, describeMoodle, planBy, planned, run, targetOf } from "./fixtures/moodle-under-test.ts";

const text = expect.any(String) as string;
describeMoodle("Moodle's accounts and doors", (school) => {
  const { moodle } = school;

  it("says who has an account, in which role, since when it rests and until when it is enrolled (D12.4)", async () => {
    const { knex } = school.database;
    await knex("mdl_course").whereIn("id", [16, 21]).update({ enddate: 1_782_000_000 });
    await knex("mdl_user").where({ id: 270 }).update({ auth: "saml2", lastaccess: 1_790_000_000 });
    await knex("mdl_user").where({ id: 271 }).update({ deleted: 1, timemodified: 1_780_000_000 });
    const { lifecycle } = moodle();
    const all = await lifecycle?.accounts(controller, { limit: 1_000 });
    const keys = all?.accounts.map(({ identifier }) => identifier.value) ?? [];
    expect([keys.includes("1"), keys.includes("2"), keys.length > 300]).toEqual([false, false, true]);
    const facts = new Map(all?.accounts.map((each) => [each.identifier.value, each]));
    expect(facts.get("107")).toMatchObject({ role: "teacher", origin: "outsideGar" });
    expect(facts.get("270")).toMatchObject({ role: "pupil", origin: "gar", enrolledUntil: text });
    expect((facts.get("270")?.lastActivity ?? "") >= "2026-09-21T14:13:20.000Z").toBe(true);
    expect(facts.get("271")?.deletedAt).toBe("2026-05-28T20:26:40.000Z");
    expect(await lifecycle?.factsOf(controller, [{ kind: "moodle.user", value: "1" }])).toEqual([]);
    expect((await lifecycle?.accounts(controllerId("another"), { limit: 10 }))?.accounts).toEqual([]);
    expect(
      (await lifecycle?.deletionRequests?.(controller))?.every(
        ({ account }) => account.kind === "moodle.user",
      ),
    ).toBe(true);
  }, 60_000);

  it("ends the activity log by its age, and nothing younger (DD.8)", async () => {
    const { lifecycle } = moodle();
    const log = lifecycle?.activityLog;
    const before = "2020-01-01T00:00:00.000Z" as Parameters<NonNullable<typeof log>["count"]>[1];
    const { knex } = school.database;
    const younger = async () =>
      (
        await knex("mdl_logstore_standard_log").where("timecreated", ">=", 1_577_836_800).count({ n: "*" })
      )[0];
    const stay = await younger();
    const old = Array.from({ length: 2_500 }, (_, index) => ({
      eventname: "x",
      component: "c",
      action: "a",
      target: "t",
      crud: "r",
      edulevel: 0,
      contextid: 1,
      contextlevel: 10,
      contextinstanceid: 0,
      userid: 2,
      timecreated: 1_500_000_000 + index,
    }));
    await knex.batchInsert("mdl_logstore_standard_log", old, 500);
    const due =
      (await log?.count(controller, before))?.find(({ table }) => table.endsWith("standard_log"))?.erased ??
      0;
    expect(due).toBeGreaterThanOrEqual(2_500);
    let gone = 0;
    for await (const step of log?.purge(controller, before) ?? []) gone += step.erased;
    expect([gone, await younger()]).toEqual([due, stay]);
  }, 60_000);

  it("lets in site administrators alone, by Moodle's own suspension, and gives back exactly what was there (S10)", async () => {
    const { knex } = school.database;
    await knex("mdl_user").where({ id: 280 }).update({ suspended: 1 });
    const { source, lifecycle } = moodle();
    const access = lifecycle?.access;
    const stand = () =>
      school.server.sql("checksum table mdl_user, mdl_user_preferences, mdl_config", "moodle");
    /** What Moodle's sign-in asks of an account (authenticate_user_login), and what a running session needs. */
    const mayEnter = async (id: number) =>
      (await knex("mdl_user").where({ id, deleted: 0, suspended: 0 })).length === 1;
    const session = (userid: number) =>
      knex("mdl_sessions").insert({ state: 0, sid: `s${userid}`, userid, timecreated: 1, timemodified: 1 });
    const before = await stand();
    await session(281);
    await session(2);

    expect(await access?.doors(controller)).toBe("open");
    expect((await access?.closeToOthers(controller))?.changed).toBeGreaterThan(300);
    expect((await access?.closeToOthers(controller))?.changed).toBe(0);
    expect(await access?.doors(controller)).toBe("administratorsOnly");
    expect([await mayEnter(281), await mayEnter(107), await mayEnter(1), await mayEnter(2)]).toEqual([
      false,
      false,
      false,
      true,
    ]);
    expect(await knex("mdl_sessions").select("userid")).toEqual([{ userid: 2 }]);
    // A restriction set or lifted meanwhile is kept, and opens nothing.
    await source.restrict(controller, targetOf(281));
    await source.restrict(controller, targetOf(280));
    await access?.reopen(controller);
    expect([await mayEnter(280), await mayEnter(281), await mayEnter(282)]).toEqual([false, false, true]);
    await access?.closeToOthers(controller);
    await source.lift(controller, targetOf(281));
    await source.lift(controller, targetOf(280));
    expect(await access?.doors(controller)).toBe("administratorsOnly");
    await access?.reopen(controller);
    expect([await mayEnter(280), await mayEnter(281)]).toEqual([false, true]);
    expect(await stand()).toBe(before);
    // Another controller's word moves nothing.
    expect([await access?.closeToOthers(controllerId("another")), await access?.doors(controller)]).toEqual([
      { changed: 0, refused: [] },
      "open",
    ]);
  }, 60_000);

  it("shows a restricted person out, and lets them in again (D10.1a)", async () => {
    const { knex } = school.database;
    const { source } = moodle();
    await knex("mdl_sessions").insert(
      [283, 284].map((userid) => ({ state: 0, sid: `r${userid}`, userid, timecreated: 1, timemodified: 1 })),
    );
    const [row] = await knex("mdl_user").where({ id: 283 });
    await source.restrict(controller, targetOf(283));
    expect(await knex("mdl_sessions").whereIn("userid", [283, 284]).select("userid")).toEqual([
      { userid: 284 },
    ]);
    expect(await knex("mdl_user").where({ id: 283 }).first("suspended")).toEqual({ suspended: 1 });
    await source.lift(controller, targetOf(283));
    expect((await knex("mdl_user").where({ id: 283 }))[0]).toEqual(row);
  }, 60_000);

  it("works under any prefix of tables", async () => {
    const names = (
      await school.server.sql(
        "select table_name from information_schema.tables where table_schema = 'moodle' and table_name like 'mdl\\_%'",
      )
    )
      .trim()
      .split("\n");
    const renames = names
      .map((name) => `moodle.\`${name}\` to renamed.\`Ecole_${name.slice(4)}\``)
      .join(", ");
    await school.server.sql(`create database renamed character set utf8mb4; rename table ${renames}`);
    const renamed = await openDatabase({ url: school.server.url("renamed") });
    const site = moodle(moodleMap(), "Ecole_", renamed);
    const plan = await planBy(site, 260);
    expect(planned(plan)).toBeGreaterThan(500);
    expect(await run(site, plan)).toBe(planned(plan));
    expect((await site.second.lookAgain(controller, plan.traces)).where).toEqual([]);
    await renamed.close();
  }, 120_000);
});
