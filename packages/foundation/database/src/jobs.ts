/** The kernel's jobs over `db_job`: enqueued in the caller's transaction, run by a worker of any process. */
import {
  type Clock,
  canonicalJson,
  type Ids,
  isFault,
  type Job,
  type JobId,
  type Jobs,
  type Unit,
} from "@preau/kernel";
import type { Knex } from "knex";
import { fault } from "./errors.ts";
import { insertRows } from "./store/insert-rows.ts";
import { JOB_TABLE, type JobRow } from "./store/job-row.ts";
import { afterCommit, inUnit } from "./unit-of-work.ts";

export interface JobsOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  /** Called after the commit of a unit that enqueued something: `() => worker.wake()` in the worker's process. */
  readonly onEnqueued?: () => void;
}

const DEFAULT_PRIORITY = 100;
/** Jobs that one statement inserts, all or none of them. */
const CHUNK = 100;
const NAME = /^[a-z][A-Za-z0-9-]*(\.[A-Za-z0-9-]+)+$/;
const KEY = /^[\x21-\x7e]{1,191}$/;
/** Bytes; a `text` of MySQL holds 65,535. */
const MOST_PAYLOAD = 60_000;

/**
 * Jobs in the database. A key is one for a controller and a name: while a job with it waits, enqueueing it again gives
 * the same job; while it runs, the job runs once more afterwards, so that a change made meanwhile is not missed.
 */
export function makeJobs({ clock, ids, onEnqueued }: JobsOptions): Jobs {
  const toWake = (unit: Unit): void => {
    if (onEnqueued !== undefined) afterCommit(unit, onEnqueued);
  };
  return {
    enqueue: async (unit, job) => {
      const row = rowOf(job, ids.next("job"), clock);
      const transaction = inUnit(unit);
      toWake(unit);
      return insertOrJoin(transaction, row);
    },
    enqueueMany: async (unit, many) => {
      const transaction = inUnit(unit);
      const rows = many.map((job) => rowOf(job, ids.next("job"), clock));
      const known: JobId[] = [];
      toWake(unit);
      for (let at = 0; at < rows.length; at += CHUNK) {
        const chunk = rows.slice(at, at + CHUNK);
        try {
          await insertRows(transaction, JOB_TABLE, chunk);
          known.push(...chunk.map(({ id }) => id));
        } catch (error) {
          if (!isFault(error, "DATABASE_DUPLICATE")) throw error;
          // The statement wrote nothing: one by one.
          for (const row of chunk) known.push(await insertOrJoin(transaction, row));
        }
      }
      return known;
    },
  };
}

async function insertOrJoin(transaction: Knex.Transaction, row: JobRow): Promise<JobId> {
  for (;;) {
    try {
      await transaction<JobRow>(JOB_TABLE).insert(row);
      return row.id;
    } catch (error) {
      if (row.job_key === null || !isFault(error, "DATABASE_DUPLICATE")) throw error;
    }
    const live = await joinLive(transaction, row);
    if (live !== undefined) return live;
    // Its worker ended it in between: the key is free.
  }
}

/**
 * The live job of the same key, held until the caller's commit: no worker may end a run that has not seen the caller's
 * change and call it done.
 */
async function joinLive(transaction: Knex.Transaction, row: JobRow): Promise<JobId | undefined> {
  const { controller, name, job_key } = row;
  // On SQLite FOR UPDATE is left out: its units begin by being the only writer.
  const live = await transaction<JobRow>(JOB_TABLE)
    .where({ controller, name, job_key, live: 1 })
    .forUpdate()
    .first("id", "state");
  if (live === undefined) return undefined;
  if (live.state === "running")
    await transaction<JobRow>(JOB_TABLE).where({ id: live.id }).update({ again: 1 });
  return live.id;
}

function rowOf(job: Job, id: JobId, clock: Clock): JobRow {
  const now = clock.now();
  const priority = job.priority ?? DEFAULT_PRIORITY;
  const payload = canonicalJson(job.payload);
  if (!NAME.test(job.name) || job.name.length > 100) throw fault("JOB_BAD", { place: "name" });
  if (job.key !== undefined && !KEY.test(job.key)) throw fault("JOB_BAD", { place: `${job.name} key` });
  if (!Number.isInteger(priority) || Math.abs(priority) > 1_000_000) {
    throw fault("JOB_BAD", { place: `${job.name} priority` });
  }
  if (Buffer.byteLength(payload) > MOST_PAYLOAD) throw fault("JOB_BAD", { place: `${job.name} payload` });
  return {
    id,
    controller: job.controller,
    name: job.name,
    job_key: job.key ?? null,
    payload,
    priority,
    state: "ready",
    enqueued_at: now,
    run_at: job.runAt ?? now,
    attempt: 0,
    again: 0,
    lease: null,
    lease_until: null,
    last_code: null,
    live: 1,
  };
}
