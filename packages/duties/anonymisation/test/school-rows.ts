/** A store that hands out rows, in memory: pupils of several schools with their results, and what teachers wrote. */
import {
  type ControllerId,
  type ExportSource,
  inMemoryLookAgain,
  inMemoryPersonalDataSource,
  inMemoryStore,
  type JsonObject,
  type RegisteredSource,
} from "@preau/kernel";
import { seededChance } from "@preau/testing";

const LEVELS = ["6e", "5e", "4e", "3e"];
const CATEGORIES: Readonly<Record<string, string>> = { result: "results", lesson: "courseContent" };

/** Rows of a table of results; `pupil` tells persons apart and is never handed out. */
export function resultsOf(pupils: number, seed: number): readonly JsonObject[] {
  const chance = seededChance(seed);
  return Array.from({ length: pupils }, (_, pupil) => pupil).flatMap((pupil) =>
    [0, 1].map(() => ({
      ...{ pupil: `p${pupil}`, "person.birthYear": 2011 + (pupil % 4), level: LEVELS[pupil % 4] ?? "" },
      score: Math.floor(chance() * 20),
    })),
  );
}

export function schoolRows(rows: ReadonlyMap<ControllerId, readonly JsonObject[]>): RegisteredSource {
  const exports: ExportSource = {
    projectKinds: [],
    projects: () => Promise.resolve([]),
    // biome-ignore lint/correctness/useYield: it has none
    collectProject: async function* () {
      await Promise.resolve();
    },
    restitution: () => Promise.resolve(undefined),
    categoryOf: (table) => CATEGORIES[table],
    rows: async function* (request) {
      const { controller, columns, person = [], token } = request;
      const names = [...columns, ...person.map((name) => `person.${name}`)];
      for (const row of rows.get(controller) ?? []) {
        await Promise.resolve();
        const given = Object.fromEntries(names.map((name) => [name, row[name] ?? null]));
        yield token === undefined ? given : { ...given, [token]: row["pupil"] ?? null };
      }
    },
  };
  const store = inMemoryStore([]);
  const source = inMemoryPersonalDataSource({ store, id: "results", kind: "pupil" });
  return { source, second: inMemoryLookAgain(store), exports };
}
