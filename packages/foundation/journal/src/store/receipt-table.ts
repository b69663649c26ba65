/** The SQL of receipts. */
import type { ControllerId, EntryId, Instant, ReceiptId, Verdict } from "@preau/kernel";
import type { Queries } from "./entry-table.ts";

export interface ReceiptRow {
  readonly id: ReceiptId;
  readonly openedAt: Instant;
  readonly dueAt: Instant;
  readonly openedEntry: EntryId;
  readonly closed?: { readonly at: Instant; readonly entry: EntryId; readonly verdict: Verdict };
}

interface Columns {
  id: string;
  controller: string;
  state: "opened" | "closed";
  opened_at: string;
  due_at: string;
  closed_at: string | null;
  verdict: string | null;
  opened_entry: string;
  closed_entry: string | null;
}

export async function insertReceipt(
  queries: Queries,
  controller: ControllerId,
  row: ReceiptRow,
): Promise<void> {
  await queries<Columns>("jrn_receipt").insert({
    id: row.id,
    controller,
    state: "opened",
    opened_at: row.openedAt,
    due_at: row.dueAt,
    opened_entry: row.openedEntry,
  });
}

export async function findReceipt(
  queries: Queries,
  controller: ControllerId,
  id: ReceiptId,
): Promise<ReceiptRow | undefined> {
  const row = await queries<Columns>("jrn_receipt").where({ id, controller }).first();
  return row && receiptRow(row);
}

/** True when it was open until now. */
export async function markClosed(
  queries: Queries,
  controller: ControllerId,
  id: ReceiptId,
  closed: NonNullable<ReceiptRow["closed"]>,
): Promise<boolean> {
  const { at, entry, verdict } = closed;
  const marked = await queries<Columns>("jrn_receipt")
    .where({ id, controller, state: "opened" })
    .update({ state: "closed", closed_at: at, closed_entry: entry, verdict });
  return marked === 1;
}

/** Oldest first. */
export async function readReceipts(
  queries: Queries,
  controller: ControllerId,
  state: "opened" | "closed",
): Promise<readonly ReceiptRow[]> {
  const rows = await queries<Columns>("jrn_receipt")
    .where({ controller, state })
    .orderBy(["opened_at", "id"]);
  return rows.map(receiptRow);
}

function receiptRow(row: Columns): ReceiptRow {
  const { closed_at: at, closed_entry: entry, verdict } = row;
  return {
    id: row.id as ReceiptId,
    openedAt: row.opened_at as Instant,
    dueAt: row.due_at as Instant,
    openedEntry: row.opened_entry as EntryId,
    ...(at === null || entry === null || verdict === null
      ? {}
      : { closed: { at: at as Instant, entry: entry as EntryId, verdict: verdict as Verdict } }),
  };
}
