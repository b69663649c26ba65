import type { Database } from "@preau/database";
import { controllerId, isFault, type JsonObject, type RowsRequest } from "@preau/kernel";
import { describeEachDatabase, somePersons } from "@preau/testing";
import { expect, it } from "vitest";
import { makeDataMapExports, parseDataMap } from "../src/index.ts";
import { addPupil, controller, makeSource, map, mapText, openSchool } from "./fixtures/little-school.ts";

/** Nobody's row, deleted accounts, and a lock that opens doors. */
const told = parseDataMap(
  mapText.replace(
    "mentions:",
    `lifecycle:
  lastActivity: [{ table: works, by: pupil_id, column: id, form: unixSeconds }]
  deleted: { where: { note: gone } }
  exclude: [{ login: nobody }]
projects:
  leaveOut: { tables: [letters], columns: { people: [phone] } }
  kinds: {}
mentions:`,
  ),
);

describeEachDatabase("rows for a release (D13.1)", openSchool, (fresh) => {
  const persons = somePersons(3).map((person, at) => ({ ...person, foreignId: String(at + 2) }));
  const [first, , third] = persons;
  const school = async () => {
    const database = await fresh();
    for (const person of persons) await addPupil(database, person);
    return database;
  };
  const rowsOf = async (
    database: Database,
    request: Omit<RowsRequest, "controller">,
    of = controller,
    with_ = told,
  ) => {
    const rows: JsonObject[] = [];
    const faces = makeDataMapExports({ database, map: with_, controller });
    for await (const row of faces.rows({ controller: of, ...request })) rows.push(row);
    return rows;
  };
  const marks = { table: "marks", columns: ["value"], by: "pupil_id", person: ["given"] };

  it("gives columns of a table and of the person whom each row is about, and nothing else", async () => {
    const database = await school();
    const rows = await rowsOf(database, marks);
    expect(rows).toHaveLength(6);
    expect(rows).toContainEqual({ value: 12, "person.given": first?.givenName });
    expect(new Set(rows.flatMap((row) => Object.keys(row)))).toEqual(new Set(["value", "person.given"]));
    expect(await rowsOf(database, { table: "people", columns: ["family"] })).toEqual(
      persons.map(({ familyName }) => ({ family: familyName })),
    );
  });

  it("reaches the person through a parent", async () => {
    const rows = await rowsOf(await school(), {
      ...{ table: "work_parts", columns: ["body"], by: "work_id", person: ["given"] },
    });
    expect(rows).toHaveLength(6);
    expect(new Set(rows.map((row) => row["person.given"]))).toEqual(
      new Set(persons.map(({ givenName }) => givenName)),
    );
  });

  it("takes only the rows that a reference of several meanings is about", async () => {
    expect(await rowsOf(await school(), { table: "places", columns: ["level"], by: "item" })).toEqual([
      { level: 30 },
      { level: 30 },
      { level: 30 },
    ]);
  });

  it("leaves out whoever is restricted, deleted, or nobody", async () => {
    const database = await school();
    const target = { subject: "sub_1" as const, identifiers: [{ kind: "school.pupil", value: "2" }] };
    await makeSource(database).restrict(controller, target);
    await database.knex("ls_people").where("id", 3).update({ note: "gone" });
    expect(new Set((await rowsOf(database, marks)).map((row) => row["person.given"]))).toEqual(
      new Set([third?.givenName]),
    );
    expect(await rowsOf(database, { table: "people", columns: ["family"] })).toHaveLength(1);
    await makeSource(database).lift(controller, target);
    expect(await rowsOf(database, { table: "people", columns: ["family"] })).toHaveLength(2);
  });

  it.each([
    ["a table that is not there", { table: "nothing", columns: ["value"], by: "pupil_id" }],
    ["a table that the map does not know", { table: "settings", columns: ["value"], by: "name" }],
    ["a word of every object", { table: "constructor", columns: [], by: "name" }],
    ["a column that is not there", { ...marks, columns: ["nothing"] }],
    ["an expression", { ...marks, columns: ["value, login from ls_people --"] }],
    ["a key", { ...marks, columns: ["id"] }],
    ["a key of two columns", { table: "members", columns: ["class_id"], by: "person_id" }],
    ["the reference itself", { ...marks, columns: ["pupil_id"] }],
    ["a reference of several meanings", { table: "places", columns: ["item"], by: "item" }],
    ["a reference to a row of the person", { table: "work_parts", columns: ["work_id"], by: "work_id" }],
    ["another reference", { ...marks, columns: ["marked_by"] }],
    ["a reference that is none", { ...marks, by: "value" }],
    ["no reference where one is needed", { table: "marks", columns: ["value"] }],
    ["the person's key", { ...marks, person: ["id"] }],
    ["a column that the person has not", { ...marks, person: ["value"] }],
    ["a column that the map leaves out", { ...marks, person: ["phone"] }],
    ["a table that the map leaves out", { table: "letters", columns: ["body"], by: "to_person" }],
  ])("refuses %s", async (_what, request) => {
    await expect(rowsOf(await school(), request)).rejects.toSatisfy((error: unknown) =>
      isFault(error, "SOURCE_NO_TABLE"),
    );
  });

  it("gives another controller nothing", async () => {
    expect(await rowsOf(await school(), marks, controllerId("somebody-else"))).toEqual([]);
  });

  it("reads many rows page by page, each once", async () => {
    const database = await fresh();
    await database.knex("ls_people").insert({ id: 2, login: "a", given: "Ana", family: "B" });
    for (let start = 0; start < 3_000; start += 100)
      await database.knex("ls_marks").insert(
        Array.from({ length: 100 }, (_each, at) => ({
          id: start + at + 1,
          pupil_id: 2,
          marked_by: 1,
          value: start + at,
        })),
      );
    const rows = await rowsOf(database, marks, controller, map);
    expect(rows.map(({ value }) => value)).toEqual(Array.from({ length: 3_000 }, (_each, at) => at));
  });
});
