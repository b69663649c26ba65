/** What becomes of jobs that ran. Every write names the lease: when it is no longer theirs, nothing is written. */
import type { Instant, JobId } from "@preau/kernel";
import type { Knex } from "knex";
import { JOB_TABLE, type JobRow } from "./job-row.ts";

export interface Lease {
  readonly id: JobId;
  readonly lease: string;
}

/** How a run ended. `released`: it was asked to stop, and the try does not count. */
export type Ending =
  | { readonly kind: "done" }
  | { readonly kind: "again"; readonly runAt: Instant; readonly code: string }
  | { readonly kind: "dead"; readonly code: string }
  | { readonly kind: "released"; readonly runAt: Instant };

export interface Settled {
  readonly done: number;
  readonly dead: number;
  /** Runs whose lease had been lost: somebody else has the job. */
  readonly fenced: number;
}

const FREE = { lease: null, lease_until: null } as const;

/** Writes the endings of runs. */
export async function settleJobs(
  transaction: Knex,
  ended: readonly (Lease & { readonly ending: Ending })[],
  now: Instant,
): Promise<Settled> {
  let [done, dead, fenced] = [0, 0, 0];
  const doneByLease = new Map<string, JobId[]>();
  for (const { id, lease, ending } of ended) {
    if (ending.kind === "done") {
      doneByLease.set(lease, [...(doneByLease.get(lease) ?? []), id]);
    } else if (ending.kind === "dead") {
      const end = await bury(transaction, { id, lease }, ending.code, now);
      if (end === "dead") dead += 1;
      else if (end === "fenced") fenced += 1;
    } else {
      fenced += 1 - (await giveBack(transaction, { id, lease }, ending));
    }
  }
  for (const [lease, ids] of doneByLease) {
    const held = () => transaction<JobRow>(JOB_TABLE).whereIn("id", ids).where({ lease });
    const ending = await held().where({ again: 0 }).delete();
    const again = ending === ids.length ? 0 : await held().update(afresh(now));
    done += ending + again;
    fenced += ids.length - ending - again;
  }
  return { done, dead, fenced };
}

/** Running jobs whose lease has ended, of these names; locked, those that another worker looks at left out on MySQL. */
export async function expiredJobs(
  transaction: Knex,
  names: readonly string[],
  now: Instant,
  locking: boolean,
): Promise<readonly (Lease & Pick<JobRow, "name" | "attempt">)[]> {
  const query = transaction<JobRow>(JOB_TABLE)
    .where({ state: "running" })
    .where("lease_until", "<", now)
    .whereIn("name", [...names])
    .select("id", "name", "attempt", "lease");
  const rows = await (locking ? query.forUpdate().skipLocked() : query);
  return rows.map((row) => ({ ...row, lease: row.lease ?? "" }));
}

/** Moves the end of these leases; returns the ids that are still theirs. */
export async function renewLeases(
  transaction: Knex,
  held: readonly Lease[],
  until: Instant,
): Promise<ReadonlySet<JobId>> {
  const leases = [...new Set(held.map(({ lease }) => lease))];
  const running = () => transaction<JobRow>(JOB_TABLE).where({ state: "running" }).whereIn("lease", leases);
  await running().update({ lease_until: until });
  return new Set(await running().pluck("id"));
}

function afresh(now: Instant) {
  return { ...FREE, state: "ready" as const, again: 0, attempt: 0, run_at: now };
}

function giveBack(
  transaction: Knex,
  { id, lease }: Lease,
  ending: Exclude<Ending, { kind: "done" | "dead" }>,
): Promise<number> {
  const attempt = transaction.raw("attempt - ?", [ending.kind === "released" ? 1 : 0]) as unknown as number;
  const code = ending.kind === "again" ? { last_code: ending.code } : {};
  return transaction<JobRow>(JOB_TABLE)
    .where({ id, lease })
    .update({ ...FREE, ...code, state: "ready", again: 0, run_at: ending.runAt, attempt });
}

/** The dead letters; but a job that was wanted again while it ran starts afresh, or that wish would be lost. */
async function bury(transaction: Knex, { id, lease }: Lease, code: string, now: Instant) {
  const held = () => transaction<JobRow>(JOB_TABLE).where({ id, lease });
  const dead = await held()
    .where({ again: 0 })
    .update({ ...FREE, state: "dead", live: null, last_code: code, run_at: now });
  if (dead === 1) return "dead";
  return (await held().update({ ...afresh(now), last_code: code })) === 1 ? "afresh" : "fenced";
}
