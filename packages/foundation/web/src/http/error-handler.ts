/** The last handler: whatever was thrown becomes one public answer and one line of the log. */
import type { Log } from "@preau/kernel";
import type { ErrorRequestHandler } from "express";
import { h } from "preact";
import { ErrorPage } from "../pages/error-page.tsx";
import { sendPage } from "../pages/send-page.tsx";
import type { WebRequest } from "../request.ts";
import { faultOfThrown, logFault, prefersPage, problemOf } from "./problem.ts";

export function errorHandler(log: Log): ErrorRequestHandler {
  return (thrown: unknown, plain, response, next) => {
    const request = plain as WebRequest;
    const error = faultOfThrown(thrown);
    logFault(log, error, request.requestId);
    if (response.headersSent) {
      next(error); // too late for an answer: Express closes the connection
      return;
    }
    const problem = problemOf(error, request.language, request.requestId);
    response.status(problem.status);
    response.setHeader("Cache-Control", "no-store");
    response.vary("Accept");
    if (prefersPage(request)) {
      sendPage(request, response, h(ErrorPage, { problem }), { title: problem.title });
    } else {
      response.setHeader("Content-Language", request.language);
      response.type("application/problem+json").send(JSON.stringify(problem));
    }
  };
}
