/** Schools that nobody drew up: changed at random, rolled, and taken back. What chance made is told by its seed. */
import type { Database } from "@preau/database";
import { describe, expect, it } from "vitest";
import { type Chance, chanceFrom } from "../../src/school/chance.ts";
import { planRollover } from "../../src/school/plan-rollover.ts";
import { rollYear, undoableRollover, undoRollover } from "../../src/school/roll-year.ts";
import { nurseryLevels } from "../../src/school/seed-schools.ts";
import { transferChild } from "../../src/school/transfer-child.ts";
import { viewerOf } from "../../src/school/viewer.ts";
import { PEOPLE, type Row, schoolInMemory, tablesOf } from "./school-site.ts";

const AT = "2027-07-05T08:00:00.000Z";
const NURSERIES = [2, 3] as const;

async function occasionOf({ knex }: Database, administrator: number) {
  const viewer = await viewerOf(knex, administrator);
  if (typeof viewer === "string") throw new Error(viewer);
  return { viewer, at: AT };
}

async function roll(database: Database, school: number) {
  const plan = await planRollover(database.knex, school);
  const answer = await rollYear(database.knex, await occasionOf(database, school), plan?.fingerprint ?? "");
  return { plan, answer };
}

async function undo(database: Database, school: number): Promise<boolean> {
  return undoRollover(database.knex, await occasionOf(database, school));
}

/** Every table but the two that keep what was done: the record of rollovers and the log. */
async function state(database: Database): Promise<string> {
  const { sch_rollover: _record, sch_activity_log: _log, ...rest } = await tablesOf(database);
  return JSON.stringify(rest);
}

/** Children restricted, gone, transferred; classes without a next level, without children, of a level unheard of. */
async function disturb(database: Database, chance: Chance): Promise<void> {
  const { knex } = database;
  const classes = await knex("sch_class").whereIn("school_id", NURSERIES).where("year_id", 2);
  const children = await knex("sch_account").where("role", "child").select<{ id: number }[]>("id");
  for (const { id } of children) {
    const fate = chance.next();
    if (fate < 0.1) await knex("sch_account").where("id", id).update({ restricted: 1 });
    else if (fate < 0.2) await knex("sch_enrolment").where("pupil_id", id).delete();
    else if (fate < 0.3) {
      const cls = Number((chance.pick(classes) as Row)["id"]);
      await transferChild(knex, await occasionOf(database, 2), id, cls);
    }
  }
  for (const cls of classes as readonly Row[]) {
    if (chance.percent(15))
      await knex("sch_class")
        .where("id", Number(cls["id"]))
        .update({ level: chance.pick([...nurseryLevels, "?"]) });
  }
}

describe("a change of year, whatever the school", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])("is taken back to the byte (seed %i)", async (seed) => {
    const chance = chanceFrom(seed);
    const database = await schoolInMemory();
    await disturb(database, chance);
    const states: string[] = [];
    const done: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      const school = chance.pick([...NURSERIES]);
      states.push(await state(database));
      expect((await roll(database, school)).answer).toBe("done");
      done.push(school);
    }
    while (done.length > 0) {
      const school = done.pop() ?? 0;
      expect(await undo(database, school)).toBe(true);
      expect(await state(database)).toBe(states.pop());
    }
  });

  it.each([1, 2, 3, 4])(
    "gives every child one next place, or none, and loses nobody (seed %i)",
    async (seed) => {
      const database = await schoolInMemory();
      await disturb(database, chanceFrom(seed));
      const before = await tablesOf(database);
      const { plan } = await roll(database, 2);
      const after = await tablesOf(database);
      for (const table of ["sch_account", "sch_observation", "sch_share", "sch_parent_link"])
        expect([table, after[table]]).toEqual([table, before[table]]);
      const levels: readonly string[] = nurseryLevels;
      for (const { pupil, from, to } of plan?.moves ?? []) {
        if (to !== undefined) expect(levels.indexOf(to.level)).toBe(levels.indexOf(from.level) + 1);
        if (!levels.includes(from.level)) expect(to).toBeUndefined();
        const open = after["sch_enrolment"]?.filter(
          (row) => row["pupil_id"] === pupil && row["until"] === null,
        );
        const here =
          after["sch_class"]?.filter((row) => row["school_id"] === 2 && row["year_id"] === 3) ?? [];
        const ids = new Set(here.map(({ id }) => id));
        expect(open?.filter((row) => ids.has(row["class_id"]))).toHaveLength(to === undefined ? 0 : 1);
      }
    },
  );

  it("sends nobody from a class of an unheard-of level to the youngest", async () => {
    const database = await schoolInMemory();
    await database.knex("sch_class").where({ id: 12, school_id: 2 }).update({ level: "CP" });
    const { plan } = await roll(database, 2);
    const from = plan?.moves.filter((move) => move.from.id === 12) ?? [];
    expect(from.length).toBeGreaterThan(10);
    expect(from.filter(({ to }) => to !== undefined)).toEqual([]);
  });

  it("of one school does not stand in the way of another's undoing, though a child is in both", async () => {
    const database = await schoolInMemory();
    const places = () =>
      database
        .knex("sch_enrolment as e")
        .join("sch_class as c", "c.id", "e.class_id")
        .where("e.pupil_id", PEOPLE.childOfTwoSchools)
        .whereNull("e.until")
        .orderBy("c.school_id")
        .select<Row[]>("c.school_id", "c.year_id");
    await roll(database, 2);
    await roll(database, 3);
    expect(await undo(database, 2)).toBe(true);
    expect(await places()).toEqual([
      { school_id: 2, year_id: 2 },
      { school_id: 3, year_id: 3 },
    ]);
    expect(await undo(database, 3)).toBe(true);
    expect((await places()).map(({ year_id }) => year_id)).toEqual([2, 2]);
  });

  it("is not taken back once a child who left is in another school, even after that school's own change", async () => {
    const database = await schoolInMemory();
    const { knex } = database;
    const { plan } = await roll(database, 2);
    const leaver = plan?.moves.find(({ to }) => to === undefined)?.pupil ?? 0;
    expect(await transferChild(knex, await occasionOf(database, 2), leaver, 13)).toBe(true);
    expect(await undoableRollover(knex, 2)).toBeUndefined();
    await roll(database, 3);
    expect(await undo(database, 2)).toBe(false);
  });

  it("is done once: two at a time, one is done and the other refused", async () => {
    const database = await schoolInMemory();
    const [plan, by] = [await planRollover(database.knex, 2), await occasionOf(database, 2)];
    const both = [0, 1].map(() => rollYear(database.knex, by, plan?.fingerprint ?? ""));
    expect((await Promise.all(both)).toSorted()).toEqual(["changed", "done"]);
    expect(await database.knex("sch_rollover")).toHaveLength(1);
  });
});
