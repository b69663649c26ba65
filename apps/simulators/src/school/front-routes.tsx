/** The door: first page, coming in, going out, the window into the database, one's own account. */
import { Router } from "express";
import { askDeletion, deletionRequestOf } from "./ask-deletion.ts";
import { AccountPage, DatabasePage, FrontPage, SignInPage } from "./front-pages.tsx";
import { dateText } from "./layout.tsx";
import { note } from "./log.ts";
import { choices, rowCounts, storedAccounts } from "./peephole.ts";
import type { PersonRow } from "./people.ts";
import { heldColumns, type PersonalColumn } from "./roles.ts";
import { allSchools } from "./schools.ts";
import { endSession, startSession, viewerOf } from "./viewer.ts";
import {
  field,
  key,
  occasionOf,
  type SchoolContext,
  send,
  sendRefused,
  sendShut,
  setSession,
  viewerIn,
  visitIn,
} from "./visit.tsx";

export function frontRoutes(context: SchoolContext): Router {
  const { knex } = context;
  const router = Router();

  router.get("/", async (_request, response, next) => {
    const { page, viewer } = visitIn(response);
    if (viewer !== undefined) {
      next();
      return;
    }
    send(response, <FrontPage page={page} schools={await allSchools(knex)} />);
  });

  router.get("/sign-in", async (request, response) => {
    const { page } = visitIn(response);
    const schools = await allSchools(knex);
    const wanted = key(request.query["school"] as string | undefined);
    const school = schools.find(({ id }) => id === wanted) ?? schools[0];
    const people = await choices(knex);
    send(response, <SignInPage page={page} schools={schools} school={school} people={people} />);
  });

  router.post("/sign-in", async (request, response) => {
    const visit = visitIn(response);
    const found = await viewerOf(knex, key(field(request, "person")));
    if (typeof found === "string") return void sendShut(response, visit, found);
    if (visit.token !== undefined) await endSession(knex, visit.token);
    const occasion = occasionOf(context, request, found);
    setSession(response, await startSession(knex, found.id, occasion.at));
    await note(knex, occasion, "signedIn");
    response.redirect(303, "/");
  });

  router.post("/sign-out", async (request, response) => {
    const { token, viewer } = visitIn(response);
    if (viewer !== undefined) await note(knex, occasionOf(context, request, viewer), "signedOut");
    if (token !== undefined) await endSession(knex, token);
    setSession(response, undefined);
    response.redirect(303, "/");
  });

  router.get("/database", async (_request, response) => {
    const { page } = visitIn(response);
    const [counts, accounts] = [await rowCounts(knex), await storedAccounts(knex)];
    send(response, <DatabasePage page={page} counts={counts} accounts={accounts} />);
  });

  router.get("/account", async (_request, response) => {
    const { page, viewer } = viewerIn(response);
    const row = await knex("sch_account").where("id", viewer.id).first<PersonRow>();
    const request = await deletionRequestOf(knex, viewer.id);
    const held = heldOf(viewer.kind, row);
    const gar = viewer.kind === "plume.gar.teacher";
    const due = request && dateText(page.words, request.due_at, { time: true });
    const hubUrl = gar ? new URL("/account/deletion", context.hubUrl).href : undefined;
    send(response, <AccountPage page={page} held={held} hubUrl={hubUrl} due={due} />);
  });

  router.post("/account/deletion", async (request, response) => {
    const visit = viewerIn(response);
    if (visit.viewer.kind === "plume.gar.teacher") return void sendRefused(response, visit, "notAllowed");
    await askDeletion(knex, occasionOf(context, request, visit.viewer), visit.viewer.id);
    response.redirect(303, "/account?done=asked");
  });

  return router;
}

/** What stands in the columns that an account of this kind holds. */
export function heldOf(
  kind: keyof typeof heldColumns,
  row: Partial<Readonly<Record<PersonalColumn, string | null>>>,
): readonly (readonly [column: string, value: string])[] {
  return heldColumns[kind].flatMap((column) => {
    const value = row[column];
    return typeof value === "string" && value !== "" ? [[column, value] as const] : [];
  });
}
