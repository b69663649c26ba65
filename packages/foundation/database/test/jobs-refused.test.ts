import { controllerId, type Job, makeIds, manualClock } from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import { expect, it } from "vitest";
import { databaseMigrations, makeJobs, makeUnitOfWork, migrate, openDatabase } from "../src/index.ts";

const job: Job = { name: "desk.file", controller: controllerId("college-a"), payload: { n: 1 } };

describeEachDatabase("a job that is none", openDatabase, (fresh) => {
  it.each<[string, Partial<Job>]>([
    ["a name of one word", { name: "file" }],
    ["a key with a space", { key: "a b" }],
    ["a key with an accent", { key: "é" }],
    ["an empty key", { key: "" }],
    ["a key too long", { key: "k".repeat(192) }],
    ["a broken priority", { priority: 1.5 }],
    ["a payload too big", { payload: { text: "x".repeat(60_000) } }],
  ])("refuses %s (JOB_BAD)", async (_what, change) => {
    const database = await fresh();
    await migrate(database, [databaseMigrations]);
    const clock = manualClock();
    const jobs = makeJobs({ clock, ids: makeIds(clock) });
    const enqueueing = makeUnitOfWork(database).transaction((unit) =>
      jobs.enqueue(unit, { ...job, ...change }),
    );
    await expect(enqueueing).rejects.toMatchObject({ code: "JOB_BAD" });
    expect(await database.knex("db_job")).toEqual([]);
  });
});
