/** What happens in conversations, whoever does it: the visitor, an operator in the inbox, a plugin through the API. */
import type { Conversation, ConversationState, Desk, Fields, Message, MessageType, Meta } from "./desk.ts";
import { tell, tellMessage } from "./events.ts";
import { newFingerprint, newSessionId } from "./identifiers.ts";
import { personOfEmail } from "./people.ts";

export function openConversation(desk: Desk, sessionId = newSessionId()): Conversation {
  const now = desk.now();
  const conversation: Conversation = {
    session_id: sessionId,
    state: "pending",
    is_verified: false,
    is_blocked: false,
    people_id: undefined,
    token: undefined,
    meta: emptyMeta(),
    messages: [],
    pages: [],
    events: [],
    participants: [],
    assigned: null,
    inbox_id: null,
    unread: { operator: 0, visitor: 0 },
    created_at: now,
    updated_at: now,
    waiting_since: undefined,
  };
  desk.conversations.set(sessionId, conversation);
  tell(desk, "session:request:initiated", conversation);
  return conversation;
}

function emptyMeta(): Meta {
  return {
    ...{ nickname: "", email: "", phone: "", address: "", subject: "", avatar: "", ip: "", origin: "chat" },
    ...{ data: {}, segments: [], device: {}, connection: {} },
  };
}

export interface NewMessage {
  readonly type: MessageType;
  readonly from: Message["from"];
  readonly origin: string;
  readonly content: Message["content"];
  readonly fingerprint?: number | undefined;
  readonly timestamp?: number | undefined;
  readonly user?: Fields | undefined;
  readonly mentions?: string[] | undefined;
  readonly references?: Fields[] | undefined;
  readonly properties?: Fields | undefined;
  readonly automated?: boolean | undefined;
  readonly translated?: boolean | undefined;
}

/**
 * Writes a message and tells the hooks of it, unless `echo` is false. A fingerprint that is there already is that very
 * message: nothing happens.
 */
export function addMessage(
  desk: Desk,
  conversation: Conversation,
  added: NewMessage,
  { echo = true } = {},
): Message {
  const known = conversation.messages.find(({ fingerprint }) => fingerprint === added.fingerprint);
  if (known !== undefined) return known;
  const message = messageOf(desk, conversation, added);
  conversation.messages.push(message);
  conversation.messages.sort((a, b) => a.timestamp - b.timestamp);
  conversation.updated_at = desk.now();
  claimFile(desk, message);
  if (added.from === "user") {
    conversation.unread.operator += 1;
    conversation.waiting_since ??= message.timestamp;
    if (conversation.state !== "unresolved") setState(desk, conversation, "unresolved");
  } else if (added.type !== "note") {
    conversation.unread.visitor += 1;
    conversation.waiting_since = undefined;
  }
  if (echo) tellMessage(desk, conversation, message);
  return message;
}

function messageOf(desk: Desk, conversation: Conversation, added: NewMessage): Message {
  const { session_id, meta } = conversation;
  const { type, from, origin, content, properties } = added;
  const visitor = { user_id: session_id, nickname: meta.nickname || "visitor" };
  const operator = { type: "website", nickname: "Plugin" };
  return {
    session_id,
    website_id: desk.websiteId,
    ...{ type, from, origin, content },
    fingerprint: added.fingerprint ?? unusedFingerprint(desk, conversation),
    timestamp: added.timestamp ?? desk.now(),
    user: added.user ?? (from === "user" ? visitor : operator),
    stamped: true,
    mentions: added.mentions ?? [],
    preview: [],
    references: added.references ?? [],
    read: "",
    delivered: "",
    edited: false,
    translated: added.translated ?? false,
    automated: added.automated ?? false,
    ...(properties === undefined ? {} : { properties }),
  };
}

function unusedFingerprint(desk: Desk, { messages }: Conversation): number {
  let made = newFingerprint(desk.now());
  while (messages.some(({ fingerprint }) => fingerprint === made)) made += 1;
  return made;
}

/** A file belongs to the conversation in which a message names its address. */
function claimFile(desk: Desk, { content, session_id }: Message): void {
  const url = typeof content === "string" ? undefined : content["url"];
  if (typeof url !== "string") return;
  for (const file of desk.files.values()) if (url.includes(file.id)) file.session_id = session_id;
}

export function setState(desk: Desk, conversation: Conversation, state: ConversationState): void {
  conversation.state = state;
  conversation.updated_at = desk.now();
  tell(desk, "session:set_state", conversation, { state });
}

const TEXTS = ["nickname", "email", "phone", "address", "subject", "avatar"] as const;
/** What is undefined stays as it is. */
export type MetaChange = {
  readonly [K in keyof Omit<Meta, "ip" | "origin" | "connection">]?: Meta[K] | undefined;
};

/** Changes what is known of a visitor; each change is an event of its own. An e-mail makes or finds a profile. */
export function setMeta(desk: Desk, conversation: Conversation, change: MetaChange): void {
  const { meta } = conversation;
  for (const name of TEXTS) {
    const value = change[name];
    if (value === undefined || value === meta[name]) continue;
    meta[name] = value;
    tell(desk, `session:set_${name}`, conversation, { [name]: value });
  }
  if (change.data !== undefined) {
    meta.data = change.data;
    tell(desk, "session:set_data", conversation, { data: meta.data });
  }
  if (change.segments !== undefined) {
    meta.segments = change.segments;
    tell(desk, "session:set_segments", conversation, { segments: meta.segments });
  }
  if (change.device !== undefined) meta.device = { ...meta.device, ...change.device };
  conversation.updated_at = desk.now();
  if (change.email !== undefined && change.email !== "") bindPerson(desk, conversation);
}

function bindPerson(desk: Desk, conversation: Conversation): void {
  const { email, nickname, phone } = conversation.meta;
  const person = personOfEmail(desk, email, {
    ...(nickname === "" ? {} : { nickname }),
    ...(phone === "" ? {} : { phone }),
  });
  if (conversation.people_id === person.people_id) return;
  conversation.people_id = person.people_id;
  tell(desk, "people:bind:session", conversation, { people_id: person.people_id });
}
