/** What an administrator does: people, restriction, the window, deletions, the change of year, transfers, the log. */
import { type Request, type Response, Router } from "express";
import { LogPage, PeoplePage, PersonPage, SchoolPage } from "./administrator-pages.tsx";
import { askDeletion, deletionRequestOf, deletionRequests } from "./ask-deletion.ts";
import { heldOf } from "./front-routes.tsx";
import type { Occasion } from "./log.ts";
import { schoolLog } from "./log.ts";
import { membershipsOf, peopleOf } from "./people.ts";
import { planRollover } from "./plan-rollover.ts";
import { liftRestriction, restrictAccount, restrictedOf, setWindow } from "./restrict.ts";
import { kindOf } from "./roles.ts";
import { rollYear, undoableRollover, undoRollover } from "./roll-year.ts";
import { schoolOf } from "./schools.ts";
import { destinationsOf, transferChild } from "./transfer-child.ts";
import type { Viewer } from "./viewer.ts";
import {
  field,
  key,
  occasionOf,
  type SchoolContext,
  send,
  sendNotFound,
  sendRefused,
  type Visit,
  viewerIn,
} from "./visit.tsx";
import { YearPage } from "./year-page.tsx";

type Administrator = Visit & { readonly viewer: Viewer };
type Handler = (visit: Administrator, request: Request, response: Response) => Promise<unknown>;
type Deed = (occasion: Occasion, request: Request) => Promise<string | undefined>;

export function administratorRoutes(context: SchoolContext): Router {
  const { knex } = context;
  const router = Router();

  /** For administrators; to anybody else there is no such page. */
  const administrators = (handler: Handler) => async (request: Request, response: Response) => {
    const visit = viewerIn(response);
    if (visit.viewer.role !== "administrator") return void sendNotFound(response, visit);
    await handler(visit, request, response);
  };
  /** A change: it answers where to go, or undefined when it is refused. */
  const deed = (does: Deed) =>
    administrators(async (visit, request, response) => {
      const to = await does(occasionOf(context, request, visit.viewer), request);
      if (to === undefined) sendRefused(response, visit, "notAllowed");
      else response.redirect(303, to);
    });
  const account = (request: Request) => key(request.params["id"]);

  router.get(
    "/",
    administrators(async (visit, _request, response) => {
      const { page, viewer } = visit;
      const school = await schoolOf(knex, viewer.schoolId);
      if (school === undefined) return void sendNotFound(response, visit);
      const restricted = await restrictedOf(knex, visit);
      const requests = await deletionRequests(knex, visit);
      send(response, <SchoolPage page={page} school={school} restricted={restricted} requests={requests} />);
    }),
  );

  router.get(
    "/accounts",
    administrators(async ({ page, viewer }, _request, response) => {
      send(response, <PeoplePage page={page} people={await peopleOf(knex, viewer)} />);
    }),
  );

  router.get(
    "/accounts/:id",
    administrators(async (visit, request, response) => {
      const { page, viewer } = visit;
      const person = (await peopleOf(knex, viewer)).find(({ id }) => id === account(request));
      if (person === undefined) return void sendNotFound(response, visit);
      const about = {
        held: heldOf(kindOf({ ...person, product: viewer.product }), person),
        memberships: await membershipsOf(knex, person.id),
        destinations: person.role === "child" ? await destinationsOf(knex, person.id) : [],
        request: await deletionRequestOf(knex, person.id),
      };
      send(response, <PersonPage page={page} person={person} {...about} />);
    }),
  );

  router.get(
    "/log",
    administrators(async ({ page, viewer }, _request, response) => {
      send(response, <LogPage page={page} rows={await schoolLog(knex, viewer.schoolId ?? 0)} />);
    }),
  );

  const showYear = async ({ changed }: { changed: boolean }, visit: Administrator, response: Response) => {
    const plan = await planRollover(knex, visit.viewer.schoolId ?? 0);
    if (plan === undefined) return void sendNotFound(response, visit);
    const undoable = (await undoableRollover(knex, plan.school)) !== undefined;
    const page = <YearPage page={visit.page} plan={plan} undoable={undoable} changed={changed} />;
    send(response, page, changed ? 409 : 200);
  };
  router.get(
    "/year",
    administrators(async (visit, _request, response) => showYear({ changed: false }, visit, response)),
  );
  router.post(
    "/year/roll",
    administrators(async (visit, request, response) => {
      const occasion = occasionOf(context, request, visit.viewer);
      const answer = await rollYear(knex, occasion, field(request, "fingerprint"));
      if (answer === "done") response.redirect(303, "/year?done=rolled");
      else if (answer === "changed") await showYear({ changed: true }, visit, response);
      else sendRefused(response, visit, "notAllowed");
    }),
  );

  const yes = (done: boolean, to: string) => (done ? to : undefined);
  const deeds: Readonly<Record<string, Deed>> = {
    "/year/undo": async (by) => yes(await undoRollover(knex, by), "/year?done=undone"),
    "/school/window": async (by, request) => {
      const shut = field(request, "mode") === "administrators";
      return yes(await setWindow(knex, by, shut), `/?done=${shut ? "shut" : "opened"}`);
    },
    "/accounts/:id/restrict": async (by, request) =>
      yes(await restrictAccount(knex, by, account(request)), "/?done=restricted"),
    "/accounts/:id/lift": async (by, request) =>
      yes(await liftRestriction(knex, by, account(request)), "/?done=lifted"),
    "/accounts/:id/deletion": async (by, request) =>
      yes(await askDeletion(knex, by, account(request)), "/?done=asked"),
    "/accounts/:id/transfer": async (by, request) =>
      yes(
        await transferChild(knex, by, account(request), key(field(request, "class"))),
        "/accounts?done=transferred",
      ),
  };
  for (const [path, does] of Object.entries(deeds)) router.post(path, deed(does));

  return router;
}
