/**
 * Takes a message in: written down sealed, its clock running from its receipt. Somebody signed in has one controller, and their
 * rights become cases at once; whose everybody else's is, a person decides. @clause D10.1a, D10.1b
 */
import {
  type InquiryId,
  isFault,
  type Received,
  type ReceivedRequest,
  type RequestId,
  type Unit,
} from "@preau/kernel";
import { PUBLISHER } from "@preau/web";
import { roleOf } from "./authority.ts";
import { forwardDue } from "./clocks.ts";
import { type IntakePorts, SYSTEM } from "./desk-ports.ts";
import { addressHash, keyHash } from "./duplicate.ts";
import { scheduleEscalations } from "./escalate-schedule.ts";
import { identityOf } from "./identity.ts";
import type { Inquiry, InquiryText } from "./inquiry.ts";
import { sealInquiry } from "./inquiry-seal.ts";
import { mattersOf, requireReceivable } from "./receive-bounds.ts";
import { openRequest } from "./receive-open.ts";
import { enqueueSorting } from "./receive-sort.ts";
import { recogniseMatters } from "./recognise-matters.ts";
import { mayNameOthers } from "./relay-redact.ts";
import { recordInquiry } from "./request-journal.ts";
import type { RequestPart } from "./request-part.ts";
import { inquiryOfKey, insertInquiry } from "./store/inquiries.ts";
import { requestsOfInquiry } from "./store/requests.ts";

/** How many attachments a mail had; they are not kept. */
export interface MailFacts {
  readonly attachments?: number;
}

/** @throws REQUEST_BAD naming the field @clause D10.1a, D10.1b */
export async function receiveRequest(
  unit: Unit,
  ports: IntakePorts,
  request: ReceivedRequest,
  { attachments = 0 }: MailFacts = {},
): Promise<Received> {
  const now = ports.clock.now();
  requireReceivable(request, now);
  const hash = await keyHash(ports, request.key, request.requester ?? {});
  const stands = await twinOf(unit, hash);
  if (stands !== undefined) return stands;
  const inquiry = await inquiryOf(unit, ports, request, attachments);
  const text = textOf(request);
  const sealed = await sealInquiry(ports, inquiry.id, text);
  try {
    await insertInquiry(unit, { ...inquiry, keyHash: hash, sealed });
  } catch (error) {
    const first = isFault(error, "DATABASE_DUPLICATE") ? await twinOf(unit, hash) : undefined;
    if (first === undefined) throw error;
    return first;
  }
  await recordInquiry(unit, ports, inquiry.id, {
    type: "data-subject-requests.received",
    payload: { channel: inquiry.channel, receivedAt: inquiry.receivedAt, matters: [...inquiry.matters] },
  });
  if (inquiry.state === "assigned") return openAll(unit, ports, inquiry, text);
  await scheduleEscalations(unit, ports, PUBLISHER, inquiry);
  await enqueueSorting(unit, ports, inquiry.id);
  return { inquiry: inquiry.id, requests: [], isNew: true };
}

/** The same key: what came of it then. */
async function twinOf(unit: Unit, hash: string): Promise<Received | undefined> {
  const inquiry = await inquiryOfKey(unit, hash);
  if (inquiry === undefined) return undefined;
  const requests = await requestsOfInquiry(unit, inquiry.id);
  return { inquiry: inquiry.id, requests: requests.map(({ id }) => id), isNew: false };
}

async function inquiryOf(
  unit: Unit,
  ports: IntakePorts,
  request: ReceivedRequest,
  attachments: number,
): Promise<Inquiry> {
  const { requester, text, receivedAt } = request;
  const { controller, subject, origin, role } = requester ?? {};
  const id: InquiryId = ports.ids.next("inq");
  const matters = mattersOf(request);
  const hash = await addressHash(ports, requester?.address);
  return {
    ...{ id, channel: request.channel, language: request.language, receivedAt, matters, attachments },
    state: controller !== undefined && matters.length > 0 ? "assigned" : "new",
    recordedAt: ports.clock.now(),
    forwardDueAt: await forwardDue(unit, ports, controller ?? PUBLISHER, receivedAt),
    recognised: text === undefined ? [] : recogniseMatters(text).map(({ matter }) => matter),
    level: 0,
    ...(controller === undefined ? {} : { controller }),
    ...(subject === undefined ? {} : { subject }),
    ...(origin === undefined ? {} : { origin }),
    ...(role === undefined ? {} : { role }),
    ...(hash === undefined ? {} : { addressHash: hash }),
  };
}

function textOf({ text, requester, concerns }: ReceivedRequest): InquiryText {
  const { name, address } = requester ?? {};
  return {
    ...(text === undefined ? {} : { text }),
    ...(name === undefined ? {} : { name }),
    ...(address === undefined ? {} : { address }),
    ...(concerns === undefined ? {} : { concerns }),
  };
}

/** Of somebody signed in. */
async function openAll(
  unit: Unit,
  ports: IntakePorts,
  inquiry: Inquiry,
  { text, name, address, concerns }: InquiryText,
): Promise<Received> {
  const { controller = PUBLISHER, subject, origin } = inquiry;
  const requester = { controller, ...(subject === undefined ? {} : { subject }) };
  const isAboutAnother = concerns?.name !== undefined;
  const own = [name, address, concerns?.name].filter((each): each is string => each !== undefined);
  const textHeld = text !== undefined && mayNameOthers(text, own);
  const part: RequestPart = {
    ...(name === undefined ? {} : { name }),
    ...(address === undefined ? {} : { address }),
    ...(concerns?.name === undefined ? {} : { concerns: concerns.name }),
    ...(concerns?.school === undefined ? {} : { school: concerns.school }),
    ...(text === undefined || textHeld ? {} : { text }),
  };
  const opened: RequestId[] = [];
  let isNew = false;
  for (const matter of inquiry.matters) {
    const one = await openRequest(unit, ports, inquiry, {
      ...{ controller, matter, origin, textHeld, part, isAboutAnother },
      ...(isAboutAnother ? { requester: subject } : { subject }),
      role: roleOf(inquiry.role),
      identity: identityOf(requester),
      by: subject === undefined ? SYSTEM : { role: "dataSubject", id: subject },
    });
    opened.push(one.id);
    isNew ||= one.isNew;
  }
  return { inquiry: inquiry.id, requests: opened.toSorted(), isNew };
}
