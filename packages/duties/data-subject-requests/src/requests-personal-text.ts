/**
 * What an erasure takes out of texts. A message is the person's own, or names several: it is destroyed with its key at once, unless
 * a request of somebody else out of it is open. Then the erased one's name, address and identifiers are taken out of it and out of
 * what the others' controllers read, and the rest goes when those are over, as ever. @clause D12.2
 */
import type { ControllerId, InquiryId, SubjectTarget, Unit } from "@preau/kernel";
import type { IntakePorts } from "./desk-ports.ts";
import type { InquiryText } from "./inquiry.ts";
import { openInquiry, openPart, sealInquiry, sealPart } from "./inquiry-seal.ts";
import { redactNames } from "./relay-redact.ts";
import { isOpen, type Request } from "./request.ts";
import type { RequestPart } from "./request-part.ts";
import { readInquiry, updateInquiry } from "./store/inquiries.ts";
import { writeInquiry } from "./store/person-rows.ts";
import { requestsOfInquiry, updateRequest } from "./store/requests.ts";

type Vault = Pick<IntakePorts, "vault">;

/** A shorter text stands in every word. */
const SHORTEST = 4;
const GONE = "[…]";

export interface Erased {
  readonly controller: ControllerId;
  readonly target: SubjectTarget;
}

function isOf({ controller, target }: Erased, request: Request): boolean {
  return request.controller === controller && request.subject === target.subject;
}

/** Requests of others out of the same message. */
function othersOf(erased: Erased, requests: readonly Request[]): readonly Request[] {
  return requests.filter((request) => !isOf(erased, request));
}

/** By what the person is named: in the message, in their own requests, by their identifiers. */
async function wordsOf(
  unit: Unit,
  ports: Vault,
  {
    erased,
    id,
    requests,
  }: { readonly erased: Erased; readonly id: InquiryId; readonly requests: readonly Request[] },
) {
  const { controller, target } = erased;
  const written = await openInquiry(unit, ports, id);
  const inquiry = await readInquiry(unit, id);
  const names: (string | undefined)[] = [];
  const values: (string | undefined)[] = target.identifiers.map(({ value }) => value);
  const wrote =
    (inquiry?.controller === controller && inquiry.subject === target.subject) ||
    requests.some((each) => each.controller === controller && each.requester === target.subject);
  if (wrote) {
    names.push(written?.name);
    values.push(written?.address);
  }
  for (const request of requests.filter((each) => isOf(erased, each))) {
    const part = await openPart(unit, ports, request);
    const isAsker = request.requester === undefined && part?.concerns === undefined;
    names.push(isAsker ? part?.name : part?.concerns);
    if (isAsker) values.push(part?.address);
  }
  const known = (texts: readonly (string | undefined)[]) =>
    texts.filter((text): text is string => text !== undefined && text.trim().length >= SHORTEST);
  return { written, names: known(names), values: known(values) };
}

type Words = Pick<Awaited<ReturnType<typeof wordsOf>>, "names" | "values">;

/** The text without the person. */
function withoutPerson(text: string, { names, values }: Words): string {
  const plain = values.reduce(
    (left, value) =>
      left.replaceAll(new RegExp(value.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`), "giu"), GONE),
    text,
  );
  return names.length === 0 ? plain : redactNames(plain, [], names);
}

export interface TextWork {
  readonly id: InquiryId;
  readonly ends: boolean;
  /** What is written instead, where others still need it. */
  readonly rest?: InquiryText;
  readonly parts: readonly { readonly request: Request; readonly part: RequestPart }[];
}

/** What is to be done about one message; undefined where nothing of the person stands in it any more. */
export async function textWork(
  unit: Unit,
  ports: Vault,
  erased: Erased,
  id: InquiryId,
): Promise<TextWork | undefined> {
  const requests = await requestsOfInquiry(unit, id);
  const { written, ...words } = await wordsOf(unit, ports, { erased, id, requests });
  const others = othersOf(erased, requests);
  const parts: { request: Request; part: RequestPart }[] = [];
  let needed = false;
  for (const request of others) {
    const part = await openPart(unit, ports, request);
    // One of somebody who was erased has nobody left who could need the message.
    needed ||= part !== undefined && isOpen(request);
    // What another controller reads is that controller's.
    const left = part && request.controller === erased.controller ? redacted(part, words) : undefined;
    if (left !== undefined) parts.push({ request, part: left });
  }
  if (!needed) return { id, ends: true, parts };
  const rest = written && restOf(written, words);
  return rest === undefined && parts.length === 0
    ? undefined
    : { id, ends: false, parts, ...(rest === undefined ? {} : { rest }) };
}

/** In one unit, so that who is named is known until every place is done. The key goes after it. */
export async function writeTextWork(
  unit: Unit,
  ports: Vault,
  { id, ends, rest, parts }: TextWork,
): Promise<void> {
  for (const { request, part } of parts)
    await updateRequest(unit, request, { sealed: await sealPart(ports, request, part) });
  if (ends) await updateInquiry(unit, id, { sealed: null, addressHash: null });
  else if (rest !== undefined) await writeInquiry(unit, id, await sealInquiry(ports, id, rest));
}

/** Undefined where nothing changes. */
function redacted<T extends object>(value: T, words: Words): T | undefined {
  const before = Object.entries(value) as readonly (readonly [string, unknown])[];
  const after = before.map(
    ([key, text]) => [key, typeof text === "string" ? withoutPerson(text, words) : text] as const,
  );
  const isSame = after.every(([, text], index) => text === before[index]?.[1]);
  return isSame ? undefined : (Object.fromEntries(after) as T);
}

function restOf({ concerns, ...written }: InquiryText, words: Words): InquiryText | undefined {
  const plain = redacted(written, words);
  const about = concerns && redacted(concerns, words);
  if (plain === undefined && about === undefined) return undefined;
  const kept = about ?? concerns;
  return { ...(plain ?? written), ...(kept === undefined ? {} : { concerns: kept }) };
}
