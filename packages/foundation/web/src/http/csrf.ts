/**
 * Cross-site request forgery. Two locks, both must open:
 *  1. where it comes from: `Sec-Fetch-Site` (Fetch Metadata) says same-origin, or else `Origin` is ours. Our pages send
 *     no referrer, so a browser writes `Origin: null` on their forms: that alone decides nothing.
 *  2. a token in the body or in `X-CSRF-Token`: of the session when there is one (synchroniser token, new at each
 *     sign-in); otherwise an HMAC of a random cookie (signed double submit), which a planted cookie cannot match.
 */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Request } from "express";
import { fault } from "../errors.ts";
import { isSecret } from "../session-secret.ts";

export const CSRF_FIELD = "_csrf";

/** A random value for the cookie of a visitor without a session. */
export function newFormCookie(): string {
  return randomBytes(32).toString("base64url");
}

/** The token that goes with a visitor's cookie. */
export function formTokenOf(formKey: Uint8Array, cookie: string): string {
  return createHmac("sha256", formKey).update("preau form\0").update(cookie).digest("base64url");
}

/**
 * First lock.
 * @throws WEB_FORM_EXPIRED when the browser says that the request comes from elsewhere
 */
export function refuseCrossSite(request: Request, publicOrigin: string): void {
  const site = request.headers["sec-fetch-site"];
  const { origin } = request.headers;
  const elsewhere =
    site === undefined
      ? origin !== undefined && origin !== "null" && origin !== publicOrigin
      : site !== "same-origin";
  if (elsewhere) throw fault("WEB_FORM_EXPIRED", { log: { lock: "origin" } });
}

/**
 * Second lock.
 * @throws WEB_FORM_EXPIRED when the token is missing or another's
 */
export function refuseWrongToken(given: string | undefined, expected: string | undefined): void {
  if (given === undefined || expected === undefined || !sameText(given, expected)) {
    throw fault("WEB_FORM_EXPIRED", { log: { lock: "token" } });
  }
}

/** The expected token of a visitor without a session; undefined when its cookie is not one of ours. */
export function expectedFormToken(formKey: Uint8Array, cookie: string | undefined): string | undefined {
  return isSecret(cookie) ? formTokenOf(formKey, cookie) : undefined;
}

function sameText(one: string, other: string): boolean {
  const a = Buffer.from(one);
  const b = Buffer.from(other);
  return a.length === b.length && timingSafeEqual(a, b);
}
