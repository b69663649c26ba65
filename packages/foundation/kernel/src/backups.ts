/**
 * Backups, seen from an erasure: on which day does the last copy die, and who must be erased again after a restore.
 * @clause D12.3, DD.1
 */
import type { Instant } from "./clock.ts";
import type { ControllerId, ReceiptId } from "./ids.ts";
import type { Unit } from "./unit-of-work.ts";

export interface LastCopy {
  /** ISO day. */
  readonly date: string;
  /** `generations`: from backups that were seen; `agreement`: the agreement's own period, the latest that it allows. */
  readonly basis: "agreement" | "generations";
}

/** What is known of the backups of one store of personal data. */
export interface BackupCatalogue {
  /**
   * The day on which the last backup that may hold what was erased at that instant is gone, if the tool that made the
   * backups keeps to the agreement. Undefined when no backup store of that source is configured or readable: the
   * agreement's period then stands.
   */
  lastCopy(
    unit: Unit,
    of: { readonly controller: ControllerId; readonly source: string; readonly erasedAt: Instant },
  ): Promise<LastCopy | undefined>;
}

/**
 * The list of whom to erase again after a restore. It stands, with its key, outside every backup that it must survive.
 * An entry is an HMAC of a creation mark: personal data itself, and dropped after the last-copy day.
 */
export interface ReplayList {
  /**
   * Before the first deletion. `marks` are what a plan gives as `creationMarks`; the same twice is once. Throws when the
   * list cannot be written: nothing may be erased that a restore would bring back unseen.
   */
  remember(entry: {
    readonly receipt: ReceiptId;
    readonly source: string;
    readonly marks: readonly string[];
  }): Promise<void>;
  /** At closing: the day after which the entries are dropped. */
  settle(receipt: ReceiptId, lastCopy: string): Promise<void>;
  /** Drops what is past its day; how many entries. */
  dropBefore(day: string): Promise<number>;
}
