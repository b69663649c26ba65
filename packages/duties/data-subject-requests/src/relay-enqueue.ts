/** A relay is a job: what could not be passed on at once is tried again. @clause D10.1b */
import type { ControllerId, InquiryId, JobId, Unit } from "@preau/kernel";
import type { IntakePorts } from "./desk-ports.ts";

export const RELAY = "data-subject-requests.relay";

export function enqueueRelay(
  unit: Unit,
  { jobs }: Pick<IntakePorts, "jobs">,
  { controller, id }: { readonly controller: ControllerId; readonly id: string },
): Promise<JobId> {
  return jobs.enqueue(unit, { name: RELAY, controller, key: id, payload: { thing: id }, priority: 20 });
}

/** What came later of one that the controller has in hand already: it gets a link of its own. @clause D10.1b */
export function enqueueNews(
  unit: Unit,
  { jobs }: Pick<IntakePorts, "jobs">,
  { controller, id }: { readonly controller: ControllerId; readonly id: string },
  inquiry: InquiryId,
): Promise<JobId> {
  const payload = { thing: id, news: true };
  return jobs.enqueue(unit, { name: RELAY, controller, key: `${id}.${inquiry}`, payload, priority: 20 });
}
