/** What teachers do: classes, marks, observations and their sharing, support requests. */
import { Router } from "express";
import { markPupil } from "./assess.ts";
import { observe } from "./book.ts";
import { ClassesPage, ClassPage } from "./class-pages.tsx";
import { filesOf } from "./files.ts";
import { note } from "./log.ts";
import { MessagesPage } from "./messages-page.tsx";
import { childSkills, pupilSkills } from "./names.ts";
import { classesOf, classOf } from "./people.ts";
import { resultsCsv } from "./results-csv.ts";
import { shareObservation, withdrawShare } from "./share.ts";
import { correspondentsOf, maySupport, messagesOf, sendMessage } from "./support.ts";
import {
  field,
  key,
  occasionOf,
  type SchoolContext,
  send,
  sendNotFound,
  sendRefused,
  viewerIn,
} from "./visit.tsx";

const MOST_TEXT = 2000;

export function staffRoutes(context: SchoolContext): Router {
  const { knex } = context;
  const router = Router();

  router.get("/", async (_request, response, next) => {
    const { page, viewer } = viewerIn(response);
    if (viewer.role !== "teacher") {
      next();
      return;
    }
    const [classes, files] = [await classesOf(knex, viewer), await filesOf(knex, viewer.id)];
    send(
      response,
      <ClassesPage page={page} title={page.words.nav.classes} classes={classes} files={files} />,
    );
  });

  router.get("/classes/:id", async (request, response) => {
    const visit = viewerIn(response);
    const id = key(request.params.id);
    const found = await classOf(knex, visit.viewer, id);
    if (found === undefined) return void sendNotFound(response, visit);
    send(response, <ClassPage page={visit.page} id={id} name={found.name} pupils={found.pupils} />);
  });

  router.get("/classes/:id/results.csv", async (request, response) => {
    const visit = viewerIn(response);
    const csv = await resultsCsv(knex, visit.viewer, key(request.params.id), visit.page.words);
    if (csv === undefined) return void sendNotFound(response, visit);
    await note(knex, occasionOf(context, request, visit.viewer), "resultsExported");
    response.type("text/csv; charset=utf-8").attachment("results.csv").send(csv);
  });

  router.post("/pupils/:id/results", async (request, response) => {
    const visit = viewerIn(response);
    const id = key(request.params.id);
    const [skill, comment, mark] = [
      field(request, "skill"),
      field(request, "comment"),
      field(request, "score"),
    ];
    const known = pupilSkills.some((each) => each === skill);
    if (!known || !/^(?:1?\d|20)$/.test(mark) || comment.length > MOST_TEXT)
      return void sendRefused(response, visit, "invalid");
    const result = { skill, score: Number(mark), comment: comment.trim() };
    const done = await markPupil(knex, occasionOf(context, request, visit.viewer), id, result);
    if (!done) return void sendRefused(response, visit, "notAllowed");
    response.redirect(303, `/pupils/${id}?done=marked`);
  });

  router.post("/pupils/:id/observations", async (request, response) => {
    const visit = viewerIn(response);
    const id = key(request.params.id);
    const [skill, body] = [field(request, "skill"), field(request, "body").trim()];
    if (!childSkills.some((each) => each === skill) || body === "" || body.length > MOST_TEXT)
      return void sendRefused(response, visit, "invalid");
    const done = await observe(knex, occasionOf(context, request, visit.viewer), id, { skill, body });
    if (!done) return void sendRefused(response, visit, "notAllowed");
    response.redirect(303, `/pupils/${id}?done=observed`);
  });

  for (const [deed, does, said] of [
    ["share", shareObservation, "shared"],
    ["withdraw", withdrawShare, "withdrawn"],
  ] as const) {
    router.post(`/observations/:id/${deed}`, async (request, response) => {
      const visit = viewerIn(response);
      const observation = key(request.params["id"]);
      const occasion = occasionOf(context, request, visit.viewer);
      const child = await does(knex, occasion, { observation, parent: key(field(request, "parent")) });
      if (child === undefined) return void sendRefused(response, visit, "notAllowed");
      response.redirect(303, `/pupils/${child}?done=${said}`);
    });
  }

  router.get("/messages", async (_request, response) => {
    const visit = viewerIn(response);
    if (!maySupport(visit.viewer)) return void sendNotFound(response, visit);
    const messages = await messagesOf(knex, visit.viewer);
    const correspondents = await correspondentsOf(knex, visit.viewer);
    send(response, <MessagesPage page={visit.page} messages={messages} correspondents={correspondents} />);
  });

  router.post("/messages", async (request, response) => {
    const visit = viewerIn(response);
    const body = field(request, "body").trim();
    if (body === "" || body.length > MOST_TEXT) return void sendRefused(response, visit, "invalid");
    const to = key(field(request, "to"));
    const done = await sendMessage(knex, occasionOf(context, request, visit.viewer), to, body);
    if (!done) return void sendRefused(response, visit, "notAllowed");
    response.redirect(303, "/messages?done=sent");
  });

  return router;
}
