/** Messages of one conversation: the newest thirty before or after an instant, oldest first (how many is a guess). */
import express, { type Router } from "express";
import { z } from "zod";
import { addMessage } from "./converse.ts";
import { type Desk, MESSAGE_TYPES } from "./desk.ts";
import { answer, DeskRefusal, part, queryText, readBody } from "./envelope.ts";
import { tell } from "./events.ts";
import { conversationOf, messageOf } from "./find-conversation.ts";
import { removeMessage } from "./remove.ts";

const MESSAGES_AT_ONCE = 30;

const fields = z.record(z.string(), z.unknown());
const content = z.union([z.string().min(1), fields]);
const newMessage = z.object({
  type: z.enum(MESSAGE_TYPES),
  from: z.enum(["user", "operator"]),
  origin: z.string().min(1),
  content,
  fingerprint: z.int().min(0).optional(),
  timestamp: z.int().min(0).optional(),
  user: fields.optional(),
  mentions: z.array(z.string()).optional(),
  references: z.array(fields).optional(),
  properties: fields.optional(),
  automated: z.boolean().optional(),
  translated: z.boolean().optional(),
});

export function messageRoutes(desk: Desk): Router {
  const router = express.Router({ mergeParams: true });
  const at = "/conversation/:session/message";
  router.get("/conversation/:session/messages", (request, response) => {
    const { messages } = conversationOf(desk, request);
    const bound = (name: string) => {
      const text = queryText(request, name);
      if (text !== undefined && !/^\d{1,16}$/.test(text)) throw new DeskRefusal(400, "invalid_data", name);
      return text === undefined ? undefined : Number(text);
    };
    const [before, after] = [bound("timestamp_before"), bound("timestamp_after")];
    const around = bound("timestamp_around");
    const found = messages.filter(
      ({ timestamp }) =>
        (before === undefined || timestamp < before) &&
        (after === undefined || timestamp > after) &&
        (around === undefined || Math.abs(timestamp - around) <= 86_400_000),
    );
    const data = after === undefined ? found.slice(-MESSAGES_AT_ONCE) : found.slice(0, MESSAGES_AT_ONCE);
    answer(response, { reason: "listed", data });
  });
  router.post(at, (request, response) => {
    const conversation = conversationOf(desk, request);
    const message = readBody(request, newMessage);
    const isText = message.type === "text" || message.type === "note";
    if (isText !== (typeof message.content === "string")) {
      throw new DeskRefusal(400, "invalid_data", "the content is not of the message's type");
    }
    const { fingerprint } = addMessage(desk, conversation, message, {
      echo: desk.faults.get("no-echoes") === 0,
    });
    answer(response, { status: 202, reason: "dispatched", data: { fingerprint } });
  });
  router.get(`${at}/:fingerprint`, (request, response) => {
    answer(response, { reason: "resolved", data: messageOf(conversationOf(desk, request), request) });
  });
  router.patch(`${at}/:fingerprint`, (request, response) => {
    const conversation = conversationOf(desk, request);
    const message = messageOf(conversation, request);
    message.content = readBody(request, z.object({ content })).content;
    message.edited = true;
    tell(desk, "message:updated", conversation, {
      fingerprint: message.fingerprint,
      content: message.content,
    });
    answer(response, { reason: "updated" });
  });
  router.delete(`${at}/:fingerprint`, (request, response) => {
    const conversation = conversationOf(desk, request);
    removeMessage(desk, conversation, messageOf(conversation, request));
    answer(response, { reason: "deleted" });
  });
  for (const mark of ["read", "delivered"] as const) {
    router.patch(`/conversation/:session/${mark}`, (request, response) => {
      const conversation = conversationOf(desk, request);
      const { from, origin, fingerprints } = readBody(
        request,
        z.object({
          from: z.enum(["user", "operator"]),
          origin: z.string(),
          fingerprints: z.array(z.int()).optional(),
        }),
      );
      const marked = conversation.messages.filter(
        (each) => each.from === from && (fingerprints?.includes(each.fingerprint) ?? true),
      );
      for (const message of marked) message[mark] = origin;
      if (mark === "read") conversation.unread[from === "user" ? "operator" : "visitor"] = 0;
      const event = mark === "delivered" ? "delivered" : from === "user" ? "read:received" : "read:send";
      tell(desk, `message:acknowledge:${event}`, conversation, {
        origin,
        fingerprints: marked.map(({ fingerprint }) => fingerprint),
      });
      answer(response, { status: 202, reason: "dispatched" });
    });
  }
  router.patch("/conversation/:session/compose", (request, response) => {
    const conversation = conversationOf(desk, request);
    const {
      type,
      from,
      excerpt = "",
    } = readBody(
      request,
      z.object({
        type: z.enum(["start", "stop"]),
        from: z.enum(["user", "operator"]),
        excerpt: z.string().optional(),
      }),
    );
    const event = from === "user" ? "message:compose:send" : "message:compose:receive";
    tell(desk, event, conversation, { type, excerpt, timestamp: desk.now() });
    answer(response, { reason: "updated", data: {} });
  });
  router.get("/conversation/:session/files/:page", (request, response) => {
    const { messages } = conversationOf(desk, request);
    const data = messages
      .filter(({ type }) => type === "file")
      .map((each) => {
        const { fingerprint, timestamp } = each;
        return { ...(each.content as object), fingerprint, timestamp };
      });
    answer(response, { reason: "listed", data: part(request, "page") > "1" ? [] : data });
  });
  return router;
}
