/** Signing in and out: one line a route. None of them needs a session. */
import { type ControllerId, controllerId } from "@preau/kernel";
import type { Response } from "express";
import { demonstrationAccounts } from "../account-demonstration.ts";
import type { AccountMeans } from "../account-means.ts";
import { isLoopbackAddress } from "../account-options.ts";
import { askForRecovery } from "../ask-recovery.ts";
import { enrolFirstFactor, showFirstFactor } from "../enrol-factor.ts";
import type { Progress } from "../finish-sign-in.ts";
import { EnrolPage, RecoveryCodesPage, SecondFactorPage } from "../pages/second-factor-page.tsx";
import { sendPage } from "../pages/send-page.tsx";
import { RecoverPage, SignInPage } from "../pages/sign-in-page.tsx";
import type { WebHandler, WebRequest } from "../request.ts";
import { findHalfSignIn, signInWithCode } from "../second-factor.ts";
import { signInAccount } from "../sign-in-account.ts";
import { type WebRoute, webRoutes } from "../web-route.ts";
import { refuseToWait, titled } from "./account-answers.ts";
import { dropShortCookie, queryOf, setShortCookie, shortCookie, textOf, visitOf } from "./account-visit.ts";
import { localPath } from "./language-switch.ts";

/** An argon2id each: no more than a person, or a school's worth of persons, types. */
const brake = { attempts: 60, seconds: 60 };
const clause = "DD.4";
const anyone = { who: "anyone", clause, rateLimit: brake, bodyLimit: 16_384 } as const;
const MOST_PATH = 500;

export function signInRoutes(means: AccountMeans): readonly WebRoute[] {
  return webRoutes([
    { method: "get", path: "/sign-in", handler: show(means), ...anyone },
    { method: "post", path: "/sign-in", handler: signIn(means), ...anyone },
    { method: "get", path: "/sign-in/second-factor", handler: showCode(means), ...anyone },
    { method: "post", path: "/sign-in/second-factor", handler: giveCode(means), ...anyone },
    { method: "get", path: "/sign-in/enrol", handler: showEnrolment(means), ...anyone },
    { method: "post", path: "/sign-in/enrol", handler: enrol(means), ...anyone },
    { method: "get", path: "/sign-in/recover", handler: showRecover, ...anyone },
    { method: "post", path: "/sign-in/recover", handler: recover(means), ...anyone },
  ]);
}

/** A path of ours to go on to; the sign-in's own pages lead nowhere. */
export function nextPath(text: string): string {
  const path = localPath(text);
  return path.length > MOST_PATH || /^\/(sign-in|sign-out|invitation)(\/|\?|$)/.test(path) ? "/" : path;
}

/** Sends the browser on to what comes next, with the cookie of a half-done sign-in where there is one. */
export function proceed(
  means: AccountMeans,
  request: WebRequest,
  response: Response,
  progress: Progress,
): void {
  if (progress.step === "signedIn") {
    dropShortCookie(request, response, "step");
    response.redirect(303, progress.nextPath);
    return;
  }
  setShortCookie(request, response, "step", progress.token, means.options.signInMinutes * 60);
  response.redirect(303, progress.step === "factor" ? "/sign-in/second-factor" : "/sign-in/enrol");
}

function show(means: AccountMeans): WebHandler {
  return async (request, response) => {
    const next = nextPath(queryOf(request, "next"));
    const shown = await shownAccounts(means, request);
    const page = (
      <SignInPage next={next} company={means.options.openId !== undefined} demonstration={shown} />
    );
    sendPage(request, response, page, titled("signInTitle"));
  };
}

/** The demonstration's passwords, for a browser on this very machine alone. */
async function shownAccounts(means: AccountMeans, request: WebRequest) {
  return isLoopbackAddress(request.ip) ? demonstrationAccounts(means) : [];
}

/** @clause DD.4, DD.7 */
function signIn(means: AccountMeans): WebHandler {
  return async (request, response) => {
    const next = nextPath(textOf(request, "next"));
    const email = textOf(request, "email");
    const controller = textOf(request, "controller", 64).trim();
    const given = {
      email,
      password: request.form.get("password") ?? "",
      controller: controllerOf(controller),
      nextPath: next,
    };
    const answer = await signInAccount(means, given, visitOf(request));
    if (answer.step !== "refused" && answer.step !== "wait") {
      proceed(means, request, response, answer);
      return;
    }
    const waitUntil = answer.step === "wait" ? answer.until : undefined;
    if (waitUntil === undefined) response.status(401);
    else refuseToWait(request, response, waitUntil);
    const page = (
      <SignInPage
        next={next}
        email={email.slice(0, 254)}
        controller={controller}
        company={means.options.openId !== undefined}
        demonstration={await shownAccounts(means, request)}
        {...(waitUntil === undefined ? { refused: true } : { waitUntil })}
      />
    );
    sendPage(request, response, page, titled("signInTitle"));
  };
}

/** A client's code as typed; what is none leads to nobody. */
function controllerOf(text: string): ControllerId | undefined {
  if (text === "") return undefined;
  try {
    return controllerId(text);
  } catch {
    return "?" as ControllerId;
  }
}

function showCode(means: AccountMeans): WebHandler {
  return async (request, response) => {
    await findHalfSignIn(means, shortCookie(request, "step"));
    sendPage(request, response, <SecondFactorPage />, titled("factorTitle"));
  };
}

function giveCode(means: AccountMeans): WebHandler {
  return async (request, response) => {
    const token = shortCookie(request, "step");
    const answer = await signInWithCode(means, token, textOf(request, "code", 64), visitOf(request));
    if (answer.step === "signedIn") {
      proceed(means, request, response, answer);
      return;
    }
    const waitUntil = answer.step === "wait" ? answer.until : undefined;
    if (waitUntil === undefined) response.status(401);
    else refuseToWait(request, response, waitUntil);
    const page = <SecondFactorPage {...(waitUntil === undefined ? { refused: true } : { waitUntil })} />;
    sendPage(request, response, page, titled("factorTitle"));
  };
}

function showEnrolment(means: AccountMeans): WebHandler {
  return async (request, response) => {
    const shown = await showFirstFactor(means, shortCookie(request, "step"));
    sendPage(request, response, <EnrolPage {...shown} action="/sign-in/enrol" />, titled("enrolTitle"));
  };
}

function enrol(means: AccountMeans): WebHandler {
  return async (request, response) => {
    const token = shortCookie(request, "step");
    const answer = await enrolFirstFactor(means, token, textOf(request, "code", 64), visitOf(request));
    if (answer.step === "enrolled") {
      dropShortCookie(request, response, "step");
      const page = <RecoveryCodesPage codes={answer.codes} next={answer.nextPath} />;
      sendPage(request, response, page, titled("codesTitle"));
      return;
    }
    const shown = await showFirstFactor(means, token);
    const waitUntil = answer.step === "wait" ? answer.until : undefined;
    if (waitUntil === undefined) response.status(401);
    else refuseToWait(request, response, waitUntil);
    const refusal = waitUntil === undefined ? { refused: true } : { waitUntil };
    sendPage(
      request,
      response,
      <EnrolPage {...shown} {...refusal} action="/sign-in/enrol" />,
      titled("enrolTitle"),
    );
  };
}

const showRecover: WebHandler = (request, response) => {
  sendPage(request, response, <RecoverPage done={false} />, titled("recoverTitle"));
};

function recover(means: AccountMeans): WebHandler {
  return async (request, response) => {
    const answer = await askForRecovery(means, textOf(request, "email"), visitOf(request));
    if ("until" in answer) refuseToWait(request, response, answer.until, { andThrow: true });
    sendPage(request, response, <RecoverPage done />, titled("recoverTitle"));
  };
}
