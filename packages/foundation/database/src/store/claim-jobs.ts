/**
 * Taking due jobs under a lease: by priority, then by due time. Priorities are walked one by one, so that each step is
 * one range of the index a name, however many jobs wait for a later day.
 */
import type { Instant } from "@preau/kernel";
import type { Knex } from "knex";
import type { Database, Dialect } from "../open-database.ts";
import { JOB_TABLE, type JobRow } from "./job-row.ts";

export interface Claim {
  /** Names that the worker has handlers for. */
  readonly names: readonly string[];
  readonly limit: number;
  readonly now: Instant;
  readonly lease: string;
  readonly until: Instant;
}

/** Marks up to `limit` due jobs as running under this lease, and returns them in their order. */
export async function claimJobs(
  transaction: Knex,
  dialect: Dialect,
  claim: Claim,
): Promise<readonly JobRow[]> {
  const claimed: JobRow[] = [];
  let priority = await nextPriority(transaction, claim.names, undefined);
  while (priority !== undefined && claimed.length < claim.limit) {
    const rest = { ...claim, limit: claim.limit - claimed.length };
    const take = dialect === "sqlite" ? takeWithUpdate : takeWithSkipLocked;
    claimed.push(...(await take(transaction, rest, priority)));
    if (claimed.length < claim.limit) priority = await nextPriority(transaction, claim.names, priority);
  }
  return claimed;
}

/** Is there anything to claim? Reads only: an idle worker takes no lock. */
export async function isAnyJobDue(
  { knex, dialect }: Pick<Database, "knex" | "dialect">,
  names: readonly string[],
  now: Instant,
): Promise<boolean> {
  const there = await namesAtHand(knex, dialect, names);
  if (there.length === 0) return false;
  for (
    let at = await nextPriority(knex, there, undefined);
    at !== undefined;
    at = await nextPriority(knex, there, at)
  ) {
    const due = await knex<JobRow>(JOB_TABLE)
      .where({ state: "ready", priority: at })
      .whereIn("name", [...there])
      .where("run_at", "<=", now)
      .first("id");
    if (due !== undefined) return true;
  }
  return false;
}

/**
 * Those of the names of which a job is ready, due or not: one step of the index a name, however many jobs there are. What a lane cannot run is
 * then never walked over to find what it can.
 */
export async function namesAtHand(
  knex: Knex,
  dialect: Dialect,
  names: readonly string[],
): Promise<readonly string[]> {
  const answer = (await knex.raw(NAMES_AT_HAND)) as unknown;
  const rows = (dialect === "sqlite" ? answer : (answer as readonly unknown[])[0]) as readonly {
    readonly name: string;
  }[];
  return rows.map(({ name }) => name).filter((name) => names.includes(name));
}

const NAMES_AT_HAND = `select name from (
  with recursive at_hand (name) as (
    select min(name) from ${JOB_TABLE} where state = 'ready'
    union all
    select (select min(j.name) from ${JOB_TABLE} j where j.state = 'ready' and j.name > at_hand.name)
    from at_hand where at_hand.name is not null
  ) select name from at_hand where name is not null
) as names`;

/** The first priority beyond that one of which a job of these names is ready: one step of the index a name. */
async function nextPriority(
  knex: Knex,
  names: readonly string[],
  after: number | undefined,
): Promise<number | undefined> {
  let first: number | undefined;
  for (const name of names) {
    const ready = knex<JobRow>(JOB_TABLE).where({ state: "ready", name });
    const query = after === undefined ? ready : ready.where("priority", ">", after);
    const row = (await query.min({ next: "priority" }).first()) as { next: number | null } | undefined;
    const next = row?.next ?? undefined;
    if (next !== undefined && (first === undefined || next < first)) first = next;
  }
  return first;
}

function dueJobs(knex: Knex, { names, now }: Pick<Claim, "names" | "now">, priority: number) {
  return knex<JobRow>(JOB_TABLE)
    .where({ state: "ready", priority })
    .where("run_at", "<=", now)
    .whereIn("name", [...names])
    .orderBy([{ column: "run_at" }, { column: "id" }]);
}

/** MySQL: rows that another worker is taking are stepped over, not waited for. */
async function takeWithSkipLocked(
  transaction: Knex,
  claim: Claim,
  priority: number,
): Promise<readonly JobRow[]> {
  const rows = await dueJobs(transaction, claim, priority)
    .limit(claim.limit)
    .forUpdate()
    .skipLocked()
    .select("*");
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  await transaction<JobRow>(JOB_TABLE).whereIn("id", ids).update(leased(transaction, claim));
  return rows.map((row) => ({ ...row, attempt: row.attempt + 1, lease: claim.lease }));
}

/** SQLite has one writer: one guarded UPDATE takes the rows and returns them, in no promised order. */
async function takeWithUpdate(transaction: Knex, claim: Claim, priority: number): Promise<readonly JobRow[]> {
  const due = dueJobs(transaction, claim, priority).limit(claim.limit).select("id");
  const rows: JobRow[] = await transaction<JobRow>(JOB_TABLE)
    .whereIn("id", due)
    .where({ state: "ready" })
    .update(leased(transaction, claim))
    .returning("*");
  return rows.sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1));
}

function leased(knex: Knex, { lease, until }: Claim) {
  return {
    state: "running" as const,
    lease,
    lease_until: until,
    attempt: knex.raw("attempt + 1") as unknown as number,
  };
}

function orderOf({ run_at, id }: JobRow): string {
  return `${run_at} ${id}`;
}
