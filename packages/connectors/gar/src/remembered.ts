/**
 * What a provider publishes (metadata, keys), and how long it is believed: read at its first use and again every hour. Where
 * that fails, what was read before stays in force while it may, and nobody is asked again within the minute: a source that is
 * down costs one sign-in a minute its wait, not each. Durations are on the monotonic clock: a date that jumps renews nothing.
 */
import type { Clock, Log } from "@preau/kernel";

export interface RememberedOptions<T> {
  readonly clock: Clock;
  readonly log: Log;
  readonly read: () => Promise<T>;
  /** May what was read that long ago (ms) still be used, while it cannot be read again? */
  readonly mayBeKept: (value: T, ageMs: number) => boolean;
}

export interface Remembered<T> {
  /** @throws what `read` throws, or threw within the last minute */
  readonly current: () => Promise<T>;
  /** Reads again, once a minute at most: a message names a key that is not among the known ones. */
  readonly refreshed: () => Promise<T>;
}

const FRESH_MS = 3_600_000;
const ASKED_EVERY_MS = 60_000;

export function remembered<T>({ clock, log, read, mayBeKept }: RememberedOptions<T>): Remembered<T> {
  let known: { readonly value: T; readonly readAt: number } | undefined;
  let failed: { readonly error: unknown; readonly at: number } | undefined;
  let reading: Promise<T> | undefined;
  let refreshedAt = Number.NEGATIVE_INFINITY;

  const kept = (withinMs = Number.POSITIVE_INFINITY) => {
    if (known === undefined) return undefined;
    const age = clock.monotonic() - known.readAt;
    return age < withinMs && mayBeKept(known.value, age) ? known : undefined;
  };
  const readAgain = async () => {
    try {
      const value = await read();
      known = { value, readAt: clock.monotonic() };
      failed = undefined;
      return value;
    } catch (error) {
      failed = { error, at: clock.monotonic() };
      const last = kept();
      if (last === undefined) throw error;
      log.warn("gar.metadataKept", { reason: "the source cannot be read" });
      return last.value;
    }
  };
  const readOnce = () => {
    reading ??= readAgain().finally(() => {
      reading = undefined;
    });
    return reading;
  };
  const current = async (): Promise<T> => {
    const fresh = kept(FRESH_MS);
    if (fresh !== undefined) return fresh.value;
    if (reading !== undefined || failed === undefined || clock.monotonic() - failed.at >= ASKED_EVERY_MS)
      return readOnce();
    const last = kept();
    if (last === undefined) throw failed.error;
    return last.value;
  };
  return {
    current,
    refreshed: () => {
      if (reading === undefined && clock.monotonic() - refreshedAt < ASKED_EVERY_MS) return current();
      refreshedAt = clock.monotonic();
      return readOnce();
    },
  };
}
