import { type Database, openDatabase } from "@preau/database";
import {
  controllerId,
  type ErasurePlan,
  type ErasureStep,
  isFault,
  manualClock,
  type SubjectTarget,
} from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { makeDataMapLookAgain, makeDataMapSource, mappedReferences } from "../src/index.ts";
import { map, TABLES } from "./fixtures/odd-tables.ts";

const names = TABLES.map((statement) => /o_\w+/.exec(statement)?.[0] ?? "");
const controller = controllerId("college-1");

/** Persons 1 to 6: the even ones have keys that no JavaScript number holds. */
const keyOf = (person: number) =>
  String(person % 2 === 0 ? 9_007_199_254_740_992n + BigInt(person) : BigInt(person));
const people = [
  ["pupil1%_'\\", "Élodie", "Brévan"],
  ["pupil2-%", "Elodie".normalize("NFD"), "Brevan"],
  ["pupil3/*", "Zoé".normalize("NFD"), "D’Hœrt"],
  ['pupil4"', "Jean", "Martin"],
  ["pupil5;--", "Jean Martin", "Dupont"],
  ["pupil6 é", "Noé", "Le Goff"],
] as const;

const person = fc.integer({ min: 1, max: 6 });
const maybe = fc.option(person, { nil: undefined });
const text = fc.oneof(
  fc.constantFrom("", "rien", "100 %", "{}", "null"),
  person.map((n) => `voir ${people[n - 1]?.[0] ?? ""}.`),
  person.map((n) => `${people[n - 1]?.[1] ?? ""} ${people[n - 1]?.[2] ?? ""}`.toUpperCase()),
  person.map((n) => JSON.stringify({ kind: "x", who: people[n - 1]?.[0], key: n })),
);
const rows = fc.record({
  works: fc.array(fc.record({ person: maybe, body: text }), { maxLength: 8 }),
  parts: fc.array(fc.record({ work: fc.integer({ min: 0, max: 7 }), body: text }), { maxLength: 10 }),
  members: fc.uniqueArray(fc.record({ person, class: fc.integer({ min: 1, max: 3 }), note: text }), {
    maxLength: 8,
    selector: (row) => `${row.person}/${row.class}`,
  }),
  loose: fc.array(fc.record({ person: maybe, sort: fc.integer({ min: 1, max: 3 }), note: text }), {
    maxLength: 8,
  }),
  events: fc.array(fc.record({ person: maybe, other: maybe, detail: text }), { maxLength: 10 }),
  pairs: fc.array(fc.record({ one: maybe, two: maybe, body: text }), { maxLength: 8 }),
  named: fc.array(fc.record({ person: maybe, body: text }), { maxLength: 5 }),
  papers: fc.array(fc.record({ person: maybe, law: fc.integer({ min: 0, max: 1 }) }), { maxLength: 5 }),
});

async function openOdd(options: { url: string }): Promise<Database> {
  const database = await openDatabase(options);
  for (const statement of TABLES) await database.knex.raw(statement);
  return database;
}

async function fill(
  { knex, dialect }: Database,
  data: typeof rows extends fc.Arbitrary<infer T> ? T : never,
) {
  const key = (n: number | undefined) => (n === undefined ? null : knex.raw(keyOf(n)));
  const id = (index: number, large = 9_007_199_254_740_993n) =>
    // Row keys beyond 2^53, one after the other: as numbers they would be the same.
    knex.raw(String(index % 3 === 0 ? BigInt(index) + 1n : large + BigInt(index)));
  for (const name of names) await knex(name).delete();
  const insert = async (name: string, list: readonly object[]) => {
    if (list.length > 0) await knex(`o_${name}`).insert(list);
  };
  await insert(
    "people",
    people.map(([login, given, family], index) => ({ id: key(index + 1), login, given, family })),
  );
  await insert(
    "works",
    data.works.map((row, index) => ({ ...row, id: id(index), person: key(row.person) })),
  );
  await insert(
    "parts",
    data.parts.map((row, index) => ({ ...row, id: id(index), work: id(row.work) })),
  );
  await insert(
    "members",
    data.members.map((row) => ({ ...row, person: key(row.person) })),
  );
  await insert(
    "loose",
    data.loose.map((row) => ({ ...row, person: key(row.person) })),
  );
  await insert(
    "events",
    data.events.map((row, index) => ({
      ...row,
      id: id(index),
      person: key(row.person),
      other: key(row.other),
    })),
  );
  await insert(
    "pairs",
    data.pairs.map((row, index) => ({ ...row, id: id(index), one: key(row.one), two: key(row.two) })),
  );
  await insert(
    "named",
    data.named.map((row, index) => ({
      ...row,
      code: `é%_'${index}\\`,
      person: row.person === undefined ? null : keyOf(row.person),
    })),
  );
  await insert(
    "papers",
    data.papers.map((row, index) => ({ ...row, id: id(index), person: key(row.person) })),
  );
  return dialect;
}

/** Every row as text, whole numbers exactly; equal rows stand as often as they are there. */
async function rowsNow({ knex, dialect }: Database): Promise<ReadonlyMap<string, readonly string[]>> {
  const all = new Map<string, readonly string[]>();
  for (const statement of TABLES) {
    const name = /o_\w+/.exec(statement)?.[0] ?? "";
    const columns = [
      ...statement
        .slice(statement.indexOf("(") + 1)
        .matchAll(/(?:^|, )([a-z]+) (?:big)?(?:int|varchar|text)/g),
    ].map(([, column = ""]) => column);
    const cell = (column: string) =>
      dialect === "sqlite" ? `quote(${column})` : `coalesce(quote(cast(${column} as char)), 'NULL')`;
    const list = await knex
      .select(columns.map((column) => knex.raw(`${cell(column)} as ${column}`)))
      .from(name);
    all.set(name, (list as Record<string, string>[]).map((row) => JSON.stringify(row)).sort());
  }
  return all;
}

/** Another folding than the engine's, for these few names: quotes and backslashes, escaped or not, do not count. */
function folded(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f'"’\\]/g, "")
    .toLowerCase();
}

/** What the first list has more than the second. */
function less(one: readonly string[], other: readonly string[]): readonly string[] {
  const rest = [...other];
  return one.filter((row) => {
    const at = rest.indexOf(row);
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}

const sumOf = (counts: readonly { erased: number; anonymised: number }[]) =>
  counts.reduce((sum, { erased, anonymised }) => sum + erased + anonymised, 0);

describeEachDatabase("erase from tables of every kind (D12.2)", openOdd, (fresh, kind) => {
  const target = (n: number): SubjectTarget => ({
    subject: `sub_${String(n).padStart(26, "0")}`,
    identifiers: [{ kind: "odd.person", value: keyOf(n) }],
  });
  const sourceOf = (database: Database) =>
    makeDataMapSource({ database, map, sourceId: "odd", controller, clock: manualClock(), batchRows: 2 });

  it("counts what it does, changes nobody else's row, leaves nothing, and goes on from wherever it was stopped (law)", async () => {
    const database = await fresh();
    const source = sourceOf(database);
    const second = makeDataMapLookAgain({
      database,
      controller,
      kind: map.subject.kind,
      person: { table: "o_people", key: "id" },
      ...mappedReferences(map),
    });
    const planned = fc.uniqueArray(person, { minLength: 1, maxLength: 3 });
    const stops = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(rows, planned, stops, async (data, who, after) => {
        await fill(database, data);
        const before = await rowsNow(database);
        const plan = await source.plan({ controller, subjects: who.map(target), ground: "instruction" });
        expect(await rowsNow(database)).toEqual(before);

        const steps: ErasureStep[] = [];
        for (const stop of after) await runUntil(plan, stop, steps);
        for await (const step of source.erase(plan)) steps.push(step);
        const now = await rowsNow(database);

        for (const { table, erased, anonymised } of plan.tables) {
          const [was = [], is = []] = [before.get(table), now.get(table)];
          const done = steps.filter((step) => step.table === table);
          const really = { gone: was.length - is.length, other: less(was, is).length };
          expect({ table, gone: erased, other: erased + anonymised }).toEqual({ table, ...really });
          expect([table, sumOf(done)]).toEqual([table, erased + anonymised]);
        }
        expect(sumOf(await source.remaining(plan))).toBe(0);
        const keys = who.map(keyOf);
        const named = who.flatMap((n) => {
          const [login, given, family] = people[n - 1] ?? ["", "", ""];
          return [login, `${given} ${family}`].map(folded);
        });
        const cells = (row: string) => JSON.parse(row) as Record<string, string>;
        const isOf = (row: string) => {
          const { id: _id, work: _work, ...rest } = cells(row);
          return Object.values(rest).some((cell) =>
            keys.some((key) => cell === key || cell === `'${key}'` || cell.includes(`"key":${key}`)),
          );
        };
        const works = new Set((before.get("o_works") ?? []).filter(isOf).map((row) => cells(row)["id"]));
        for (const [table, list] of before) {
          const strangers = less(list, now.get(table) ?? []).filter(
            (row) =>
              table !== "o_people" &&
              !isOf(row) &&
              !works.has(cells(row)["work"]) &&
              !named.some((text) => folded(Object.values(cells(row)).join(" ")).includes(text)),
          );
          expect([table, strangers]).toEqual([table, []]);
        }
        const kept = new Set(plan.kept.map(({ where }) => where.split(".")[0]));
        const { where } = await second.lookAgain(controller, plan.traces);
        expect(where.filter(({ place }) => !kept.has(place.split(".")[0]))).toEqual([]);
      }),
      { numRuns: kind === "sqlite" ? 60 : 25 },
    );

    async function runUntil(plan: ErasurePlan, stop: number, steps: ErasureStep[]) {
      const abort = new AbortController();
      try {
        for await (const step of source.erase(plan, { signal: abort.signal })) {
          steps.push(step);
          if (steps.length % stop === 0) abort.abort();
        }
      } catch (error) {
        if (!isFault(error, "DATA_MAP_ABORTED")) throw error;
      }
    }
  }, 120_000);

  it("plans and erases with two workers at once, each row counted by one of them", async () => {
    const database = await fresh();
    const source = sourceOf(database);
    const { knex } = database;
    await fill(database, {
      works: Array.from({ length: 8 }, () => ({ person: 1, body: "x" })),
      parts: Array.from({ length: 10 }, (_, index) => ({ work: index % 8, body: "y" })),
      members: [{ person: 1, class: 1, note: "" }],
      loose: Array.from({ length: 8 }, (_, index) => ({ person: 1, sort: 1 + (index % 3), note: "" })),
      events: Array.from({ length: 10 }, () => ({ person: 1, other: 2, detail: "{}" })),
      pairs: Array.from({ length: 8 }, (_, index) => ({ one: index % 2 === 0 ? 1 : 3, two: 1, body: "z" })),
      named: [],
      papers: [],
    });
    const plan = await source.plan({ controller, subjects: [target(1)], ground: "instruction" });
    const work = async () => {
      let done = 0;
      for await (const step of sourceOf(database).erase(plan)) done += step.erased + step.anonymised;
      return done;
    };
    const [one, two] = await Promise.all([work(), work()]);
    expect(one + two).toBe(sumOf(plan.tables));
    expect(await knex("o_works")).toEqual([]);
  });

  it("plans the same for many persons, most of them nowhere, as for the few who are there, in as many statements", async () => {
    const database = await fresh();
    const source = sourceOf(database);
    await fill(database, {
      works: Array.from({ length: 6 }, (_, index) => ({ person: 1 + (index % 3), body: "x" })),
      parts: Array.from({ length: 6 }, (_, index) => ({ work: index, body: "y" })),
      members: [{ person: 2, class: 1, note: "" }],
      loose: Array.from({ length: 6 }, (_, index) => ({
        person: 1 + index,
        sort: 1 + (index % 3),
        note: "",
      })),
      events: Array.from({ length: 6 }, (_, index) => ({ person: 1 + index, other: 2, detail: "{}" })),
      pairs: [{ one: 1, two: 2, body: "z" }],
      named: [{ person: 3, body: "" }],
      papers: [{ person: 4, law: 1 }],
    });
    const few = [1, 2, 4].map(target);
    const nobody = Array.from({ length: 3_000 }, (_, index) => ({
      ...target(1),
      identifiers: [{ kind: "odd.person", value: String(1_000_000 + index) }],
    }));
    let statements = 0;
    database.knex.on("query", () => {
      statements += 1;
    });
    const planOf = async (subjects: readonly SubjectTarget[]) => {
      statements = 0;
      const plan = await source.plan({ controller, subjects, ground: "instruction" });
      return { plan, statements };
    };
    const [small, large] = [await planOf(few), await planOf([...few, ...nobody])];
    expect(large.plan.tables).toEqual(small.plan.tables);
    expect(sumOf(small.plan.tables)).toBeGreaterThan(10);
    expect(large.statements).toBeLessThanOrEqual(small.statements + 2);
    const steps: ErasureStep[] = [];
    for await (const step of source.erase(large.plan)) steps.push(step);
    expect(sumOf(steps)).toBe(sumOf(small.plan.tables));
  });

  it("redacts what a namesake's text says of nobody else: the same name in other letters is borne by two", async () => {
    const database = await fresh();
    const source = sourceOf(database);
    await fill(database, {
      ...{ works: [], parts: [], members: [], loose: [], pairs: [], named: [], papers: [] },
      events: [
        { person: 2, other: undefined, detail: "Elodie Brevan a rendu son devoir" },
        { person: undefined, other: undefined, detail: "ÉLODIE BRÉVAN, pupil1%_'\\" },
        { person: 5, other: undefined, detail: "Jean Martin Dupont" },
      ],
    });
    const plan = await source.plan({ controller, subjects: [1, 4].map(target), ground: "instruction" });
    expect(
      plan.traces.subjects.flatMap(({ texts }) => texts.filter(({ kind: of }) => of === "name")),
    ).toEqual([]);
    expect(plan.notCovered.map(({ what }) => what)).toEqual([
      "texts naming a person by o_people.given+family",
    ]);
    for await (const _step of source.erase(plan));
    const details: { detail: string }[] = await database.knex("o_events").select("detail");
    expect(details.map(({ detail }) => detail).sort()).toEqual([
      "Elodie Brevan a rendu son devoir",
      "Jean Martin Dupont",
      "ÉLODIE BRÉVAN, …",
    ]);
  });
});
