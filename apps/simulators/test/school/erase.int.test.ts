import type { Database } from "@preau/database";
import { describeEachDatabase } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { askDeletion } from "../../src/school/ask-deletion.ts";
import { planRollover } from "../../src/school/plan-rollover.ts";
import { rollYear } from "../../src/school/roll-year.ts";
import { startSession, viewerOf } from "../../src/school/viewer.ts";
import { erase, openSchool, PEOPLE, type Row, schoolInMemory, type Tables, tablesOf } from "./school-site.ts";

const AT = "2026-11-26T08:00:00.000Z";

/** Whose rows go with a person, and which references are emptied: said here once more, apart from the map. */
const GOES: Readonly<Record<string, readonly string[]>> = {
  sch_account: ["id"],
  sch_teaching: ["teacher_id"],
  sch_enrolment: ["pupil_id"],
  sch_group_member: ["pupil_id"],
  sch_parent_link: ["parent_id", "child_id"],
  sch_result: ["pupil_id"],
  sch_production: ["pupil_id"],
  sch_observation: ["child_id"],
  sch_share: ["parent_id"],
  sch_rollover_move: ["pupil_id"],
  sch_message: ["from_id", "to_id"],
  sch_file: ["owner_id"],
  sch_session: ["account_id"],
  sch_deletion_request: ["account_id"],
};
const EMPTIED: Readonly<Record<string, string>> = {
  sch_result: "teacher_id",
  sch_observation: "teacher_id",
  sch_deletion_request: "requested_by",
  sch_activity_log: "account_id",
};
/** Columns that may change in a row whose reference is emptied. */
const CHANGED = ["teacher_id", "requested_by", "account_id", "comment", "ip", "detail"];

/** A school in which every table holds somebody: a year rolled, sessions, requests. */
async function livedIn(database: Database, persons: readonly number[]): Promise<void> {
  const { knex } = database;
  for (const id of [...persons, 3]) await startSession(knex, id, AT);
  for (const id of [2, 3]) {
    const viewer = await viewerOf(knex, id);
    if (typeof viewer === "string") throw new Error(viewer);
    const plan = await planRollover(knex, id);
    expect(await rollYear(knex, { viewer, at: AT }, plan?.fingerprint ?? "")).toBe("done");
    await askDeletion(knex, { viewer, at: AT }, id === 2 ? 303 : 401);
    await askDeletion(knex, { viewer, at: AT }, id === 2 ? PEOPLE.jardinTeacher : 34);
  }
}

function expected(before: Tables, table: string, person: number): readonly Row[] {
  const observed = new Set(
    before["sch_observation"]?.filter(({ child_id }) => child_id === person).map(({ id }) => id),
  );
  return (before[table] ?? []).filter(
    (row) =>
      !(GOES[table] ?? []).some((column) => row[column] === person) &&
      !(table === "sch_share" && observed.has(row["observation_id"])),
  );
}

const without = (row: Row, columns: readonly string[]) =>
  Object.fromEntries(Object.entries(row).filter(([column]) => !columns.includes(column)));

const persons: Readonly<Record<string, number>> = {
  "a GAR teacher of Plume": PEOPLE.garTeacher,
  "a teacher of Plume": PEOPLE.plumeTeacher,
  "an administrator of Plume": PEOPLE.plumeAdministrator,
  "a pupil of Plume": PEOPLE.pupil,
  "a pupil with a namesake in the school": PEOPLE.namesakes[0],
  "an administrator of Jardin": PEOPLE.jardinAdministrator,
  "a teacher of Jardin": PEOPLE.jardinTeacher,
  "a child with a namesake in the other product": PEOPLE.child,
  "a child of two schools": PEOPLE.childOfTwoSchools,
  "a child with a sibling": PEOPLE.siblings[0],
  "a parent of two children": PEOPLE.parent,
};

/** What the erasure of one person changed, held against what it should have. */
async function expectErasure(database: Database, person: number): Promise<void> {
  const before = await tablesOf(database);
  const own = before["sch_account"]?.find(({ id }) => id === person);
  expect([person, (await erase(database, person)).hits]).toEqual([person, 0]);
  const after = await tablesOf(database);
  for (const table of Object.keys(before)) {
    const should = expected(before, table, person);
    const column = EMPTIED[table];
    expect([table, after[table]?.length]).toEqual([table, should.length]);
    after[table]?.forEach((row, i) => {
      const was = should[i] ?? {};
      const emptied = column !== undefined && was[column] === person;
      const free = emptied ? CHANGED : [];
      expect([table, without(row, free)]).toEqual([table, without(was, free)]);
      if (emptied) expect([table, Number(row[column]) <= 0]).toEqual([table, true]);
    });
  }
  const all = JSON.stringify(after);
  for (const column of ["login", "email", "telephone", "gar_id"]) {
    const trace = own?.[column];
    if (typeof trace === "string") expect([column, all.includes(trace)]).toEqual([column, false]);
  }
}

describeEachDatabase("erasing from the demo school by its map alone (D12.2)", openSchool, (fresh) => {
  it("erases one person of each kind, one after the other, and leaves every other row as it is", async () => {
    const database = await fresh();
    await livedIn(database, Object.values(persons));
    for (const person of Object.values(persons)) await expectErasure(database, person);
  });
});

describe("an erasure in the demo school (D12.2)", () => {
  it.each(Object.entries(persons))("erases %s, and nothing of anybody else", async (_who, person) => {
    const database = await schoolInMemory();
    await livedIn(database, [person]);
    await expectErasure(database, person);
  });

  it("leaves what a teacher wrote about children, without the teacher", async () => {
    const database = await schoolInMemory();
    const before = await tablesOf(database);
    const written =
      before["sch_observation"]?.filter((row) => row["teacher_id"] === PEOPLE.jardinTeacher) ?? [];
    expect(written.length).toBeGreaterThan(50);
    await erase(database, PEOPLE.jardinTeacher);
    const after = await tablesOf(database);
    const ids = new Set(written.map(({ id }) => id));
    const kept = after["sch_observation"]?.filter(({ id }) => ids.has(id));
    expect(kept).toEqual(written.map((row) => ({ ...row, teacher_id: 0 })));
    expect(after["sch_share"]).toEqual(before["sch_share"]);
  });

  it("keeps a parent who has another child, and the other parent of a child who loses one", async () => {
    const database = await schoolInMemory();
    const [child, sibling] = PEOPLE.siblings;
    const links = async () => (await tablesOf(database))["sch_parent_link"] ?? [];
    await erase(database, child);
    const left = await links();
    expect(left.filter(({ child_id }) => child_id === child)).toEqual([]);
    const parentsOfSibling = () =>
      links().then((rows) =>
        rows.filter(({ child_id }) => child_id === sibling).map((row) => row["parent_id"]),
      );
    expect(await parentsOfSibling()).toEqual([PEOPLE.parent, PEOPLE.otherParent]);
    await erase(database, PEOPLE.parent);
    expect(await parentsOfSibling()).toEqual([PEOPLE.otherParent]);
  });

  it("does not take a namesake for the person: a text that names both stays", async () => {
    const database = await schoolInMemory();
    const [one, other] = PEOPLE.namesakes;
    const text = "Maëlle-Rose d'Arsac lit bien.";
    await database.knex("sch_production").where("pupil_id", other).update({ body: text });
    await erase(database, one);
    const [row] = await database.knex<Row>("sch_production").where("pupil_id", other);
    expect(row?.["body"]).toBe(text);
    expect(await database.knex("sch_account").where("id", other)).toHaveLength(1);
  });

  it("takes a name out of what somebody wrote about another person", async () => {
    const database = await schoolInMemory();
    const { knex } = database;
    await knex("sch_observation")
      .where("id", 1)
      .update({ body: "Joue avec Jean-Éloi Weissgérber, tél. de l’école." });
    const [pupil] = await knex("sch_account").where({ first_name: "Jean-Éloi", last_name: "Weissgérber" });
    expect((await erase(database, Number((pupil as Row)["id"]))).hits).toBe(0);
    const [row] = await knex<Row>("sch_observation").where("id", 1);
    expect(row?.["body"]).toBe("Joue avec …, tél. de l’école.");
  });
});
