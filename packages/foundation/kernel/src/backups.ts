/**
 * Backups, seen from an erasure: on which day does the last copy die, and who must be erased again after a restore.
 * @clause D12.3, DD.1
 */
import type { Instant } from "./clock.ts";
import type { ControllerId, ReceiptId } from "./ids.ts";
import type { Ground } from "./personal-data-source.ts";

export interface LastCopy {
  /** ISO day. */
  readonly date: string;
  /** `generations`: from backups that were seen; `agreement`: the agreement's own period, the latest that it allows. */
  readonly basis: "agreement" | "generations";
}

/** What is known of the backups of the stores of personal data. Reads them when it is asked: never inside a unit. */
export interface BackupCatalogue {
  /**
   * The day on which the last backup that may hold what was erased at that instant is gone, if the tool that made the
   * backups keeps to the agreement. Its basis is `agreement` where backups were seen that vouch for nothing: one that
   * should be gone is there, a file is not understood. Undefined when no backup store of that source is configured or
   * readable: the agreement's period then stands.
   */
  lastCopy(of: {
    readonly controller: ControllerId;
    readonly source: string;
    readonly erasedAt: Instant;
  }): Promise<LastCopy | undefined>;
}

/** What is remembered of one store's part of an erasure. */
export interface ReplayEntry {
  readonly receipt: ReceiptId;
  readonly controller: ControllerId;
  readonly source: string;
  /** The ground of the erasure: what a store keeps may depend on it. */
  readonly ground: Ground;
  /** What a plan gives as `creationMarks`. */
  readonly marks: readonly string[];
}

/**
 * The list of whom to erase again after a restore. It stands, with its key, outside every backup that it must survive.
 * An entry is an HMAC of a creation mark: personal data itself, and dropped after the last-copy day.
 */
export interface ReplayList {
  /**
   * Before the first deletion; the same twice is once. Throws when the list cannot be written: nothing may be erased
   * that a restore would bring back unseen.
   */
  remember(entry: ReplayEntry): Promise<void>;
  /** At closing: the day after which the entries are dropped. A later call counts. */
  settle(receipt: ReceiptId, lastCopy: string): Promise<void>;
  /** Drops what has a day, and is past it; how many entries. */
  dropBefore(day: string): Promise<number>;
  /** Sources that have entries of that controller. Throws when there is no list: without one nobody knows. */
  sources(controller: ControllerId): Promise<readonly string[]>;
  /** Which of these marks are listed for that controller, each with the ground of its latest entry. Throws likewise. */
  find(controller: ControllerId, marks: readonly string[]): Promise<ReadonlyMap<string, Ground>>;
}

/**
 * The mark by which a restored copy of one person's row is known again: its key and the time of its creation, as the
 * database writes them. A new account that was given the key of an erased one has another.
 */
export function creationMark(source: string, key: number | string, created: number | string): string {
  return `${source}|${key}|${created}`;
}
