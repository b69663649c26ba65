/** What the verbs of accounts need to know of a request, and the cookie of a half-done sign-in. */
import type { Response } from "express";
import type { Visit } from "../finish-sign-in.ts";
import { mountingOf } from "../mounting.ts";
import type { WebRequest } from "../request.ts";
import { cookieLine, cookieName, cookieOf, setCookie } from "./cookie.ts";
import { networkOf } from "./rate-limit.ts";

/** Call it once a request: the session that it came with is the one that ends. */
export function visitOf(request: WebRequest): Visit {
  const { fromAllowedNetwork } = mountingOf(request.app);
  const before = request.session;
  return {
    network: networkOf(request.ip ?? ""),
    allowed: (role) => fromAllowedNetwork(role, request.ip),
    start: async (signIn, unit) => {
      await before?.end(unit); // also when the unit runs again, and the request has another session by then
      await request.signIn(signIn, unit);
    },
  };
}

/** The value of one of our short-lived cookies. */
export function shortCookie(request: WebRequest, what: ShortCookie): string | undefined {
  return cookieOf(request.headers.cookie, nameOf(request, what));
}

/** `step`: a sign-in between its two factors. `company`: one begun at the company's provider. */
export type ShortCookie = "step" | "company";

export function setShortCookie(
  request: WebRequest,
  response: Response,
  what: ShortCookie,
  value: string,
  maxAge: number,
): void {
  const name = nameOf(request, what);
  const { secure } = mountingOf(request.app);
  setCookie(response, name, cookieLine(name, value, { secure, maxAge }));
}

export function dropShortCookie(request: WebRequest, response: Response, what: ShortCookie): void {
  setShortCookie(request, response, what, "", 0);
}

function nameOf(request: WebRequest, what: ShortCookie): string {
  const { options, secure } = mountingOf(request.app);
  return cookieName({ secure, name: `${options.cookie ?? "preau"}-${what}` });
}

/** A text field of a form, at most that long. */
export function textOf(request: WebRequest, name: string, most = 2_000): string {
  return (request.form.get(name) ?? "").slice(0, most);
}

/** A text of the address, at most that long. */
export function queryOf(request: WebRequest, name: string, most = 2_000): string {
  const value: unknown = request.query[name];
  return typeof value === "string" ? value.slice(0, most) : "";
}
