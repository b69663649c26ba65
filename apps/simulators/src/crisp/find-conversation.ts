import type { Request } from "express";
import type { Conversation, Desk, Message } from "./desk.ts";
import { notFound, part } from "./envelope.ts";

/** @throws DeskRefusal 404 */
export function conversationOf(desk: Desk, request: Request): Conversation {
  return desk.conversations.get(part(request, "session")) ?? notFound("the conversation");
}

/** @throws DeskRefusal 404 */
export function messageOf({ messages }: Conversation, request: Request): Message {
  const wanted = Number(part(request, "fingerprint"));
  return messages.find(({ fingerprint }) => fingerprint === wanted) ?? notFound("the message");
}
