/** The demo school as an Express application over its own database. Read only: what changes it is Préau. */
import express, { type Express, type Response } from "express";
import type { Knex } from "knex";
import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { AccountsPage, ClassPage, HomePage, LogPage, NotFoundPage } from "./pages.tsx";
import { classResults, schoolAccounts, schoolClasses, schoolCounts, schoolLog } from "./store.ts";
import { schoolCss } from "./style.ts";

const POLICY =
  "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

export function schoolApp(knex: Knex): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use((_request, response, next) => {
    response.set({
      "Content-Security-Policy": POLICY,
      "Referrer-Policy": "no-referrer",
      "Cache-Control": "no-store",
    });
    next();
  });
  app.get("/health", (_request, response) => void response.json({ status: "pass" }));
  app.get("/school.css", (_request, response) => void response.type("css").send(schoolCss));
  app.get("/", async (_request, response) => {
    send(response, HomePage({ classes: await schoolClasses(knex), counts: await schoolCounts(knex) }));
  });
  app.get("/accounts", async (_request, response) => {
    send(response, AccountsPage({ accounts: await schoolAccounts(knex) }));
  });
  app.get("/classes/:id", async (request, response) => {
    const found = await classResults(knex, Number(request.params.id));
    if (found === undefined) response.status(404);
    send(response, found === undefined ? NotFoundPage() : ClassPage(found));
  });
  app.get("/log", async (_request, response) => {
    send(response, LogPage({ rows: await schoolLog(knex) }));
  });
  app.use((_request, response) => {
    response.status(404);
    send(response, NotFoundPage());
  });
  return app;
}

function send(response: Response, page: VNode): void {
  response.type("html").send(`<!doctype html>${renderToString(page)}`);
}
