/**
 * Any desk that signs its hooks by Standard Webhooks 1.0.0: `webhook-id`, `webhook-timestamp` in seconds, `webhook-signature` with
 * one or several `v1,<base64>`, HMAC-SHA-256 of `<id>.<time>.<body>` under `whsec_<base64>`. What its body holds is in the
 * package's README.
 */
import { instant } from "@preau/kernel";
import type { DeskEvent, DeskEventKind, DeskFile, DeskVisitor } from "../desk-event.ts";
import { fault } from "../errors.ts";
import {
  headerOf,
  isAddressed,
  isFresh,
  isOneOf,
  type Members,
  macOf,
  membersOf,
  objectOf,
  textOf,
  timeOf,
} from "./hook-proof.ts";
import type { DeskSource, Hook, HookRefusal, HookTerms } from "./source.ts";

const KINDS: Readonly<Record<string, DeskEventKind>> = {
  "conversation.message.created": "visitorWrote",
  "conversation.message.updated": "messageChanged",
  "conversation.message.deleted": "messageRemoved",
  "conversation.visitor.updated": "personChanged",
  "conversation.deleted": "conversationRemoved",
};
const REFERENCE = /^[A-Za-z0-9_.:@-]{1,191}$/;
const MESSAGE_ID = /^[\x21-\x7e]{1,255}$/;
/** 31 December 9999: instants end there. */
const LATEST = 253_402_300_800_000;
/** Signatures of one hook that are looked at: one a secret, and some to spare. */
const MOST_SIGNATURES = 10;
/** Bytes, by the standard. */
const SHORTEST_KEY = 24;

export const standardSource: DeskSource = {
  name: "standard",
  verify: (hook, terms) => {
    const id = headerOf(hook, "webhook-id");
    if (id === undefined || !MESSAGE_ID.test(id)) return { verified: false, reason: "unsigned" };
    const refused = refuse(hook, id, terms);
    if (refused !== undefined) return { verified: false, reason: refused };
    const body = objectOf(hook.body);
    if (body === undefined) return { verified: false, reason: "malformed" };
    const { website } = terms;
    if (website !== undefined && membersOf(body["data"])?.["installation"] !== website)
      return { verified: false, reason: "wrongWebsite" };
    return { verified: true, key: id };
  },
  read: (bytes) => {
    const body = objectOf(bytes);
    if (body === undefined) throw fault("SUPPORT_BAD_HOOK", { place: "body" });
    const kind = Object.hasOwn(KINDS, String(body["type"])) ? KINDS[String(body["type"])] : undefined;
    if (kind === undefined) return undefined;
    const data = membersOf(body["data"]);
    const conversation = textOf(membersOf(data?.["conversation"])?.["id"]);
    if (data === undefined || conversation === undefined || !REFERENCE.test(conversation))
      throw fault("SUPPORT_BAD_HOOK", { place: "data.conversation.id" });
    return eventIn(body, data, { kind, conversation });
  },
};

function refuse(hook: Hook, id: string, terms: HookTerms): HookRefusal | undefined {
  const { secrets, now, freshForMs } = terms;
  if (terms.hooks === "address") return isAddressed(hook, secrets) ? undefined : "wrongSignature";
  const time = headerOf(hook, "webhook-timestamp");
  const signatures = headerOf(hook, "webhook-signature");
  if (time === undefined || signatures === undefined) return "unsigned";
  const given = signatures
    .split(" ", MOST_SIGNATURES)
    .filter((each) => each.startsWith("v1,"))
    .map((each) => Buffer.from(each.slice(3), "base64"));
  const wanted = secrets
    .map(keyIn)
    .filter((key) => key.length >= SHORTEST_KEY)
    .map((key) => macOf(key, `${id}.${time}.`, hook.body));
  if (!isOneOf(given, wanted)) return "wrongSignature";
  return isFresh(timeOf(time), now, freshForMs) ? undefined : "stale";
}

/** Empty for what is no base64: a key that everybody knows would sign everything. */
function keyIn(secret: string): Buffer {
  const text = secret.startsWith("whsec_") ? secret.slice(6) : secret;
  return Buffer.from(/^[A-Za-z0-9+/]+={0,2}$/.test(text) ? text : "", "base64");
}

function eventIn(
  body: Members,
  data: Members,
  { kind, conversation }: Pick<DeskEvent, "kind" | "conversation">,
): DeskEvent {
  const message = membersOf(data["message"]) ?? {};
  const id = textOf(message["id"]);
  if (kind !== "personChanged" && kind !== "conversationRemoved" && id === undefined)
    throw fault("SUPPORT_BAD_HOOK", { place: "data.message.id" });
  const isAgent = kind === "visitorWrote" && message["author"] === "agent";
  const text = textOf(message["text"]);
  const fingerprint = textOf(message["fingerprint"]);
  return {
    kind: isAgent ? "agentWrote" : kind,
    conversation,
    ...(id === undefined ? {} : { message: id }),
    at: timeIn(message["at"]) ?? timeIn(body["timestamp"]) ?? instant(0),
    ...(text === undefined ? {} : { text }),
    files: Array.isArray(message["files"]) ? message["files"].map(fileIn) : [],
    ...(fingerprint === undefined ? {} : { fingerprint }),
    visitor: isAgent ? {} : visitorIn(membersOf(data["visitor"]) ?? {}),
  };
}

/** ISO 8601, as the standard's examples write it. */
function timeIn(value: unknown) {
  const time = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return time >= 0 && time < LATEST ? instant(time) : undefined;
}

function fileIn(value: unknown): DeskFile {
  const type = textOf(membersOf(value)?.["type"]);
  return type === undefined ? {} : { type: type.slice(0, 100) };
}

function visitorIn(visitor: Members): DeskVisitor {
  const [token, name, email, telephone, person] = ["token", "name", "email", "telephone", "id"].map((each) =>
    textOf(visitor[each]),
  );
  return {
    ...(token === undefined ? {} : { token }),
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
    ...(telephone === undefined ? {} : { telephone }),
    ...(person === undefined || !REFERENCE.test(person) ? {} : { person }),
  };
}
