/** Receipts that follow one in which a store was PENDING: the journal says so where each was opened. @clause D12.2 */
import type { ControllerId, EntryId, ReceiptId, Unit } from "@preau/kernel";
import type { AccountPorts } from "./account-ports.ts";

const PAGE = 1_000;

/** By the receipt that they follow. Nothing is read when nothing waits. */
export async function followUpsOf(
  { journal, unitOfWork, receipts }: Pick<AccountPorts, "journal" | "receipts" | "unitOfWork">,
  controller: ControllerId,
  waiting: readonly ReceiptId[],
): Promise<ReadonlyMap<ReceiptId, ReceiptId>> {
  const found = new Map<ReceiptId, ReceiptId>();
  if (waiting.length === 0) return found;
  const wanted = new Set<string>(waiting);
  const closed = await unitOfWork.transaction(
    async (unit) => new Set((await receipts.receipts(unit, controller, "closed")).map(({ id }) => id)),
  );
  const page = (unit: Unit, before: EntryId | undefined) =>
    journal.entries(unit, {
      controller,
      log: "evidence",
      type: "journal.receiptOpened",
      limit: PAGE,
      ...(before === undefined ? {} : { before }),
    });
  for (let before: EntryId | undefined; ; ) {
    const asked = before;
    const entries = await unitOfWork.transaction((unit) => page(unit, asked));
    for (const { payload } of entries) {
      const [follows, receipt] = [payload?.["follows"], payload?.["receipt"]];
      if (typeof follows !== "string" || typeof receipt !== "string" || !wanted.has(follows)) continue;
      if (closed.has(receipt as ReceiptId)) found.set(follows as ReceiptId, receipt as ReceiptId);
    }
    before = entries.at(-1)?.id;
    if (entries.length < PAGE || before === undefined) return found;
  }
}
