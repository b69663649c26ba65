/**
 * Receipts in two phases: opened, with an entry of evidence, before the first deletion; closed, with another, after the
 * second look. A receipt whose run died stays *opened* and is listed as such. @clause D12.2
 */
import { type Database, inUnit } from "@preau/database";
import type { Clock, ControllerId, Ids, JournalEvent, JsonObject, ReceiptId, Unit } from "@preau/kernel";
import { fault } from "./errors.ts";
import type { DatabaseJournal } from "./journal.ts";
import { buildReceipt, type Receipt, type ReceiptClosing, type ReceiptOpening } from "./receipt.ts";
import { writeReceiptFile } from "./receipt-file.ts";
import {
  findReceipt,
  insertReceipt,
  markClosed,
  type ReceiptRow,
  readReceipts,
} from "./store/receipt-table.ts";
import { RECEIPT_CLOSED } from "./verify.ts";

export interface ReceiptsOptions {
  readonly database: Database;
  readonly journal: DatabaseJournal;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Who runs it; the system itself by default. */
type Actor = JournalEvent["actor"];

export interface Receipts {
  /** Writes that a run begins, in the caller's unit: commit it before the first deletion. */
  openReceipt(
    unit: Unit,
    controller: ControllerId,
    opening: ReceiptOpening & { readonly actor?: Actor },
  ): Promise<ReceiptId>;
  /**
   * Writes how the run came out.
   * @throws JOURNAL_RECEIPT_OVERCLAIMS, JOURNAL_RECEIPT_CLOSED, JOURNAL_RECEIPT_UNKNOWN
   */
  closeReceipt(
    unit: Unit,
    controller: ControllerId,
    receipt: ReceiptId,
    closing: ReceiptClosing & { readonly actor?: Actor },
  ): Promise<Receipt>;
  /** Receipts of one controller in that state, oldest first. */
  receipts(unit: Unit, controller: ControllerId, state: "opened" | "closed"): Promise<readonly ReceiptRow[]>;
  /**
   * The file to hand out: the receipt and its proof, for `verifyReceiptOrProof`. Waits at most that long for the proof
   * (1,000 ms by default). Undefined for an unknown, an open or a not yet numbered one.
   */
  receiptFile(
    controller: ControllerId,
    receipt: ReceiptId,
    options?: { readonly waitMs?: number },
  ): Promise<string | undefined>;
}

declare module "@preau/kernel" {
  interface Ports {
    readonly receipts: Receipts;
  }
}

export function makeReceipts({ database, journal, clock, ids }: ReceiptsOptions): Receipts {
  async function openedBy(unit: Unit, controller: ControllerId, row: ReceiptRow): Promise<ReceiptOpening> {
    const entry = await journal.entry(unit, controller, row.openedEntry);
    if (entry?.payload === undefined)
      throw fault("JOURNAL_BROKEN", { place: "jrn_receipt", log: { receipt: row.id } });
    const { receipt: _, ...opening } = entry.payload;
    return opening as unknown as ReceiptOpening; // openReceipt wrote it
  }

  return {
    openReceipt: async (unit, controller, { actor = { role: "system" }, ...opening }) => {
      const id = ids.next("ers");
      const openedAt = clock.now();
      const openedEntry = await journal.record(unit, {
        ...{ log: "evidence", type: "journal.receiptOpened", clause: opening.clause, controller, actor },
        payload: { receipt: id, ...jsonOf(opening) },
      });
      await insertReceipt(inUnit(unit), controller, { id, openedAt, dueAt: opening.dueAt, openedEntry });
      return id;
    },

    closeReceipt: async (unit, controller, id, { actor = { role: "system" }, ...closing }) => {
      const queries = inUnit(unit);
      const row = await findReceipt(queries, controller, id);
      if (row === undefined) throw fault("JOURNAL_RECEIPT_UNKNOWN");
      const opening = await openedBy(unit, controller, row);
      const closedAt = clock.now();
      const receipt = buildReceipt({ id, openedAt: row.openedAt, closedAt }, opening, closing);
      const entry = await journal.record(unit, {
        ...{ log: "evidence", type: RECEIPT_CLOSED, clause: opening.clause, controller, actor },
        payload: jsonOf(receipt),
      });
      const closed = { at: closedAt, entry, verdict: receipt.verdict };
      if (!(await markClosed(queries, controller, id, closed))) throw fault("JOURNAL_RECEIPT_CLOSED");
      return receipt;
    },

    receipts: (unit, controller, state) => readReceipts(inUnit(unit), controller, state),

    receiptFile: async (controller, id, options = {}) => {
      const row = await findReceipt(database.knex, controller, id);
      if (row?.closed === undefined) return undefined;
      const proven = await journal.provePayload(controller, row.closed.entry, options);
      return proven && writeReceiptFile({ ...proven.payload, proof: proven.proof });
    },
  };
}

/** A value of ours as JSON: members that are undefined are left out. */
function jsonOf(value: object): JsonObject {
  return JSON.parse(JSON.stringify(value)) as JsonObject;
}
