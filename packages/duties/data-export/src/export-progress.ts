/** Whoever keeps a data subject's request is told what became of the package that was ordered for it. @clause D10.1a */
import type { PreauEvents, Unit } from "@preau/kernel";
import type { ExportOrder } from "./export-order.ts";
import type { ExportPorts } from "./export-ports.ts";

/** In the unit that changes the order. */
export async function tellProgress(
  unit: Unit,
  { events }: Pick<ExportPorts, "events">,
  { controller, id: order, about }: Pick<ExportOrder, "about" | "controller" | "id">,
  state: PreauEvents["export.progressed"]["state"],
): Promise<void> {
  if (about !== undefined) await events.emit(unit, "export.progressed", { controller, order, about, state });
}
