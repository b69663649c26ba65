/** The controller extends its time, once, with a reason that it tells the person itself. @clause D10.1c */
import type { ControllerId, Instant, RequestId } from "@preau/kernel";
import { extendedDue } from "./clocks.ts";
import type { DeskPorts } from "./desk-ports.ts";
import { fault } from "./errors.ts";
import { scheduleReminder } from "./remind-controller.ts";
import { takeUp } from "./request-acknowledge.ts";
import { type ByController, requireController } from "./request-actor.ts";
import { recordRequest } from "./request-journal.ts";
import { updateRequest } from "./store/requests.ts";

/** GDPR art. 12(3): how complex, how many. */
export const extensionReasons = ["complexity", "numberOfRequests"] as const;
export type ExtensionReason = (typeof extensionReasons)[number];

/**
 * The new end. Only while the first time runs.
 * @throws REQUEST_NOT_FOR_YOU, REQUEST_NO_REQUEST, REQUEST_OVER, REQUEST_EXTENDED_ALREADY, AGREEMENT_NO_DURATION
 * @clause D10.1c
 */
export async function extendAnswer(
  ports: DeskPorts,
  key: { readonly controller: ControllerId; readonly id: RequestId },
  { reason, ...given }: ByController & { readonly reason: ExtensionReason },
): Promise<Instant> {
  const reference = requireController(given);
  return ports.unitOfWork.transaction(async (unit) => {
    const request = await takeUp(unit, ports, key, given);
    const now = ports.clock.now();
    const { answerDueAt: from, extendedAt } = request;
    const answerDueAt = from && (await extendedDue(unit, ports, key.controller, from));
    if (from === undefined || answerDueAt === undefined || extendedAt !== undefined || now > from)
      throw fault("REQUEST_EXTENDED_ALREADY", { clause: "D10.1c" });
    await updateRequest(unit, request, { answerDueAt, extendedAt: now, state: "inProgress" });
    await recordRequest(unit, ports, request, {
      ...{ type: "data-subject-requests.extended", clause: "D10.1c", by: given.by },
      payload: { reason, from, answerDueAt, ...(reference === undefined ? {} : { reference }) },
    });
    await scheduleReminder(unit, ports, { ...request, answerDueAt, extendedAt: now });
    return answerDueAt;
  });
}
