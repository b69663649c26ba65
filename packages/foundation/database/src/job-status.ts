/** What pages and metrics show of the queue, and what a person may do about dead jobs. */
import { type Clock, type ControllerId, type Instant, isFault, type JobId, type Unit } from "@preau/kernel";
import type { Knex } from "knex";
import { JOB_TABLE, type JobRow } from "./store/job-row.ts";
import { inUnit } from "./unit-of-work.ts";

export interface JobCount {
  readonly name: string;
  /** Due, and waiting for a worker. */
  readonly due: number;
  /** For later: enqueued so, or waiting for another try. */
  readonly later: number;
  readonly running: number;
  readonly dead: number;
  /** Since when the oldest due job waits. */
  readonly oldestDue?: Instant;
}

/** One job as a page shows it: no payload. */
export interface JobLine {
  readonly id: JobId;
  readonly name: string;
  readonly controller: ControllerId;
  readonly attempt: number;
  /** Code of the last failure. */
  readonly lastCode?: string;
  readonly enqueuedAt: Instant;
  /** When it died, or when it runs next. */
  readonly at: Instant;
}

export interface JobQuery {
  /** One controller's, or everybody's for the publisher's own staff. */
  readonly controller: ControllerId | "all";
  /** 100 by default. */
  readonly limit?: number;
}

interface StatusRow {
  readonly name: string;
  readonly state: JobRow["state"];
  readonly jobs: number;
  readonly oldest: Instant;
  readonly due: number | string;
}

/** Counts of live and dead jobs by name. `knex` is the database's, or a unit's. */
export async function jobStatus(knex: Knex, clock: Clock): Promise<readonly JobCount[]> {
  const now = clock.now();
  const rows: readonly StatusRow[] = await knex(JOB_TABLE)
    .groupBy("name", "state")
    .orderBy("name")
    .select("name", "state")
    .count({ jobs: "*" })
    .min({ oldest: "run_at" })
    .select({ due: knex.raw("sum(case when run_at <= ? then 1 else 0 end)", [now]) });
  const counts = new Map<string, JobCount>();
  for (const row of rows) {
    const count = counts.get(row.name) ?? { name: row.name, due: 0, later: 0, running: 0, dead: 0 };
    const { jobs } = row;
    const due = Number(row.due); // a sum comes back as text from MySQL
    if (row.state === "ready") {
      counts.set(row.name, {
        ...count,
        due,
        later: jobs - due,
        ...(due > 0 ? { oldestDue: row.oldest } : {}),
      });
    } else {
      counts.set(row.name, { ...count, [row.state]: jobs });
    }
  }
  return [...counts.values()];
}

/** Jobs that failed and wait for another try, next first. */
export function retryingJobs(knex: Knex, query: JobQuery): Promise<readonly JobLine[]> {
  return lines(
    scoped(knex, query)
      .where({ state: "ready" })
      .whereNotNull("last_code")
      .orderBy([{ column: "run_at" }, { column: "id" }]),
  );
}

/** The dead letters, latest first. */
export function deadJobs(knex: Knex, query: JobQuery): Promise<readonly JobLine[]> {
  return lines(
    scoped(knex, query)
      .where({ state: "dead" })
      .orderBy([
        { column: "run_at", order: "desc" },
        { column: "id", order: "desc" },
      ]),
  );
}

/**
 * Puts a dead job back into the queue, all attempts before it. False when there is no such dead job of this controller,
 * or when a live one has taken its key.
 */
export async function requeueDeadJob(
  unit: Unit,
  controller: ControllerId,
  id: JobId,
  clock: Clock,
): Promise<boolean> {
  try {
    const changed = await inUnit(unit)<JobRow>(JOB_TABLE)
      .where({ id, controller, state: "dead" })
      .update({ state: "ready", live: 1, attempt: 0, again: 0, run_at: clock.now() });
    return changed === 1;
  } catch (error) {
    if (isFault(error, "DATABASE_DUPLICATE")) return false;
    throw error;
  }
}

/** Drops a dead job for good. False when there is no such dead job of this controller. */
export async function dropDeadJob(unit: Unit, controller: ControllerId, id: JobId): Promise<boolean> {
  return (await inUnit(unit)<JobRow>(JOB_TABLE).where({ id, controller, state: "dead" }).delete()) === 1;
}

function scoped(knex: Knex, { controller, limit = 100 }: JobQuery) {
  const query = knex<JobRow>(JOB_TABLE).select("*").limit(limit);
  return controller === "all" ? query : query.where({ controller });
}

async function lines(query: PromiseLike<readonly JobRow[]>): Promise<readonly JobLine[]> {
  const rows = await query;
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    controller: row.controller,
    attempt: row.attempt,
    ...(row.last_code === null ? {} : { lastCode: row.last_code }),
    enqueuedAt: row.enqueued_at,
    at: row.run_at,
  }));
}
