import { controllerId, makeIds, systemClock } from "@preau/kernel";
import { freshDatabaseUrl } from "@preau/testing";
import type { Knex } from "knex";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import {
  type Database,
  databaseMigrations,
  makeJobs,
  makeUnitOfWork,
  migrate,
  openDatabase,
} from "../src/index.ts";
import { describeKinds } from "./kinds.ts";
import { type Child, runProgram } from "./processes.ts";

const ids = makeIds(systemClock);
const jobs = makeJobs({ clock: systemClock, ids });

describeKinds((kind) => {
  let url: string;
  let database: Database;
  beforeEach(async () => {
    url = await freshDatabaseUrl(kind);
    database = await openDatabase({ url });
    onTestFinished(() => database.close());
  });

  describe("migrations", () => {
    it("from four processes at once: each runs once, all end well", async () => {
      const children = Array.from({ length: 4 }, () => runProgram("migrate.ts", url));
      const ran = (await Promise.all(children.map(({ output }) => output))).flatMap(
        (text) => JSON.parse(text) as string[],
      );
      expect(ran.sort()).toEqual([
        "db_001_jobs",
        "db_002_queues_by_name",
        ...Array.from({ length: 8 }, (_, n) => `tst_00${n}_table`),
      ]);
    });
  });

  describe("workers", () => {
    const started = new Set<Child>();
    beforeEach(async () => {
      await migrate(database, [databaseMigrations]);
      await database.knex.schema.createTable("ran", (table) => {
        table.string("id", 40).primary();
        table.string("job", 40).notNullable();
        table.integer("attempt").notNullable();
      });
      onTestFinished(async () => {
        for (const child of started) {
          child.process.kill("SIGKILL");
          await child.output.catch(() => undefined);
        }
        started.clear();
      });
    });
    const startWorker = async (leaseMs: number) => {
      const child = runProgram("work.ts", url, String(leaseMs));
      started.add(child);
      await child.ready;
      return child;
    };
    const enqueue = (count: number, ms: number) =>
      makeUnitOfWork(database).transaction(async (unit) => {
        const made: string[] = [];
        for (let n = 0; n < count; n += 1) {
          made.push(
            await jobs.enqueue(unit, {
              name: "test.run",
              controller: controllerId("college-a"),
              payload: { n, ms },
            }),
          );
        }
        return made;
      });
    const count = async (query: Knex.QueryBuilder) => (await query.clone().pluck<string[]>("id")).length;
    const allDone = () =>
      expect.poll(() => count(database.knex("db_job")), { timeout: 40_000, interval: 50 }).toBe(0);

    it("two, in two processes, never run one job twice", async () => {
      const made = await enqueue(300, 1);
      await Promise.all([startWorker(60_000), startWorker(60_000)]);
      await allDone();
      const ran = await database.knex("ran").pluck<string[]>("job");
      expect(ran.toSorted()).toEqual(made.toSorted());
    });

    it("six, each killed with -9 in its work, lose no job", async () => {
      const made = await enqueue(200, 20);
      let interrupted = 0;
      for (let round = 0; round < 6; round += 1) {
        const child = await startWorker(300);
        await new Promise((resolve) => setTimeout(resolve, 15 + ((round * 37) % 60)));
        child.process.kill("SIGKILL");
        await child.output;
        interrupted += Math.sign(await count(database.knex("db_job").where({ state: "running" })));
      }
      expect(interrupted).toBeGreaterThan(2);
      await startWorker(60_000);
      await allDone();
      const ran = new Set(await database.knex("ran").pluck<string[]>("job"));
      expect([...ran].toSorted()).toEqual(made.toSorted());
    }, 120_000);

    it("one that is told to end gives its jobs back at once, and another takes them", async () => {
      const made = await enqueue(40, 50);
      const first = await startWorker(60_000);
      await expect.poll(async () => database.knex("ran").select("id"), { interval: 5 }).not.toHaveLength(0);
      first.process.kill("SIGTERM");
      await first.output;
      await startWorker(60_000);
      await allDone();
      expect(new Set(await database.knex("ran").pluck<string[]>("job"))).toEqual(new Set(made));
    });
  });
});
