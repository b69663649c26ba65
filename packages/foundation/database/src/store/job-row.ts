/**
 * `db_job`, one row a job that waits, runs or is dead; a job that is done leaves no row.
 *
 *   state    ready (due when run_at has come) → running → (gone) | ready again | dead
 *   lease    token of the claim that runs it. Every later write names it: a worker that comes too late changes nothing
 *   again    somebody enqueued the same key while it ran: it runs once more, so that no change is missed
 */
import type { ControllerId, Instant, Job, JobId, JsonObject } from "@preau/kernel";

export interface JobRow {
  id: JobId;
  controller: ControllerId;
  name: string;
  job_key: string | null;
  payload: string;
  priority: number;
  state: "ready" | "running" | "dead";
  enqueued_at: Instant;
  run_at: Instant;
  attempt: number;
  again: number;
  lease: string | null;
  lease_until: Instant | null;
  last_code: string | null;
  live: number | null;
}

export const JOB_TABLE = "db_job";

/** The job as its handler gets it. */
export function jobOf(row: JobRow): Job {
  return {
    name: row.name,
    controller: row.controller,
    payload: JSON.parse(row.payload) as JsonObject,
    priority: row.priority,
    runAt: row.run_at,
    ...(row.job_key === null ? {} : { key: row.job_key }),
  };
}
