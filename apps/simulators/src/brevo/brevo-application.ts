/** The simulated Brevo as an Express application. Nothing of a request is logged. */

import { isFault } from "@preau/kernel";
import express, { type ErrorRequestHandler, type Express, type Router } from "express";
import { faultsRouter } from "../faults.ts";
import { type ApiRouterOptions, apiRouter } from "./api-router.ts";
import { controlRouter } from "./control-router.ts";
import { faultsPage } from "./faults-page.ts";
import { pagesRouter } from "./pages-router.ts";
import { en } from "./words-en.ts";
import { wordsFor } from "./words-for.ts";
import { fr, type Words } from "./words-fr.ts";

export interface BrevoApplicationOptions extends ApiRouterOptions {
  /** Where the key lies. */
  readonly keyFile: string;
}

export function brevoApplication(options: BrevoApplicationOptions): Express {
  const { account } = options;
  const application = express().disable("x-powered-by").disable("etag");
  application.use("/v3", apiRouter(options));
  application.use(controlRouter(account));
  const switches = { fr: switchesIn(fr), en: switchesIn(en) };
  application.use((request, response, next) => switches[wordsFor(request).language](request, response, next));
  application.use(pagesRouter(account, options.keyFile));
  application.use(refusalHandler);
  return application;

  function switchesIn(words: Words): Router {
    return faultsRouter(account.defects, { page: (states) => faultsPage(words, states) });
  }
}

/** Express's own handler would log the address. */
const refusalHandler: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  if (isFault(error)) {
    response.status(error.status).json({ code: error.code, message: error.entry.says.en });
    return;
  }
  const { status } = (error ?? {}) as { status?: unknown };
  response.status(typeof status === "number" ? status : 500).end();
};
