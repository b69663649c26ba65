/** One line an answer: the route's pattern, never the address itself, which may hold an identifier. */
import type { Clock, Log } from "@preau/kernel";
import type { Request, RequestHandler } from "express";
import type { WebRequest } from "../request.ts";

export function accessLog(log: Log, clock: Clock): RequestHandler {
  return (request, response, next) => {
    const started = clock.monotonic();
    response.once("close", () => {
      log.info("http.answered", {
        request: (request as WebRequest).requestId,
        method: request.method,
        route: patternOf(request),
        status: response.statusCode,
        ms: Math.round((clock.monotonic() - started) * 10) / 10,
        ...(!response.writableFinished && { aborted: true }),
      });
    });
    next();
  };
}

function patternOf(request: Request): string {
  const { route } = request as { route?: { path?: unknown } };
  return typeof route?.path === "string" ? route.path : "(none)";
}
