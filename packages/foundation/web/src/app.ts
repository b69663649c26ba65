/**
 * The Express 5 application of a hub: what every answer has (headers, request id, log, errors), `/health`, `/assets`,
 * the language switch and sign-out. Plugins' routes are added by `mountRoutes`.
 */
import express, { type Express } from "express";
import type { AppOptions } from "./app-options.ts";
import { fault } from "./errors.ts";
import { accessLog } from "./http/access-log.ts";
import { serveAssets } from "./http/assets.ts";
import { errorHandler } from "./http/error-handler.ts";
import { health, refuseUntilReady } from "./http/health.ts";
import { languageSwitch } from "./http/language-switch.ts";
import { prepareRequest } from "./http/prepare-request.ts";
import { contentSecurityPolicy, securityHeaders } from "./http/security-headers.ts";
import { mountRoutes } from "./mount-routes.ts";
import { makeMounting, registerMounting } from "./mounting.ts";
import { webRoutes } from "./web-route.ts";

/**
 * Makes the application.
 * @throws WEB_BAD_OPTIONS for options that do not fit together
 */
export function makeApp(options: AppOptions): Express {
  const mounting = makeMounting(options);
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("env", "production"); // a last resort of Express must not print a stack
  app.set("query parser", "simple");
  app.set("trust proxy", options.trustProxy ?? false);

  app.use(securityHeaders({ secure: mounting.secure }));
  app.use(contentSecurityPolicy());
  app.use(prepareRequest(mounting));
  app.use(accessLog(options.log, options.clock));
  app.use("/health", health({ ready: mounting.ready, version: options.version ?? "0" }));
  app.use("/assets", serveAssets());
  app.use(refuseUntilReady(mounting.ready));
  app.get("/language/:language", languageSwitch(mounting.secure));
  // OPTIONS is answered by `otherMethods`: the router would answer it before the route is asked.
  app.use((request, response, next) =>
    request.method === "OPTIONS" ? next() : mounting.router(request, response, next),
  );
  app.use(mounting.otherMethods);
  app.use(() => {
    throw fault("WEB_NOT_FOUND");
  });
  app.use(errorHandler(options.log));

  registerMounting(app, mounting);
  if (options.signOut === undefined) mountRoutes(app, signOutRoute);
  return app;
}

const signOutRoute = webRoutes([
  {
    method: "post",
    path: "/sign-out",
    who: "anyone",
    handler: async (request, response) => {
      await request.signOut();
      response.redirect(303, "/");
    },
  },
]);
