/**
 * Drops from the replay list what no backup can bring back any more: an entry is personal data, and goes after the
 * last-copy day. @figure D12.3
 */
import { addHours, addMillis, instant, type JobDefinition, type ReceiptId, type Unit } from "@preau/kernel";
import type { Erasure } from "../erasure.ts";
import type { RetentionPorts } from "../retention-ports.ts";

const DROP_MARKS = "retention.dropMarks";

export function dropMarksJob(ports: Pick<RetentionPorts, "clock" | "log" | "replay">): JobDefinition {
  return {
    name: DROP_MARKS,
    handler: async () => {
      const dropped = await dropPastMarks(ports);
      if (dropped > 0) ports.log.info("retention.marksDropped", { dropped });
    },
    attempts: 50,
  };
}

/** A day of the calendar lasts until it is over in the last zone on earth. */
export function dropPastMarks({ clock, replay }: Pick<RetentionPorts, "clock" | "replay">): Promise<number> {
  return replay.dropBefore(addHours(clock.now(), -24).slice(0, 10));
}

/** When the last-copy day of a receipt is over. */
export async function orderDropping(
  unit: Unit,
  ports: Pick<RetentionPorts, "jobs">,
  { controller }: Pick<Erasure, "controller">,
  { receipt, date }: { readonly receipt: ReceiptId; readonly date: string },
): Promise<void> {
  await ports.jobs.enqueue(unit, {
    name: DROP_MARKS,
    controller,
    key: receipt,
    payload: {},
    runAt: addMillis(addHours(instant(`${date}T00:00:00.000Z`), 48), 60_000),
    priority: 200,
  });
}
