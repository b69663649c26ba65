/**
 * What a receipt says, `preau.receipt/1`. It is built here alone, and never claims more than was verified: its verdict is
 * the worst of its parts, whatever was not covered makes it UNKNOWN, and a store passes only after a second look that
 * looked somewhere and found nothing. @clause D12.2
 */
import {
  type Ground,
  type Instant,
  type KeptRows,
  type LookAgainReport,
  type NotCovered,
  overallVerdict,
  type ReceiptId,
  type TableCount,
  type Verdict,
} from "@preau/kernel";
import { fault } from "./errors.ts";

/** How one store came out. */
export interface StoreResult {
  readonly store: string;
  readonly verdict: Verdict;
  /** PENDING: the last instant or day at which it is to be done. */
  readonly until?: string;
  /** FAILED, UNKNOWN, PENDING: the reason, without a person's data. */
  readonly why?: string;
  readonly remedy?: string;
  readonly tables: readonly TableCount[];
  /** The independent second look; a PASS needs one. */
  readonly lookAgain?: Pick<LookAgainReport, "referenceColumns" | "textColumns" | "files" | "hits">;
}

/** Said before the first deletion. */
export interface ReceiptOpening {
  readonly ground: Ground;
  readonly clause: string;
  readonly dueAt: Instant;
  /** `sha256:…` of the agreement. */
  readonly agreement: string;
  /** Stores that the run is going to erase from. One that gives no result in the end is UNKNOWN. */
  readonly stores: readonly string[];
  /** The receipt that this one follows: a store was PENDING there, and has been looked at again. */
  readonly follows?: ReceiptId;
}

/** Said after the second look. */
export interface ReceiptClosing {
  readonly stores: readonly StoreResult[];
  readonly kept: readonly KeptRows[];
  readonly notCovered: readonly NotCovered[];
  /** The day on which the last backup copy is gone. */
  readonly lastCopy: { readonly date: string; readonly basis: "agreement" | "generations" };
  readonly statements: number;
  readonly ms: number;
}

export interface Receipt extends Omit<ReceiptOpening, "stores">, ReceiptClosing {
  readonly schema: "preau.receipt/1";
  readonly id: ReceiptId;
  readonly verdict: Verdict;
  readonly openedAt: Instant;
  readonly closedAt: Instant;
}

/**
 * The receipt of a run.
 * @throws JOURNAL_RECEIPT_OVERCLAIMS
 */
export function buildReceipt(
  run: { readonly id: ReceiptId; readonly openedAt: Instant; readonly closedAt: Instant },
  opening: ReceiptOpening,
  closing: ReceiptClosing,
): Receipt {
  const { stores: planned, ...opened } = opening;
  const given = new Set(closing.stores.map(({ store }) => store));
  const silent = planned
    .filter((store) => !given.has(store))
    .map((store): StoreResult => ({ store, verdict: "UNKNOWN", why: "The run gave no result.", tables: [] }));
  const stores = [...closing.stores, ...silent];
  const verdict = overallVerdict(
    stores.map((each) => each.verdict),
    closing.notCovered.length,
  );
  const receipt = { schema: "preau.receipt/1", ...run, verdict, ...opened, ...closing, stores } as const;
  const overclaims = overclaimOf(receipt);
  if (overclaims !== undefined) throw fault("JOURNAL_RECEIPT_OVERCLAIMS", { place: overclaims });
  return receipt;
}

/** Where a receipt claims more than its parts allow; undefined when it does not. */
export function overclaimOf(receipt: Receipt): string | undefined {
  const { stores, notCovered, verdict, kept } = receipt;
  const store = stores.find(storeOverclaims);
  if (store !== undefined) return `stores ${store.store}`;
  if (new Set(stores.map((each) => each.store)).size !== stores.length) return "stores twice";
  if (kept.some(({ rows, reason, clause }) => !isCount(rows) || !reason || !clause)) return "kept";
  if (receipt.closedAt < receipt.openedAt) return "closedAt";
  const verdicts = stores.map((each) => each.verdict);
  return verdict === overallVerdict(verdicts, notCovered.length) ? undefined : "verdict";
}

function storeOverclaims({ verdict, until, why, lookAgain, tables }: StoreResult): boolean {
  const counts = tables.flatMap(({ erased, anonymised, kept }) => [erased, anonymised, kept]);
  if (!counts.every(isCount)) return true;
  switch (verdict) {
    case "PASS":
      return lookAgain === undefined || !lookedSomewhere(lookAgain) || lookAgain.hits !== 0;
    case "PENDING":
      return until === undefined;
    case "FAILED":
    case "UNKNOWN":
      return why === undefined || why === "";
    default:
      return true; // another word than these four, in a file from elsewhere
  }
}

function lookedSomewhere({
  referenceColumns,
  textColumns,
  files,
}: NonNullable<StoreResult["lookAgain"]>): boolean {
  return [referenceColumns, textColumns, files].every(isCount) && referenceColumns + textColumns + files > 0;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
