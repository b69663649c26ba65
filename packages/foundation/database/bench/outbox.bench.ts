/**
 * Jobs a second from the queue to the end of their handlers, four workers, batches of 20, against the least that the
 * same rows can cost on the same database: a transaction that inserts 20 of them one by one, as 20 enqueues do, and one
 * that deletes the 20. Handlers do nothing. Both sides write durably (SQLite `synchronous=FULL`; MariaDB as its test server is started), in turns, so that
 * a busy moment falls on both.
 */
import { controllerId, makeIds, systemClock } from "@preau/kernel";
import { type DatabaseKind, freshDatabase, mariaDbSkipReason } from "@preau/testing";
import {
  type Database,
  databaseMigrations,
  makeJobs,
  makeUnitOfWork,
  makeWorker,
  migrate,
  openDatabase,
} from "../src/index.ts";

interface BenchOptions {
  readonly runs: number;
  readonly seed: number;
}

const JOBS = 4_000;
const BATCH = 20;
const WORKERS = 4;
const ids = makeIds(systemClock);

/** Cases `sqlite` and `mariadb`, jobs/s; each with enqueueing and without. */
export async function bench({ runs, seed }: BenchOptions) {
  const kinds: DatabaseKind[] = mariaDbSkipReason() === undefined ? ["sqlite", "mariadb"] : ["sqlite"];
  const cases = [];
  for (const kind of kinds) cases.push(...(await benchOn(kind, Math.max(5, runs), seed)));
  return { cases };
}

async function benchOn(kind: DatabaseKind, runs: number, seed: number) {
  const fresh = await freshDatabase(kind);
  const database = await openDatabase({ url: fresh.url });
  try {
    await migrate(database, [databaseMigrations]);
    const measured = {
      enqueue: [] as number[],
      run: [] as number[],
      insert: [] as number[],
      delete: [] as number[],
    };
    for (let round = -1; round < runs; round += 1) {
      const times = { ...(await ours(database, seed)), ...(await bare(database, seed)) };
      if (round === -1) continue; // the first warms up
      for (const name of ["enqueue", "run", "insert", "delete"] as const) measured[name].push(times[name]);
    }
    const goal = kind === "sqlite" ? 10_000 : 3_000;
    const perSecond = (milliseconds: readonly number[]) => milliseconds.map((each) => (JOBS / each) * 1_000);
    const sum = (one: readonly number[], other: readonly number[]) =>
      one.map((each, i) => each + (other[i] ?? 0));
    const run = measure(perSecond(measured.run));
    const whole = measure(perSecond(sum(measured.enqueue, measured.run)));
    const bareWhole = measure(perSecond(sum(measured.insert, measured.delete)));
    const peer = {
      name: "bare insert and delete of the same rows, 20 a transaction",
      median: bareWhole.median,
      unit: "jobs/s",
    };
    const rssMiB = Math.round(process.memoryUsage().rss / 2 ** 20);
    return [
      {
        case: `${kind}: claim, run, end; 4 workers, batches of 20`,
        ours: run,
        peer,
        ratio: round(peer.median / run.median),
        goal: `>= ${goal} jobs/s`,
        met: run.median >= goal,
        rssMiB,
      },
      {
        case: `${kind}: the same with enqueueing, 20 jobs a unit`,
        ours: whole,
        peer,
        ratio: round(peer.median / whole.median),
        goal: "<= 2.5",
        met: peer.median / whole.median <= 2.5,
        rssMiB,
      },
    ];
  } finally {
    await database.close();
    await fresh.remove();
  }
}

async function ours(database: Database, seed: number) {
  const units = makeUnitOfWork(database);
  const jobs = makeJobs({ clock: systemClock, ids });
  const controller = controllerId("bench");
  const payload = payloadOf(seed);
  const enqueue = await timeOf(async () => {
    for (let n = 0; n < JOBS; n += BATCH) {
      await units.transaction(async (unit) => {
        for (let i = 0; i < BATCH; i += 1)
          await jobs.enqueue(unit, { name: "bench.run", controller, payload });
      });
    }
  });
  let ran = 0;
  const handlers = [{ name: "bench.run", handler: async () => void (ran += 1) }];
  const workers = Array.from({ length: WORKERS }, () =>
    makeWorker({ database, handlers, clock: systemClock, ids, batch: BATCH }),
  );
  const run = await timeOf(async () => {
    await Promise.all(workers.map((worker) => worker.drain()));
  });
  if (ran !== JOBS) throw new Error(`${ran} of ${JOBS} jobs ran`);
  return { enqueue, run };
}

async function bare(database: Database, seed: number) {
  const { knex } = database;
  const payload = JSON.stringify(payloadOf(seed));
  const now = systemClock.now();
  const row = {
    controller: "bench",
    name: "bench.bare",
    payload,
    priority: 100,
    state: "ready",
    enqueued_at: now,
    run_at: now,
  };
  const batches = Array.from({ length: JOBS / BATCH }, () =>
    Array.from({ length: BATCH }, () => ({ ...row, id: ids.next("job"), attempt: 0, again: 0, live: 1 })),
  );
  const insert = await timeOf(async () => {
    for (const rows of batches) {
      await knex.transaction(async (transaction) => {
        for (const each of rows) await transaction("db_job").insert(each);
      });
    }
  });
  const remove = await timeOf(async () => {
    for (const rows of batches) {
      const batch = rows.map(({ id }) => id);
      await knex.transaction((transaction) => transaction("db_job").whereIn("id", batch).delete());
    }
  });
  return { insert, delete: remove };
}

/** About 300 bytes, of ids and numbers as real payloads are. */
function payloadOf(seed: number) {
  return {
    seed,
    message: "msg_01kat2v6m0x3w8r5n9c4f7h1q2",
    parts: Array.from({ length: 40 }, (_, n) => n * seed),
  };
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function measure(values: readonly number[]) {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (index: number) => Math.round(sorted[index] ?? 0);
  return {
    median: at(Math.floor(sorted.length / 2)),
    min: at(0),
    max: at(sorted.length - 1),
    unit: "jobs/s",
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
