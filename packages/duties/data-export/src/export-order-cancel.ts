/** Cancels an export, whatever it has come to: nothing of it is left. @clause D10.1a, S7 */
import type { ControllerId } from "@preau/kernel";
import { enqueueDestruction, removeExport } from "./destroy-exports.ts";
import { fault } from "./errors.ts";
import { type ExportId, liveStates } from "./export-order.ts";
import { recordEvidence } from "./export-order-events.ts";
import { type ExportActor, requireInstruction } from "./export-order-place.ts";
import type { ExportPorts } from "./export-ports.ts";
import { tellProgress } from "./export-progress.ts";
import type { ExportOptions } from "./options.ts";
import { lockOrder, updateOrder } from "./store/orders.ts";

export interface Cancelling {
  readonly controller: ControllerId;
  readonly id: ExportId;
  readonly by: ExportActor;
}

/**
 * No file, no part, no key, no link, no passphrase is left when it returns; a worker that is writing stops within a second,
 * and what it wrote meanwhile is looked for again.
 * @throws EXPORT_NO_EXPORT, EXPORT_OVER, EXPORT_NEEDS_INSTRUCTION
 */
export async function cancelExport(
  ports: ExportPorts,
  options: ExportOptions,
  { controller, id, by }: Cancelling,
): Promise<void> {
  requireInstruction(by);
  await ports.unitOfWork.transaction(async (unit) => {
    const order = await lockOrder(unit, controller, id);
    if (order === undefined) throw fault("EXPORT_NO_EXPORT");
    if (!(liveStates as readonly string[]).includes(order.state)) throw fault("EXPORT_OVER", { place: id });
    const gone = { link: null, claim: null, passphrase: null } as const;
    await updateOrder(unit, order, { ...gone, state: "cancelled" });
    await recordEvidence(unit, ports, order, { type: "data-export.cancelled", by });
    await enqueueDestruction(unit, ports, { controller, id });
    await tellProgress(unit, ports, order, "cancelled");
  });
  await removeExport(ports, options, { controller, id });
}
