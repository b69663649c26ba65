/**
 * Two requests that nobody could tell were one, merged by a person who sees that they are: the earlier receipt keeps the clock,
 * all messages stand with the one that stays, and nothing of it is undone. @clause D10.1b
 */
import type { RequestId, Unit } from "@preau/kernel";
import type { DeskActor, DeskPorts } from "./desk-ports.ts";
import { fault } from "./errors.ts";
import { scheduleEscalations } from "./escalate-schedule.ts";
import { openPart, sealPart } from "./inquiry-seal.ts";
import { joined } from "./receive-open.ts";
import { RELAY_PURPOSE } from "./relay.ts";
import { enqueueNews, enqueueRelay } from "./relay-enqueue.ts";
import { isOpen, type Request } from "./request.ts";
import { forgetClosed } from "./request-forget.ts";
import { recordRequest } from "./request-journal.ts";
import { relaysOf, supersedeRelays } from "./store/relays.ts";
import { attachInquiry, inquiriesOfRequest, lockRequest, updateRequest } from "./store/requests.ts";

/**
 * Of one controller, about one right, neither over, the one that goes not forwarded yet. Whom both are about stays known.
 * @throws REQUEST_NOT_FOR_YOU, REQUEST_NO_REQUEST, REQUEST_OVER, REQUEST_FIELD_BAD for what cannot be one
 * @clause D10.1b
 */
export async function mergeRequest(
  ports: DeskPorts,
  { controller, id }: Pick<Request, "controller" | "id">,
  { into, by }: { readonly into: RequestId; readonly by: DeskActor },
): Promise<void> {
  if (by.role !== "publisherDpo") throw fault("REQUEST_NOT_FOR_YOU");
  if (into === id) throw fault("REQUEST_FIELD_BAD", { place: "into" });
  await ports.unitOfWork.transaction(async (unit) => {
    // In one order, whichever goes: two who merge crosswise wait for each other and never for good.
    const locked = new Map<RequestId, Request | undefined>();
    for (const each of [id, into].toSorted()) locked.set(each, await lockRequest(unit, controller, each));
    const [goes, stays] = [locked.get(id), locked.get(into)];
    if (goes === undefined) throw fault("REQUEST_NO_REQUEST");
    if (!isOpen(goes) || goes.state !== "open") throw fault("REQUEST_OVER");
    if (stays === undefined || !isOpen(stays) || !mayBeOne(goes, stays))
      throw fault("REQUEST_FIELD_BAD", { place: "into", clause: "D10.1b" });
    await mergeLocked(unit, ports, { goes, stays, by });
  });
  await forgetClosed(ports);
}

function mayBeOne(goes: Request, stays: Request): boolean {
  const sameWho = goes.subject === undefined || stays.subject === undefined || goes.subject === stays.subject;
  return goes.matter === stays.matter && sameWho;
}

interface Merge {
  readonly goes: Request;
  readonly stays: Request;
  readonly by: DeskActor;
}

async function mergeLocked(unit: Unit, ports: DeskPorts, { goes, stays, by }: Merge): Promise<void> {
  const { controller } = stays;
  const now = ports.clock.now();
  const [before, after] = [await openPart(unit, ports, stays), await openPart(unit, ports, goes)];
  const sealed = await sealPart(ports, stays, joined(before ?? {}, after ?? {}));
  const textHeld = stays.textHeld || goes.textHeld;
  const learnt = stays.subject === undefined && goes.subject !== undefined ? { subject: goes.subject } : {};
  const isEarlier = goes.receivedAt < stays.receivedAt;
  const { receivedAt, forwardDueAt, answerDueAt } = isEarlier ? goes : stays;
  const answer = answerDueAt === undefined || stays.extendedAt !== undefined ? {} : { answerDueAt };
  await updateRequest(unit, stays, { sealed, textHeld, receivedAt, forwardDueAt, ...answer, ...learnt });
  for (const inquiry of await inquiriesOfRequest(unit, goes)) await attachInquiry(unit, stays, inquiry, now);
  for (const relay of await relaysOf(unit, controller, goes.id))
    await ports.links.kill(unit, controller, relay.id, RELAY_PURPOSE);
  await supersedeRelays(unit, controller, goes.id);
  await updateRequest(unit, goes, {
    ...{ state: "closed", closedAt: now, closedBy: by.role, textHeld: false },
    ...{ openKey: null, addressHash: null, sealed: null },
  });
  for (const each of [goes, stays])
    await recordRequest(unit, ports, each, {
      ...{ type: "data-subject-requests.merged", by },
      payload: { merged: goes.id, into: stays.id, receivedAt },
    });
  if (stays.state === "open") {
    if (isEarlier)
      await scheduleEscalations(unit, ports, controller, { id: stays.id, receivedAt, forwardDueAt });
    await enqueueRelay(unit, ports, stays);
  } else await enqueueNews(unit, ports, stays, goes.id);
}
