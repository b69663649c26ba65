/** What the journal keeps of cases: opaque ids, sides and reasons; no word of anybody's. @clause DD.7 */
import type { JsonObject, Unit } from "@preau/kernel";
import type { SupportCase } from "./support-case.ts";
import { type SupportActor, type SupportPorts, SYSTEM } from "./support-ports.ts";

export const caseEvents = [
  "support-bridge.accessed",
  "support-bridge.answered",
  "support-bridge.assigned",
  "support-bridge.closed",
  "support-bridge.erasureAsked",
  "support-bridge.left",
  "support-bridge.opened",
  "support-bridge.passedOn",
  "support-bridge.proposalConfirmed",
  "support-bridge.proposalRejected",
  "support-bridge.received",
  "support-bridge.stuck",
  "support-bridge.textDestroyed",
  "support-bridge.walled",
] as const;
export type CaseEvent = (typeof caseEvents)[number];

export interface CaseDeed {
  readonly type: CaseEvent;
  readonly log?: "activity" | "evidence";
  readonly clause?: string;
  readonly by?: SupportActor;
  readonly payload?: JsonObject;
}

export async function recordCase(
  unit: Unit,
  { journal }: Pick<SupportPorts, "journal">,
  {
    id,
    controller,
    side,
    channel,
    subject,
  }: Pick<SupportCase, "id" | "controller" | "side" | "channel" | "subject">,
  { type, log = "activity", clause = "DC", by = SYSTEM, payload = {} }: CaseDeed,
): Promise<void> {
  const told: JsonObject = { case: id, side, channel, ...payload };
  await journal.record(unit, {
    ...{ log, type, clause, controller },
    actor: { role: by.role, ...(by.id === undefined ? {} : { id: by.id }) },
    ...(subject === undefined ? {} : { subject: { id: subject, payload: told } }),
    payload: told,
  });
}
