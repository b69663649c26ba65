/**
 * The connector in an Express application of one's own, without the hub: the same routes behind the same checks
 * (headers, brake, CSRF, sessions in the database, problem details), and nothing else of that application touched.
 */
import type { Bilingual } from "@preau/kernel";
import { makeApp, mountRoutes, type Session, type Sessions } from "@preau/web";
import type { Request, RequestHandler } from "express";
import type { GarPorts } from "../door.ts";
import type { GarOptions } from "../options.ts";
import { garRoutes } from "./routes.ts";

export interface GarRouterOptions extends GarPorts {
  readonly options: GarOptions;
  readonly sessions: Sessions;
  /** Name of the site on the connector's own pages (refusals). */
  readonly title?: Bilingual | string;
  /** Plain name of the session cookie; `preau` by default. */
  readonly cookie?: string;
}

export interface GarRouter extends RequestHandler {
  /** The session of whoever sends this request, in any handler of the application. */
  readonly session: (request: Pick<Request, "headers">) => Promise<Session | undefined>;
}

const OWN_PATHS = /^\/(?:gar\/|sso\/|session$|assets\/)/;

/** A handler for `application.use`: it answers its own paths and passes all others on. */
export function garRouter(given: GarRouterOptions): GarRouter {
  const { options, sessions, cookie = "preau" } = given;
  const own = makeApp({
    log: given.log,
    clock: given.clock,
    ids: given.ids,
    sessions,
    cookie,
    publicUrl: new URL("/", options.publicUrl).href,
    title: given.title ?? "GAR",
    menu: [],
  });
  mountRoutes(own, garRoutes(given, options));
  const handler: RequestHandler = (request, response, next) => {
    if (OWN_PATHS.test(request.path)) own(request, response, next);
    else next();
  };
  return Object.assign(handler, {
    session: ({ headers }: Pick<Request, "headers">) => sessions.find(secretOf(headers.cookie ?? "", cookie)),
  });
}

/** The value of the session cookie; under https browsers keep it as `__Host-…`. */
function secretOf(header: string, name: string): string | undefined {
  return new RegExp(`(?:^|;\\s*)(?:__Host-)?${name}=([^;\\s]*)`).exec(header)?.[1];
}
