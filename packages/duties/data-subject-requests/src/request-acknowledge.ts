/** The controller takes a request up, waits for the person to be verified, or has found out who it is. @clause D10.1c */
import type { ControllerId, RequestId, SubjectId, Unit } from "@preau/kernel";
import type { DeskPorts } from "./desk-ports.ts";
import { fault } from "./errors.ts";
import { nextIdentity } from "./identity.ts";
import { forwardLocked } from "./relay-forward.ts";
import { type Identity, isOpen, type Request } from "./request.ts";
import { type ByController, requireController } from "./request-actor.ts";
import { recordRequest } from "./request-journal.ts";
import { lockRequest, updateRequest } from "./store/requests.ts";

type Key = { readonly controller: ControllerId; readonly id: RequestId };

/** Reading it here is receiving it. @throws REQUEST_NOT_FOR_YOU, REQUEST_NO_REQUEST, REQUEST_OVER @clause D10.1c */
export async function acknowledgeRequest(ports: DeskPorts, key: Key, given: ByController): Promise<void> {
  const reference = requireController(given);
  return ports.unitOfWork.transaction(async (unit) => {
    const request = await takeUp(unit, ports, key, given);
    if (request.acknowledgedAt !== undefined) return;
    const acknowledgedAt = ports.clock.now();
    await updateRequest(unit, request, { state: "inProgress", acknowledgedAt });
    await recordRequest(unit, ports, request, {
      ...{ type: "data-subject-requests.acknowledged", clause: "D10.1c", by: given.by },
      payload: reference === undefined ? {} : { reference },
    });
  });
}

export interface Found {
  readonly identity: Identity;
  /** Whom they found it to be about, where that was not known. */
  readonly subject?: SubjectId | undefined;
  /** The requester is the guardian. */
  readonly isGuardian?: boolean | undefined;
}

/**
 * What the controller found out about who asks. Asking and verifying are its own: nobody here asks anybody for a document.
 * @throws REQUEST_NOT_FOR_YOU, REQUEST_NO_REQUEST, REQUEST_OVER, REQUEST_FIELD_BAD
 * @clause D10.1a, D10.1c
 */
export async function recordIdentity(
  ports: DeskPorts,
  key: Key,
  { identity, subject, isGuardian, ...given }: Found & ByController,
): Promise<void> {
  const reference = requireController(given);
  return ports.unitOfWork.transaction(async (unit) => {
    const request = await takeUp(unit, ports, key, given);
    if (subject !== undefined) await requireSubject(unit, ports, request, subject);
    const next = nextIdentity(request.identity, identity);
    const waits = next === "asked";
    await updateRequest(unit, request, {
      ...{ identity: next, state: "inProgress", reason: waits ? "need_user_verification" : null },
      ...(subject === undefined || request.subject !== undefined ? {} : { subject }),
      ...(isGuardian === true && request.authority === "guardianStated"
        ? { authority: "guardianVerified" as const }
        : {}),
    });
    await recordRequest(unit, ports, request, {
      ...{ type: "data-subject-requests.waits", clause: "D10.1c", by: given.by },
      payload: { identity: next, ...(reference === undefined ? {} : { reference }) },
    });
  });
}

/** Of a controller that has it in hand: it counts as forwarded by then. @throws REQUEST_NO_REQUEST, REQUEST_OVER */
export async function takeUp(
  unit: Unit,
  ports: DeskPorts,
  { controller, id }: Key,
  { by }: ByController,
): Promise<Request> {
  const request = await lockRequest(unit, controller, id);
  if (request === undefined) throw fault("REQUEST_NO_REQUEST");
  if (!isOpen(request)) throw fault("REQUEST_OVER");
  const at = ports.clock.now();
  // No relay at all: they read it in their own account, or wrote about it.
  const relay = { id: "rel_none", how: "hand" } as const;
  const forwarded = await forwardLocked(unit, ports, request, { at, relay, by });
  if (forwarded.openedAt !== undefined) return forwarded;
  await updateRequest(unit, forwarded, { state: "received", openedAt: at });
  return { ...forwarded, state: "received", openedAt: at };
}

/** Somebody whom this controller's directory knows. @throws REQUEST_FIELD_BAD */
async function requireSubject(
  unit: Unit,
  { subjects }: Pick<DeskPorts, "subjects">,
  { controller }: Request,
  subject: SubjectId,
): Promise<void> {
  const known = await subjects.identifiers(unit, controller, subject);
  if (known.length === 0) throw fault("REQUEST_FIELD_BAD", { place: "subject" });
}
