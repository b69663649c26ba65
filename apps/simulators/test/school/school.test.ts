import { readFileSync } from "node:fs";
import type { Server } from "node:http";
import {
  checkDrift,
  makeDataMapLookAgain,
  makeDataMapSource,
  mappedReferences,
  parseDataMap,
  readSchema,
} from "@preau/data-map";
import { type Database, openDatabase } from "@preau/database";
import { controllerId, systemClock } from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { schoolApp } from "../../src/school/app.ts";
import { createSchoolSchema } from "../../src/school/schema.ts";
import { seedSchool } from "../../src/school/seed.ts";

const MAP = new URL("../../maps/demo-school-1.yaml", import.meta.url);
const map = parseDataMap(readFileSync(MAP, "utf8"), "demo-school-1.yaml");
const controller = controllerId("ministry");
const TEACHER = 11; // Maëlle Caradec-Nuñes
const PUPIL = 101;

type Row = Readonly<Record<string, unknown>>;

async function rowsOf(database: Database): Promise<Readonly<Record<string, readonly Row[]>>> {
  const tables: Record<string, readonly Row[]> = {};
  for (const name of Object.keys(map.tables)) tables[name] = await database.knex<Row>(name).orderBy("id");
  return tables;
}

async function erase(database: Database, account: number) {
  const source = makeDataMapSource({ database, map, sourceId: "school", controller, clock: systemClock });
  const person = {
    subject: "sub_1",
    identifiers: [{ kind: "school.account", value: String(account) }],
  } as const;
  const plan = await source.plan({ controller, subjects: [person], ground: "account-deleted" });
  const steps = [];
  for await (const step of source.erase(plan)) steps.push(step);
  expect(steps.length).toBeGreaterThan(0);
  const second = makeDataMapLookAgain({
    database,
    controller,
    kind: map.subject.kind,
    person: { table: map.subject.table, key: map.subject.key },
    ...mappedReferences(map),
  });
  return second.lookAgain(controller, plan.traces);
}

/** The school's own pages over this database. */
async function pagesOf(database: Database): Promise<(path: string) => Promise<string>> {
  const server = await new Promise<Server>((resolve) => {
    const listening = schoolApp(database.knex).listen(0, "127.0.0.1", () => resolve(listening));
  });
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return async (path) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    expect([path, response.status]).toEqual([path, 200]);
    return response.text();
  };
}

const open = async ({ url }: { readonly url: string }) => {
  const database = await openDatabase({ url });
  await createSchoolSchema(database.knex);
  await seedSchool(database.knex);
  return database;
};

describeEachDatabase("the demo school", open, (fresh) => {
  it("is seeded once, however often it starts, and the same everywhere", async () => {
    const [one, other] = [await fresh(), await fresh()];
    const before = await rowsOf(one);
    await createSchoolSchema(one.knex);
    expect(await seedSchool(one.knex)).toBe(before["sch_account"]?.length);
    expect(await rowsOf(one)).toEqual(before);
    expect(await rowsOf(other)).toEqual(before);
  });

  it("has a map without drift", async () => {
    const database = await fresh();
    const schema = await readSchema(database);
    expect(checkDrift(map, schema)).toEqual({ missingTables: [], missingColumns: [], unknownTables: [] });
  });

  it("loses a teacher by its map alone; every other row stays as it is (D12.2)", async () => {
    const database = await fresh();
    const before = await rowsOf(database);
    expect((await erase(database, TEACHER)).hits).toBe(0);
    const after = await rowsOf(database);
    const others = (table: string, ...columns: string[]) =>
      before[table]?.filter((row) => columns.every((column) => row[column] !== TEACHER));
    const kept = (table: string, ids: readonly Row[] | undefined) =>
      after[table]?.filter((row) => ids?.some(({ id }) => id === row["id"]));
    for (const [table, columns] of Object.entries({
      sch_account: ["id"],
      sch_class: [],
      sch_teaching: ["teacher_id"],
      sch_production: [],
      sch_message: ["from_id", "to_id"],
      sch_file: ["owner_id"],
    }))
      expect([table, after[table]]).toEqual([table, others(table, ...columns)]);
    for (const [table, column] of [
      ["sch_result", "teacher_id"],
      ["sch_activity_log", "account_id"],
    ] as const) {
      const untouched = others(table, column);
      expect([table, kept(table, untouched)]).toEqual([table, untouched]);
      expect([table, after[table]?.length]).toEqual([table, before[table]?.length]);
    }
    const own = before["sch_result"]?.filter((row) => row["teacher_id"] === TEACHER) ?? [];
    expect(own.length).toBeGreaterThan(0);
    expect(
      kept("sch_result", own)?.map(({ pupil_id, skill, score, teacher_id }) => [
        pupil_id,
        skill,
        score,
        teacher_id,
      ]),
    ).toEqual(own.map(({ pupil_id, skill, score }) => [pupil_id, skill, score, 0]));
    expect(JSON.stringify(after)).not.toMatch(/caradec|maëlle/i);
  });

  it("loses a pupil by its map alone, and its teachers keep the rest of the class (D12.2)", async () => {
    const database = await fresh();
    const before = await rowsOf(database);
    expect((await erase(database, PUPIL)).hits).toBe(0);
    const after = await rowsOf(database);
    const without = (table: string, column: string) => before[table]?.filter((row) => row[column] !== PUPIL);
    expect(after["sch_account"]).toEqual(without("sch_account", "id"));
    expect(after["sch_result"]).toEqual(without("sch_result", "pupil_id"));
    expect(after["sch_production"]).toEqual(without("sch_production", "pupil_id"));
    expect(after["sch_message"]).toEqual(before["sch_message"]);
    expect(JSON.stringify(after)).not.toContain("eleve001");
  });

  it("shows its pages before and after an erasure", async () => {
    const database = await fresh();
    const page = await pagesOf(database);
    expect(await page("/accounts")).toContain("Caradec-Nuñes");
    expect(await page("/classes/1")).toContain("Caradec-Nuñes Maëlle");
    await erase(database, TEACHER);
    expect(await page("/")).toContain("CP A");
    expect(await page("/accounts")).not.toContain("Caradec-Nuñes");
    const results = await page("/classes/1");
    expect(results).not.toContain("Caradec-Nuñes");
    expect(results).toContain("(sans auteur)");
    expect(await page("/log")).toContain("connexion");
  });
});

describe("the demo school's addresses", () => {
  it("answers 404 with a page for what is not there", async () => {
    const database = await open({ url: "sqlite::memory:" });
    onTestFinished(() => database.close());
    const server = schoolApp(database.knex).listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
    for (const path of ["/classes/99", "/classes/x", "/classes/1%27", "/nowhere"]) {
      const response = await fetch(url + path);
      expect([path, response.status, await response.text()]).toEqual([
        path,
        404,
        expect.stringContaining("Page inconnue") as string,
      ]);
    }
  });
});
