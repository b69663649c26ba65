/** How long a link is good and a package is kept: the agreement says it, or nothing is handed out. @clause D10.1a */
import { durationOf } from "@preau/agreement";
import { deadlineOf, type Place } from "@preau/calendar";
import type { ControllerId, Instant, Unit } from "@preau/kernel";
import type { ExportPorts } from "./export-ports.ts";

const CLAUSE = "D10.1a";

/** @throws AGREEMENT_NO_DURATION @figure D10.1a */
export function exportPeriods({ agreements }: Pick<ExportPorts, "agreements">, controller: ControllerId) {
  const agreement = agreements.of(controller);
  return {
    link: durationOf(agreement, CLAUSE, "openExportLink"),
    keep: durationOf(agreement, CLAUSE, "keepExports"),
  };
}

/** The last instants of a link and of a package that begin now. @throws AGREEMENT_NO_DURATION */
export async function endsFrom(
  unit: Unit,
  ports: Pick<ExportPorts, "agreements" | "contracts">,
  controller: ControllerId,
  now: Instant,
): Promise<{ readonly linkUntil: Instant; readonly destroyBy: Instant }> {
  const { link, keep } = exportPeriods(ports, controller);
  const place: Place = await ports.contracts.placeOf(unit, controller);
  return {
    linkUntil: deadlineOf(now, link, { rounding: link.rounding, place }).dueAt,
    destroyBy: deadlineOf(now, keep, { rounding: keep.rounding, place }).dueAt,
  };
}
