/**
 * Crisp. A plugin's hook bears the HMAC-SHA-256 of `[<time>;<body>]` in hexadecimal; a website's hook bears nothing, and is known
 * by a secret in its address. Verified over the bytes: parsing and writing again changes them.
 */
import { instant } from "@preau/kernel";
import type { DeskEvent, DeskEventKind, DeskFile, DeskVisitor } from "../desk-event.ts";
import { fault } from "../errors.ts";
import {
  digestOf,
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
  "message:send": "visitorWrote",
  "message:received": "agentWrote",
  "message:updated": "messageChanged",
  "message:removed": "messageRemoved",
  "session:removed": "conversationRemoved",
  "session:set_email": "personChanged",
  "session:set_phone": "personChanged",
  "session:set_nickname": "personChanged",
  "session:set_data": "personChanged",
};
/** It goes into addresses of Crisp's API. */
const SESSION = /^session_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** What is no message of the conversation: notes among agents, and what Crisp itself says in it. */
const UNSAID: ReadonlySet<unknown> = new Set(["note", "event"]);
/** 31 December 9999: instants end there. */
const LATEST = 253_402_300_800_000;
/** Under which the widget hands our token over, in the session's data. */
export const TOKEN_NAME = "preau";

export const crispSource: DeskSource = {
  name: "crisp",
  verify: (hook, terms) => {
    const refused = terms.hooks === "address" ? refuseAddress(hook, terms) : refuseSignature(hook, terms);
    if (refused !== undefined) return { verified: false, reason: refused };
    const body = objectOf(hook.body);
    const key = body && keyOf(body);
    if (body === undefined || key === undefined) return { verified: false, reason: "malformed" };
    if (!isOfWebsite(body, terms.website)) return { verified: false, reason: "wrongWebsite" };
    return { verified: true, key };
  },
  read: (bytes) => {
    const body = objectOf(bytes);
    if (body === undefined) throw fault("SUPPORT_BAD_HOOK", { place: "body" });
    const kind = Object.hasOwn(KINDS, String(body["event"])) ? KINDS[String(body["event"])] : undefined;
    if (kind === undefined) return undefined;
    const data = membersOf(body["data"]);
    const conversation = textOf(data?.["session_id"]);
    if (data === undefined || conversation === undefined || !SESSION.test(conversation))
      throw fault("SUPPORT_BAD_HOOK", { place: "data.session_id" });
    if (UNSAID.has(data["type"])) return undefined;
    // Of which message it is nobody could say.
    if ((kind === "messageChanged" || kind === "messageRemoved") && data["fingerprint"] === undefined)
      return undefined;
    return eventIn(body, data, { kind: writerOf(kind, data), conversation });
  },
};

function refuseSignature(hook: Hook, { secrets, now, freshForMs }: HookTerms): HookRefusal | undefined {
  const signature = headerOf(hook, "x-crisp-signature");
  const time = headerOf(hook, "x-crisp-request-timestamp");
  if (signature === undefined || time === undefined) return "unsigned";
  const given = Buffer.from(/^[0-9a-f]{64}$/i.test(signature) ? signature : "", "hex");
  const wanted = secrets.map((secret) => macOf(secret, `[${time};`, hook.body, "]"));
  if (!isOneOf([given], wanted)) return "wrongSignature";
  return isFresh(timeOf(time), now, freshForMs) ? undefined : "stale";
}

function refuseAddress(hook: Hook, { secrets }: HookTerms): HookRefusal | undefined {
  if (hook.query["key"] === undefined) return "unsigned";
  return isAddressed(hook, secrets) ? undefined : "wrongSignature";
}

/** It is named twice, and both must be ours. */
function isOfWebsite(body: Members, website: string | undefined): boolean {
  const inner = membersOf(body["data"])?.["website_id"];
  if (inner !== undefined && inner !== body["website_id"]) return false;
  return website === undefined || body["website_id"] === website;
}

/** Crisp numbers messages by a fingerprint; what has none is told apart by its time, and all by what they say. */
function keyOf(body: Members): string | undefined {
  const data = membersOf(body["data"]) ?? {};
  const { event, timestamp } = body;
  const own = data["fingerprint"];
  const isWritten = event === "message:send" || event === "message:received";
  const said = ["timestamp", "content", "email", "phone", "nickname", "data"].map(
    (name) => data[name] ?? null,
  );
  // Both are chosen by the visitor's browser: what is said under them belongs to the key.
  const written = [data["timestamp"] ?? null, data["type"] ?? null, data["content"] ?? null];
  const rest = digestOf(isWritten && own !== undefined ? written : [timestamp, said]);
  if (rest === undefined) return undefined;
  return JSON.stringify([body["website_id"], event, data["session_id"], String(own), rest]);
}

function writerOf(kind: DeskEventKind, { from }: Members): DeskEventKind {
  return kind === "visitorWrote" && from === "operator" ? "agentWrote" : kind;
}

function eventIn(body: Members, data: Members, base: Pick<DeskEvent, "kind" | "conversation">): DeskEvent {
  const own = data["fingerprint"];
  const message = typeof own === "number" || typeof own === "string" ? String(own) : undefined;
  const text = base.kind === "personChanged" ? undefined : writtenIn(data["content"]);
  return {
    ...base,
    ...(message === undefined ? {} : { message, fingerprint: message }),
    at: timeIn(data["timestamp"]) ?? timeIn(body["timestamp"]) ?? instant(0),
    ...(text === undefined ? {} : { text }),
    files: filesIn(data),
    visitor: base.kind === "agentWrote" ? {} : visitorIn(data),
  };
}

function timeIn(value: unknown) {
  const whole = typeof value === "number" ? Math.trunc(value) : Number.NaN;
  return whole >= 0 && whole < LATEST ? instant(whole) : undefined;
}

/** Text, or what a form or a list of choices asked and was answered. */
function writtenIn(content: unknown): string | undefined {
  if (typeof content === "string") return content;
  const form = membersOf(content);
  if (form === undefined) return undefined;
  const choices = Array.isArray(form["choices"]) ? form["choices"].map(membersOf) : [];
  const chosen = choices.filter((each) => each?.["selected"] === true).map((each) => each?.["label"]);
  const written = [form["text"], form["explain"], form["value"], ...chosen].map(textOf);
  return written.filter((each) => each !== undefined).join("\n");
}

function filesIn({ type, content }: Members): readonly DeskFile[] {
  const file = membersOf(content);
  if (file?.["url"] === undefined) return [];
  const kind = textOf(file["type"]) ?? textOf(type);
  return [kind === undefined ? {} : { type: kind.slice(0, 100) }];
}

function visitorIn(data: Members): DeskVisitor {
  const name = textOf(data["nickname"]) ?? textOf(membersOf(data["user"])?.["nickname"]);
  const email = textOf(data["email"]);
  const telephone = textOf(data["phone"]);
  const token = textOf(membersOf(data["data"])?.[TOKEN_NAME]);
  return {
    ...(token === undefined ? {} : { token }),
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
    ...(telephone === undefined ? {} : { telephone }),
  };
}
