/**
 * Two CAS 3.0 servers: the GAR's at the root, with flat attributes at `/p3/serviceValidate`, and an ENT's below `/ent`,
 * with nested ones. A ticket of one is nothing to the other.
 *
 *   /login?service= → who are you? → service?ticket= → /p3/serviceValidate?service=&ticket= → the person
 */
import { setTimeout as wait } from "node:timers/promises";
import { type Clock, millisOf } from "@preau/kernel";
import express, { type Request, type Response, type Router } from "express";
import type { Answered, Choices } from "../gar/choices.ts";
import { messagePage } from "../gar/pages.ts";
import { garPeople } from "../gar/people.ts";
import type { GarSession, Sessions } from "../gar/sessions.ts";
import {
  type Describe,
  failureJson,
  failureXml,
  responseXml,
  successJson,
  successXml,
} from "./cas-answer.ts";
import type { CasDefects } from "./defects.ts";
import { describeEntPerson } from "./describe-ent.ts";
import { describeGarPerson } from "./describe-gar.ts";
import { casParticipant } from "./log-out-service.ts";
import { type CasServices, casService } from "./services.ts";
import { describedPerson, spoiltXml } from "./spoil-answer.ts";
import { makeTickets, type Ticket } from "./tickets.ts";

export interface CasRouterOptions {
  readonly clock: Clock;
  readonly choices: Choices;
  readonly sessions: Pick<Sessions, "of">;
  /** Ends a session: every participant hears of it, then the browser goes to the address, or sees a page. */
  readonly signOut: (response: Response, session: GarSession | undefined, next?: string) => unknown;
  readonly services: CasServices;
  readonly defects: CasDefects;
}

export function casRouter(options: CasRouterOptions): Router {
  const router = express.Router();
  router.use(casServer("", describeGarPerson, options));
  router.use(casServer("/ent", describeEntPerson, options));

  router.post("/cas/services", express.json({ limit: "16kb" }), (request, response) => {
    const service = casService.safeParse(request.body);
    if (!service.success) {
      response.status(400).json({ error: "neither url nor logoutUrl of a service" });
      return;
    }
    options.services.register(service.data);
    response.status(201).json({ url: service.data.url });
  });

  /** Where `cas-redirect` leads: an answer to who follows. */
  router.get("/cas/elsewhere", (request, response) => {
    const person = garPeople.at(-1);
    const service = request.query["service"];
    if (person === undefined || typeof service !== "string" || !URL.canParse(service)) {
      response.sendStatus(404);
      return;
    }
    sendXml(response, responseXml(successXml(describeGarPerson(person, service, true))));
  });
  return router;
}

function casServer(path: string, describe: Describe, options: CasRouterOptions): Router {
  const { choices, defects, services, sessions } = options;
  const now = () => millisOf(options.clock.now());
  const tickets = makeTickets(now, defects);
  const router = express.Router();

  router.get(`${path}/login`, (request, response) => {
    const { service, renew, gateway } = request.query;
    const known = typeof service === "string" ? services.find(service) : undefined;
    if (typeof service !== "string" || known === undefined) {
      refuse(response, service === undefined ? "Aucun service n'est nommé." : "Ce service n'est pas connu.");
      return;
    }
    if (gateway === "true" && sessions.of(request)?.remembered !== true) {
      response.redirect(303, service);
      return;
    }
    const asked = renew === "true";
    choices.ask(response, {
      service: known.url,
      target: known.url,
      askAnyway: asked,
      finish: (person, participate): Answered => {
        const ticket = tickets.give({ service, person, asked });
        participate(casParticipant(ticket, { address: known.logoutUrl ?? service, now, defects }));
        return { redirect: `${service}${service.includes("?") ? "&" : "?"}ticket=${ticket.id}` };
      },
    });
  });

  for (const version of ["", "/p3"]) {
    const attributes = version === "/p3";
    router.get(`${path}${version}/serviceValidate`, (request, response) =>
      validate(request, response, attributes),
    );
  }

  router.get(`${path}/logout`, async (request, response) => {
    const { service } = request.query;
    const next = typeof service === "string" && services.find(service) !== undefined ? service : undefined;
    await options.signOut(response, sessions.of(request), next);
  });
  return router;

  async function validate(request: Request, response: Response, attributes: boolean): Promise<void> {
    await wait(defects.get("cas-slow") * 1_000, undefined, { ref: false });
    if (answeredWrongly(request, response, defects)) return;
    const wanted = typeof request.query["format"] === "string" ? request.query["format"] : "";
    const json = /^json$/i.test(wanted);
    const ticket = tickets.validate(request.query);
    if (typeof ticket === "string") {
      if (json) response.json(failureJson(ticket));
      else sendXml(response, responseXml(failureXml(ticket)));
      return;
    }
    if (json) response.json(successJson(describedPerson(ticket, describe, attributes, defects)));
    else sendAnswer(response, ticket, attributes);
  }

  function sendAnswer(response: Response, ticket: Ticket, attributes: boolean): void {
    const xml = spoiltXml(ticket, describe, attributes, defects);
    sendXml(response, xml, defects.get("cas-latin1") > 0 ? "latin1" : "utf8");
  }
}

/** No answer of the protocol at all. */
function answeredWrongly(request: Request, response: Response, on: CasDefects): boolean {
  if (on.get("cas-error") > 0) response.sendStatus(500);
  else if (on.get("cas-html") > 0) response.type("html").send(messagePage("Maintenance", "…"));
  else if (on.get("cas-redirect") > 0) {
    response.redirect(302, `/cas/elsewhere${request.originalUrl.slice(request.originalUrl.indexOf("?"))}`);
  } else return false;
  return true;
}

function sendXml(response: Response, xml: string, encoding: BufferEncoding = "utf8"): void {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  response
    .set("Content-Type", "application/xml;charset=UTF-8")
    .send(Buffer.from(declaration + xml, encoding));
}

function refuse(response: Response, says: string): void {
  response.status(403).type("html").send(messagePage("Demande refusée", says));
}
