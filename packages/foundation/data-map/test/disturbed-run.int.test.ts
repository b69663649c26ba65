import { openDatabase } from "@preau/database";
import { type ErasurePlan, type ErasureStep, isFault, type SubjectTarget } from "@preau/kernel";
import { describeEachDatabase, describeOnMariaDb, freshDatabaseUrl, somePersons } from "@preau/testing";
import { expect, it, onTestFinished } from "vitest";
import type { DataMapSourceOptions } from "../src/index.ts";
import { addPupil, controller, makeSecond, makeSource, openSchool } from "./fixtures/little-school.ts";

type School = Awaited<ReturnType<typeof openSchool>>;

const sumOf = (counts: readonly { erased: number; anonymised: number }[]) =>
  counts.reduce((sum, { erased, anonymised }) => sum + erased + anonymised, 0);

async function planFor(database: School, subjects: readonly SubjectTarget[]): Promise<ErasurePlan> {
  return makeSource(database).plan({ controller, subjects, ground: "account-deleted" });
}

async function run(database: School, plan: ErasurePlan, options: Partial<DataMapSourceOptions> = {}) {
  const steps: ErasureStep[] = [];
  for await (const step of makeSource(database, { batchRows: 2, ...options }).erase(plan)) steps.push(step);
  return steps;
}

/** What the second look finds outside what the plan keeps. */
async function foundAfter(database: School, plan: ErasurePlan) {
  const { where } = await makeSecond(database).lookAgain(controller, plan.traces);
  return where.filter(({ place }) => !place.startsWith("ls_certificates"));
}

describeEachDatabase("a person who is active during the erasure (D12.2)", openSchool, (fresh) => {
  it("leaves nothing behind of what they write while the first rounds run", async () => {
    const database = await fresh();
    const [one] = somePersons(1, 21);
    const subject = await addPupil(database, one!);
    const id = Number(one!.foreignId);
    const plan = await planFor(database, [subject]);
    let writes = 0;
    // After each of the first transactions a work and an event, in tables that are done already or not yet.
    const throttle = async () => {
      writes += 1;
      if (writes > 6) return;
      const key = 50_000 + writes;
      await database
        .knex("ls_works")
        .insert({ id: key, pupil_id: id, body: `De ${one!.login}`, remark: null });
      await database.knex("ls_events").insert({ id: key, person_id: id, ip: "192.0.2.9", detail: null });
    };
    const steps = await run(database, plan, { throttle });
    expect(sumOf(steps)).toBe(sumOf(plan.tables) + 6 * 2);
    expect(await foundAfter(database, plan)).toEqual([]);
  });

  it("erases a plan as it is now: what went meanwhile is not counted, whose row it became is not touched", async () => {
    const database = await fresh();
    const [one, two] = somePersons(2, 22);
    const subject = await addPupil(database, one!);
    await addPupil(database, two!);
    const [id, other] = [Number(one!.foreignId), Number(two!.foreignId)];
    const plan = await planFor(database, [subject]);
    await database
      .knex("ls_extra")
      .where({ id: id * 10 })
      .delete();
    await database
      .knex("ls_works")
      .where({ id: id * 10 + 1 })
      .update({ pupil_id: other });
    const steps = await run(database, plan);
    expect(await database.knex("ls_works").where({ id: id * 10 + 1 })).toHaveLength(1);
    // One row less of `extra`, one of `works`, and the part that hangs on that work.
    expect(sumOf(steps)).toBe(sumOf(plan.tables) - 3);
    expect(await foundAfter(database, plan)).toEqual([]);
  });
});

describeOnMariaDb("a database whose connections break during the erasure (D12.2)", () => {
  it("fails aloud with the table's name, and a later run goes on", async () => {
    const url = await freshDatabaseUrl("mariadb");
    const [database, killer] = [await openSchool({ url }), await openDatabase({ url })];
    onTestFinished(async () => {
      await Promise.all([database.close(), killer.close()]);
    });
    const subjects = [];
    for (const person of somePersons(10, 23)) subjects.push(await addPupil(database, person));
    const plan = await planFor(database, subjects);
    const done: ErasureStep[] = [];
    let broken = 0;
    let [killing, attempts] = [true, 0];
    const kills = (async () => {
      while (killing) await breakConnections(killer);
    })();
    for (let ended = false; !ended; attempts += 1) {
      if (attempts === 4) killing = false;
      try {
        for await (const step of makeSource(database, { batchRows: 1 }).erase(plan)) done.push(step);
        ended = !killing;
      } catch (error) {
        broken += 1;
        expect(isFault(error)).toBe(true);
        expect(JSON.stringify(isFault(error) ? error.place : "")).not.toContain("sub_");
      }
    }
    await kills;
    expect(broken).toBeGreaterThan(0);
    expect(sumOf(await makeSource(database).remaining(plan))).toBe(0);
    expect(await foundAfter(database, plan)).toEqual([]);
    expect(sumOf(done)).toBeLessThanOrEqual(sumOf(plan.tables));
  });

  /** Every connection of this database but the one that asks. */
  async function breakConnections({ knex }: Pick<School, "knex">) {
    await knex.transaction(async (transaction) => {
      const [rows] = (await transaction.raw(
        "select id from information_schema.processlist where db = database() and id <> connection_id()",
      )) as [{ id: number }[]];
      for (const { id } of rows) await transaction.raw(`kill ${id}`).catch(() => undefined);
    });
  }
});
