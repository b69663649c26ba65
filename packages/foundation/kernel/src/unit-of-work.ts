/**
 * One database transaction as an opaque value. What is added to a unit (`record`, `send`, `enqueue`, `emit`) happens
 * with the business change or not at all.
 */
import type { Instant } from "./clock.ts";
import type { ControllerId, JobId } from "./ids.ts";
import type { JsonObject } from "./json.ts";

declare const unitBrand: unique symbol;
/** Opaque: only the adapter that made it can look inside. */
export interface Unit {
  readonly [unitBrand]: true;
}

export interface UnitOfWork {
  /**
   * Runs the work in one transaction: its value when it commits, its error (and no trace) when it does not.
   * The work may run more than once when the database asks for it (deadlock), so it holds no outside effect.
   */
  transaction<T>(work: (unit: Unit) => Promise<T>): Promise<T>;
}

export interface Job {
  /** Name of the handler, `plugin.verb`. */
  readonly name: string;
  readonly controller: ControllerId;
  /** Opaque ids and numbers only: payloads are not sealed. */
  readonly payload: JsonObject;
  /** At most one live job of that controller, name and key. */
  readonly key?: string;
  /** Not before. Now by default. */
  readonly runAt?: Instant;
  /** 0 first. 100 by default; deadlines of the law use less. */
  readonly priority?: number;
}

/** What a running job is told. */
export interface JobRun {
  readonly id: JobId;
  readonly attempt: number;
  /** Aborted when the lease is lost or the worker stops: end early, somebody else goes on. */
  readonly signal: AbortSignal;
}

/** Throws for another try later, which counts; `NotYet` where its moment has not come, which does not. */
export type JobHandler = (job: Job, run: JobRun) => Promise<void>;

/** Durable background work, enqueued in the caller's transaction. Handlers run at least once: make them idempotent. */
export interface Jobs {
  /** The id of the new job, or of the live one with the same controller, name and key. @throws UNIT_CLOSED */
  enqueue(unit: Unit, job: Job): Promise<JobId>;
  /** As `enqueue` of each, in fewer statements. Their ids, in the order of the jobs. */
  enqueueMany?(unit: Unit, jobs: readonly Job[]): Promise<readonly JobId[]>;
}
