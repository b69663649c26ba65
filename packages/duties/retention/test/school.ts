/** An invented school in a database of its own, known by its data map alone. Rows follow from a pupil's number. */
import { makeDataMapLookAgain, makeDataMapSource, mappedReferences, parseDataMap } from "@preau/data-map";
import type { Database } from "@preau/database";
import type { Clock, ControllerId, RegisteredSource } from "@preau/kernel";

const map = parseDataMap(
  `
id: hamlet-school-1
title: { fr: École du hameau, en: Hamlet school }
application: { name: Hamlet school, versions: ["1"] }
subject:
  kind: school.pupil
  table: pupil
  key: id
  identity:
    - { column: login, trace: login }
    - { column: email, trace: email }
    - { columns: [given, family], trace: name }
  restriction: { set: { frozen: 1 }, clear: { frozen: 0 } }
tables:
  pupil:
    category: name
    purpose: runPlatform
    rows: [{ by: id, verdict: erase }]
  result:
    category: productionsResults
    purpose: runPlatform
    rows: [{ by: pupil_id, verdict: erase }]
    texts: { remark: redact }
  visit:
    category: connectionAndUsage
    purpose: traceability
    rows: [{ by: pupil_id, verdict: { anonymise: { pupil_id: { constant: 0 }, address: null } } }]
`,
  "school.yaml",
);

export const PUPIL_KIND = map.subject.kind;

/** Rows that pupil number n has: a pupil, results, visits. */
export function rowsOf(pupil: number): { readonly result: number; readonly visit: number } {
  return { result: 3 + (pupil % 5), visit: 2 + (pupil % 3) };
}

const loginOf = (pupil: number): string => `eleve.tilleul.${pupil}x`;

/** Adds pupils to the school, which is made when it is not there. */
export async function fillSchool({ knex }: Database, pupils: readonly number[]): Promise<void> {
  if (!(await knex.schema.hasTable("pupil"))) {
    await knex.schema.createTable("pupil", (t) => {
      t.integer("id").primary();
      t.string("login", 64).notNullable();
      t.string("email", 96).notNullable();
      t.string("given", 64).notNullable();
      t.string("family", 64).notNullable();
      t.integer("frozen").notNullable().defaultTo(0);
    });
    await knex.schema.createTable("result", (t) => {
      t.integer("id").primary();
      t.integer("pupil_id").notNullable().index();
      t.text("remark").notNullable();
    });
    await knex.schema.createTable("visit", (t) => {
      t.integer("id").primary();
      t.integer("pupil_id").notNullable().index();
      t.string("address", 45);
    });
  }
  const many = (pupil: number, count: number, row: (n: number) => object) =>
    Array.from({ length: count }, (_, n) => ({
      id: pupil * 100 + n,
      pupil_id: pupil,
      ...row(n),
    }));
  const insert = (table: string, rows: readonly object[]) => knex.batchInsert(table, [...rows], 50);
  await insert(
    "pupil",
    pupils.map((id) => ({
      id,
      login: loginOf(id),
      email: `eleve.${id}x@hameau.example`,
      given: `Zoé${id}x`,
      family: `Tilleul-Brumeux${id}x`,
    })),
  );
  await insert(
    "result",
    pupils.flatMap((id) => many(id, rowsOf(id).result, (n) => ({ remark: `Devoir ${n}` }))),
  );
  await insert(
    "visit",
    pupils.flatMap((id) => many(id, rowsOf(id).visit, (n) => ({ address: `192.0.2.${n}` }))),
  );
}

export async function countSchool(
  { knex }: Database,
  where: (table: "pupil" | "result" | "visit") => object,
) {
  const count = async (table: "pupil" | "result" | "visit") => {
    const [row] = await knex(table).where(where(table)).count<{ n: number | string }[]>({ n: "*" });
    return Number(row?.n ?? 0);
  };
  return { pupil: await count("pupil"), result: await count("result"), visit: await count("visit") };
}

/** What is left of one pupil. */
export function leftOf(school: Database, pupil: number) {
  return countSchool(school, (table) => (table === "pupil" ? { id: pupil } : { pupil_id: pupil }));
}

/** Both faces; two rows a transaction, so that an erasure takes several steps. */
export function schoolSource(
  database: Database,
  controller: ControllerId,
  clock: Clock,
  batchRows = 2,
): RegisteredSource {
  return {
    source: makeDataMapSource({ database, map, sourceId: "school", controller, clock, batchRows }),
    second: makeDataMapLookAgain({
      database,
      controller,
      kind: map.subject.kind,
      person: { table: map.subject.table, key: map.subject.key },
      ...mappedReferences(map),
    }),
  };
}
