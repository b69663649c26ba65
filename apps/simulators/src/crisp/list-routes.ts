/** Lists of conversations: pages, searches, filters. */
import express, { type Request, type Router } from "express";
import { z } from "zod";
import { openConversation } from "./converse.ts";
import type { Conversation, Desk } from "./desk.ts";
import { answer, DeskRefusal, onPage, part, queryText } from "./envelope.ts";
import { excerptOf, showConversation } from "./show-conversation.ts";

export function listRoutes(desk: Desk): Router {
  const router = express.Router({ mergeParams: true });
  router.get("/conversations/:page", (request, response) => {
    const found = [...desk.conversations.values()].filter((each) => matches(each, request));
    const order = queryText(request, "order_date_created") === "1" ? "created_at" : "updated_at";
    found.sort((a, b) => b[order] - a[order]);
    const size = Number(queryText(request, "per_page") ?? 20);
    if (!Number.isInteger(size) || size < 20 || size > 50) refuseQuery("per_page");
    const data = onPage(found, part(request, "page"), size).map((each) => showConversation(desk, each));
    answer(response, { reason: "listed", data });
  });
  router.post("/conversation", (_request, response) => {
    const { session_id } = openConversation(desk);
    answer(response, { status: 201, reason: "added", data: { session_id } });
  });
  return router;
}

function matches(conversation: Conversation, request: Request): boolean {
  const is = (name: string) => queryText(request, name) === "1";
  if (is("filter_resolved") && conversation.state !== "resolved") return false;
  if (is("filter_not_resolved") && conversation.state === "resolved") return false;
  if (is("filter_unread") && conversation.unread.operator === 0) return false;
  if (is("filter_unassigned") && conversation.assigned !== null) return false;
  const assigned = queryText(request, "filter_assigned");
  if (assigned !== undefined && conversation.assigned !== assigned) return false;
  const from = queryText(request, "filter_date_start");
  if (from !== undefined && conversation.updated_at < dateOf(from)) return false;
  const to = queryText(request, "filter_date_end");
  if (to !== undefined && conversation.updated_at > dateOf(to)) return false;
  const query = queryText(request, "search_query");
  if (query === undefined) return is("include_empty") || conversation.messages.length > 0;
  switch (queryText(request, "search_type") ?? "text") {
    case "text":
      return hasText(conversation, query.toLowerCase());
    case "segment":
      return conversation.meta.segments.includes(query);
    case "filter":
      return passes(conversation, query, queryText(request, "search_operator"));
    default:
      return refuseQuery("search_type");
  }
}

function hasText({ meta, messages, session_id }: Conversation, query: string): boolean {
  const texts = [meta.nickname, meta.email, session_id, ...messages.map(({ content }) => excerptOf(content))];
  return texts.some((text) => text.toLowerCase().includes(query));
}

const filters = z.array(
  z.object({
    criterion: z.string(),
    query: z.array(z.string()).default([]),
    operator: z.enum(["eq", "neq"]),
  }),
);

function passes({ meta }: Conversation, text: string, operator = "and"): boolean {
  const read = filters.safeParse(readJson(text));
  if (!read.success) return refuseQuery("search_query");
  const results = read.data.map((filter) => {
    const value = { nickname: meta.nickname, email: meta.email, phone: meta.phone }[filter.criterion];
    if (value === undefined) return refuseQuery("criterion");
    return filter.query.includes(value) === (filter.operator === "eq");
  });
  return operator === "or" ? results.some(Boolean) : results.every(Boolean);
}

/** JSON of a query; undefined when it is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function dateOf(text: string): number {
  const millis = Date.parse(text);
  return Number.isNaN(millis) ? refuseQuery("filter_date") : millis;
}

function refuseQuery(name: string): never {
  throw new DeskRefusal(400, "invalid_data", `${name} is not understood`);
}
