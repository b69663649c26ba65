/** A job for each moment at which somebody must be told, and for the first at which it is too late. @clause D10.1b */
import type { ControllerId, Instant, Unit } from "@preau/kernel";
import { levelInstants } from "./clocks.ts";
import type { IntakePorts } from "./desk-ports.ts";

export const ESCALATE = "data-subject-requests.escalate";

export async function scheduleEscalations(
  unit: Unit,
  { jobs }: Pick<IntakePorts, "jobs">,
  controller: ControllerId,
  { id, receivedAt, forwardDueAt }: { id: string; receivedAt: Instant; forwardDueAt: Instant },
): Promise<void> {
  for (const runAt of levelInstants(receivedAt, forwardDueAt))
    await jobs.enqueue(unit, {
      ...{ name: ESCALATE, controller, key: `${id}.${runAt}`, payload: { thing: id }, runAt },
      priority: 5,
    });
}
