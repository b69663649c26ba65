/**
 * Attempts are logged (DD.7), and anybody can make one: the first of a kind is journalled at once, those of the same kind
 * within the next minute as one entry with their exact number, so that a flood does not fill the journal. Nobody is
 * named: who tried is not known, and whether the address has an account is not said.
 */
import type { Clock, Instant, Journal, Log, UnitOfWork } from "@preau/kernel";
import { PUBLISHER } from "./account.ts";

const JOURNALLED_EVERY_MS = 60_000;

/** What failed: a word of this list is all that is kept. */
type AttemptReason =
  | "password"
  | "factor"
  | "recoveryCode"
  | "waiting"
  | "link"
  | "token"
  | "recoveryAsked"
  | "provider"
  | "network";

export interface AttemptCounter {
  /** Counts one, and journals it when its reason had no entry within the last minute. */
  count(reason: AttemptReason): Promise<void>;
  /** Journals what is counted and not yet journalled: before the process ends. */
  settle(): Promise<void>;
}

declare module "@preau/kernel" {
  interface Ports {
    /** What failed at the doors of this process. */
    readonly attempts: AttemptCounter;
  }
}

interface Tally {
  count: number;
  since: Instant;
  /** On the monotonic clock. */
  journalledAt: number;
  timer: NodeJS.Timeout | undefined;
}

export interface AttemptCounterPorts {
  readonly clock: Clock;
  readonly log: Log;
  readonly unitOfWork: UnitOfWork;
  readonly journal: Journal;
}

/** The counter of a process. @clause DD.7 */
export function countAttempts(ports: AttemptCounterPorts): AttemptCounter {
  const { clock, log } = ports;
  const tallies = new Map<AttemptReason, Tally>();

  const settle = async (reason: AttemptReason, tally: Tally) => {
    const { count, since, journalledAt } = tally;
    clearTimeout(tally.timer);
    Object.assign(tally, { count: 0, journalledAt: clock.monotonic(), timer: undefined });
    if (count === 0) return;
    try {
      await recordAttempts(ports, reason, count, since);
    } catch (failure) {
      Object.assign(tally, { count: tally.count + count, since, journalledAt });
      throw failure;
    }
  };

  return {
    count: async (reason) => {
      log.info("accounts.signInRefused", { reason });
      const now = clock.now();
      const tally = tallies.get(reason) ?? {
        count: 0,
        since: now,
        journalledAt: Number.NEGATIVE_INFINITY,
        timer: undefined,
      };
      tallies.set(reason, tally);
      if (tally.count === 0) tally.since = now;
      tally.count += 1;
      if (clock.monotonic() - tally.journalledAt >= JOURNALLED_EVERY_MS) {
        await settle(reason, tally);
        return;
      }
      const late = () =>
        settle(reason, tally).catch(() => log.warn("accounts.attemptsNotJournalled", { count: tally.count }));
      tally.timer ??= setTimeout(() => void late(), JOURNALLED_EVERY_MS).unref();
    },
    settle: async () => {
      for (const [reason, tally] of tallies) await settle(reason, tally);
    },
  };
}

async function recordAttempts(
  { unitOfWork, journal }: AttemptCounterPorts,
  reason: AttemptReason,
  count: number,
  since: Instant,
): Promise<void> {
  await unitOfWork.transaction((unit) =>
    journal.record(unit, {
      log: "activity",
      type: "accounts.signInRefused",
      clause: "DD.7",
      controller: PUBLISHER,
      actor: { role: "system" },
      payload: { reason, count, ...(count === 1 ? {} : { since }) },
    }),
  );
}
