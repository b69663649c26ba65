import { isFault, type PlanRequest } from "@preau/kernel";
import { describeEachDatabase, somePersons } from "@preau/testing";
import { expect, it } from "vitest";
import { checkDrift, parseDataMap, readSchema } from "../src/index.ts";
import {
  addPupil,
  controller,
  makeSource,
  map,
  mapText,
  openSchool,
  snapshotOf,
} from "./fixtures/little-school.ts";

describeEachDatabase("plan over what the map does not know (D12.2)", openSchool, (fresh) => {
  const setUp = async () => {
    const database = await fresh();
    const [one, two] = await Promise.all(somePersons(2, 9).map((person) => addPupil(database, person)));
    const plan = (change: Partial<PlanRequest> = {}, options = {}) =>
      makeSource(database, options).plan({ controller, subjects: [one!], ground: "instruction", ...change });
    const id = Number(one!.identifiers[0]!.value);
    return { database, knex: database.knex, one: one!, two: two!, plan, id };
  };
  const placeOf = async (work: Promise<unknown>) => {
    const error: unknown = await work.then(
      () => undefined,
      (caught: unknown) => caught,
    );
    return isFault(error, "DATA_MAP_UNKNOWN_TABLE") ? [error.place, error.exit] : error;
  };

  it("stops before any write, with the entry to add, and goes on once it is added", async () => {
    const { database, knex, id, plan } = await setUp();
    await knex.raw("create table ls_plugin (id integer primary key, pupil_id integer, score integer)");
    await knex("ls_plugin").insert({ id: 1, pupil_id: id, score: 3 });
    const before = await snapshotOf(database);
    const error: unknown = await plan().catch((caught: unknown) => caught);
    expect(isFault(error, "DATA_MAP_UNKNOWN_TABLE")).toBe(true);
    const entry = isFault(error) ? (error.remedy("en") ?? "").split("\n").slice(1).join("\n") : "";
    expect(await snapshotOf(database)).toEqual(before);
    const added = parseDataMap(`${mapText}${entry.replaceAll("…", "account")}\n`);
    expect((await plan({}, { map: added })).tables).toContainEqual({
      table: "ls_plugin",
      erased: 1,
      anonymised: 0,
      kept: 0,
    });
  });

  it("takes no number for a person in a column of another name, and lists the table as searched", async () => {
    const { knex, id, plan } = await setUp();
    await knex.raw("create table ls_plugin (id integer primary key, course_id integer, amount integer)");
    await knex("ls_plugin").insert({ id, course_id: id, amount: id });
    expect((await plan()).tables).toContainEqual({ table: "ls_plugin", erased: 0, anonymised: 0, kept: 0 });
  });

  it("finds a person by name, address or login in texts of an unknown table, without a primary key too", async () => {
    const { knex, one, plan } = await setUp();
    await knex.raw("create table ls_notes (title varchar(100), body text)");
    await knex("ls_notes").insert({
      title: "Liste",
      body: `voir ${one.identifiers[2]!.value.toUpperCase()}, merci`,
    });
    expect(await placeOf(plan())).toEqual(["ls_notes.body", 2]);
    const left = await plan({ leaveUnknown: true });
    expect(left.notCovered.map(({ what }) => what)).toContain("ls_notes (body)");
  });

  it("stops at a reference column that was added to a table of the map", async () => {
    const { knex, id, plan } = await setUp();
    await knex.raw("alter table ls_board add column author_id integer");
    await knex("ls_board").insert({ id: 1, body: "x", author_id: id });
    expect(await placeOf(plan())).toEqual(["ls_board.author_id", 2]);
  });

  it("lists as drift what the site lacks, and works without it", async () => {
    const { database, knex, plan } = await setUp();
    await knex.raw("drop table ls_letters");
    await knex.raw("alter table ls_events rename column ip to address");
    const drift = checkDrift(map, await readSchema(database));
    expect(drift.missingTables).toEqual(["ls_letters"]);
    expect(drift.missingColumns).toEqual(["ls_events.ip"]);
    expect(drift.unknownTables).toContain("ls_settings");
    expect((await plan()).tables.some(({ table }) => table === "ls_letters")).toBe(false);
  });

  it("plans identifiers that hold SQL and wildcards as nobody, or as exactly who bears them", async () => {
    const { database, one, two, plan } = await setUp();
    for (const value of ["1 or 1=1", "%", "0", "-1", "", "1e3", "210; drop table ls_people"]) {
      const made = await plan({ subjects: [{ ...one, identifiers: [{ kind: "school.pupil", value }] }] });
      expect([value, made.tables.filter(({ erased, anonymised }) => erased + anonymised > 0)]).toEqual([
        value,
        [],
      ]);
    }
    const odd = { ...somePersons(1, 11)[0]!, login: "100%_'\\\"; --", foreignId: "77" };
    const target = await addPupil(database, odd);
    const before = await snapshotOf(database);
    const made = await plan({ subjects: [target] });
    for await (const _step of makeSource(database).erase(made));
    const after = await snapshotOf(database);
    const others = [one, two].map(({ identifiers }) => identifiers[0]!.value);
    for (const key of others)
      expect(after.get("ls_people")?.get(key)).toBe(before.get("ls_people")?.get(key));
    expect(JSON.stringify([...(after.get("ls_events")?.values() ?? [])])).not.toContain("100%_'");
  });

  it("refuses a person who is not there where the caller asks for that", async () => {
    const { one, plan } = await setUp();
    const stranger = { ...one, identifiers: [{ kind: "school.pupil", value: "987654321" }] };
    const error: unknown = await plan({ subjects: [stranger] }, { missing: "refuse" }).catch(
      (caught: unknown) => caught,
    );
    expect(isFault(error, "DATA_MAP_NO_SUBJECT")).toBe(true);
  });

  it("says that a name borne by two is not searched for", async () => {
    const { knex, plan } = await setUp();
    const people = (await knex("ls_people").select("*").where("given", "<>", "")) as {
      id: number;
      given: string;
      family: string;
    }[];
    await knex("ls_people")
      .update({ given: people[0]!.given, family: people[0]!.family })
      .where({ id: people[1]!.id });
    const made = await plan();
    expect(made.notCovered.some(({ what }) => what.includes("given+family"))).toBe(true);
    expect(made.traces.subjects[0]?.texts.some(({ kind }) => kind === "name")).toBe(false);
  });
});
