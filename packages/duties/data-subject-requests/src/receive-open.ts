/** Opens the case of one right of one person at one controller, or finds it open already. @clause D10.1a, D10.1b */
import {
  type ControllerId,
  isFault,
  type Origin,
  type RequesterRole,
  type RequestId,
  type RequestMatter,
  type SubjectId,
  type Unit,
} from "@preau/kernel";
import { authorityOf } from "./authority.ts";
import { answerDue, forwardDue } from "./clocks.ts";
import type { DeskActor, IntakePorts } from "./desk-ports.ts";
import { openKey } from "./duplicate.ts";
import { scheduleEscalations } from "./escalate-schedule.ts";
import type { Inquiry } from "./inquiry.ts";
import { openPart, sealPart } from "./inquiry-seal.ts";
import { enqueueNews, enqueueRelay } from "./relay-enqueue.ts";
import type { Identity, Request } from "./request.ts";
import { recordRequest } from "./request-journal.ts";
import type { RequestPart } from "./request-part.ts";
import { attachInquiry, insertRequest, openTwin, updateRequest } from "./store/requests.ts";

/** Of several messages together. */
const MOST_TEXT = 60_000;

export interface CaseOfPerson {
  readonly controller: ControllerId;
  readonly matter: RequestMatter;
  readonly subject?: SubjectId | undefined;
  readonly requester?: SubjectId | undefined;
  readonly origin?: Origin | undefined;
  readonly role: RequesterRole;
  readonly identity: Identity;
  readonly isAboutAnother: boolean;
  readonly part: RequestPart;
  /** Only facts go on until a person has looked. */
  readonly textHeld: boolean;
  readonly by: DeskActor;
}

export interface Opened {
  readonly id: RequestId;
  readonly isNew: boolean;
}

/** @clause D10.1a, D10.1b */
export async function openRequest(
  unit: Unit,
  ports: IntakePorts,
  inquiry: Inquiry,
  person: CaseOfPerson,
): Promise<Opened> {
  const { controller, matter, subject, requester, isAboutAnother, part } = person;
  const { addressHash } = inquiry;
  const whose = { controller, matter, subject, requester, addressHash, isAboutAnother };
  const key = await openKey(ports, { ...whose, concerns: part.concerns });
  const own = isAboutAnother ? {} : { subject, addressHash };
  const twinOf = () => openTwin(unit, controller, { matter, openKey: key, ...own });
  const twin = await twinOf();
  if (twin !== undefined) return merge(unit, ports, twin, inquiry, person);
  const { receivedAt, language } = inquiry;
  const answerDueAt = await answerDue(unit, ports, controller, receivedAt);
  const request: Request = {
    ...{ id: ports.ids.next("rqs"), controller, inquiry: inquiry.id, matter, state: "open", language },
    ...(subject === undefined ? {} : { subject }),
    ...(requester === undefined ? {} : { requester }),
    ...(person.origin === undefined ? {} : { origin: person.origin }),
    ...{ role: person.role, identity: person.identity },
    authority: authorityOf(person.role, isAboutAnother),
    receivedAt,
    forwardDueAt: await forwardDue(unit, ports, controller, receivedAt),
    ...(answerDueAt === undefined ? {} : { answerDueAt }),
    ...{ level: 0, bounces: 0, textHeld: person.textHeld },
    ...(addressHash === undefined ? {} : { addressHash }),
  };
  const sealed = await sealPart(ports, request, part);
  try {
    await insertRequest(unit, { ...request, openKey: key, sealed });
  } catch (error) {
    // Somebody else was first, and has committed.
    const first = isFault(error, "DATABASE_DUPLICATE") ? await twinOf() : undefined;
    if (first === undefined) throw error;
    return merge(unit, ports, first, inquiry, person);
  }
  await attachInquiry(unit, request, inquiry.id, ports.clock.now());
  await recordRequest(unit, ports, request, {
    ...{ type: "data-subject-requests.requested", by: person.by },
    payload: {
      ...{ inquiry: inquiry.id, channel: inquiry.channel, role: request.role, receivedAt },
      ...{ identity: request.identity, forwardDueAt: request.forwardDueAt },
    },
  });
  await scheduleEscalations(unit, ports, controller, request);
  await enqueueRelay(unit, ports, request);
  return { id: request.id, isNew: true };
}

/** The earlier receipt keeps the clock; whoever is known now stays known; what is said now is said too. */
async function merge(
  unit: Unit,
  ports: IntakePorts,
  twin: Request,
  { id, receivedAt }: Inquiry,
  { by, subject, part, textHeld }: CaseOfPerson,
): Promise<Opened> {
  const { controller } = twin;
  const before = (await openPart(unit, ports, twin)) ?? {};
  await updateRequest(unit, twin, {
    sealed: await sealPart(ports, twin, joined(before, part)),
    textHeld: twin.textHeld || textHeld,
  });
  const learnt = twin.subject === undefined && subject !== undefined ? { subject } : {};
  if (receivedAt < twin.receivedAt) {
    const forwardDueAt = await forwardDue(unit, ports, controller, receivedAt);
    const answerDueAt = await answerDue(unit, ports, controller, receivedAt);
    const answer = answerDueAt === undefined || twin.extendedAt !== undefined ? {} : { answerDueAt };
    await updateRequest(unit, twin, { receivedAt, forwardDueAt, ...answer, ...learnt });
    await scheduleEscalations(unit, ports, controller, { ...twin, receivedAt, forwardDueAt });
  } else if (subject !== undefined && twin.subject === undefined) await updateRequest(unit, twin, learnt);
  await attachInquiry(unit, twin, id, ports.clock.now());
  await recordRequest(unit, ports, twin, {
    ...{ type: "data-subject-requests.merged", by },
    payload: { inquiry: id, receivedAt },
  });
  if (twin.state !== "open") await enqueueNews(unit, ports, twin, id);
  return { id: twin.id, isNew: false };
}

/** Both texts, the earlier first. Neither names anybody else: each was looked at when it came. */
export function joined(before: RequestPart, after: RequestPart): RequestPart {
  const texts = [before.text, after.text].filter((text): text is string => text !== undefined);
  const text = [...new Set(texts)].join("\n\n* * *\n\n");
  return { ...after, ...before, ...(text === "" ? {} : { text: text.slice(0, MOST_TEXT) }) };
}
