import {
  addMillis,
  controllerId,
  type Job,
  type JobDefinition,
  type JobHandler,
  type JobRun,
  type ManualClock,
  makeIds,
  manualClock,
  type UnitOfWork,
} from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import {
  type Database,
  databaseMigrations,
  deadJobs,
  dropDeadJob,
  inUnit,
  jobStatus,
  makeJobs,
  makeUnitOfWork,
  makeWorker,
  migrate,
  openDatabase,
  requeueDeadJob,
  retryingJobs,
  type WorkerOptions,
} from "../src/index.ts";

const school = controllerId("college-a");
const other = controllerId("college-b");
const job: Job = { name: "desk.file", controller: school, payload: { n: 1 } };

describeEachDatabase("jobs", openDatabase, (fresh) => {
  let database: Database;
  let clock: ManualClock;
  let units: UnitOfWork;
  beforeEach(async () => {
    database = await fresh();
    await migrate(database, [databaseMigrations]);
    clock = manualClock();
    units = makeUnitOfWork(database);
  });

  const enqueue = (change: Partial<Job> = {}, onEnqueued?: () => void) =>
    units.transaction((unit) =>
      makeJobs({ clock, ids: makeIds(clock), ...(onEnqueued && { onEnqueued }) }).enqueue(unit, {
        ...job,
        ...change,
      }),
    );
  const workerOf = (handler: JobHandler, options: Partial<WorkerOptions> & Partial<JobDefinition> = {}) =>
    makeWorker({
      database,
      handlers: [
        { name: job.name, handler, ...(options.attempts !== undefined && { attempts: options.attempts }) },
      ],
      clock,
      ids: makeIds(clock),
      pollMs: 10,
      chance: () => 0,
      ...options,
    });
  const rows = async () =>
    (await database.knex("db_job").orderBy("id")) as {
      state: string;
      attempt: number;
      lease: string | null;
    }[];

  describe("order", () => {
    it("is by priority, then by due time; what is due later waits", async () => {
      const at = (ms: number) => addMillis(clock.now(), ms);
      await enqueue({ payload: { n: "late" }, runAt: at(-1) });
      await enqueue({ payload: { n: "early" }, runAt: at(-2) });
      await enqueue({ payload: { n: "urgent" }, priority: 5 });
      await enqueue({ payload: { n: "tomorrow" }, priority: 0, runAt: at(86_400_000) });
      await enqueue({ payload: { n: "someday" }, priority: 900 });
      const seen: unknown[] = [];
      const result = await workerOf(async ({ payload }) => void seen.push(payload["n"]), {
        batch: 1,
      }).drain();
      expect(seen).toEqual(["urgent", "early", "late", "someday"]);
      expect(result).toEqual({ done: 4, dead: 0 });
    });

    it("gives a light name places of its own: neither waits for the other", async () => {
      let running = 0;
      let release: (() => void) | undefined;
      const allRun = new Promise<void>((resolve) => {
        release = resolve;
      });
      const light = async () => {
        running += 1;
        if (running === 3) release?.();
        await allRun;
      };
      const ran: string[] = [];
      const heavy = async () => {
        await allRun; // were the one shared place theirs too, nobody would ever go on
        ran.push("heavy");
      };
      for (let n = 0; n < 3; n += 1) await enqueue({ name: "light.run", priority: 900 });
      await enqueue({ name: "heavy.run", priority: 1 });
      const handlers = [
        { name: "heavy.run", handler: heavy },
        { name: "light.run", handler: light, sideBySide: 3 },
      ];
      const result = await workerOf(async () => undefined, { batch: 1, handlers }).drain();
      expect(result).toEqual({ done: 4, dead: 0 });
      expect(ran).toEqual(["heavy"]);
    });

    it("leaves jobs of other names to other workers", async () => {
      await enqueue({ name: "other.verb" });
      expect(await workerOf(async () => undefined).drain()).toEqual({ done: 0, dead: 0 });
      expect(await rows()).toHaveLength(1);
    });
  });

  describe("a failing job", () => {
    it("waits longer each time, and its tries and last code are visible, no text", async () => {
      await enqueue();
      const failing = workerOf(async () => {
        throw new TypeError("the address zoe@school.test");
      });
      const waits: number[] = [];
      for (let i = 0; i < 5; i += 1) {
        await failing.drain();
        const [line] = await retryingJobs(database.knex, { controller: school });
        expect(line).toMatchObject({ attempt: i + 1, lastCode: "TypeError" });
        waits.push(Date.parse(line!.at) - Date.parse(clock.now()));
        clock.set(line!.at);
      }
      expect(waits).toEqual([1_000, 4_000, 16_000, 64_000, 256_000]); // chance() = 0: half of the bound
      expect(JSON.stringify(await rows())).not.toContain("zoe");
    });

    it("ends in the dead letters, from where a person requeues or drops it", async () => {
      const id = await enqueue({ key: "k" });
      let broken = true;
      const worker = workerOf(
        async () => {
          if (broken) throw Object.assign(new Error("no"), { code: "ECONNREFUSED" });
        },
        { attempts: 2 },
      );
      expect(await worker.drain()).toEqual({ done: 0, dead: 0 });
      clock.advance(10_000);
      expect(await worker.drain()).toEqual({ done: 0, dead: 1 });
      expect(await deadJobs(database.knex, { controller: school })).toMatchObject([
        { id, attempt: 2, lastCode: "ECONNREFUSED" },
      ]);
      expect(await deadJobs(database.knex, { controller: other })).toEqual([]);
      expect(await deadJobs(database.knex, { controller: "all" })).toHaveLength(1);

      broken = false;
      expect(await units.transaction((unit) => requeueDeadJob(unit, other, id, clock))).toBe(false);
      expect(await units.transaction((unit) => requeueDeadJob(unit, school, id, clock))).toBe(true);
      expect(await units.transaction((unit) => requeueDeadJob(unit, school, id, clock))).toBe(false);
      expect(await worker.drain()).toEqual({ done: 1, dead: 0 });
      expect(await rows()).toEqual([]);
    });

    it("is not requeued beside a live job of its key, and can be dropped by its own controller alone", async () => {
      const id = await enqueue({ key: "k" });
      await workerOf(() => Promise.reject(new Error("no")), { attempts: 1 }).drain();
      const live = await enqueue({ key: "k" });
      expect(live).not.toBe(id);
      expect(await units.transaction((unit) => requeueDeadJob(unit, school, id, clock))).toBe(false);
      expect(await units.transaction((unit) => dropDeadJob(unit, other, id))).toBe(false);
      expect(await units.transaction((unit) => dropDeadJob(unit, school, live))).toBe(false);
      expect(await units.transaction((unit) => dropDeadJob(unit, school, id))).toBe(true);
      expect(await rows()).toHaveLength(1);
    });

    it("or a good one: ends that come while others are being written are written too", async () => {
      for (let n = 0; n < 120; n += 1) await enqueue({ payload: { n } });
      const worker = workerOf(async ({ payload }) => {
        await new Promise((resolve) => setTimeout(resolve, (Number(payload["n"]) * 7) % 11));
      });
      expect(await worker.drain()).toEqual({ done: 120, dead: 0 });
      expect(await rows()).toEqual([]);
    });

    it("does not stop the others of its batch", async () => {
      for (let n = 0; n < 30; n += 1) await enqueue({ payload: { n } });
      const worker = workerOf(async ({ payload }) => {
        if (payload["n"] === 7) throw new Error("no");
      });
      expect(await worker.drain()).toEqual({ done: 29, dead: 0 });
    });
  });

  describe("leases", () => {
    /** A handler that hangs until told; what it was told is kept. */
    const hanging = () => {
      const runs: JobRun[] = [];
      let end: () => void = () => undefined;
      const ended = new Promise<void>((resolve) => {
        end = resolve;
      });
      const handler: JobHandler = async (_job, run) => {
        runs.push(run);
        await ended;
      };
      return { handler, runs, end };
    };
    const until = async (condition: () => boolean | Promise<boolean>) => {
      for (let i = 0; !(await condition()); i += 1) {
        if (i > 500) throw new Error("waited in vain");
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };

    it("a worker that comes too late changes nothing: another has the job (fencing)", async () => {
      await enqueue();
      const slow = hanging();
      const warned: string[] = [];
      const log = {
        info: () => undefined,
        warn: (event: string) => void warned.push(event),
        error: () => undefined,
      };
      const alone = { batch: 1, concurrency: 1 };
      const late = workerOf(slow.handler, { ...alone, leaseMs: 1_000, log });
      const drained = late.drain();
      await until(() => slow.runs.length === 1);
      clock.set(addMillis(clock.now(), 1_001)); // the date moves, the late worker's own hand does not: it renews nothing
      await workerOf(async () => undefined).drain();
      expect(await rows()).toMatchObject([{ state: "ready", attempt: 1 }]);
      clock.set(addMillis(clock.now(), 10_000));
      const second = hanging();
      const again = workerOf(second.handler, { leaseMs: 60_000 }).drain();
      await until(() => second.runs.length === 1);
      expect(second.runs[0]?.attempt).toBe(2);

      slow.end();
      expect(await drained).toEqual({ done: 0, dead: 0 });
      expect(warned).toContain("worker.cameTooLate");
      expect(await rows()).toMatchObject([{ state: "running", attempt: 2 }]);
      second.end();
      expect(await again).toEqual({ done: 1, dead: 0 });
      expect(await rows()).toEqual([]);
    });

    it("are renewed while the handler runs, and the handler is told when its lease is lost", async () => {
      await enqueue();
      const slow = hanging();
      const worker = workerOf(slow.handler, { leaseMs: 3_000 });
      const drained = worker.drain();
      await until(() => slow.runs.length === 1);
      const leaseEnd = async () => (await database.knex("db_job").pluck<string[]>("lease_until"))[0] ?? "";
      const before = await leaseEnd();
      clock.advance(1_500);
      await until(async () => (await leaseEnd()) > before);
      expect(slow.runs[0]?.signal.aborted).toBe(false);

      await database.knex("db_job").update({ lease: "lea_another" });
      clock.advance(1_500);
      await until(() => slow.runs[0]?.signal.aborted === true);
      slow.end();
      expect(await drained).toEqual({ done: 0, dead: 0 });
      expect(await rows()).toMatchObject([{ state: "running", lease: "lea_another" }]);
    });

    it("a job that kills its worker each time ends in the dead letters (JOB_LEASE_LOST)", async () => {
      const id = await enqueue();
      const hung = hanging();
      const killed: Promise<unknown>[] = [];
      for (let attempt = 1; attempt <= 3; attempt += 1) {
        const options = { attempts: 3, leaseMs: 1_000, batch: 1, concurrency: 1 };
        killed.push(workerOf(hung.handler, options).drain());
        await until(() => hung.runs.length === attempt);
        clock.set(addMillis(clock.now(), 1_001));
        await workerOf(async () => undefined, { attempts: 3, concurrency: 0 }).drain();
        clock.set(addMillis(clock.now(), 60_000));
      }
      hung.end();
      await Promise.all(killed);
      expect(await deadJobs(database.knex, { controller: school })).toMatchObject([
        { id, attempt: 3, lastCode: "JOB_LEASE_LOST" },
      ]);
    });

    it("stopping tells the handlers, gives back what they leave without counting the try, and keeps what they ended", async () => {
      await enqueue({ payload: { n: "gives up" } });
      await enqueue({ payload: { n: "ends anyway" } });
      let started = 0;
      const worker = workerOf(async ({ payload }, { signal }) => {
        started += 1;
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        if (payload["n"] === "gives up") throw new Error("interrupted");
      });
      worker.start();
      expect(() => worker.start()).toThrow(TypeError);
      await until(() => started === 2);
      await worker.stop();
      expect(await rows()).toMatchObject([{ state: "ready", attempt: 0, lease: null }]);
      await worker.stop();
    });

    it("stopping leaves behind, after the grace, a handler that does not listen; its lease ends by itself", async () => {
      await enqueue();
      const deaf = hanging();
      const worker = workerOf(deaf.handler, { graceMs: 0 });
      worker.start();
      await until(() => deaf.runs.length === 1);
      await worker.stop();
      expect(await rows()).toMatchObject([{ state: "running" }]);
      deaf.end();
    });
  });

  describe("a key", () => {
    it("is enqueued by twenty units at once: one job", async () => {
      const ids = await Promise.all(Array.from({ length: 20 }, () => enqueue({ key: "k" })));
      expect(new Set(ids).size).toBe(1);
      expect(await rows()).toHaveLength(1);
    });

    it("is one for each controller", async () => {
      expect(await enqueue({ key: "k", controller: other })).not.toBe(await enqueue({ key: "k" }));
    });

    it("enqueued while its job runs makes it run once more: no change is missed", async () => {
      await enqueue({ key: "k" });
      const ran: string[] = [];
      const worker = workerOf(async (_job, { id }) => {
        ran.push(id);
        if (ran.length === 1) expect(await enqueue({ key: "k" })).toBe(id);
      });
      await worker.drain();
      expect(ran).toHaveLength(2);
      expect(new Set(ran).size).toBe(1);
      expect(await rows()).toEqual([]);
    });

    it("enqueued while its last try fails is not buried with it", async () => {
      await enqueue({ key: "k" });
      let tries = 0;
      const worker = workerOf(
        async () => {
          tries += 1;
          if (tries === 1) {
            await enqueue({ key: "k" });
            throw new Error("no");
          }
        },
        { attempts: 1 },
      );
      expect(await worker.drain()).toEqual({ done: 1, dead: 0 });
      expect(tries).toBe(2);
    });
  });

  it("wakes the worker after the commit, without waiting for its poll", async () => {
    const ran: string[] = [];
    const worker = workerOf(async (_job, { id }) => void ran.push(id), { pollMs: 60_000 });
    worker.start();
    onTestFinished(() => worker.stop());
    await new Promise((resolve) => setTimeout(resolve, 30));
    const id = await enqueue({}, () => worker.wake());
    await expect.poll(() => ran).toEqual([id]);
  });

  it("lets a handler use units of its own", async () => {
    await database.knex.schema.createTable("t", (table) => void table.string("v", 40));
    await enqueue();
    await workerOf(async (_job, { id }) => {
      await units.transaction(async (unit) => inUnit(unit)("t").insert({ v: id }));
    }).drain();
    expect(await database.knex("t")).toHaveLength(1);
  });

  it("counts what waits, runs, comes later and is dead", async () => {
    const runAt = addMillis(clock.now(), -5_000);
    await enqueue({ runAt });
    await enqueue();
    await enqueue({ runAt: addMillis(clock.now(), 1) });
    await enqueue({ name: "a.b" });
    await makeWorker({
      database,
      handlers: [{ name: "a.b", handler: () => Promise.reject(new Error("no")), attempts: 1 }],
      clock,
      ids: makeIds(clock),
    }).drain();
    expect(await jobStatus(database.knex, clock)).toEqual([
      { name: "a.b", due: 0, later: 0, running: 0, dead: 1 },
      { name: "desk.file", due: 2, later: 1, running: 0, dead: 0, oldestDue: runAt },
    ]);
  });
});
