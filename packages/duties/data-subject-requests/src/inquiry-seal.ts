/**
 * What was written is sealed: the message under the inquiry's own key, what a controller may read of it under the request's.
 * Destroying a key is forgetting it, in every copy of the database. @clause D10.1b
 */
import type { ControllerId, InquiryId, Unit } from "@preau/kernel";
import type { KeyScope } from "@preau/keys";
import { PUBLISHER } from "@preau/web";
import type { IntakePorts } from "./desk-ports.ts";
import type { InquiryText } from "./inquiry.ts";
import type { RequestPart } from "./request-part.ts";
import { sealedOfInquiry } from "./store/inquiries.ts";
import { type RequestKey, sealedOfRequest } from "./store/requests.ts";

type Vault = Pick<IntakePorts, "vault">;

/** Lengths, too, tell one message from another. */
const STEP = 256;

export function inquiryScope(inquiry: InquiryId): KeyScope {
  return { controller: PUBLISHER, kind: "controller", id: inquiry };
}

/** Of a request, or of a report of inaccurate data. */
export function thingScope({
  controller,
  id,
}: {
  readonly controller: ControllerId;
  readonly id: string;
}): KeyScope {
  return { controller, kind: "controller", id };
}

export function sealInquiry(ports: Vault, id: InquiryId, text: InquiryText): Promise<Buffer> {
  return sealJson(ports, inquiryScope(id), text);
}

/** Undefined when it is gone. */
export async function openInquiry(unit: Unit, ports: Vault, id: InquiryId): Promise<InquiryText | undefined> {
  const sealed = await sealedOfInquiry(unit, id);
  return sealed && openJson<InquiryText>(ports, inquiryScope(id), sealed);
}

export function sealPart(ports: Vault, key: RequestKey, part: RequestPart): Promise<Buffer> {
  return sealJson(ports, thingScope(key), part);
}

/** Undefined when it is gone. */
export async function openPart(unit: Unit, ports: Vault, key: RequestKey): Promise<RequestPart | undefined> {
  const sealed = await sealedOfRequest(unit, key);
  return sealed && openJson<RequestPart>(ports, thingScope(key), sealed);
}

export async function sealJson(ports: Vault, scope: KeyScope, value: object): Promise<Buffer> {
  const json = Buffer.from(JSON.stringify(value));
  const padded = Buffer.alloc(Math.ceil(json.length / STEP) * STEP, " ");
  json.copy(padded);
  return ports.vault.seal(scope, padded, contextOf(scope));
}

export async function openJson<T>(ports: Vault, scope: KeyScope, sealed: Uint8Array): Promise<T | undefined> {
  const json = await ports.vault.open(scope, sealed, contextOf(scope));
  return json && (JSON.parse(json.toString()) as T);
}

function contextOf({ id }: KeyScope): string {
  return `data-subject-requests.text/1 ${id}`;
}
