/**
 * Attempts are logged (DD.7), and anybody can make one: a refusal is journalled at once, those of the same reason within
 * the next minute as one entry with their exact number. Each process counts its own. What a process had counted since
 * its last entry when it stops is in the operational log alone: less than a minute. @clause DD.7
 */
import type { Clock, ControllerId, Instant, Log, PreauError } from "@preau/kernel";

export const JOURNALLED_EVERY_MS = 60_000;

export interface CountedRefusal {
  readonly error: PreauError;
  /** Whose journal has it, where that is not the provider's controller. */
  readonly controller?: ControllerId;
  /** How many attempts this entry stands for. */
  readonly count: number;
  /** When the first of them came. */
  readonly since: Instant;
}

export interface RefusalCounterOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly record: (refused: CountedRefusal) => Promise<void>;
}

interface Tally {
  error: PreauError;
  readonly whose: Pick<CountedRefusal, "controller">;
  count: number;
  since: Instant;
  /** On the monotonic clock. */
  journalledAt: number;
  timer: NodeJS.Timeout | undefined;
}

/** Counts a refusal, and journals it when its reason had no entry within the last minute. @throws what `record` throws */
export function countRefusals({ clock, log, record }: RefusalCounterOptions) {
  const tallies = new Map<string, Tally>();

  const settle = async (tally: Tally) => {
    const { error, whose, count, since, journalledAt } = tally;
    clearTimeout(tally.timer);
    Object.assign(tally, { count: 0, journalledAt: clock.monotonic(), timer: undefined });
    try {
      await record({ error, ...whose, count, since });
    } catch (failure) {
      Object.assign(tally, { count: tally.count + count, since, journalledAt });
      throw failure;
    }
  };

  const settleLater = (tally: Tally) => {
    const late = () =>
      settle(tally).catch(() => log.warn("gar.refusalsNotJournalled", { count: tally.count }));
    tally.timer ??= setTimeout(() => void late(), JOURNALLED_EVERY_MS).unref();
  };

  return async (error: PreauError, controller?: ControllerId): Promise<void> => {
    const reason = String(error.detail.log?.["reason"] ?? "");
    log.info("gar.signInRefused", { code: error.code, reason });
    const key = [error.code, reason, error.clause, controller].join(" ");
    const tally = tallies.get(key) ?? newTally(error, controller === undefined ? {} : { controller });
    tallies.set(key, tally);
    if (tally.count === 0) tally.since = clock.now();
    tally.count += 1;
    if (clock.monotonic() - tally.journalledAt >= JOURNALLED_EVERY_MS) await settle(tally);
    else settleLater(tally);
  };

  function newTally(error: PreauError, whose: Tally["whose"]): Tally {
    return {
      error,
      whose,
      count: 0,
      since: clock.now(),
      journalledAt: Number.NEGATIVE_INFINITY,
      timer: undefined,
    };
  }
}
