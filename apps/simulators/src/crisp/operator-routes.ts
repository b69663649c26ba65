/** The operator's inbox. Who comes in is an operator: there is no door. */
import express, { type Router } from "express";
import { conversationPage } from "./conversation-page.ts";
import { addMessage, setState } from "./converse.ts";
import { type Desk, STATES } from "./desk.ts";
import { DeskRefusal, notFound, part } from "./envelope.ts";
import { conversationOf } from "./find-conversation.ts";
import type { Hooks } from "./hooks.ts";
import { inboxPage } from "./inbox-page.ts";
import { pageOf } from "./page.ts";
import { removeConversation, removePerson } from "./remove.ts";
import { formOf, formText } from "./visitor-routes.ts";

const OPERATOR = { user_id: "0d6f3c52-8a1e-47b4-b93a-5e2f70c8d164", nickname: "Camille" };

export function operatorRoutes(desk: Desk, hooks: Hooks): Router {
  const router = express.Router();
  router.get("/", (request, response) => {
    response.type("html").send(inboxPage(pageOf(request), desk, hooks));
  });
  router.get("/conversations/:session", (request, response) => {
    response.type("html").send(conversationPage(pageOf(request), conversationOf(desk, request)));
  });
  router.post("/conversations/:session/messages", async (request, response) => {
    const conversation = conversationOf(desk, request);
    const form = await formOf(request);
    const content = formText(form, "content");
    if (content !== undefined) {
      const type = formText(form, "type") === "note" ? "note" : "text";
      const from = "operator";
      addMessage(desk, conversation, { type, from, origin: "chat", content, user: OPERATOR });
    }
    response.redirect(303, `/conversations/${conversation.session_id}`);
  });
  router.post("/conversations/:session/state", async (request, response) => {
    const conversation = conversationOf(desk, request);
    const wanted = formText(await formOf(request), "state");
    const state = STATES.find((each) => each === wanted);
    if (state === undefined) throw new DeskRefusal(400, "invalid_data", "there is no such state");
    setState(desk, conversation, state);
    response.redirect(303, `/conversations/${conversation.session_id}`);
  });
  router.post("/conversations/:session/remove", (request, response) => {
    removeConversation(desk, conversationOf(desk, request));
    response.redirect(303, "/");
  });
  router.post("/people/:person/remove", (request, response) => {
    removePerson(desk, desk.people.get(part(request, "person")) ?? notFound("the profile"));
    response.redirect(303, "/");
  });
  router.post("/hooks/:id/again", async (request, response) => {
    if ((await hooks.replay(part(request, "id"))) === undefined) notFound("the delivery");
    response.redirect(303, "/");
  });
  return router;
}
