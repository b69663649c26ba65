import { addHours, type Clock, type Instant, type Log } from "@preau/kernel";

export interface WatchOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Whose certificates, of which provider: for the line in the log. */
  readonly whose: "ours" | "theirs";
  readonly provider: string;
}

const DAY_MS = 86_400_000;
const WARN_HOURS = 30 * 24;

/** Looks, once a day at most, whether a certificate ends within a month, and says so in the log. */
export function certificateWatch({ clock, log, whose, provider }: WatchOptions) {
  let lookedAt = Number.NEGATIVE_INFINITY;
  return (endsAt: Instant): void => {
    if (clock.monotonic() - lookedAt < DAY_MS) return;
    lookedAt = clock.monotonic();
    if (endsAt < addHours(clock.now(), WARN_HOURS))
      log.warn("gar.certificateEnds", { whose, provider, endsAt });
  };
}
