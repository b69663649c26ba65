/**
 * The médiacentre: who signs in here is not asked again at the door of a resource. Its tiles are deep links in the
 * GAR's grammar, `/domaineGar?idENT=<b64>&idEtab=<b64>&idRessource=<ARK>`, which prove nothing by themselves.
 */
import { randomBytes } from "node:crypto";
import express, { type Response, type Router } from "express";
import { type Answered, type Choices, send } from "./choices.ts";
import { mediacentrePage, signedOutPage } from "./mediacentre-pages.ts";
import { messagePage } from "./pages.ts";
import type { GarPerson } from "./people.ts";
import type { Resource } from "./resources.ts";
import { garSchools, schoolOf } from "./schools.ts";
import { channels, type Sessions } from "./sessions.ts";
import type { ServiceOutcome, SigningOut } from "./signing-out.ts";

export interface MediacentreOptions {
  readonly url: () => string;
  readonly resources: readonly Resource[];
  readonly choices: Choices;
  readonly sessions: Sessions;
  readonly signingOut: SigningOut;
  readonly reports: SignOutReports;
}

/** What services answered, to be shown once they all have: by an address, so that a page can be loaded again. */
export interface SignOutReports {
  keep(outcomes: readonly ServiceOutcome[]): Answered;
  find(id: string): readonly ServiceOutcome[] | undefined;
}

const MOST_KEPT = 100;

export function makeReports(): SignOutReports {
  const kept = new Map<string, readonly ServiceOutcome[]>();
  return {
    find: (id) => kept.get(id),
    keep: (outcomes) => {
      const id = randomBytes(12).toString("base64url");
      for (const key of kept.keys()) if (kept.size >= MOST_KEPT) kept.delete(key);
      kept.set(id, outcomes);
      return { redirect: `/mediacentre/signed-out/${id}` };
    },
  };
}

export function mediacentre(options: MediacentreOptions): Router {
  const { url, resources, choices, sessions, signingOut, reports } = options;
  const router = express.Router();

  /** Asks who somebody is, then goes on to one of our own addresses. */
  const signInTo = (response: Response, path: string) => {
    const finish = () => ({ redirect: path });
    choices.ask(response, { service: "Médiacentre", target: url(), remember: true, finish });
  };

  router.get("/mediacentre", (request, response) => {
    const session = sessions.of(request);
    if (session?.remembered !== true) {
      signInTo(response, "/mediacentre");
      return;
    }
    const links = resources.map((resource) => ({
      ...resource,
      link: deepLink(session.person, resource),
    }));
    response.type("html").send(mediacentrePage(session, links));
  });

  router.get("/domaineGar", (request, response) => {
    const session = sessions.of(request);
    if (session?.remembered !== true) {
      signInTo(response, request.originalUrl);
      return;
    }
    const { idENT, idEtab, idRessource } = request.query;
    const uai = fromBase64(idEtab);
    const resource = resources.find(({ ark }) => ark === idRessource);
    const school = (session.person.attributes["UAI"] ?? []).includes(uai) ? schoolOf(uai) : undefined;
    if (resource === undefined || school?.ent !== fromBase64(idENT)) {
      const text = "Ce lien ne mène à aucune ressource de votre établissement.";
      response.status(404).type("html").send(messagePage("Ressource introuvable", text));
      return;
    }
    response.redirect(302, resource.url);
  });

  const form = express.urlencoded({ extended: false, limit: "4kb" });
  router.post("/mediacentre/sign-out", form, async (request, response) => {
    const session = sessions.of(request);
    const wanted = (request.body as Record<string, unknown> | undefined)?.["channel"];
    if (session === undefined) {
      response.redirect(303, "/mediacentre");
      return;
    }
    const channel = channels.find((each) => each === wanted);
    const answered = await signingOut.begin(session, {
      ...(channel === undefined ? {} : { channel }),
      finish: (outcomes) => reports.keep(outcomes),
    });
    send(response, answered);
  });

  router.get("/mediacentre/signed-out/:id", (request, response) => {
    const outcomes = reports.find(request.params.id);
    if (outcomes === undefined) response.redirect(303, "/mediacentre");
    else response.type("html").send(signedOutPage(outcomes));
  });
  return router;
}

/** The link of a tile, for the first school of a person. */
function deepLink(person: GarPerson, { ark }: Resource): string {
  const school = schoolOf(person.attributes["UAI"]?.[0] ?? "") ?? garSchools[0];
  const base64 = (text: string) => encodeURIComponent(Buffer.from(text).toString("base64"));
  return `/domaineGar?idENT=${base64(school?.ent ?? "")}&idEtab=${base64(school?.uai ?? "")}&idRessource=${encodeURIComponent(ark)}`;
}

function fromBase64(value: unknown): string {
  return Buffer.from(typeof value === "string" ? value : "", "base64").toString("utf8");
}
