/** The instruction was taken back: what was not fetched is handed to nobody any more. What was fetched is gone. @clause D6.1c */
import type { PreauEvents, Unit } from "@preau/kernel";
import { enqueueDestruction } from "./destroy-exports.ts";
import { recordEvidence } from "./export-order-events.ts";
import type { ExportPorts } from "./export-ports.ts";
import { tellProgress } from "./export-progress.ts";
import { unfetchedOn, updateOrder } from "./store/orders.ts";

/** @clause D6.1c */
export async function cancelOnRevocation(
  unit: Unit,
  ports: ExportPorts,
  { controller, instruction }: PreauEvents["instruction.revoked"],
): Promise<void> {
  for (const order of await unfetchedOn(unit, controller, instruction)) {
    await updateOrder(unit, order, { state: "cancelled", link: null, claim: null, passphrase: null });
    await recordEvidence(unit, ports, order, { type: "data-export.cancelled", payload: { revoked: true } });
    await enqueueDestruction(unit, ports, { controller, id: order.id });
    await tellProgress(unit, ports, order, "cancelled");
  }
}
