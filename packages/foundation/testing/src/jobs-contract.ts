import {
  addMillis,
  type Clock,
  controllerId,
  type Instant,
  type Job,
  type JobDefinition,
  type Jobs,
  NotYet,
  type UnitOfWork,
} from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { type Closable, codeOf, setUp } from "./bench.ts";

export interface JobsBench extends Closable {
  readonly unitOfWork: UnitOfWork;
  readonly jobs: Jobs;
  readonly clock: Clock;
  /** Lets time pass, retry delays included. */
  readonly elapse: (milliseconds: number) => Promise<void> | void;
  /** Runs what is due with the given handlers until nothing is; returns when all of it has ended. */
  readonly work: () => Promise<void>;
}

/** What every job queue owes. `make` gets the handlers' definitions. */
export function jobsContract(
  title: string,
  make: (definitions: readonly JobDefinition[]) => JobsBench | Promise<JobsBench>,
): void {
  const HOUR = 3_600_000;
  const job: Job = {
    name: "desk.file",
    controller: controllerId("college-a"),
    payload: { n: 1, deep: { list: [1, "é"] } },
  };

  const setUpWith = async (handler: JobDefinition["handler"] = async () => undefined, attempts?: number) => {
    const seen: { job: Job; id: string; attempt: number }[] = [];
    const definition: JobDefinition = {
      name: job.name,
      handler: async (given, run) => {
        seen.push({ job: given, id: run.id, attempt: run.attempt });
        await handler(given, run);
      },
      ...(attempts === undefined ? {} : { attempts }),
    };
    const bench = await setUp(() => make([definition]));
    const enqueue = (change: Partial<Job> = {}) =>
      bench.unitOfWork.transaction((unit) => bench.jobs.enqueue(unit, { ...job, ...change }));
    return { ...bench, seen, enqueue };
  };

  describe(`${title}: jobs`, () => {
    it("runs a committed job once, with its controller, its payload, its id, attempt 1", async () => {
      const { enqueue, work, seen } = await setUpWith();
      const id = await enqueue();
      await work();
      await work();
      expect(seen).toHaveLength(1);
      expect(seen[0]).toMatchObject({ id, attempt: 1, job: { ...job } });
    });

    it("forgets a job whose unit rolls back", async () => {
      const { unitOfWork, jobs, work, seen } = await setUpWith();
      await codeOf(
        unitOfWork.transaction(async (unit) => {
          await jobs.enqueue(unit, job);
          throw new Error("no");
        }),
      );
      await work();
      expect(seen).toEqual([]);
    });

    it("takes no job into a unit that has ended (UNIT_CLOSED)", async () => {
      const { unitOfWork, jobs } = await setUpWith();
      const ended = await unitOfWork.transaction(async (unit) => unit);
      expect(await codeOf(jobs.enqueue(ended, job))).toBe("UNIT_CLOSED");
    });

    it("takes many as it takes each, where it can", async () => {
      const { unitOfWork, jobs, enqueue, work, seen } = await setUpWith();
      if (jobs.enqueueMany === undefined) return;
      const first = await enqueue({ key: "k" });
      const keys = ["k", "l", "m", "l"];
      const many = await unitOfWork.transaction(async (unit) =>
        jobs.enqueueMany?.(
          unit,
          keys.map((key) => ({ ...job, key })),
        ),
      );
      expect(many?.[0]).toBe(first);
      expect(many?.[3]).toBe(many?.[1]);
      await work();
      expect(seen.map((each) => each.job.key).sort()).toEqual(["k", "l", "m"]);
    });

    it("runs again a job whose moment has not come, then, without counting the try (NotYet)", async () => {
      let until: Instant | undefined;
      const { enqueue, work, seen, clock, elapse } = await setUpWith(async () => {
        if (until !== undefined) return;
        until = addMillis(clock.now(), HOUR);
        throw new NotYet(until);
      }, 1);
      await enqueue();
      await work();
      await elapse(HOUR / 2);
      await work();
      expect(seen).toHaveLength(1);
      await elapse(HOUR);
      await work();
      expect(seen.map(({ attempt }) => attempt)).toEqual([1, 1]);
    });

    it("keeps two controllers' jobs of one name and key apart", async () => {
      const { enqueue, work, seen } = await setUpWith();
      const one = await enqueue({ key: "case-1" });
      const two = await enqueue({ key: "case-1", controller: controllerId("college-b") });
      expect(two).not.toBe(one);
      await work();
      expect(seen.map((each) => each.job.controller).sort()).toEqual(["college-a", "college-b"]);
    });

    it("gives the live job's id for the same name and key, in one unit or two, and runs it once", async () => {
      const { unitOfWork, jobs, enqueue, work, seen } = await setUpWith();
      const [one, two] = await unitOfWork.transaction(async (unit) => [
        await jobs.enqueue(unit, { ...job, key: "k" }),
        await jobs.enqueue(unit, { ...job, key: "k" }),
      ]);
      const three = await enqueue({ key: "k" });
      expect([two, three]).toEqual([one, one]);
      await work();
      expect(seen).toHaveLength(1);
    });

    it("keeps jobs of two keys, and jobs without a key, apart", async () => {
      const { enqueue, work, seen } = await setUpWith();
      const ids = [
        await enqueue({ key: "k" }),
        await enqueue({ key: "l" }),
        await enqueue(),
        await enqueue(),
      ];
      expect(new Set(ids).size).toBe(4);
      await work();
      expect(seen).toHaveLength(4);
    });

    it("takes the key again once its job is done", async () => {
      const { enqueue, work, seen } = await setUpWith();
      const one = await enqueue({ key: "k" });
      await work();
      expect(await enqueue({ key: "k" })).not.toBe(one);
      await work();
      expect(seen).toHaveLength(2);
    });

    it("takes the key again when the unit that first used it rolled back", async () => {
      const { unitOfWork, jobs, enqueue, work, seen } = await setUpWith();
      await codeOf(
        unitOfWork.transaction(async (unit) => {
          await jobs.enqueue(unit, { ...job, key: "k" });
          throw new Error("no");
        }),
      );
      await enqueue({ key: "k" });
      await work();
      expect(seen).toHaveLength(1);
    });

    it("does not run a job before its time", async () => {
      const { enqueue, clock, elapse, work, seen } = await setUpWith();
      await enqueue({ runAt: addMillis(clock.now(), HOUR) });
      await work();
      expect(seen).toEqual([]);
      await elapse(HOUR + 1000);
      await work();
      expect(seen).toHaveLength(1);
    });

    it("tries a failing job again, with the next attempt's number, until it ends well", async () => {
      let failures = 2;
      const { enqueue, elapse, work, seen } = await setUpWith(async () => {
        failures -= 1;
        if (failures >= 0) throw new Error("not yet");
      });
      const id = await enqueue();
      for (let i = 0; i < 5; i += 1) {
        await work();
        await elapse(HOUR);
      }
      expect(seen.map((each) => each.attempt)).toEqual([1, 2, 3]);
      expect(new Set(seen.map((each) => each.id))).toEqual(new Set([id]));
    });

    it("stops after the attempts that its definition allows", async () => {
      const { enqueue, elapse, work, seen } = await setUpWith(() => Promise.reject(new Error("never")), 2);
      await enqueue();
      for (let i = 0; i < 4; i += 1) {
        await work();
        await elapse(24 * HOUR);
      }
      expect(seen).toHaveLength(2);
    });
  });
}
