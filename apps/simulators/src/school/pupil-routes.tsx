/** Pages about pupils and children, for themselves, their parents and their school; and files. */
import { Router } from "express";
import { productionsOf, progressOf, resultsOf } from "./assess.ts";
import { booksOf, writableSchool } from "./book.ts";
import { ChildPage, ChildrenPage } from "./child-page.tsx";
import { fileFor, filesOf } from "./files.ts";
import { note } from "./log.ts";
import { groupsOf, membershipsOf, ownPupils, type PersonRow, pupilOf } from "./people.ts";
import { PupilPage } from "./pupil-page.tsx";
import type { Viewer } from "./viewer.ts";
import { key, occasionOf, type SchoolContext, send, sendNotFound, type Visit, viewerIn } from "./visit.tsx";

export function pupilRoutes(context: SchoolContext): Router {
  const { knex } = context;
  const router = Router();

  async function pageOf(visit: Visit & { readonly viewer: Viewer }, person: PersonRow) {
    const { page, viewer } = visit;
    const about = {
      page,
      memberships: await membershipsOf(knex, person.id),
      productions: await productionsOf(knex, person.id),
      files: await filesOf(knex, person.id),
    };
    if (person.role === "pupil") {
      const results = await resultsOf(knex, person.id);
      const more = { results, progress: progressOf(results), groups: await groupsOf(knex, person.id) };
      return <PupilPage {...about} {...more} pupil={person} />;
    }
    const books = await booksOf(knex, viewer, person.id);
    const mayWrite = (await writableSchool(knex, viewer, person.id)) !== undefined;
    return <ChildPage {...about} books={books} mayWrite={mayWrite} child={person} />;
  }

  router.get("/", async (_request, response, next) => {
    const visit = viewerIn(response);
    const { page, viewer } = visit;
    if (viewer.role === "administrator" || viewer.role === "teacher") {
      next();
      return;
    }
    const own = await ownPupils(knex, viewer);
    if (viewer.role === "parent") return void send(response, <ChildrenPage page={page} children={own} />);
    const [self] = own;
    if (self === undefined) return void sendNotFound(response, visit);
    send(response, await pageOf(visit, self));
  });

  router.get("/pupils/:id", async (request, response) => {
    const visit = viewerIn(response);
    const person = await pupilOf(knex, visit.viewer, key(request.params.id));
    if (person === undefined) return void sendNotFound(response, visit);
    send(response, await pageOf(visit, person));
  });

  router.get("/files/:id", async (request, response) => {
    const visit = viewerIn(response);
    const file = await fileFor(knex, visit.viewer, key(request.params.id));
    if (file === undefined) return void sendNotFound(response, visit);
    await note(knex, occasionOf(context, request, visit.viewer), "fileDownloaded");
    response.type("text/plain; charset=utf-8").attachment(file.name).send(file.content);
  });

  return router;
}
