/** One's own account: one line a route. What changes how one signs in asks for a proof that is recent. */
import type { Response } from "express";
import { accountRoles } from "../account.ts";
import type { AccountMeans } from "../account-means.ts";
import { fault } from "../errors.ts";
import {
  accountOfSession,
  changePassword,
  endOtherSessions,
  hasRecentProof,
  renewRecoveryCodes,
  replaceFactor,
  showNextFactor,
  stepUp,
} from "../own-account.ts";
import {
  AccountPage,
  type AccountPageProps,
  ConfirmPage,
  type ConfirmPageProps,
} from "../pages/account-page.tsx";
import { EnrolPage, RecoveryCodesPage } from "../pages/second-factor-page.tsx";
import { sendPage } from "../pages/send-page.tsx";
import type { WebHandler, WebRequest } from "../request.ts";
import type { Session } from "../session.ts";
import { countRecoveryCodes } from "../store/account-token-rows.ts";
import { type WebRoute, webRoutes } from "../web-route.ts";
import { refuseToWait, titled } from "./account-answers.ts";
import { queryOf, textOf, visitOf } from "./account-visit.ts";
import { nextPath } from "./sign-in-routes.tsx";

const own = {
  who: accountRoles,
  clause: "DD.4",
  rateLimit: { attempts: 120, seconds: 60 },
  bodyLimit: 16_384,
} as const;

export function ownAccountRoutes(means: AccountMeans): readonly WebRoute[] {
  return webRoutes([
    { method: "get", path: "/account", handler: show(means), ...own },
    { method: "post", path: "/account/password", handler: password(means), ...own },
    { method: "get", path: "/account/factor", handler: showFactor(means), ...own },
    { method: "post", path: "/account/factor", handler: giveFactor(means), ...own },
    { method: "post", path: "/account/recovery-codes", handler: codes(means), ...own },
    { method: "post", path: "/account/sessions", handler: endOthers(means), ...own },
    { method: "get", path: "/account/confirm", handler: showConfirm(means), ...own },
    { method: "post", path: "/account/confirm", handler: confirm(means), ...own },
  ]);
}

/** Sends who must prove themselves first to the page for it. */
export function askForProof(response: Response, next: string): void {
  response.redirect(303, `/account/confirm?next=${encodeURIComponent(next)}`);
}

/** @throws WEB_SIGN_IN; the route's `who` lets nobody here without one */
function sessionOfRequest(request: WebRequest): Session {
  if (request.session === undefined) throw fault("WEB_SIGN_IN");
  return request.session;
}

type More = Partial<Pick<AccountPageProps, "changed" | "ended" | "wrong" | "flaw" | "waitUntil">>;

async function sendAccount(means: AccountMeans, request: WebRequest, response: Response, more: More = {}) {
  const account = await accountOfSession(means, request.session);
  const { controller, id } = account;
  const persons = await means.secrets.openPersons([account]);
  const codesLeft = await means.unitOfWork.transaction((unit) => countRecoveryCodes(unit, controller, id));
  const page = (
    <AccountPage
      account={account}
      person={persons.get(id)}
      sessions={await means.sessions.ofActor(controller, id)}
      codesLeft={codesLeft}
      length={means.rules.lengthFor(account.role)}
      {...more}
    />
  );
  sendPage(request, response, page, titled("accountTitle"));
}

function show(means: AccountMeans): WebHandler {
  return async (request, response) => {
    const done = queryOf(request, "done");
    await sendAccount(means, request, response, { changed: done === "password", ended: done === "sessions" });
  };
}

function password(means: AccountMeans): WebHandler {
  return async (request, response) => {
    const given = { current: request.form.get("current") ?? "", next: request.form.get("password") ?? "" };
    const answer = await changePassword(means, sessionOfRequest(request), given, visitOf(request));
    if (answer.step === "changed") {
      response.redirect(303, "/account?done=password");
      return;
    }
    if (answer.step === "wait") refuseToWait(request, response, answer.until);
    else response.status(422);
    await sendAccount(means, request, response, {
      ...(answer.step === "refused" && { wrong: true }),
      ...(answer.step === "flawed" && { flaw: answer.flaw }),
      ...(answer.step === "wait" && { waitUntil: answer.until }),
    });
  };
}

async function isProven(means: AccountMeans, session: Session): Promise<boolean> {
  return hasRecentProof(means, session, await accountOfSession(means, session));
}

function showFactor(means: AccountMeans): WebHandler {
  return async (request, response) => {
    const session = sessionOfRequest(request);
    if (!(await isProven(means, session))) {
      askForProof(response, "/account/factor");
      return;
    }
    const shown = await showNextFactor(means, session);
    sendPage(
      request,
      response,
      <EnrolPage {...shown} action="/account/factor" again />,
      titled("enrolTitle"),
    );
  };
}

function giveFactor(means: AccountMeans): WebHandler {
  return async (request, response) => {
    const session = sessionOfRequest(request);
    if (!(await isProven(means, session))) {
      askForProof(response, "/account/factor");
      return;
    }
    const answer = await replaceFactor(means, session, textOf(request, "code", 64), visitOf(request));
    if (answer.step === "enrolled") {
      const page = <RecoveryCodesPage codes={answer.codes} next={answer.nextPath} />;
      sendPage(request, response, page, titled("codesTitle"));
      return;
    }
    if (answer.step === "wait") refuseToWait(request, response, answer.until);
    else response.status(422);
    const shown = await showNextFactor(means, session);
    const refusal = answer.step === "wait" ? { waitUntil: answer.until } : { refused: true };
    const page = <EnrolPage {...shown} {...refusal} action="/account/factor" again />;
    sendPage(request, response, page, titled("enrolTitle"));
  };
}

function codes(means: AccountMeans): WebHandler {
  return async (request, response) => {
    const session = sessionOfRequest(request);
    if (!(await isProven(means, session))) {
      askForProof(response, "/account");
      return;
    }
    const made = await renewRecoveryCodes(means, session);
    sendPage(request, response, <RecoveryCodesPage codes={made} next="/account" />, titled("codesTitle"));
  };
}

function endOthers(means: AccountMeans): WebHandler {
  return async (request, response) => {
    await endOtherSessions(means, sessionOfRequest(request));
    response.redirect(303, "/account?done=sessions");
  };
}

async function provesBy(means: AccountMeans, request: WebRequest): Promise<ConfirmPageProps["by"]> {
  const account = await accountOfSession(means, request.session);
  return account.factor !== null ? "code" : account.password !== null ? "password" : "company";
}

function showConfirm(means: AccountMeans): WebHandler {
  return async (request, response) => {
    const next = nextPath(queryOf(request, "next"));
    const page = <ConfirmPage next={next} by={await provesBy(means, request)} />;
    sendPage(request, response, page, titled("confirmTitle"));
  };
}

function confirm(means: AccountMeans): WebHandler {
  return async (request, response) => {
    const next = nextPath(textOf(request, "next"));
    const proof = request.form.get("proof") ?? "";
    const answer = await stepUp(means, sessionOfRequest(request), proof, visitOf(request));
    if (answer.step === "signedIn") {
      response.redirect(303, next);
      return;
    }
    const waitUntil = answer.step === "wait" ? answer.until : undefined;
    if (waitUntil === undefined) response.status(422);
    else refuseToWait(request, response, waitUntil);
    const page = (
      <ConfirmPage
        next={next}
        by={await provesBy(means, request)}
        {...(waitUntil === undefined ? { refused: true } : { waitUntil })}
      />
    );
    sendPage(request, response, page, titled("confirmTitle"));
  };
}
