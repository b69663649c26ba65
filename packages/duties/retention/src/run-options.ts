/** What a run is given, and how it may come out. */
import type { ErasurePlan, ReceiptId, RegisteredSource } from "@preau/kernel";

export interface RunOptions {
  readonly sources: ReadonlyMap<string, RegisteredSource>;
  readonly leaveUnknown?: boolean;
  /** Plans made already for exactly these persons; made now otherwise. */
  readonly plans?: readonly ErasurePlan[];
  readonly signal?: AbortSignal;
  /** Called after each committed step: for progress on a terminal. */
  readonly onStep?: (store: string, table: string) => void;
  /** Statements sent to the stores so far, when somebody counts them. */
  readonly statements?: () => number;
}

export interface StoreFailure {
  readonly store: string;
  readonly code: string;
  readonly cause: unknown;
}

export type RunOutcome =
  | { readonly closed: true; readonly receipt: ReceiptId }
  /** A store failed: the receipt stays open, and running again goes on where it stopped. */
  | {
      readonly closed: false;
      readonly failed: readonly Pick<StoreFailure, "store" | "code">[];
      /** The last failure's. */
      readonly cause: unknown;
    };

/** The code of whatever was thrown; `UNEXPECTED` when it has none. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return "UNEXPECTED";
}
