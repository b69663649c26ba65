import { checkDrift, readSchema } from "@preau/data-map";
import { openDatabase } from "@preau/database";
import { codeOf, describeEachDatabase } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { heldColumns, kindOf, type Product, personalColumns, type Role } from "../../src/school/roles.ts";
import { createSchoolSchema } from "../../src/school/schema.ts";
import { seedSchool } from "../../src/school/seed.ts";
import { map, openSchool, PEOPLE, type Row, schoolInMemory, tablesOf } from "./school-site.ts";

describeEachDatabase("the demo school", openSchool, (fresh) => {
  it("is seeded once, however often it starts, and the same everywhere", async () => {
    const [one, other] = [await fresh(), await fresh()];
    const before = await tablesOf(one);
    await createSchoolSchema(one.knex);
    expect(await seedSchool(one.knex)).toBe(before["sch_account"]?.length);
    expect(await tablesOf(one)).toEqual(before);
    expect(await tablesOf(other)).toEqual(before);
  });

  it("has a map without drift, that classifies every table and column with a person in it", async () => {
    const database = await fresh();
    const schema = await readSchema(database);
    expect(checkDrift(map, schema)).toEqual({ missingTables: [], missingColumns: [], unknownTables: [] });
    expect(Object.keys(map.tables).toSorted()).toEqual([...schema.keys()].toSorted());
    const REFERENCE = /^(?:account|pupil|child|teacher|parent|owner|from|to)_id$|^requested_by$/;
    for (const [name, table] of schema) {
      const entry = map.tables[name];
      const references = [...table.columns.keys()].filter((column) => REFERENCE.test(column));
      const told = entry?.rows.filter(({ of }) => of === undefined).map(({ by }) => by) ?? [];
      expect([name, references.toSorted()]).toEqual([name, told.filter((by) => by !== "id").toSorted()]);
    }
  });
});

const text = (row: Row, column: string) => (typeof row[column] === "string" ? row[column] : "");

describe("the people of the demo school", () => {
  it("are 300 pupils in four schools, one of them in two", async () => {
    const { sch_account, sch_enrolment, sch_school } = await tablesOf(await schoolInMemory());
    const pupils = sch_account?.filter(({ role }) => role === "pupil" || role === "child") ?? [];
    expect(pupils.length).toBe(300);
    expect(sch_school?.filter(({ region }) => region === "alsaceMoselle").length).toBe(2);
    const now = sch_enrolment?.filter(({ until }) => until === null) ?? [];
    const places = new Map<unknown, number>();
    for (const { pupil_id } of now) places.set(pupil_id, (places.get(pupil_id) ?? 0) + 1);
    expect([...places].filter(([, n]) => n > 1)).toEqual([[PEOPLE.childOfTwoSchools, 2]]);
    expect(places.size).toBe(300);
  });

  it("hold what annex B lists for their kind, and not a column more", async () => {
    const { sch_account = [], sch_school = [] } = await tablesOf(await schoolInMemory());
    const seen = new Map<string, Set<string>>();
    for (const row of sch_account) {
      const school = sch_school.find(({ id }) => id === row["school_id"]);
      const role = row["role"] as Role;
      const product = (school?.["product"] ?? (role === "pupil" ? "plume" : "jardin")) as Product;
      const kind = kindOf({ role, product, gar_id: row["gar_id"] as string | null });
      const filled = personalColumns.filter((column) => row[column] !== null);
      for (const column of filled) seen.set(kind, (seen.get(kind) ?? new Set()).add(column));
    }
    expect([...seen.keys()].toSorted()).toEqual(Object.keys(heldColumns).toSorted());
    for (const [kind, columns] of seen) {
      const allowed = new Set<string>(heldColumns[kind as keyof typeof heldColumns]);
      expect([kind, [...columns].filter((column) => !allowed.has(column))]).toEqual([kind, []]);
    }
    // What the clauses say in so many words.
    const never = (kind: string, ...columns: string[]) =>
      expect([kind, columns.filter((column) => seen.get(kind)?.has(column))]).toEqual([kind, []]);
    never("plume.gar.teacher", "email", "telephone");
    never("plume.pupil", "email", "telephone");
    never("jardin.teacher", "telephone");
    never("jardin.child", "handedness", "email", "telephone");
    expect([...(seen.get("jardin.parent") ?? [])]).toEqual(["email"]);
    expect([...(seen.get("plume.pupil") ?? [])]).toEqual(
      expect.arrayContaining(["birth_date", "handedness"]),
    );
  });

  it("leave no trace of use when they are parents, no class when they are teachers of outside the GAR", async () => {
    const tables = await tablesOf(await schoolInMemory());
    const ids = (role: string) =>
      new Set(tables["sch_account"]?.filter((row) => row["role"] === role).map(({ id }) => id));
    const [parents, pupils] = [ids("parent"), new Set([...ids("pupil"), ...ids("child")])];
    expect(tables["sch_activity_log"]?.filter(({ account_id }) => parents.has(account_id))).toEqual([]);
    const supported = tables["sch_message"]?.flatMap(({ from_id, to_id }) => [from_id, to_id]) ?? [];
    expect(supported.filter((id) => parents.has(id) || pupils.has(id))).toEqual([]);
    const gar = new Set(tables["sch_account"]?.filter((row) => row["gar_id"] !== null).map(({ id }) => id));
    expect(tables["sch_teaching"]?.every(({ teacher_id }) => gar.has(teacher_id))).toBe(true);
  });

  it("have names of many kinds, namesakes, and addresses that lead nowhere", async () => {
    const { sch_account = [] } = await tablesOf(await schoolInMemory());
    const names = sch_account.map((row) => `${text(row, "first_name")} ${text(row, "last_name")}`);
    for (const kind of [/[éèïëœ]/, /-/, /'/, /[ảşŁŻÖñ]/u])
      expect(names.some((name) => kind.test(name))).toBe(true);
    const [one, other] = PEOPLE.namesakes.map((id) => sch_account.find((row) => row["id"] === id));
    expect([one?.["first_name"], one?.["last_name"]]).toEqual([other?.["first_name"], other?.["last_name"]]);
    const emails = sch_account.map((row) => text(row, "email")).filter((email) => email !== "");
    expect(new Set(emails).size).toBe(emails.length);
    expect(emails.filter((email) => !/^[a-z0-9.]+@[a-z0-9-]+\.example$/.test(email))).toEqual([]);
  });
});

describe("a school of an earlier version", () => {
  it("is not made anew, or who was erased would be back", async () => {
    const database = await openDatabase({ url: "sqlite::memory:" });
    onTestFinished(() => database.close());
    await database.knex.schema.createTable("sch_account", (table) => void table.integer("id").primary());
    expect(await codeOf(createSchoolSchema(database.knex))).toBe("SIMULATOR_OLD_SCHOOL");
    expect(await database.knex.schema.hasTable("sch_school")).toBe(false);
  });
});
