/** The last handler: whatever was thrown becomes one public answer and one line of the log. */
import type { Language, Log } from "@preau/kernel";
import type { ErrorRequestHandler, Response } from "express";
import { h } from "preact";
import { ErrorPage } from "../pages/error-page.tsx";
import { sendPage } from "../pages/send-page.tsx";
import type { WebRequest } from "../request.ts";
import { faultOfThrown, logFault, type Problem, prefersPage, problemOf } from "./problem.ts";

export function errorHandler(log: Log): ErrorRequestHandler {
  return (thrown: unknown, plain, response, _next) => {
    const request = plain as WebRequest;
    const error = faultOfThrown(thrown);
    logFault(log, error, request.requestId);
    if (response.headersSent) {
      response.destroy(); // too late for another answer: the client sees that this one is not whole
      return;
    }
    const problem = problemOf(error, request.language, request.requestId);
    response.status(problem.status);
    response.setHeader("Cache-Control", "no-store");
    response.vary("Accept");
    if (!prefersPage(request) || !sentAsPage(request, response, problem))
      sendProblem(request, response, problem);
  };
}

/** False when the page itself cannot be drawn: the framework's own answer, which tells too much, is never reached. */
function sentAsPage(request: WebRequest, response: Response, problem: Problem): boolean {
  try {
    sendPage(request, response, h(ErrorPage, { problem }), { title: problem.title });
    return true;
  } catch {
    return false;
  }
}

function sendProblem(request: WebRequest, response: Response, problem: Problem): void {
  response.setHeader("Content-Language", languageOf(request));
  response.type("application/problem+json").send(JSON.stringify(problem));
}

/** An error may come before the language of the request is known. */
function languageOf({ language }: { readonly language?: Language }): Language {
  return language ?? "fr";
}
