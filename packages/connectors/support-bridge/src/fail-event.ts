/**
 * An event that cannot be dealt with ends all the same: its bytes, which hold what was written unmasked, go; the line stays, somebody
 * is told, and the message still stands at the desk for a person to see. @clause DC, D12.2
 */
import { addHours, type Instant } from "@preau/kernel";
import { isWaiting, settleEvent, storedBefore } from "./store/events.ts";
import type { SupportPorts } from "./support-ports.ts";

/** Tries of a job of events: about four days of the worker's backoff. */
export const PROCESS_TRIES = 50;
/** Tries after which an operator is told in the log: about seven hours. */
const TRIES_UNTIL_TOLD = 10;
/** No event waits longer, whatever became of its job. */
const MOST_HOURS = 7 * 24;
const FAILED = "FAILED";

type FailPorts = Pick<SupportPorts, "clock" | "log" | "unitOfWork">;

export async function failEvent(
  { clock, log, unitOfWork }: FailPorts,
  id: string,
  { attempt, code }: { readonly attempt: number; readonly code: string },
): Promise<void> {
  if (attempt < TRIES_UNTIL_TOLD) return;
  if (attempt < PROCESS_TRIES) {
    if (attempt === TRIES_UNTIL_TOLD) log.error("support-bridge.eventWaits", { event: id, code });
    return;
  }
  log.error("support-bridge.eventFailed", { event: id, code });
  await unitOfWork.transaction(async (unit) => {
    if (await isWaiting(unit, id))
      await settleEvent(unit, id, { state: "dropped", reason: FAILED, at: clock.now() });
  });
}

/** Those whose job is gone or has never come to an end. How many. */
export async function failOldEvents(ports: FailPorts, now: Instant): Promise<number> {
  const { clock, log, unitOfWork } = ports;
  return unitOfWork.transaction(async (unit) => {
    const old = await storedBefore(unit, addHours(now, -MOST_HOURS));
    for (const id of old) {
      log.error("support-bridge.eventFailed", { event: id, code: "TOO_OLD" });
      await settleEvent(unit, id, { state: "dropped", reason: FAILED, at: clock.now() });
    }
    return old.length;
  });
}
