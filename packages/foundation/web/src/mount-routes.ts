/**
 * Mounts route tables. Each request passes, in this order: brake · session · who · staff network · where it comes from ·
 * body · token · handler. What a table does not allow is refused.
 */
import type { Route, Who } from "@preau/kernel";
import type { Express, Request, RequestHandler, Response } from "express";
import { fault } from "./errors.ts";
import { bodyReader } from "./http/body.ts";
import { cookieOf } from "./http/cookie.ts";
import { CSRF_FIELD, expectedFormToken, refuseCrossSite, refuseWrongToken } from "./http/csrf.ts";
import { prefersPage } from "./http/problem.ts";
import { rateLimiter } from "./http/rate-limit.ts";
import { contentSecurityPolicy } from "./http/security-headers.ts";
import { type Mounting, mountingOf } from "./mounting.ts";
import type { WebRequest } from "./request.ts";
import type { Session } from "./session.ts";
import type { WebRoute } from "./web-route.ts";

const BODY_LIMIT = 65_536;

/**
 * Adds a route table to an application of `makeApp`.
 * @throws WEB_BAD_OPTIONS for a method and path that are there already, or a bad `formAction`
 */
export function mountRoutes(app: Express, routes: readonly Route[]): void {
  const mounting = mountingOf(app);
  // The kernel leaves the handler's arguments open; this is the mechanism that knows them.
  for (const route of routes as readonly WebRoute[]) {
    const known = mounting.methods.get(route.path);
    if (known?.has(route.method)) {
      throw fault("WEB_BAD_OPTIONS", { place: `route ${route.method} ${route.path} is there already` });
    }
    if (known === undefined) {
      const methods = new Set<string>([route.method]);
      mounting.methods.set(route.path, methods);
      mounting.otherMethods.all(route.path, refuseMethod(methods));
    } else {
      known.add(route.method);
    }
    const policy = route.formAction === undefined ? [] : [contentSecurityPolicy(route.formAction)];
    mounting.router[route.method](route.path, ...policy, guarded(route, mounting));
  }
}

function guarded(route: WebRoute, mounting: Mounting): RequestHandler {
  const limit = route.rateLimit === undefined ? undefined : rateLimiter(route.rateLimit);
  const read = bodyReader(
    route.body ?? (route.method === "get" ? "none" : "form"),
    route.bodyLimit ?? BODY_LIMIT,
  );
  const checked = route.method !== "get" && route.csrfExempt === undefined;

  return async (plain, response) => {
    const request = plain as WebRequest;
    await limit?.(request, response);
    const session = await mounting.options.sessions.find(
      cookieOf(request.headers.cookie, mounting.sessionCookie),
    );
    if (session !== undefined) request.session = session;
    if (route.forMachines !== true && redirectsToSignIn(route.who, request, mounting)) {
      response.redirect(303, `${mounting.options.signIn ?? ""}?next=${encodeURIComponent(request.path)}`);
      return;
    }
    refuseWrongRole(route.who, session);
    refuseForeignNetwork(request, session, mounting);
    if (checked) refuseCrossSite(request, mounting.publicOrigin);
    Object.assign(request, await read(request));
    if (checked) refuseWrongToken(givenToken(request), expectedToken(request, mounting));
    await route.handler(request, response);
  };
}

/** @throws WEB_SIGN_IN, WEB_FORBIDDEN */
function refuseWrongRole(who: Who, session: Session | undefined): void {
  if (who === "anyone") return;
  if (session === undefined) throw fault("WEB_SIGN_IN");
  if (!mayEnter(who, session)) throw fault("WEB_FORBIDDEN", { log: { role: session.data.actorRole } });
}

/** May this session (or a visitor without one) call what is for these? */
export function mayEnter(who: Who, session: Session | undefined): boolean {
  if (who === "anyone") return true;
  if (session === undefined) return false;
  return who === "signedIn" || who.includes(session.data.actorRole);
}

/** @throws WEB_OUTSIDE_NETWORK Towards DD.6. */
function refuseForeignNetwork(request: Request, session: Session | undefined, mounting: Mounting): void {
  if (session === undefined || mounting.fromAllowedNetwork(session.data.actorRole, request.ip)) return;
  throw fault("WEB_OUTSIDE_NETWORK", { clause: "DD.6", log: { role: session.data.actorRole } });
}

function redirectsToSignIn(who: Who, request: WebRequest, mounting: Mounting): boolean {
  return (
    mounting.options.signIn !== undefined &&
    who !== "anyone" &&
    request.session === undefined &&
    request.method === "GET" &&
    prefersPage(request)
  );
}

/**
 * The locks of a form, for a handler whose route is `csrfExempt` because others post there too: what comes is a form of
 * our own, from the person whose session it is. The body has been read.
 * @throws WEB_SIGN_IN without a session, WEB_FORM_EXPIRED
 */
export function refuseForgedForm(request: WebRequest): void {
  const mounting = mountingOf(request.app);
  if (request.session === undefined) throw fault("WEB_SIGN_IN");
  refuseCrossSite(request, mounting.publicOrigin);
  refuseWrongToken(givenToken(request), expectedToken(request, mounting));
}

function givenToken(request: WebRequest): string | undefined {
  return request.form.get(CSRF_FIELD) ?? request.get("x-csrf-token");
}

function expectedToken(request: WebRequest, mounting: Mounting): string | undefined {
  if (request.session !== undefined) return request.session.csrfToken;
  return expectedFormToken(mounting.formKey, cookieOf(request.headers.cookie, mounting.formCookie));
}

function refuseMethod(methods: ReadonlySet<string>): RequestHandler {
  return (request, response: Response) => {
    const allowed = [...methods].flatMap((method) =>
      method === "get" ? ["GET", "HEAD"] : [method.toUpperCase()],
    );
    response.setHeader("Allow", [...allowed, "OPTIONS"].join(", "));
    if (request.method !== "OPTIONS") throw fault("WEB_METHOD_NOT_ALLOWED");
    response.status(204).end();
  };
}
