/** Waiting before another try: doubling (or more), bounded, with chance, so that two who met once do not meet again. */
import { randomInt } from "node:crypto";

export interface Backoff {
  /** Milliseconds before the second try. */
  readonly first: number;
  /** By how much each wait exceeds the one before. */
  readonly factor: number;
  /** Milliseconds at most. */
  readonly most: number;
}

/** A number from 0 to below 1. */
export type Chance = () => number;

/** The system's chance: waits between tries are no part of any result. */
export const systemChance: Chance = () => randomInt(2 ** 32) / 2 ** 32;

/** Milliseconds to wait after that many failed tries (1 is the first): between half of the bound and the bound. */
export function waitAfter(
  tries: number,
  { first, factor, most }: Backoff,
  chance: Chance = systemChance,
): number {
  const bound = Math.min(most, first * factor ** (tries - 1));
  return Math.round(bound / 2 + (bound / 2) * chance());
}

/** Waits; ends early, without error, when the signal is aborted. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve();
      return;
    }
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal?.addEventListener("abort", end);
  });
}
