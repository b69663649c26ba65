import type { Database } from "@preau/database";
import { describeEachDatabase } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { booksOf, observe } from "../../src/school/book.ts";
import { planRollover } from "../../src/school/plan-rollover.ts";
import { rollYear, undoableRollover, undoRollover } from "../../src/school/roll-year.ts";
import { transferChild } from "../../src/school/transfer-child.ts";
import { type Viewer, viewerOf } from "../../src/school/viewer.ts";
import { erase, openSchool, PEOPLE, type Row, schoolInMemory, tablesOf } from "./school-site.ts";

const SCHOOL = 2;
const at = "2027-07-05T08:00:00.000Z";

async function viewer({ knex }: Database, id: number): Promise<Viewer> {
  const found = await viewerOf(knex, id);
  if (typeof found === "string") throw new Error(found);
  return found;
}

/** Previews and rolls the nursery school of Metz. */
async function rolled(database: Database) {
  const by = { viewer: await viewer(database, PEOPLE.jardinAdministrator), at };
  const plan = await planRollover(database.knex, SCHOOL);
  const answer = await rollYear(database.knex, by, plan?.fingerprint ?? "");
  return { by, plan, answer };
}

/** All but what says that something was done: the log, and the rollover itself. */
async function state(database: Database) {
  const { sch_activity_log: _log, sch_rollover: _rollovers, ...rest } = await tablesOf(database);
  return rest;
}

describeEachDatabase("the change of school year", openSchool, (fresh) => {
  it("archives the year, moves every child a level up, lets the eldest go; undoing gives all back", async () => {
    const database = await fresh();
    const before = await state(database);
    const preview = await planRollover(database.knex, SCHOOL);
    expect(await state(database)).toEqual(before);
    const { by, answer } = await rolled(database);
    expect(answer).toBe("done");

    const after = await tablesOf(database);
    const levelOf = (cls: unknown) => after["sch_class"]?.find(({ id }) => id === cls)?.["level"];
    const open = (child: unknown) =>
      after["sch_enrolment"]?.filter((row) => row["pupil_id"] === child && row["until"] === null) ?? [];
    expect(preview?.moves.length).toBe(72);
    for (const { pupil, from, to } of preview?.moves ?? []) {
      const levels = open(pupil).map(({ class_id }) => levelOf(class_id));
      if (to === undefined) expect([from.level, levels]).toEqual(["GS", []]);
      else expect(levels).toContain(to.level);
    }
    expect(after["sch_school"]?.map(({ year_id }) => year_id)).toEqual([2, 3, 2, 2]);
    expect(after["sch_observation"]).toEqual(before["sch_observation"]);

    expect(await undoRollover(database.knex, by)).toBe(true);
    expect(await state(database)).toEqual(before);
    expect(await undoRollover(database.knex, by)).toBe(false);
  });
});

describe("the change of school year in the demo school", () => {
  it("does what was previewed, or nothing", async () => {
    const database = await schoolInMemory();
    const plan = await planRollover(database.knex, SCHOOL);
    const by = { viewer: await viewer(database, PEOPLE.jardinAdministrator), at };
    expect(await transferChild(database.knex, by, PEOPLE.siblings[0], 13)).toBe(true);
    const before = await tablesOf(database);
    expect(await rollYear(database.knex, by, plan?.fingerprint ?? "")).toBe("changed");
    expect(await tablesOf(database)).toEqual(before);
  });

  it("is not undone once something stands in the new year", async () => {
    const database = await schoolInMemory();
    const { by } = await rolled(database);
    const teacher = { viewer: await viewer(database, PEOPLE.jardinTeacher), at };
    expect(await undoableRollover(database.knex, SCHOOL)).toBeDefined();
    const words = { skill: "Vivre ensemble", body: "A grandi." };
    expect(await observe(database.knex, teacher, PEOPLE.siblings[0], words)).toBe(true);
    expect(await undoRollover(database.knex, by)).toBe(false);
  });

  it("is not undone once a child has come or gone by another way", async () => {
    for (const [child, destination] of [
      [PEOPLE.siblings[0], 13], // moved here, went to Rennes
      [360, 15], // left here, came to Rennes
    ] as const) {
      const database = await schoolInMemory();
      const { by } = await rolled(database);
      expect([child, await transferChild(database.knex, by, child, destination)]).toEqual([child, true]);
      expect([child, await undoRollover(database.knex, by)]).toEqual([child, false]);
    }
  });

  it("is undone once a child of it is erased, who does not come back", async () => {
    const database = await schoolInMemory();
    const { by } = await rolled(database);
    const [child] = PEOPLE.siblings;
    expect((await erase(database, child)).hits).toBe(0);
    expect(await undoRollover(database.knex, by)).toBe(true);
    expect(JSON.stringify(await tablesOf(database))).not.toContain(`"pupil_id":${child},`);
  });

  it("closes every book of the year for writing and sharing, and parents read on", async () => {
    const database = await schoolInMemory();
    const parent = await viewer(database, PEOPLE.parent);
    const [child] = PEOPLE.siblings;
    const read = async () => await booksOf(database.knex, parent, child);
    const before = await read();
    await rolled(database);
    const after = await read();
    expect(before.some(({ archived }) => !archived)).toBe(true);
    expect(after.every(({ archived }) => archived)).toBe(true);
    expect(after.map(({ observations }) => observations)).toEqual(
      before.map(({ observations }) => observations),
    );
  });

  it("leaves a restricted child where it was, and says how many", async () => {
    const database = await schoolInMemory();
    const [child] = PEOPLE.siblings;
    await database.knex("sch_account").where("id", child).update({ restricted: 1 });
    const enrolments = () => database.knex<Row>("sch_enrolment").where("pupil_id", child);
    const before = await enrolments();
    const { plan, answer } = await rolled(database);
    expect([plan?.staying, plan?.moves.some(({ pupil }) => pupil === child), answer]).toEqual([
      1,
      false,
      "done",
    ]);
    expect(await enrolments()).toEqual(before);
  });

  it("goes on year after year, and in each nursery school apart", async () => {
    const database = await schoolInMemory();
    for (let year = 3; year <= 5; year += 1) expect((await rolled(database)).answer).toBe("done");
    const schools = await database.knex("sch_school").orderBy("id").select<Row[]>("year_id");
    expect(schools.map(({ year_id }) => year_id)).toEqual([2, 5, 2, 2]);
    const labels = await database.knex("sch_year").orderBy("id").select<Row[]>("label");
    expect(labels.at(-1)).toEqual({ label: "2029-2030" });
    const plan = await planRollover(database.knex, SCHOOL);
    expect([plan?.year.next, plan?.moves.length]).toEqual(["2030-2031", 14]);
    expect(await planRollover(database.knex, 1)).toBeUndefined();
  });
});
