/**
 * What a controller is given of a request: who asks and in what role, what, since when and until when, where the data is, and the
 * reason codes of the Data Rights Protocol 1.0. Of the text, what names nobody else. @clause D10.1b
 */
import type { ControllerId, Identifier, Instant, RequestId } from "@preau/kernel";
import { extendedDue } from "./clocks.ts";
import type { DeskPorts } from "./desk-ports.ts";
import { fault } from "./errors.ts";
import { openPart } from "./inquiry-seal.ts";
import { isTakenBack, type RefusalReason, type Request, type WaitReason } from "./request.ts";
import type { RequestPart } from "./request-part.ts";
import { readRequest } from "./store/requests.ts";
import { type StoreOfPerson, whereIsTheData } from "./where-is-the-data.ts";

export interface RelayPackage {
  readonly request: Request;
  readonly standing: ReasonCode;
  /** As it was written; and the identifiers that we know the person by. Gone once it is closed. */
  readonly person: RequestPart & { readonly identifiers: readonly Identifier[] };
  readonly stores: readonly StoreOfPerson[];
  /** Until when the controller may extend its answer to; absent when it has, or the agreement sets none. */
  readonly extensionTo?: Instant;
}

/** Where it stands, in the words of the Data Rights Protocol. */
export type ReasonCode =
  | { readonly status: "open" }
  | { readonly status: "in_progress"; readonly reason?: WaitReason }
  | { readonly status: "fulfilled" }
  | { readonly status: "revoked" }
  | { readonly status: "denied"; readonly reason: RefusalReason };

/** @throws REQUEST_NO_REQUEST for another controller's too @clause D10.1b */
export async function relayPackage(
  ports: DeskPorts,
  controller: ControllerId,
  id: RequestId,
  signal?: AbortSignal,
): Promise<RelayPackage> {
  const read = await ports.unitOfWork.transaction(async (unit) => {
    const request = await readRequest(unit, controller, id);
    if (request === undefined) throw fault("REQUEST_NO_REQUEST");
    const { subject, answerDueAt, extendedAt } = request;
    const identifiers =
      subject === undefined ? [] : await ports.subjects.identifiers(unit, controller, subject);
    const extensionTo =
      answerDueAt === undefined || extendedAt !== undefined
        ? undefined
        : await extendedDue(unit, ports, controller, answerDueAt);
    return { request, identifiers, extensionTo, part: await openPart(unit, ports, request) };
  });
  const { request, identifiers, extensionTo, part } = read;
  const { subject } = request;
  const stores = await whereIsTheData(
    ports,
    controller,
    subject === undefined ? undefined : { subject, identifiers },
    signal,
  );
  return {
    ...{ request, standing: reasonCode(request), person: { ...part, identifiers }, stores },
    ...(extensionTo === undefined ? {} : { extensionTo }),
  };
}

/** Who is not known yet is a reason to wait, never one to refuse: that is the controller's. */
export function reasonCode(request: Request): ReasonCode {
  const { state, outcome, identity, subject, reason } = request;
  // One that was merged into another goes on there, and nothing came of it by itself.
  if (isTakenBack(request) || (state === "closed" && outcome === undefined)) return { status: "revoked" };
  if (state === "closed") {
    if (outcome !== "refused") return { status: "fulfilled" };
    return { status: "denied", reason: (reason ?? "other") as RefusalReason };
  }
  const waits = subject === undefined || identity === "unverified" || identity === "asked";
  if (waits) return { status: "in_progress", reason: "need_user_verification" };
  return state === "inProgress" ? { status: "in_progress" } : { status: "open" };
}
