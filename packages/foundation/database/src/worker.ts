/**
 * The worker: claims due jobs in batches under a lease, runs them side by side, and writes their ends together.
 *
 * One loop, one transaction a turn: settle what has ended, renew the leases, take back what others let lapse, claim.
 * Any number of workers in any number of processes may run on one database. A worker that dies loses its leases and
 * nothing else; one that comes back too late finds its lease gone and changes nothing. Handlers run at least once.
 */
import {
  addMillis,
  type Clock,
  type Ids,
  type Instant,
  isFault,
  type JobDefinition,
  type JobId,
  type Log,
  silentLog,
} from "@preau/kernel";
import { type Backoff, type Chance, pause, systemChance, waitAfter } from "./backoff.ts";
import { makeBell } from "./bell.ts";
import { type Lane, lanesOf } from "./lanes.ts";
import type { Database } from "./open-database.ts";
import { failure, type Held, LEASE_LOST, RETRY_BACKOFF, runJob, STOPPED } from "./run-job.ts";
import { claimJobs, isAnyJobDue, namesAtHand } from "./store/claim-jobs.ts";
import type { JobRow } from "./store/job-row.ts";
import { type Ending, expiredJobs, renewLeases, type Settled, settleJobs } from "./store/settle-jobs.ts";
import { inBackground } from "./turnstile.ts";
import { inUnit, makeUnitOfWork } from "./unit-of-work.ts";

export interface WorkerOptions {
  readonly database: Database;
  /** The handlers. A job of another name is left to other workers. */
  readonly handlers: readonly JobDefinition[];
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log?: Log;
  /** Jobs claimed by one statement at most; 20 by default. */
  readonly batch?: number;
  /** Milliseconds until a silent worker's jobs are taken back; 30,000 by default. Renewed at a third of it. */
  readonly leaseMs?: number;
  /** Jobs that run side by side at most; `batch` by default. */
  readonly concurrency?: number;
  /** Milliseconds between two looks at an idle queue; 500 by default. */
  readonly pollMs?: number;
  /** Milliseconds that `stop` leaves to running handlers; 10,000 by default. */
  readonly graceMs?: number;
  /** Waits between the tries of a failing job. */
  readonly backoff?: Backoff;
  readonly chance?: Chance;
}

export interface Worker {
  /** Begins to work in the background. */
  start(): void;
  /** Looks at the queue at once instead of at the next poll. */
  wake(): void;
  /** Claims no more, tells running handlers to end, gives back what they leave, and waits for them within the grace. */
  stop(): Promise<void>;
  /** Without `start`: works until nothing is due; how many jobs ended well, and how many died. */
  drain(): Promise<{ readonly done: number; readonly dead: number }>;
}

/** Milliseconds for other runs to end too, so that their ends share a transaction; for a crowd of light ones. */
const LINGER_MS = 3;
const CROWD_LINGER_MS = 50;
/** Milliseconds between two searches for lapsed leases, at most: others' leases may be shorter than ours. */
const MOST_REAP_MS = 5_000;
const OUTAGE_BACKOFF: Backoff = { first: 200, factor: 2, most: 10_000 };

/** A worker over one database. */
export function makeWorker(options: WorkerOptions): Worker {
  const { database, clock, ids, log = silentLog, batch = 20, leaseMs = 30_000, pollMs = 500 } = options;
  const { concurrency = batch, graceMs = 10_000, backoff = RETRY_BACKOFF, chance = systemChance } = options;
  const rules = { clock, backoff, chance };
  const definitions = new Map(options.handlers.map((each) => [each.name, each]));
  if (definitions.size < options.handlers.length) throw new TypeError("two handlers bear one name");
  const names = [...definitions.keys()];
  const lanes = lanesOf(options.handlers, { places: concurrency, batch });
  const units = makeUnitOfWork(database, { log });
  const bell = makeBell();

  const held = new Map<Held, { until: Instant; readonly lane: Lane }>();
  let ended: (Held & { readonly ending: Ending })[] = [];
  let renewAt = 0;
  let reapAt = 0;
  let stopping = new AbortController();
  let loop: Promise<void> | undefined;
  const total = { done: 0, dead: 0 };

  const definitionOf = (name: string): JobDefinition => {
    const definition = definitions.get(name);
    if (definition === undefined) throw new TypeError(`no handler for ${name}`);
    return definition;
  };

  const heldIn = (lane: Lane): number => {
    let count = 0;
    for (const each of held.values()) if (each.lane === lane) count += 1;
    return count;
  };

  /** The lanes that may take more, and how many. */
  const freeLanes = () =>
    lanes
      .map((lane) => ({ lane, free: Math.min(lane.batch, lane.places - heldIn(lane)) }))
      .filter(({ free }) => free > 0);

  /** Of every lane with room: by priority within it. */
  const claimAll = async (
    transaction: ReturnType<typeof inUnit>,
    free: ReturnType<typeof freeLanes>,
    rest: { readonly now: Instant; readonly until: Instant },
  ) => {
    const claimed: { readonly row: JobRow; readonly lane: Lane }[] = [];
    for (const { lane, free: limit } of free) {
      const isOne = lane.names.length === 1;
      const there = isOne ? lane.names : await namesAtHand(transaction, database.dialect, lane.names);
      const claim = { ...rest, names: there, limit, lease: ids.next("lea") };
      const rows = there.length === 0 ? [] : await claimJobs(transaction, database.dialect, claim);
      claimed.push(...rows.map((row) => ({ row, lane })));
    }
    return claimed;
  };

  /** One turn; returns how many jobs it claimed. */
  const turn = async (claiming: boolean): Promise<number> => {
    const elapsed = clock.monotonic();
    const renewing = held.size > 0 && elapsed >= renewAt;
    const reaping = claiming && elapsed >= reapAt;
    const free = claiming ? freeLanes() : [];
    const settling = [...ended];
    const busy = settling.length > 0 || renewing || reaping;
    if (!busy) {
      const wanted = free.flatMap(({ lane }) => lane.names);
      if (wanted.length === 0 || !(await isAnyJobDue(database, wanted, clock.now()))) return 0;
    }

    const now = clock.now();
    const until = addMillis(now, leaseMs);
    const holding = [...held.keys()];
    const result = await units.transaction(async (unit) => {
      const transaction = inUnit(unit);
      const settled = await settleJobs(transaction, settling, now);
      const kept = renewing ? await renewLeases(transaction, holding, until) : undefined;
      const reaped = reaping ? await reap(transaction, now) : { dead: 0 };
      const claimed = await claimAll(transaction, free, { now, until });
      return { settled, kept, reaped, claimed };
    });

    ended = ended.slice(settling.length);
    report(result.settled, result.reaped.dead);
    if (renewing) {
      renewAt = elapsed + leaseMs / 3;
      for (const each of holding) keepOrLose(each, result.kept, until);
    }
    if (reaping) reapAt = elapsed + Math.min(leaseMs / 3, MOST_REAP_MS);
    if (held.size === 0) renewAt = elapsed + leaseMs / 3;
    for (const { row, lane } of result.claimed) begin(row, lane, until);
    return result.claimed.length;
  };

  const reap = async (
    transaction: ReturnType<typeof inUnit>,
    now: Instant,
  ): Promise<Pick<Settled, "dead">> => {
    const lapsed = await expiredJobs(transaction, names, now, database.dialect === "mysql");
    const endings = lapsed.map(({ id, lease, name, attempt }) => ({
      id,
      lease,
      ending: failure(attempt, definitionOf(name), "JOB_LEASE_LOST", rules),
    }));
    return settleJobs(transaction, endings, now);
  };

  const report = (settled: Settled, reapedDead: number): void => {
    const dead = settled.dead + reapedDead;
    total.done += settled.done;
    total.dead += dead;
    if (settled.fenced > 0) log.warn("worker.cameTooLate", { jobs: settled.fenced });
    if (dead > 0) log.error("worker.jobsDied", { jobs: dead });
  };

  const begin = (row: JobRow, lane: Lane, until: Instant): void => {
    const job: Held = { id: row.id, lease: row.lease ?? "", abort: new AbortController() };
    held.set(job, { until, lane });
    if (stopping.signal.aborted) job.abort.abort(STOPPED);
    void runJob(row, definitionOf(row.name), job, rules).then((ending) => {
      held.delete(job);
      ended.push({ ...job, ending });
      bell.ring();
    });
  };

  const keepOrLose = (job: Held, kept: ReadonlySet<JobId> | undefined, until: Instant): void => {
    const state = held.get(job);
    if (state === undefined) return;
    if (kept?.has(job.id) === true) state.until = until;
    else job.abort.abort(LEASE_LOST);
  };

  /** Without the database no lease can be renewed: handlers must not outlive theirs. */
  const loseLapsed = (): void => {
    const now = clock.now();
    for (const [job, { until }] of held) if (until <= now) job.abort.abort(LEASE_LOST);
  };

  /** Light jobs of a lane more than half full: until a quarter of its places has ended, their ends are worth waiting for. */
  const isCrowd = (): boolean =>
    lanes.some((lane) => lane.isLight && heldIn(lane) * 2 > lane.places && ended.length * 4 < lane.places);

  /** After a ring, a moment for others to end too. */
  const rest = async (milliseconds: number): Promise<void> => {
    await bell.wait(milliseconds);
    await breathe();
    if (held.size === 0 || ended.length === 0) return;
    await pause(LINGER_MS);
    if (isCrowd()) await crowd();
  };

  /** Until enough of a crowd has ended, or for a moment. */
  const crowd = async (): Promise<void> => {
    const over = new AbortController();
    void pause(CROWD_LINGER_MS).then(() => {
      over.abort();
      bell.ring();
    });
    while (!over.signal.aborted && isCrowd()) await bell.wait(CROWD_LINGER_MS);
  };

  const isFull = (): boolean => freeLanes().length === 0;

  const workUntilStopped = async (): Promise<void> => {
    let outages = 0;
    while (!stopping.signal.aborted) {
      try {
        const claimed = await turn(true);
        outages = 0;
        await (claimed === 0 || isFull() ? rest(Math.min(pollMs, leaseMs / 3)) : breathe());
      } catch (error) {
        outages += 1;
        log.error("worker.turnFailed", { code: isFault(error) ? error.code : "UNKNOWN", outages });
        loseLapsed();
        await pause(waitAfter(outages, OUTAGE_BACKOFF, chance), stopping.signal);
      }
    }
  };

  /** Settles until every handler has ended, or the grace is over. */
  const finish = async (): Promise<void> => {
    const end = clock.monotonic() + graceMs;
    for (const job of held.keys()) job.abort.abort(STOPPED);
    while (held.size > 0 && clock.monotonic() < end) await rest(Math.min(100, graceMs));
    if (held.size > 0) log.warn("worker.leftBehind", { jobs: held.size });
    await turn(false);
  };

  const workUntilNothingIsDue = async () => {
    const before = { ...total };
    for (;;) {
      const claimed = await turn(true);
      if (claimed === 0 && held.size === 0 && ended.length === 0) break;
      await (claimed === 0 || isFull() ? rest(Math.min(pollMs, leaseMs / 3)) : breathe());
    }
    return { done: total.done - before.done, dead: total.dead - before.dead };
  };

  return {
    start: () => {
      if (loop !== undefined) throw new TypeError("the worker has started already");
      stopping = new AbortController();
      loop = inBackground(workUntilStopped);
    },
    wake: () => bell.ring(),
    stop: async () => {
      if (loop === undefined) return;
      stopping.abort();
      bell.ring();
      await loop;
      loop = undefined;
      await finish();
    },
    drain: async () => {
      if (loop !== undefined) throw new TypeError("the worker has started already");
      return inBackground(workUntilNothingIsDue);
    },
  };
}

/** Lets what waits outside have its turn: SQLite's driver is synchronous, and promises alone never let go of the process. */
function breathe(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
