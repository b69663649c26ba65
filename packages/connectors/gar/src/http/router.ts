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
  const secure = new URL(options.publicUrl).protocol === "https:";
  const cookieName = secure ? `__Host-${cookie}` : cookie; // a subdomain can plant one without the prefix
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
    session: ({ headers }: Pick<Request, "headers">) =>
      sessions.find(onlyCookie(headers.cookie ?? "", cookieName)),
  });
}

/** The value of the cookie of that very name; none where it comes twice, for nobody can say which is ours. */
function onlyCookie(header: string, name: string): string | undefined {
  const pairs = header.split(";").map((pair) => pair.trim());
  const [found, ...others] = pairs.filter((pair) => pair.startsWith(`${name}=`));
  return others.length === 0 ? found?.slice(name.length + 1) : undefined;
}
