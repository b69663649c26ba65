/** A relay is a job: what could not be passed on at once is tried again. @clause D10.1b */
import type { ControllerId, Id, JobId, Unit } from "@preau/kernel";
import type { IntakePorts } from "./desk-ports.ts";

export const RELAY = "data-subject-requests.relay";

export function enqueueRelay(
  unit: Unit,
  { jobs }: Pick<IntakePorts, "jobs">,
  { controller, id }: { readonly controller: ControllerId; readonly id: string },
): Promise<JobId> {
  return jobs.enqueue(unit, { name: RELAY, controller, key: id, payload: { thing: id }, priority: 20 });
}

/** What the controller's officer must hear of one that has left already: it gets a link of its own, once a cause. @clause D10.1b */
export function enqueueNews(
  unit: Unit,
  { jobs }: Pick<IntakePorts, "jobs">,
  { controller, id }: { readonly controller: ControllerId; readonly id: string },
  cause: Id<"inq" | "rel" | "rqs">,
): Promise<JobId> {
  const payload = { thing: id, news: true };
  return jobs.enqueue(unit, { name: RELAY, controller, key: `${id}.${cause}`, payload, priority: 20 });
}
