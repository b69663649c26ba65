/** What the journal keeps of inquiries and requests: opaque ids, matters and instants. About one person at most. @clause D10.1b */
import type { ControllerId, InquiryId, JsonObject, SubjectId, Unit } from "@preau/kernel";
import { PUBLISHER } from "@preau/web";
import { type DeskActor, type IntakePorts, SYSTEM } from "./desk-ports.ts";
import type { Request } from "./request.ts";

export const deskEvents = [
  "data-subject-requests.acknowledged",
  "data-subject-requests.assigned",
  "data-subject-requests.bounced",
  "data-subject-requests.closed",
  "data-subject-requests.escalated",
  "data-subject-requests.extended",
  "data-subject-requests.forwarded",
  "data-subject-requests.inaccuracyAcknowledged",
  "data-subject-requests.inaccuracyNoted",
  "data-subject-requests.inaccuracyTold",
  "data-subject-requests.linkRenewed",
  "data-subject-requests.linkSent",
  "data-subject-requests.linkTried",
  "data-subject-requests.merged",
  "data-subject-requests.noRequest",
  "data-subject-requests.opened",
  "data-subject-requests.overdue",
  "data-subject-requests.received",
  "data-subject-requests.reopened",
  "data-subject-requests.requested",
  "data-subject-requests.textDestroyed",
  "data-subject-requests.textReleased",
  "data-subject-requests.unknownController",
  "data-subject-requests.waits",
] as const;
export type DeskEvent = (typeof deskEvents)[number];

interface What {
  readonly type: DeskEvent;
  readonly clause?: string;
  readonly by?: DeskActor;
  readonly payload?: JsonObject;
}

/** Evidence of one controller, about one person where that is known. */
export function recordRequest(
  unit: Unit,
  ports: Pick<IntakePorts, "journal">,
  { id, controller, matter, subject }: Pick<Request, "id" | "controller" | "matter" | "subject">,
  what: What,
): Promise<unknown> {
  return record(unit, ports, {
    ...{ controller, subject },
    ...{ ...what, payload: { request: id, matter, ...what.payload } },
  });
}

/** Evidence of the publisher's: whose it is may not be known yet, and nobody is named. */
export function recordInquiry(
  unit: Unit,
  ports: Pick<IntakePorts, "journal">,
  inquiry: InquiryId,
  what: What,
): Promise<unknown> {
  return record(unit, ports, {
    controller: PUBLISHER,
    ...{ ...what, payload: { inquiry, ...what.payload } },
  });
}

export async function record(
  unit: Unit,
  { journal }: Pick<IntakePorts, "journal">,
  {
    controller,
    subject,
    type,
    clause = "D10.1b",
    by = SYSTEM,
    payload = {},
  }: What & { readonly controller: ControllerId; readonly subject?: SubjectId | undefined },
): Promise<void> {
  await journal.record(unit, {
    ...{ log: "evidence", type, clause, controller },
    actor: { role: by.role, ...(by.id === undefined ? {} : { id: by.id }) },
    ...(subject === undefined ? {} : { subject: { id: subject, payload } }),
    payload,
  });
}
