/**
 * The subscription service ("WS abonnements") over HTTP, without its TLS.
 *
 *   PUT    /{idAbonnement}                        201, 409 « existe deja »
 *   POST   /{idAbonnement}                        200, 404
 *   DELETE /{idAbonnement}                        204, 404
 *   GET or POST /abonnements[?debut=&fin=]        200, a body of filters or none
 *   GET    /etablissements/etablissements.xml     200
 *   GET    /decompteaffectations?idAbonnement= or ?codeProjetRessource=    200, CSV
 */
import { setTimeout as wait } from "node:timers/promises";
import express, { type ErrorRequestHandler, type Express, type Request, type Response } from "express";
import { messagePage } from "../gar/pages.ts";
import type { GarPerson } from "../gar/people.ts";
import type { GarSchool } from "../gar/schools.ts";
import type { SubscriptionDefects } from "./defects.ts";
import { millisOfMoment, momentOfMillis } from "./paris-time.ts";
import { type Fields, readFilters, readSubscription } from "./read-subscription.ts";
import { checkRules } from "./rules.ts";
import { ServiceError } from "./service-error.ts";
import type { SubscriptionStore } from "./subscription-store.ts";
import { allocationsCsv, errorXml, schoolsXml, subscriptionsXml, subscriptionXml } from "./write-answers.ts";

export interface SubscriptionAppOptions {
  readonly schools: readonly GarSchool[];
  /** Whom licences may have been given to, for the counts. */
  readonly people: readonly GarPerson[];
  readonly store: SubscriptionStore;
  readonly defects: SubscriptionDefects;
}

const MOST_BODY = "256kb";

export function subscriptionApp(options: SubscriptionAppOptions): Express {
  const { schools, people, store, defects } = options;
  const application = express().disable("x-powered-by").disable("etag");
  application.use(async (_request, response, next) => {
    await wait(defects.get("subscriptions-slow") * 1_000, undefined, { ref: false });
    if (!answeredWrongly(response, defects)) next();
  });
  application.use(requireXml, express.text({ type: () => true, limit: MOST_BODY }));

  application.get("/etablissements/etablissements.xml", (_request, response) => {
    send(response, 200, schoolsXml(schools));
  });

  application.get("/decompteaffectations", (request, response) => {
    const [asked, ...others] = (["idAbonnement", "codeProjetRessource"] as const).flatMap((name) => {
      const value = request.query[name];
      return typeof value === "string" ? [[name, value] as const] : [];
    });
    if (asked === undefined || others.length > 0) {
      throw new ServiceError(400, "PARAMETRE", "idAbonnement ou codeProjetRessource, et non les deux");
    }
    const held = store.list({ equal: [asked], by: "idAbonnement", descending: false });
    if (held.length === 0) throw new ServiceError(404, "INCONNU", "aucun abonnement");
    response.type("text/csv").send(allocationsCsv(held, schools, people));
  });

  for (const method of ["get", "post"] as const) {
    application[method]("/abonnements", (request, response) => {
      const held = store.list(readFilters(bodyOf(request)));
      const [from, to] = [numberOf(request, "debut") ?? 0, numberOf(request, "fin") ?? held.length];
      send(response, 200, subscriptionsXml(held.slice(from, to)));
    });
  }

  application.put("/:id", (request, response) => {
    const fields = readNamed(request);
    const { id } = request.params;
    if (store.find(id) !== undefined || defects.get("subscriptions-conflict") > 0) throw exists(id);
    checkRules(fields, { schools });
    store.put(id, kept(fields));
    send(response, 201, subscriptionXml(kept(fields)));
  });

  application.post("/:id", (request, response) => {
    const fields = readNamed(request);
    const { id } = request.params;
    if (defects.get("subscriptions-conflict") > 0) throw exists(id);
    const before = store.find(id) ?? unknown(id);
    checkRules(fields, { schools, before });
    const { uaiEtab, codeNatureUAI } = before;
    store.put(id, kept({ ...fields, ...(uaiEtab && { uaiEtab }), ...(codeNatureUAI && { codeNatureUAI }) }));
    send(response, 200, subscriptionXml(store.find(id) ?? fields));
  });

  application.delete("/:id", (request, response) => {
    const { id } = request.params;
    if (store.find(id) === undefined) unknown(id);
    store.remove(id);
    response.status(204).end();
  });

  application.use(() => {
    throw new ServiceError(404, "INCONNU", "aucune ressource a cette adresse");
  });
  application.use(refusalHandler(send));
  return application;

  /** With what is wrong with the answer, if anything is to be. */
  function send(response: Response, status: number, xml: string): void {
    const bytes = spoilt(xml, defects);
    const type =
      defects.get("subscriptions-content-type") > 0 ? "text/html" : "application/xml;charset=UTF-8";
    response.status(status).set("Content-Type", type);
    if (defects.get("subscriptions-cut") > 0) {
      response.set("Content-Length", String(bytes.length));
      response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
    } else response.send(bytes);
  }
}

/** What the service keeps: moments in French time, as its lists have them. */
function kept(fields: Fields): Fields {
  const moment = (name: "debutValidite" | "finValidite") => {
    const millis = millisOfMoment(fields[name]?.[0] ?? "");
    return millis === undefined ? {} : { [name]: [momentOfMillis(millis)] };
  };
  return { ...fields, ...moment("debutValidite"), ...moment("finValidite") };
}

function requireXml(request: Request, _response: Response, next: () => void): void {
  const sent = request.headers["content-type"];
  const hasBody =
    Number(request.headers["content-length"] ?? 0) > 0 || "transfer-encoding" in request.headers;
  if (hasBody && !/^application\/xml(?:\s*;\s*charset="?utf-8"?)?$/i.test(sent ?? "")) {
    throw new ServiceError(415, "TYPE", "Content-Type: application/xml;charset=utf-8 est attendu");
  }
  const wanted = request.path === "/decompteaffectations" ? "text/csv" : "application/xml";
  if (request.accepts(wanted) === false) throw new ServiceError(406, "TYPE", `Accept: ${wanted} est attendu`);
  next();
}

function readNamed(request: Request<{ id: string }>): Fields {
  const fields = readSubscription(bodyOf(request));
  if (fields.idAbonnement?.[0] === request.params.id) return fields;
  throw new ServiceError(400, "SCHEMA", "idAbonnement n'est pas celui de l'adresse");
}

function bodyOf(request: Request): string {
  const body: unknown = request.body;
  return typeof body === "string" ? body : "";
}

function numberOf(request: Request, name: string): number | undefined {
  const text = request.query[name];
  if (text === undefined) return undefined;
  if (typeof text === "string" && /^\d{1,9}$/.test(text)) return Number(text);
  throw new ServiceError(400, "PARAMETRE", `${name} n'est pas un nombre`);
}

function exists(id: string): ServiceError {
  return new ServiceError(409, "CONFLIT", `L'abonnement ${id} existe deja`);
}

function unknown(id: string): never {
  throw new ServiceError(404, "INCONNU", `L'abonnement ${id} n'existe pas`);
}

/** No answer of the service at all. */
function answeredWrongly(response: Response, on: SubscriptionDefects): boolean {
  if (on.get("subscriptions-error") > 0) {
    response
      .status(500)
      .type("application/xml")
      .send(errorXml({ code: "TECHNIQUE", message: "erreur interne" }));
  } else if (on.get("subscriptions-gateway") > 0) {
    response.status(403).type("html").send(messagePage("Accès refusé", "…"));
  } else if (on.get("subscriptions-redirect") > 0) {
    response.redirect(307, "https://elsewhere.example/");
  } else return false;
  return true;
}

function spoilt(xml: string, on: SubscriptionDefects): Buffer {
  let text = xml;
  if (on.get("subscriptions-malformed") > 0) text = text.replace(/<\/(\w+)>\s*$/, "</$1");
  if (on.get("subscriptions-doctype") > 0) text = text.replace("?>\n", "?>\n<!DOCTYPE abonnements>");
  if (on.get("subscriptions-other-namespace") > 0)
    text = text.replace(/xmlns="[^"]+"/, 'xmlns="urn:elsewhere"');
  text += " ".repeat(on.get("subscriptions-huge") * 1_048_576);
  return Buffer.from(text, on.get("subscriptions-latin1") > 0 ? "latin1" : "utf8");
}

function refusalHandler(
  send: (response: Response, status: number, xml: string) => void,
): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (error instanceof ServiceError) send(response, error.status, errorXml(error));
    else next(error);
  };
}
