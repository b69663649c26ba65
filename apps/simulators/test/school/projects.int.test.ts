import { makeDataMapExports } from "@preau/data-map";
import type { Database } from "@preau/database";
import { controllerId, isFault, type ProjectKind, type ProjectRecord } from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import { expect, it } from "vitest";
import { controller, map, openSchool, type Row } from "./school-site.ts";

describeEachDatabase("projects of the demo school (DD.2)", openSchool, (fresh) => {
  const exportsOf = (database: Database) => makeDataMapExports({ database, map, controller });
  const collected = async (database: Database, kind: ProjectKind, id: string) => {
    const tables: Record<string, ProjectRecord["row"][]> = {};
    for await (const { where, row } of exportsOf(database).collectProject({ controller, kind, id }))
      (tables[where] ??= []).push(row);
    return tables;
  };
  const ids = (rows: readonly Row[] = [], column = "id") =>
    [...new Set(rows.map((row) => Number(row[column])))].sort();

  it("lists classes and schools by title, to their controller alone", async () => {
    const faces = exportsOf(await fresh());
    expect(faces.projectKinds).toEqual(["class", "school"]);
    const classes = await faces.projects(controller, "class");
    expect(classes.length).toBeGreaterThan(2);
    expect(classes.map(({ title }) => title)).toEqual(
      classes.map(({ title }) => title).toSorted((a, b) => a.localeCompare(b, "fr", { numeric: true })),
    );
    expect(await faces.projects(controllerId("somebody-else"), "class")).toEqual([]);
    expect(await faces.projects(controller, "course")).toEqual([]);
  });

  it("gives a class its members, what they made and how it was marked, and nobody else's", async () => {
    const database = await fresh();
    const [first] = await exportsOf(database).projects(controller, "class");
    const id = first?.id ?? "";
    const tables = await collected(database, "class", id);
    const pupils = await database.knex("sch_enrolment").where("class_id", id).pluck<number[]>("pupil_id");
    const teachers = await database.knex("sch_teaching").where("class_id", id).pluck<number[]>("teacher_id");
    expect(pupils.length).toBeGreaterThan(0);
    expect(ids(tables["sch_account"])).toEqual([...new Set([...pupils, ...teachers])].sort());
    for (const [table, column] of [
      ["sch_result", "pupil_id"],
      ["sch_production", "pupil_id"],
      ["sch_observation", "child_id"],
      ["sch_file", "owner_id"],
    ] as const)
      expect([table, ids(tables[table])]).toEqual([
        table,
        ids(await database.knex<Row>(table).whereIn(column, pupils)),
      ]);
    expect(Object.keys(tables)).not.toContain("sch_session");
    expect(Object.keys(tables)).not.toContain("sch_message");
  });

  it("gives a school everything of its own and no other school's people", async () => {
    const database = await fresh();
    const schools = await exportsOf(database).projects(controller, "school");
    expect(schools.length).toBeGreaterThan(1);
    for (const { id } of schools) {
      const tables = await collected(database, "school", id);
      expect(ids(tables["sch_school"])).toEqual([Number(id)]);
      expect(ids(tables["sch_class"], "school_id")).toEqual([Number(id)]);
      expect(ids(tables["sch_activity_log"])).toEqual(
        ids(await database.knex<Row>("sch_activity_log").where("school_id", id)),
      );
      const classes = ids(tables["sch_class"]);
      const pupils = await database
        .knex("sch_enrolment")
        .whereIn("class_id", classes)
        .pluck<number[]>("pupil_id");
      expect(ids(tables["sch_enrolment"], "pupil_id")).toEqual([...new Set(pupils)].sort());
      expect(ids(tables["sch_result"])).toEqual(
        ids(await database.knex<Row>("sch_result").whereIn("pupil_id", pupils)),
      );
      expect(tables["sch_session"]).toBeUndefined();
    }
  });

  it("has no project of another controller, nor one that is not in the list", async () => {
    const faces = exportsOf(await fresh());
    const [first] = await faces.projects(controller, "class");
    for (const [of, id] of [
      [controllerId("somebody-else"), first?.id ?? ""],
      [controller, "999999"],
      [controller, "1 or 1=1"],
      [controller, ""],
    ] as const) {
      const stream = faces.collectProject({ controller: of, kind: "class", id })[Symbol.asyncIterator]();
      await expect(stream.next()).rejects.toSatisfy((error: unknown) => isFault(error, "SOURCE_NO_PROJECT"));
    }
  });
});
