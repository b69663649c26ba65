/**
 * Once a day: events that nobody could deal with end; the keys of days whose events are all dealt with go, and lines by which a repeated delivery is known, once no desk
 * delivers again; cases that nobody wrote in are closed. @clause DC, D12.2
 */
import { PUBLISHER } from "@preau/contracts";
import { addHours, type Instant, type Job, type Unit } from "@preau/kernel";
import { type CloseTerms, closeQuietCases } from "./case-close.ts";
import { failOldEvents } from "./fail-event.ts";
import { dayOf, eventScope } from "./receive-event.ts";
import { purgeEvents, settledDays } from "./store/events.ts";
import type { SupportPorts } from "./support-ports.ts";

export const SWEEP = "support-bridge.sweep";
const EVERY_HOURS = 24;
/** Standard Webhooks tries for some four days; Crisp's own tries end within minutes. */
const KNOWN_HOURS = 14 * 24;

export function sweepAt(clock: Pick<SupportPorts["clock"], "now">): Job {
  const runAt = addHours(clock.now(), EVERY_HOURS);
  return { name: SWEEP, controller: PUBLISHER, payload: {}, key: "sweep", runAt, priority: 200 };
}

/** When to come again. */
export async function sweepEvents(ports: SupportPorts, terms: CloseTerms): Promise<Instant> {
  const { clock, unitOfWork, vault } = ports;
  const now = clock.now();
  await failOldEvents(ports, now);
  // Of yesterday something may still be on its way into the table.
  const days = await unitOfWork.transaction((unit) => settledDays(unit, dayOf(addHours(now, -24))));
  const standing = [];
  for (const scope of days.map(eventScope))
    if ((await vault.destruction(scope)) === undefined) standing.push(scope);
  if (standing.length > 0) await vault.destroy(standing);
  await unitOfWork.transaction(async (unit: Unit) => {
    await purgeEvents(unit, addHours(now, -KNOWN_HOURS));
    await closeQuietCases(unit, ports, terms);
  });
  return addHours(now, EVERY_HOURS);
}
