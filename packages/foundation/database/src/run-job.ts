/** One run of one job, and what its end means: done, again later, dead, or given back. */
import { addMillis, type Clock, isFault, type JobDefinition, type JobId, NotYet } from "@preau/kernel";
import { type Backoff, type Chance, waitAfter } from "./backoff.ts";
import { type JobRow, jobOf } from "./store/job-row.ts";
import type { Ending } from "./store/settle-jobs.ts";

/** A job in the hands of this worker. */
export interface Held {
  readonly id: JobId;
  readonly lease: string;
  readonly abort: AbortController;
}

/** Waits between tries: 2 s, 8 s, 32 s, 2 min, 9 min, 34 min, then 2 h: ten tries span about seven hours. */
export const RETRY_BACKOFF: Backoff = { first: 2_000, factor: 4, most: 7_200_000 };
const DEFAULT_ATTEMPTS = 10;

/** Why a running job is told to end. */
export const STOPPED = "the worker stops";
export const LEASE_LOST = "the lease is lost";

export interface RunRules {
  readonly clock: Clock;
  readonly backoff: Backoff;
  readonly chance: Chance;
}

/** Runs the handler once; never throws. */
export async function runJob(
  row: JobRow,
  definition: JobDefinition,
  held: Held,
  rules: RunRules,
): Promise<Ending> {
  try {
    await definition.handler(jobOf(row), { id: row.id, attempt: row.attempt, signal: held.abort.signal });
    return { kind: "done" };
  } catch (error) {
    if (error instanceof NotYet) return { kind: "released", runAt: error.until };
    if (held.abort.signal.reason === STOPPED) return { kind: "released", runAt: rules.clock.now() };
    return failure(row.attempt, definition, codeOf(error), rules);
  }
}

/** What follows the failure of that attempt: another try, or the dead letters. */
export function failure(
  attempt: number,
  definition: JobDefinition,
  code: string,
  { clock, backoff, chance }: RunRules,
): Ending {
  if (attempt >= (definition.attempts ?? DEFAULT_ATTEMPTS)) return { kind: "dead", code };
  return { kind: "again", code, runAt: addMillis(clock.now(), waitAfter(attempt, backoff, chance)) };
}

/** The error's code or class: its text may hold personal data and is not kept. */
function codeOf(error: unknown): string {
  if (isFault(error)) return error.code;
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  for (const word of [code, name])
    if (typeof word === "string" && /^[A-Za-z][A-Za-z0-9_]{0,63}$/.test(word)) return word;
  return "UNKNOWN";
}
