/** The visitor's side: a chat box for a person, and the same for a program. */
import express, { type Request, type Router } from "express";
import { chatPage } from "./chat-page.ts";
import type { Desk, Message } from "./desk.ts";
import { DeskRefusal, notFound, part, readBody } from "./envelope.ts";
import { isSessionId } from "./identifiers.ts";
import { cookieOf, pageOf } from "./page.ts";
import { type Visit, visit, writeAsVisitor } from "./write-as-visitor.ts";

const COOKIE = "desk-visitor";

export function visitorRoutes(desk: Desk): Router {
  const router = express.Router();
  router.post("/visitor", (request, response) => {
    response.json(writeAsVisitor(desk, readBody(request, visit), request.get("user-agent")));
  });
  router.get("/visitor/:session/messages", (request, response) => {
    response.json({ messages: visible(desk, part(request, "session")) ?? notFound("the conversation") });
  });
  router.get("/chat", (request, response) => {
    const session = cookieOf(request, COOKIE) ?? "";
    const conversation = desk.conversations.get(session);
    const messages = visible(desk, session) ?? [];
    response.type("html").send(chatPage(pageOf(request), { meta: conversation?.meta, messages }));
  });
  router.post("/chat", async (request, response) => {
    const form = await formOf(request);
    const { session_id } = writeAsVisitor(
      desk,
      await visitOf(form, cookieOf(request, COOKIE)),
      request.get("user-agent"),
    );
    response.cookie(COOKIE, session_id, { httpOnly: true, sameSite: "lax", path: "/" });
    response.redirect(303, "/chat");
  });
  router.post("/chat/leave", (_request, response) => {
    response.clearCookie(COOKIE, { path: "/" });
    response.redirect(303, "/chat");
  });
  return router;
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
    return await new Response(bytes, { headers: { "content-type": type } }).formData();
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
    session_id: session !== undefined && isSessionId(session) ? session : undefined,
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
