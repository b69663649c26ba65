/** The simulated desk as an Express application: REST service, visitor's side, operator's inbox, switches, what was sent to it. */

import { isFault } from "@preau/kernel";
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from "express";
import { faultsRouter } from "../faults.ts";
import { html } from "../html.ts";
import { api } from "./api.ts";
import { fileRoutes } from "./bucket-routes.ts";
import { makeCapture } from "./capture.ts";
import { controlRoutes } from "./control-routes.ts";
import type { Credentials } from "./credentials.ts";
import type { Desk } from "./desk.ts";
import { DeskRefusal } from "./envelope.ts";
import { faultsPage } from "./faults-page.ts";
import type { Hooks } from "./hooks.ts";
import { operatorRoutes } from "./operator-routes.ts";
import { page, pageOf, rememberLanguage } from "./page.ts";
import { deskCss } from "./style.ts";
import { visitorRoutes } from "./visitor-routes.ts";

const HEADERS = {
  "Content-Security-Policy":
    "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
  // Not `no-referrer`: browsers would send the desk's own forms with the origin `null`.
  "Referrer-Policy": "same-origin",
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
};

export interface CrispApplicationOptions {
  readonly desk: Desk;
  readonly hooks: Hooks;
  readonly credentials: Credentials;
}

export function crispApplication({ desk, hooks, credentials }: CrispApplicationOptions): Express {
  const capture = makeCapture(desk.now);
  const application = express().disable("x-powered-by");
  application.use((_request, response, next) => {
    response.set(HEADERS);
    next();
  });
  application.use(capture.handler, ownForms);
  application.get("/health", (_request, response) => void response.json({ status: "pass" }));
  application.get("/desk.css", (_request, response) => void response.type("css").send(deskCss));
  application.use("/v1", api(desk, credentials));
  application.use(rememberLanguage);
  application.use(
    faultsRouter(desk.faults, { page: (states, request) => faultsPage(pageOf(request), states) }),
  );
  application.use(capture.router, controlRoutes(desk, hooks));
  application.use(fileRoutes(desk), visitorRoutes(desk), operatorRoutes(desk, hooks));
  application.use(refusalHandler);
  return application;
}

/** No other site's page writes into the desk by a form, but for the widget; the REST service asks for a key. */
const ownForms: RequestHandler = (request, _response, next) => {
  const { origin, host } = request.headers;
  const isForeign = origin !== undefined && origin !== `http://${host ?? ""}`;
  if (isForeign && request.method !== "GET" && !/^\/(v1|visitor)(\/|$)/.test(request.path)) {
    throw new DeskRefusal(403, "not_allowed", "this form is another site's");
  }
  next();
};

/** JSON for programs, a page for people; no word of what broke to the outside. */
const refusalHandler: ErrorRequestHandler = (error: unknown, request, response, _next) => {
  const known = error instanceof DeskRefusal || isFault(error);
  const status = known ? error.status : statusOf(error);
  if (status >= 500) process.stderr.write(`desk: ${error instanceof Error ? error.name : "error"}\n`);
  const own = pageOf(request);
  const says = isFault(error) ? error.entry.says[own.words.language === "en" ? "en" : "fr"] : "";
  if (request.accepts(["json", "html"]) === "html") {
    const text = status === 404 ? own.words.conversation.gone : says;
    response
      .status(status)
      .type("html")
      .send(page(own, own.words.refused, html`<p>${text}</p><p><a href="/">${own.words.back}</a></p>`));
    return;
  }
  const message = error instanceof DeskRefusal ? error.message : says;
  const reason = error instanceof DeskRefusal ? error.reason : isFault(error) ? error.code : "internal_error";
  response.status(status).json({ error: true, reason, data: { namespace: "response", message } });
};

/** What Express could not read has a status of its own. */
function statusOf(error: unknown): number {
  const status =
    typeof error === "object" && error !== null && "status" in error ? Number(error.status) : 500;
  return status >= 400 && status < 500 ? status : 500;
}
