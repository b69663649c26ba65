/** The demo school as an Express application over its own database: two products, and what their people do in them. */
import { systemClock } from "@preau/kernel";
import express, { type Express } from "express";
import type { Knex } from "knex";
import { administratorRoutes } from "./administrator-routes.tsx";
import { frontRoutes } from "./front-routes.tsx";
import { pupilRoutes } from "./pupil-routes.tsx";
import { staffRoutes } from "./staff-routes.tsx";
import { schoolCss } from "./style.ts";
import {
  isOwnForm,
  rememberLanguage,
  type SchoolContext,
  sendFailed,
  sendNotFound,
  sendRefused,
  sendShut,
  visitIn,
  visitOf,
} from "./visit.tsx";

const HEADERS = {
  "Content-Security-Policy":
    "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
  // Not `no-referrer`: browsers would send the school's own forms with the origin `null`.
  "Referrer-Policy": "same-origin",
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
};

/** Pages before the door. */
const PUBLIC: ReadonlySet<string> = new Set(["/sign-in", "/sign-out", "/database"]);

export interface SchoolAppOptions {
  readonly now?: () => string;
  readonly hubUrl?: string;
}

export function schoolApp(knex: Knex, options: SchoolAppOptions = {}): Express {
  const context: SchoolContext = {
    knex,
    now: options.now ?? (() => systemClock.now()),
    hubUrl: options.hubUrl ?? "http://127.0.0.1:8700",
  };
  const app = express();
  app.disable("x-powered-by");
  app.use((_request, response, next) => {
    response.set(HEADERS);
    next();
  });
  app.get("/health", (_request, response) => void response.json({ status: "pass" }));
  app.get("/school.css", (_request, response) => void response.type("css").send(schoolCss));
  app.use(rememberLanguage, express.urlencoded({ extended: false, limit: "16kb" }));
  app.use(async (request, response, next) => {
    const visit = await visitOf(context, request);
    response.locals["visit"] = visit;
    if (request.method === "POST" && !isOwnForm(request, visit))
      return void sendRefused(response, visit, "formExpired");
    if (!PUBLIC.has(request.path)) {
      if (visit.refusal !== undefined) return void sendShut(response, visit, visit.refusal);
      if (visit.viewer === undefined && request.path !== "/") {
        response.redirect(303, "/sign-in");
        return;
      }
    }
    next();
  });
  app.use(frontRoutes(context), pupilRoutes(context), staffRoutes(context), administratorRoutes(context));
  app.use((_request, response) => void sendNotFound(response, visitIn(response)));
  app.use(sendFailed);
  return app;
}
