/**
 * The controller took back the instruction that an erasure was ordered on. One that has not begun is cancelled; one that has
 * begun runs to its end, since half a person erased is worse, and the journal says so. A deleted account stays deleted: that order
 * is the agreement's own (D12.2). @clause D6.1c
 */
import type { PreauEvents, Unit } from "@preau/kernel";
import type { ErasureId } from "./erasure.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { cancelOrdered, readErasure } from "./store/erasures.ts";

/** @clause D6.1c */
export async function cancelErasures(
  unit: Unit,
  { clock, journal }: Pick<RetentionPorts, "clock" | "journal">,
  { controller, instruction, things }: PreauEvents["instruction.revoked"],
): Promise<void> {
  for (const thing of things.filter((each) => each.startsWith("era_"))) {
    const id = thing as ErasureId;
    const erasure = await readErasure(unit, controller, id);
    if (erasure === undefined || erasure.state === "closed" || erasure.ground !== "instruction") continue;
    const cancelled = await cancelOrdered(unit, { controller, id }, clock.now());
    for (const subject of erasure.subjects)
      await journal.record(unit, {
        log: "evidence",
        type: cancelled ? "retention.erasureCancelled" : "retention.erasureGoesOn",
        ...{ clause: "D6.1c", controller, actor: { role: "system" } },
        subject: { id: subject, payload: { erasure: id } },
        payload: { erasure: id, instruction },
      });
  }
}
