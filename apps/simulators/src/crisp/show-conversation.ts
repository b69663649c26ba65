import type { Conversation, Desk, Fields } from "./desk.ts";

/** A conversation as the wire shows it. */
export function showConversation(desk: Desk, conversation: Conversation): Fields {
  const { messages, assigned, people_id, meta } = conversation;
  const last = messages.findLast(({ type }) => type !== "note");
  const excerpt = last === undefined ? "" : excerptOf(last.content);
  return {
    session_id: conversation.session_id,
    website_id: desk.websiteId,
    inbox_id: conversation.inbox_id,
    ...(people_id === undefined ? {} : { people_id }),
    state: conversation.state,
    status: ["pending", "unresolved", "resolved"].indexOf(conversation.state),
    is_verified: conversation.is_verified,
    is_blocked: conversation.is_blocked,
    availability: "offline",
    active: { now: false, last: conversation.updated_at },
    last_message: excerpt,
    ...(last === undefined
      ? {}
      : {
          preview_message: { type: last.type, from: last.from, excerpt, fingerprint: last.fingerprint },
        }),
    verifications: [],
    participants: conversation.participants,
    mentions: [],
    compose: { operator: {}, visitor: {} },
    unread: conversation.unread,
    ...(assigned === null ? {} : { assigned: { user_id: assigned } }),
    meta,
    created_at: conversation.created_at,
    updated_at: conversation.updated_at,
    ...(conversation.waiting_since === undefined ? {} : { waiting_since: conversation.waiting_since }),
  };
}

export function excerptOf(content: string | Fields): string {
  if (typeof content === "string") return content.slice(0, 256);
  const name = content["name"] ?? content["text"];
  return typeof name === "string" ? name.slice(0, 256) : "";
}
