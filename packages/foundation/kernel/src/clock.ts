/**
 * Time as the product stores and counts it. An instant is UTC text with milliseconds, 24 characters
 * (`2026-11-23T08:15:00.000Z`): it sorts as text and is the same bytes in SQLite and MariaDB.
 * Hours are elapsed time on instants; days, months and years belong to the calendar.
 */
import { fault } from "./errors.ts";

declare const instantBrand: unique symbol;
/** UTC, ISO 8601, milliseconds, 24 characters. */
export type Instant = string & { readonly [instantBrand]: true };

/** The only source of time. Domain code receives one; nothing else asks the machine. */
export interface Clock {
  now(): Instant;
  /** Milliseconds that never run backwards; for durations, not for dates. */
  monotonic(): number;
}

const SHAPE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/**
 * An instant from text of that very shape, epoch milliseconds, or a Date.
 * @throws CLOCK_BAD_INSTANT
 */
export function instant(value: string | number | Date): Instant {
  if (typeof value === "string") {
    const time = SHAPE.test(value) ? Date.parse(value) : Number.NaN;
    // Date.parse takes the 30th of February for the 2nd of March, and hour 24 for the next day.
    if (Number.isNaN(time) || new Date(time).toISOString() !== value) throw fault("CLOCK_BAD_INSTANT");
    return value as Instant;
  }
  const date = typeof value === "number" ? new Date(value) : value;
  if (Number.isNaN(date.getTime())) throw fault("CLOCK_BAD_INSTANT");
  const text = date.toISOString();
  if (text.length !== 24) throw fault("CLOCK_BAD_INSTANT"); // years beyond 9999 do not sort
  return text as Instant;
}

/** Epoch milliseconds of an instant. */
export function millisOf(when: Instant): number {
  return Date.parse(when);
}

/** The instant that many elapsed hours later (D12.2's 24, D10.1b's 48): no daylight-saving night adds or removes one. */
export function addHours(when: Instant, hours: number): Instant {
  return instant(millisOf(when) + hours * 3_600_000);
}

/** The instant that many milliseconds later. */
export function addMillis(when: Instant, milliseconds: number): Instant {
  return instant(millisOf(when) + milliseconds);
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => instant(Date.now()),
  monotonic: () => performance.now(),
};

export interface ManualClock extends Clock {
  /** Moves both hands forward. */
  advance(milliseconds: number): void;
  /** Sets the date alone, even backwards: a clock that jumps. */
  set(when: Instant): void;
}

/** The in-memory reference: a clock that stands still until told. */
export function manualClock(start: Instant = instant("2026-11-23T08:00:00.000Z")): ManualClock {
  let now = millisOf(start);
  let elapsed = 0;
  return {
    now: () => instant(now),
    monotonic: () => elapsed,
    advance: (milliseconds) => {
      now += milliseconds;
      elapsed += Math.max(0, milliseconds);
    },
    set: (when) => {
      now = millisOf(when);
    },
  };
}
