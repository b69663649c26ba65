/** `preau receipt`: prints a filed receipt again, byte for byte. */
import { controllerId, type ReceiptId } from "@preau/kernel";
import { fault } from "../errors.ts";
import { type CommandContext, withHub } from "./command-context.ts";

/** @throws HUB_RECEIPT_UNKNOWN, CONTROLLER_BAD_ID */
export async function receiptCommand(
  context: CommandContext,
  id: string,
  options: { readonly controller: string },
): Promise<number> {
  const controller = controllerId(options.controller);
  return withHub(context, { sources: [] }, async (hub) => {
    await hub.sequencer.runOnce();
    const file = await hub.ports.receipts.receiptFile(controller, id as ReceiptId, { waitMs: 5_000 });
    if (file === undefined) throw fault("HUB_RECEIPT_UNKNOWN", { place: id });
    context.out(file);
    return 0;
  });
}
