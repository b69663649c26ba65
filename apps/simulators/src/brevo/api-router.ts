/** Everything below `/v3`: the key, the limits, the defects, the endpoints, and refusals as the API writes them. */
import { createHash, timingSafeEqual } from "node:crypto";
import express, { type ErrorRequestHandler, type RequestHandler, Router } from "express";
import { accountRouter } from "./account-router.ts";
import { ApiError } from "./api-error.ts";
import { blocklistRouter } from "./blocklist-router.ts";
import type { BrevoAccount } from "./brevo-account.ts";
import { contactsRouter } from "./contacts-router.ts";
import { type BrevoFaults, takeOne } from "./defects.ts";
import { logRouter } from "./log-router.ts";
import { mailRouter } from "./mail-router.ts";
import { rateLimits } from "./rate-limits.ts";
import { webhookRouter } from "./webhook-router.ts";

const MOST_BODY = "20mb";

export interface ApiRouterOptions {
  readonly account: BrevoAccount;
  readonly apiKey: string;
  /** Domains of senders that are authenticated before any mail is sent. */
  readonly domains: readonly string[];
}

export function apiRouter({ account, apiKey, domains }: ApiRouterOptions): Router {
  const router = Router();
  router.use(
    spoil(account.defects),
    requireKey(apiKey, account.defects),
    limit(account),
    express.json({ type: () => true, limit: MOST_BODY }),
    mailRouter(account),
    logRouter(account),
    blocklistRouter(account),
    contactsRouter(account),
    webhookRouter(account),
    accountRouter(account, domains),
  );
  router.use(() => {
    throw new ApiError("document_not_found", "Unable to find the requested resource");
  });
  router.use(refusalHandler);
  return router;
}

function spoil(defects: BrevoFaults): RequestHandler {
  return async (_request, response, next) => {
    const seconds = defects.get("slow");
    if (seconds > 0) await new Promise((resolve) => setTimeout(resolve, seconds * 1_000).unref());
    if (takeOne(defects, "no-answer")) return;
    if (takeOne(defects, "html-answer")) {
      response.status(502).type("html").send("<html><body><h1>502 Bad Gateway</h1></body></html>");
      return;
    }
    if (takeOne(defects, "server-error"))
      throw new ApiError("internal_server_error", "Internal server error");
    next();
  };
}

function requireKey(apiKey: string, defects: BrevoFaults): RequestHandler {
  return (request, _response, next) => {
    const given = request.headers["api-key"];
    if (typeof given !== "string" || given === "")
      throw new ApiError("unauthorized", "authentication not found in headers");
    const counts = timingSafeEqual(sha256(given), sha256(apiKey)) && defects.get("key-refused") === 0;
    if (!counts) throw new ApiError("unauthorized", "Key not found");
    if (defects.get("address-unknown") > 0)
      throw new ApiError("unauthorized", "We have detected you are using an unrecognised IP address");
    next();
  };
}

function limit({ agenda, defects }: BrevoAccount): RequestHandler {
  const limits = rateLimits(() => agenda.now());
  return (request, response, next) => {
    if (defects.get("unlimited") > 0) {
      next();
      return;
    }
    const counted = limits.count(request.method, request.path);
    const refused = !counted.allowed || takeOne(defects, "rate-limited");
    response.set({
      "x-sib-ratelimit-limit": String(counted.limit),
      "x-sib-ratelimit-remaining": String(refused ? 0 : counted.remaining),
      "x-sib-ratelimit-reset": String(counted.reset),
    });
    if (refused) throw new ApiError("too_many_requests", "Too many requests");
    next();
  };
}

const refusalHandler: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  const refused = error instanceof ApiError ? error : ofExpress(error);
  response.status(refused.status).json(refused.body);
};

/** What express throws: bodies and addresses that it cannot read. Its own handler would log them. */
function ofExpress(error: unknown): ApiError {
  const { status } = (error ?? {}) as { status?: unknown };
  if (status === 413) return new ApiError("payload_too_large", "Request entity too large");
  return typeof status === "number" && status < 500
    ? new ApiError("bad_request", "Invalid JSON body or address")
    : new ApiError("internal_server_error", "Internal server error");
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
