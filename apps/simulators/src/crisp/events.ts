/** The shapes of events that the desk tells, as the official typings name them. */
import type { Conversation, Desk, Fields, Message, Person } from "./desk.ts";

/** An event of one conversation. */
export function tell(
  desk: Desk,
  event: string,
  { session_id, inbox_id }: Pick<Conversation, "session_id" | "inbox_id">,
  more: Fields = {},
): void {
  desk.emit(event, { website_id: desk.websiteId, session_id, inbox_id, ...more });
}

/** `message:send` when the visitor wrote, `message:received` when an operator did. */
export function tellMessage(desk: Desk, conversation: Conversation, message: Message): void {
  const { type, content, from, origin, stamped, timestamp, fingerprint, user, mentions, automated } = message;
  tell(desk, from === "user" ? "message:send" : "message:received", conversation, {
    ...{ type, content, from, origin, stamped, timestamp, fingerprint, user, mentions, automated },
    ...(message.properties === undefined ? {} : { properties: message.properties }),
  });
}

export function tellPerson(
  desk: Desk,
  event: "created" | "updated" | "removed",
  { people_id, email, person, updated_at }: Person,
): void {
  desk.emit(`people:profile:${event}`, {
    website_id: desk.websiteId,
    people_id,
    ...(event === "removed" ? {} : { email }),
    ...(event === "updated" ? { update: { updated_at, person } } : {}),
  });
}
