/** The visitor's side: a chat box for a person, and the same for a program. */
import express, { type Request, type Response, type Router } from "express";
import { chatPage } from "./chat-page.ts";
import type { Desk, Message } from "./desk.ts";
import { DeskRefusal, notFound, part, queryText, readBody } from "./envelope.ts";
import { isSessionId } from "./identifiers.ts";
import { cookieOf, pageOf } from "./page.ts";
import { widgetScript } from "./widget-script.ts";
import { type Visit, type Visited, visit, writeAsVisitor } from "./write-as-visitor.ts";

const COOKIE = "desk-visitor";

export function visitorRoutes(desk: Desk): Router {
  const router = express.Router();
  // The widget calls from the publisher's pages, which are another site.
  router.use(["/l.js", "/visitor"], (_request, response, next) => {
    response.set({ "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "content-type" });
    next();
  });
  router.get("/l.js", (_request, response) => {
    response.set("Cross-Origin-Resource-Policy", "cross-origin");
    response.type("js").send(widgetScript(desk.url()));
  });
  router.options("/visitor", (_request, response) => void response.status(204).end());
  router.post("/visitor", (request, response) => {
    isOurs(desk, queryText(request, "website_id") ?? desk.websiteId);
    response.json(writeAsVisitor(desk, readBody(request, visit), request.get("user-agent")));
  });
  router.get("/visitor/:session/messages", (request, response) => {
    response.json({ messages: visible(desk, part(request, "session")) ?? notFound("the conversation") });
  });
  // The desk's link to its chat box, with the documented parameters; who comes by it is known from then on.
  router.get("/chat/embed", (request, response) => {
    isOurs(desk, queryText(request, "website_id") ?? "");
    const read = visit.safeParse({
      session_id: queryText(request, "crisp_sid") ?? sessionOf(request),
      token: queryText(request, "token_id"),
      email: queryText(request, "user_email"),
      nickname: queryText(request, "user_nickname"),
      phone: queryText(request, "user_phone"),
    });
    if (!read.success) throw new DeskRefusal(400, "invalid_data", "the parameters are not understood");
    enter(response, writeAsVisitor(desk, read.data, request.get("user-agent")));
  });
  router.get("/chat", (request, response) => {
    const session = sessionOf(request) ?? "";
    const conversation = desk.conversations.get(session);
    const messages = visible(desk, session) ?? [];
    response.type("html").send(chatPage(pageOf(request), { meta: conversation?.meta, messages }));
  });
  router.post("/chat", async (request, response) => {
    const form = await formOf(request);
    const written = await visitOf(form, sessionOf(request));
    enter(response, writeAsVisitor(desk, written, request.get("user-agent")));
  });
  router.post("/chat/leave", (_request, response) => {
    response.clearCookie(COOKIE, { path: "/" });
    response.redirect(303, "/chat");
  });
  return router;
}

/** @throws DeskRefusal 404 */
function isOurs(desk: Desk, website: string): void {
  if (website !== desk.websiteId) notFound("the website");
}

function sessionOf(request: Request): string | undefined {
  const session = cookieOf(request, COOKIE);
  return session !== undefined && isSessionId(session) ? session : undefined;
}

function enter(response: Response, { session_id }: Visited): void {
  response.cookie(COOKIE, session_id, { httpOnly: true, sameSite: "lax", path: "/" });
  response.redirect(303, "/chat");
}

/** Without notes, which operators write for each other. */
function visible(desk: Desk, session: string): readonly Message[] | undefined {
  return desk.conversations.get(session)?.messages.filter(({ type }) => type !== "note");
}

/**
 * The fields of a posted form, with or without files.
 * @throws DeskRefusal 400
 */
export async function formOf(request: Request): Promise<FormData> {
  const body: unknown = request.body;
  const type = request.get("content-type") ?? "";
  const bytes = Buffer.isBuffer(body) ? new Uint8Array(body) : new Uint8Array();
  try {
    return await new globalThis.Response(bytes, { headers: { "content-type": type } }).formData();
  } catch {
    throw new DeskRefusal(400, "invalid_data", "this is not a form");
  }
}

/** A text field, undefined when it is empty. */
export function formText(form: FormData, name: string): string | undefined {
  const value = form.get(name);
  return typeof value === "string" && value !== "" ? value : undefined;
}

async function visitOf(form: FormData, session: string | undefined): Promise<Visit> {
  const file = form.get("file");
  const given = {
    session_id: session,
    nickname: formText(form, "nickname"),
    email: formText(form, "email"),
    content: formText(form, "content"),
    file:
      file instanceof File && file.size > 0
        ? {
            name: file.name,
            type: file.type,
            base64: Buffer.from(await file.arrayBuffer()).toString("base64"),
          }
        : undefined,
  };
  const read = visit.safeParse(given);
  if (!read.success) throw new DeskRefusal(400, "invalid_data", "this is too long");
  return read.data;
}
