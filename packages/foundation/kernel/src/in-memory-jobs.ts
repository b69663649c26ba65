/** The in-memory reference of the jobs: a list, and a worker that runs when told. */
import type { Clock } from "./clock.ts";
import type { Ids, JobId } from "./ids.ts";
import { onCommit, onRollback } from "./in-memory-unit-of-work.ts";
import { NotYet } from "./not-yet.ts";
import type { JobDefinition } from "./plugin.ts";
import type { Job, Jobs } from "./unit-of-work.ts";

export interface InMemoryJob extends Job {
  readonly id: JobId;
  readonly attempt: number;
}

export interface InMemoryJobsOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  /** Handlers by name; a job without one goes to the dead letters. */
  readonly definitions?: readonly JobDefinition[];
}

export interface InMemoryJobs extends Jobs {
  /** Jobs that wait or run. */
  live(): readonly InMemoryJob[];
  /** Jobs that failed as often as they may. */
  dead(): readonly InMemoryJob[];
  /** Runs what is due, and what becomes due by running it, until nothing is. How many runs ended well. */
  drain(): Promise<number>;
}

const DEFAULT_ATTEMPTS = 10;
const DEFAULT_PRIORITY = 100;

interface Entry {
  job: InMemoryJob;
  committed: boolean;
}

/** Jobs in memory: by priority, then by due time, then in the order in which they came. */
export function inMemoryJobs(options: InMemoryJobsOptions): InMemoryJobs {
  const { clock, ids } = options;
  const definitions = new Map((options.definitions ?? []).map((each) => [each.name, each]));
  const live = new Set<Entry>();
  const dead: InMemoryJob[] = [];

  const nextDue = (): Entry | undefined =>
    [...live]
      .filter(({ job, committed }) => committed && (job.runAt === undefined || job.runAt <= clock.now()))
      .sort(
        (a, b) => priorityOf(a.job) - priorityOf(b.job) || compare(a.job.runAt ?? "", b.job.runAt ?? ""),
      )[0];

  const runOne = async (entry: Entry): Promise<boolean> => {
    const definition = definitions.get(entry.job.name);
    const attempt = entry.job.attempt + 1;
    entry.job = { ...entry.job, attempt };
    try {
      if (definition === undefined) throw new TypeError(`no handler for ${entry.job.name}`);
      const { id, attempt: _count, ...job } = entry.job;
      await definition.handler(job, { id, attempt, signal: new AbortController().signal });
      live.delete(entry);
      return true;
    } catch (error) {
      if (error instanceof NotYet) {
        entry.job = { ...entry.job, attempt: attempt - 1, runAt: error.until };
        return false;
      }
      if (attempt >= (definition === undefined ? 1 : (definition.attempts ?? DEFAULT_ATTEMPTS))) {
        live.delete(entry);
        dead.push(entry.job);
      }
      return false;
    }
  };

  return {
    enqueue: async (unit, job) => {
      const entry: Entry = { job: { ...job, id: ids.next("job"), attempt: 0 }, committed: false };
      onRollback(unit, () => void live.delete(entry));
      const twin = [...live].find((each) => job.key !== undefined && sameKey(each.job, job));
      if (twin !== undefined) return twin.job.id;
      live.add(entry);
      onCommit(unit, () => {
        entry.committed = true;
      });
      return entry.job.id;
    },
    live: () => [...live].map((entry) => entry.job),
    dead: () => [...dead],
    drain: async () => {
      let done = 0;
      for (let entry = nextDue(); entry !== undefined; entry = nextDue()) if (await runOne(entry)) done += 1;
      return done;
    },
  };
}

function sameKey(one: Job, other: Job): boolean {
  return one.controller === other.controller && one.name === other.name && one.key === other.key;
}

function priorityOf(job: Job): number {
  return job.priority ?? DEFAULT_PRIORITY;
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
