/**
 * A request is over: answered or refused by its controller, done on its instruction, or taken back. What was written goes with
 * it: the request's key at once, the message's when all its requests are over. @clause D10.1c
 */
import type { ControllerId, RequestId, Unit } from "@preau/kernel";
import type { DeskPorts } from "./desk-ports.ts";
import { fault } from "./errors.ts";
import { RELAY_PURPOSE } from "./relay.ts";
import { isOpen, isTakenBack, type RefusalReason, type Request, type RequestOutcome } from "./request.ts";
import { takeUp } from "./request-acknowledge.ts";
import { type ByController, requireController } from "./request-actor.ts";
import { forgetClosed } from "./request-forget.ts";
import { recordRequest } from "./request-journal.ts";
import { lockInquiry, updateInquiry } from "./store/inquiries.ts";
import { relaysOf, supersedeRelays } from "./store/relays.ts";
import { inquiriesOfRequest, lockRequest, requestsOfInquiry, updateRequest } from "./store/requests.ts";

type Key = { readonly controller: ControllerId; readonly id: RequestId };

export interface Closing extends ByController {
  readonly outcome: RequestOutcome;
  /** Of a refusal. */
  readonly reason?: RefusalReason | undefined;
}

type ClosePorts = Pick<DeskPorts, "clock" | "journal" | "links">;

/**
 * The controller says what came of it.
 * @throws REQUEST_NOT_FOR_YOU, REQUEST_NO_REQUEST, REQUEST_OVER, REQUEST_FIELD_BAD for a refusal without its reason
 * @clause D10.1c
 */
export async function closeRequest(ports: DeskPorts, key: Key, closing: Closing): Promise<void> {
  const reference = requireController(closing);
  if ((closing.outcome === "refused") !== (closing.reason !== undefined))
    throw fault("REQUEST_FIELD_BAD", { place: "reason" });
  await ports.unitOfWork.transaction(async (unit) => {
    const request = await takeUp(unit, ports, key, closing);
    await closeLocked(unit, ports, request, { ...closing, reference });
  });
  await forgetClosed(ports);
}

/**
 * The person takes it back, signed in as whoever asked. What was written goes at once. One that reached us is passed on all the
 * same, as taken back and under its clock: it is closed when it has left us.
 * @throws REQUEST_NO_REQUEST for anybody else, REQUEST_OVER
 * @clause D10.1b
 */
export async function withdrawRequest(ports: DeskPorts, key: Key, by: ByController["by"]): Promise<void> {
  await ports.unitOfWork.transaction(async (unit) => {
    const request = await lockRequest(unit, key.controller, key.id);
    const isTheirs = by.id !== undefined && (request?.requester ?? request?.subject) === by.id;
    if (request === undefined || by.role !== "dataSubject" || !isTheirs) throw fault("REQUEST_NO_REQUEST");
    if (!isOpen(request)) throw fault("REQUEST_OVER");
    await closeLocked(unit, ports, request, { outcome: "withdrawn", by });
  });
  await forgetClosed(ports);
}

/** Of a request that the caller has locked; `forgetClosed` destroys its key once that has committed. @clause D10.1c */
async function closeLocked(
  unit: Unit,
  ports: ClosePorts,
  request: Request,
  { outcome, reason, reference, by }: Closing,
): Promise<void> {
  const { controller, id } = request;
  const closedAt = ports.clock.now();
  const over = { outcome, reason: reason ?? null, closedBy: by.role } as const;
  const gone = { openKey: null, addressHash: null, sealed: null, textHeld: false };
  if (isTakenBack({ outcome }) && request.state === "open")
    await updateRequest(unit, request, { ...over, ...gone });
  else {
    await updateRequest(unit, request, { ...over, ...gone, state: "closed", closedAt });
    for (const relay of await relaysOf(unit, controller, id))
      await ports.links.kill(unit, controller, relay.id, RELAY_PURPOSE);
    await supersedeRelays(unit, controller, id);
  }
  await recordRequest(unit, ports, request, {
    ...{ type: "data-subject-requests.closed", clause: "D10.1c", by },
    payload: {
      ...{ outcome, ...(reason === undefined ? {} : { reason }) },
      ...(reference === undefined ? {} : { reference }),
    },
  });
  for (const inquiry of await inquiriesOfRequest(unit, request)) {
    const locked = await lockInquiry(unit, inquiry);
    if (locked?.state !== "assigned") continue;
    const open = (await requestsOfInquiry(unit, inquiry)).filter((each) => each.id !== id && isOpen(each));
    if (open.length > 0) continue;
    await updateInquiry(unit, inquiry, { state: "closed", closedAt, addressHash: null, sealed: null });
  }
}
