/** One conversation: what is known of the visitor, its state, who answers, and its end. */
import express, { type Router } from "express";
import { z } from "zod";
import { setMeta, setState } from "./converse.ts";
import { type Conversation, type Desk, type Fields, STATES } from "./desk.ts";
import { answer, onPage, part, readBody } from "./envelope.ts";
import { tell } from "./events.ts";
import { conversationOf } from "./find-conversation.ts";
import { removeConversation } from "./remove.ts";
import { showConversation } from "./show-conversation.ts";

const text = z.string().max(4_000).optional();
const fields = z.record(z.string(), z.unknown());
const metaChange = z.object({
  ...{ nickname: text, email: text, phone: text, address: text, subject: text, avatar: text },
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  segments: z.array(z.string()).optional(),
  device: fields.optional(),
});

export function conversationRoutes(desk: Desk): Router {
  const router = express.Router({ mergeParams: true });
  const at = "/conversation/:session";

  router.get(at, (request, response) => {
    answer(response, { reason: "resolved", data: showConversation(desk, conversationOf(desk, request)) });
  });
  router.delete(at, (request, response) => {
    removeConversation(desk, conversationOf(desk, request));
    answer(response, { reason: "deleted" });
  });
  router.post(`${at}/initiate`, (request, response) => {
    tell(desk, "session:request:initiated", conversationOf(desk, request));
    answer(response, { status: 202, reason: "initiated" });
  });

  /** What can be read of a conversation: one line a part. */
  const shows: Readonly<Record<string, (conversation: Conversation) => unknown>> = {
    meta: ({ meta }) => meta,
    state: ({ state }) => ({ state }),
    routing: ({ assigned }) => ({ assigned: assigned === null ? null : { user_id: assigned } }),
    block: ({ is_blocked }) => ({ blocked: is_blocked }),
    verify: ({ is_verified }) => ({ verified: is_verified, verifications: [] }),
    participants: ({ participants }) => ({ participants }),
    relations: () => ({ conversations: { parent: null, children: [] } }),
  };
  for (const [name, show] of Object.entries(shows)) {
    router.get(`${at}/${name}`, (request, response) => {
      answer(response, { reason: "resolved", data: show(conversationOf(desk, request)) });
    });
  }
  for (const list of ["pages", "events"] as const) {
    router.get(`${at}/${list}/:page`, (request, response) => {
      const all: readonly unknown[] = conversationOf(desk, request)[list];
      answer(response, { reason: "listed", data: onPage(all, part(request, "page")) });
    });
  }

  /** Changes one part, by a body of that shape. */
  const change = <T extends z.ZodType>(
    [method, name]: readonly ["patch" | "put", string],
    shape: T,
    act: (conversation: Conversation, body: z.infer<T>) => void,
  ) => {
    router[method](`${at}/${name}`, (request, response) => {
      const conversation = conversationOf(desk, request);
      act(conversation, readBody(request, shape));
      conversation.updated_at = desk.now();
      answer(response, { reason: "updated" });
    });
  };
  change(["patch", "meta"], metaChange, (conversation, body) => {
    setMeta(desk, conversation, body);
  });
  change(["patch", "state"], z.object({ state: z.enum(STATES) }), (conversation, { state }) => {
    setState(desk, conversation, state);
  });
  const assigned = z.object({ assigned: z.object({ user_id: z.string().nullable() }).nullable() });
  change(["patch", "routing"], assigned, (conversation, body) => {
    const previous_routing_id = conversation.assigned;
    conversation.assigned = body.assigned?.user_id ?? null;
    const routing_id = conversation.assigned;
    tell(desk, "session:set_routing", conversation, { routing_id, previous_routing_id });
  });
  change(["patch", "inbox"], z.object({ inbox_id: z.string().nullable() }), (conversation, { inbox_id }) => {
    const previous_inbox_id = conversation.inbox_id;
    conversation.inbox_id = inbox_id;
    tell(desk, "session:set_inbox", conversation, { previous_inbox_id });
  });
  change(["patch", "block"], z.object({ blocked: z.boolean() }), (conversation, { blocked }) => {
    conversation.is_blocked = blocked;
    tell(desk, "session:set_block", conversation, { is_blocked: blocked });
  });
  change(["patch", "verify"], z.object({ verified: z.boolean() }), (conversation, { verified }) => {
    conversation.is_verified = verified;
    tell(desk, "session:update_verify", conversation, { is_verified: verified, verifications: [] });
  });
  change(["patch", "open"], z.object({ opened: z.boolean() }), (conversation, { opened }) => {
    const operator: Fields = { user_id: desk.pluginId, nickname: "Plugin" };
    tell(desk, opened ? "session:set_opened" : "session:set_closed", conversation, { operator });
  });
  change(["patch", "unread"], z.object({ from: z.enum(["user", "operator"]) }), (conversation, { from }) => {
    conversation.unread[from === "user" ? "operator" : "visitor"] += 1;
  });
  change(["put", "participants"], z.object({ participants: z.array(fields) }), (conversation, body) => {
    conversation.participants = body.participants;
    tell(desk, "session:set_participants", conversation, { participants: body.participants });
  });
  return router;
}
