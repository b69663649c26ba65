import { describe, expect, it } from "vitest";
import { note, schoolLog } from "../../src/school/log.ts";
import { planRollover } from "../../src/school/plan-rollover.ts";
import { rollYear } from "../../src/school/roll-year.ts";
import { viewerOf } from "../../src/school/viewer.ts";
import { PEOPLE, type Row, schoolInMemory } from "./school-site.ts";

const AT = "2027-07-05T08:00:00.000Z";

describe("who left a school, and is in no other", () => {
  it("stands before its closed door like everybody else, and a parent with them (towards S10)", async () => {
    const { knex } = await schoolInMemory();
    const viewer = await viewerOf(knex, PEOPLE.jardinAdministrator);
    if (typeof viewer === "string") throw new Error(viewer);
    const plan = await planRollover(knex, 2);
    expect(await rollYear(knex, { viewer, at: AT }, plan?.fingerprint ?? "")).toBe("done");
    const siblings = knex("sch_parent_link as l")
      .join("sch_enrolment as e", "e.pupil_id", "l.child_id")
      .whereNull("e.until")
      .select("l.parent_id");
    const leavers = plan?.moves.filter(({ to }) => to === undefined).map(({ pupil }) => pupil) ?? [];
    const parents = await knex("sch_parent_link")
      .whereIn("child_id", leavers)
      .whereNotIn("parent_id", siblings)
      .select<Row[]>("parent_id");
    const gone = [leavers[0] ?? 0, Number(parents[0]?.["parent_id"])];
    const entering = () =>
      Promise.all(gone.map(async (id) => (typeof (await viewerOf(knex, id)) === "object" ? "in" : "out")));
    expect(await entering()).toEqual(["in", "in"]);
    await knex("sch_school").where("id", 2).update({ mode: "administrators" });
    expect(await entering()).toEqual(["out", "out"]);
    await knex("sch_school").where("id", 2).update({ mode: "open" });
    expect(await entering()).toEqual(["in", "in"]);
  });
});

describe("the log of a school", () => {
  it("tells what its pupils and children did, in the school in which they are; of parents, nothing", async () => {
    const { knex } = await schoolInMemory();
    const seen = async (school: number, account: number) =>
      (await schoolLog(knex, school)).some((row) => row.at === AT && row.account_id === account);
    for (const id of [PEOPLE.pupil, PEOPLE.child, PEOPLE.parent]) {
      const viewer = await viewerOf(knex, id);
      if (typeof viewer === "string") throw new Error(viewer);
      await note(knex, { viewer, at: AT, ip: "192.0.2.1" }, "signedIn");
    }
    expect([await seen(1, PEOPLE.pupil), await seen(2, PEOPLE.child)]).toEqual([true, true]);
    expect([await seen(2, PEOPLE.pupil), await seen(1, PEOPLE.child)]).toEqual([false, false]);
    const [row] = await knex("sch_activity_log").orderBy("id", "desc").select<Row[]>("*");
    expect(row).toMatchObject({ account_id: 0, ip: null, school_id: null, detail: "{}" });
  });
});
