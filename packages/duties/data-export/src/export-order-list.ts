/** The exports of one controller, or of all of them for the publisher's officer, newest first. @clause S7 */
import type { ControllerId } from "@preau/kernel";
import { type ExportOrder, type ExportState, isThere } from "./export-order.ts";
import type { ExportPorts } from "./export-ports.ts";
import { listOrders } from "./store/orders.ts";

/** What an export has come to, for whoever looks now: `expired` waits for its destruction. */
export type ShownState = ExportState | "expired";

const MOST = 500;

export function listExports(
  ports: Pick<ExportPorts, "unitOfWork">,
  scope: ControllerId | "all",
): Promise<readonly ExportOrder[]> {
  return ports.unitOfWork.transaction((unit) => listOrders(unit, scope, { limit: MOST }));
}

export function shownState(order: ExportOrder, now: ExportOrder["orderedAt"]): ShownState {
  const made = order.state === "ready" || order.state === "fetched";
  return made && !isThere(order, now) ? "expired" : order.state;
}
