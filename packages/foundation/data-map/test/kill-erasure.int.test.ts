import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ErasurePlan, TableCount } from "@preau/kernel";
import {
  type DatabaseKind,
  describeOnMariaDb,
  freshDatabaseUrl,
  killLoop,
  somePersons,
  temporaryFolder,
} from "@preau/testing";
import { describe, expect, it } from "vitest";
import {
  addPupil,
  controller,
  makeSecond,
  makeSource,
  openSchool,
  snapshotOf,
} from "./fixtures/little-school.ts";

const ROUNDS = 4;
const script = join(import.meta.dirname, "fixtures/erase-program.ts");

for (const kind of ["sqlite", "mariadb"] satisfies DatabaseKind[]) {
  (kind === "mariadb" ? describeOnMariaDb : describe)(`kill -9 during an erasure on ${kind} (D12.2)`, () => {
    it("counts exactly what was done, goes on, and leaves nobody's row changed but the planned persons'", async () => {
      const url = await freshDatabaseUrl(kind);
      const database = await openSchool({ url });
      const targets = [];
      for (const person of somePersons(12, 3)) targets.push(await addPupil(database, person));
      const source = makeSource(database);
      const plan = await source.plan({
        controller,
        subjects: targets.slice(0, 8),
        ground: "account-deleted",
      });
      const file = join(temporaryFolder(), "plan.json");
      writeFileSync(file, JSON.stringify(plan));
      const before = await snapshotOf(database);

      const check = async () => {
        const now = await snapshotOf(database);
        const left = await source.remaining(plan);
        expect(done(plan, left)).toEqual(differences(before, now));
      };
      const result = await killLoop({ script, args: [url, file], times: ROUNDS, withinMs: 250, check });
      expect(result.killed + result.finished).toBe(ROUNDS);

      for await (const _step of source.erase(plan));
      const after = await snapshotOf(database);
      expect(sum(await source.remaining(plan))).toBe(0);
      expect(differences(before, after)).toEqual(done(plan, []));
      const { where } = await makeSecond(database).lookAgain(controller, plan.traces);
      expect(where.filter(({ place }) => !place.startsWith("ls_certificates"))).toEqual([]);
      await database.close();
    }, 60_000);
  });
}

/** Planned less remaining, by table. */
function done(plan: ErasurePlan, left: readonly TableCount[]): ReadonlyMap<string, number> {
  const remaining = new Map(left.map(({ table, erased, anonymised }) => [table, erased + anonymised]));
  return new Map(
    plan.tables
      .map(({ table, erased, anonymised }): [string, number] => [
        table,
        erased + anonymised - (remaining.get(table) ?? 0),
      ])
      .filter(([, count]) => count > 0),
  );
}

type Snapshot = Awaited<ReturnType<typeof snapshotOf>>;

function differences(before: Snapshot, after: Snapshot): ReadonlyMap<string, number> {
  return new Map(
    [...before]
      .map(([table, rows]): [string, number] => [
        table,
        [...rows].filter(([key, row]) => after.get(table)?.get(key) !== row).length,
      ])
      .filter(([, count]) => count > 0),
  );
}

function sum(counts: readonly TableCount[]): number {
  return counts.reduce((total, { erased, anonymised }) => total + erased + anonymised, 0);
}
