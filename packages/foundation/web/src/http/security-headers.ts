/**
 * Headers of every answer: nothing loads but our own style sheet, images and script; nobody frames us; no address
 * leaves in a referrer. A route may add places to which its forms (and the redirects that answer them) may go.
 */
import type { RequestHandler } from "express";
import helmet from "helmet";
import { fault } from "../errors.ts";

/** One source of `form-action`: an origin, nothing that could end the directive. */
const SOURCE = /^https?:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?$|^https?:\/\/\[[0-9a-f:]+\](?::\d{1,5})?$/;

/**
 * The Content-Security-Policy (CSP 3), with further origins for `form-action`.
 * @throws WEB_BAD_OPTIONS for what is not an origin
 */
export function contentSecurityPolicy(formAction: readonly string[] = []): RequestHandler {
  for (const source of formAction) {
    if (!SOURCE.test(source)) throw fault("WEB_BAD_OPTIONS", { place: "formAction: an origin is expected" });
  }
  return helmet.contentSecurityPolicy({
    useDefaults: false,
    directives: {
      "default-src": ["'none'"],
      "style-src": ["'self'"],
      "script-src": ["'self'"],
      "img-src": ["'self'", "data:"],
      "form-action": ["'self'", ...formAction],
      "frame-ancestors": ["'none'"],
      "base-uri": ["'none'"],
    },
  });
}

/** Every header but the policy above. HSTS only under https: two years, RFC 6797. */
export function securityHeaders({ secure }: { readonly secure: boolean }): RequestHandler {
  const others = helmet({
    contentSecurityPolicy: false,
    crossOriginOpenerPolicy: { policy: "same-origin" },
    crossOriginResourcePolicy: { policy: "same-origin" },
    referrerPolicy: { policy: "no-referrer" },
    strictTransportSecurity: secure ? { maxAge: 63_072_000, includeSubDomains: true } : false,
    xFrameOptions: { action: "deny" },
    xDownloadOptions: false,
  });
  return (request, response, next) => {
    response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
    response.setHeader("Cache-Control", "no-store");
    others(request, response, next);
  };
}
