/**
 * Brevo's own limits, `x-sib-ratelimit-remaining` and `-reset` (seconds until there is room again): one for all calls of the process.
 * Whoever would come too early waits; a long wait is the queue's, and uses up no try.
 */
import { setTimeout as wait } from "node:timers/promises";
import { addMillis, type Clock, type Instant, millisOf, NotYet } from "@preau/kernel";

export interface RateLimit {
  /** Reads what an answer says of the limit. */
  note(status: number, headers: Headers): void;
  /** @throws NotYet where there is no room for longer than a call may wait */
  wait(signal?: AbortSignal): Promise<void>;
}

/** Milliseconds that a call waits by itself. */
const MOST_WAIT_MS = 3_000;
const MOST_PAUSE_S = 3_600;
const TOO_MANY = 429;

export function makeRateLimit(clock: Clock): RateLimit {
  let until: Instant | undefined;
  const left = () => (until === undefined ? 0 : millisOf(until) - millisOf(clock.now()));

  return {
    note: (status, headers) => {
      const remaining = numberIn(headers.get("x-sib-ratelimit-remaining"));
      const reset = numberIn(headers.get("x-sib-ratelimit-reset")) ?? (status === TOO_MANY ? 1 : undefined);
      if (reset === undefined || (status !== TOO_MANY && remaining !== 0)) return;
      const next = addMillis(clock.now(), Math.min(reset, MOST_PAUSE_S) * 1_000);
      if (until === undefined || next > until) until = next;
    },
    wait: async (signal) => {
      for (let rest = left(); rest > 0; rest = left()) {
        if (rest > MOST_WAIT_MS && until !== undefined) throw new NotYet(until);
        await wait(rest, undefined, signal === undefined ? {} : { signal });
      }
    },
  };
}

/** Seconds, or calls; undefined for what is no number. */
function numberIn(text: string | null): number | undefined {
  return text !== null && /^\d{1,9}(?:\.\d{1,3})?$/.test(text.trim()) ? Number(text) : undefined;
}
