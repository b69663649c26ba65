/**
 * The administration of accounts: one line a route. A client's people reach their own client alone, whatever the address
 * or the form says; whatever gives or takes a right asks for a second factor that is recent. @clause DD.5
 */
import { type ActorId, type ControllerId, controllerId, isFault } from "@preau/kernel";
import type { Response } from "express";
import { type AccountActor, isAccountRole, isStaffRole } from "../account.ts";
import type { AccountMeans } from "../account-means.ts";
import { administeringRoles, grantableRoles, mayAdminister, mayGrant } from "../account-rights.ts";
import {
  type AccountRef,
  changeRole,
  issueLink,
  resetFactor,
  restoreAccount,
  revokeAccount,
  suspendAccount,
  unlockAccount,
} from "../administer-account.ts";
import { eraseAccount } from "../erase-account.ts";
import { fault } from "../errors.ts";
import { type HandedLink, inviteAccount } from "../invite-account.ts";
import { accountsOf } from "../list-accounts.ts";
import { mountingOf } from "../mounting.ts";
import { hasRecentFactor } from "../own-account.ts";
import { AccessReviewPage } from "../pages/access-review-page.tsx";
import { AccountsPage, LinkPage } from "../pages/accounts-page.tsx";
import { ManageAccountPage } from "../pages/manage-account-page.tsx";
import { sendPage } from "../pages/send-page.tsx";
import type { WebHandler, WebRequest } from "../request.ts";
import { reviewAccess } from "../review-access.ts";
import { type WebRoute, webRoutes } from "../web-route.ts";
import { titled } from "./account-answers.ts";
import { queryOf, textOf } from "./account-visit.ts";
import { linkPath } from "./link-routes.tsx";
import { askForProof } from "./own-account-routes.tsx";

const administration = { who: administeringRoles, clause: "DD.5", bodyLimit: 16_384 } as const;

export function accountsRoutes(means: AccountMeans): readonly WebRoute[] {
  const deed = (work: Deed) => act(means, work);
  return webRoutes([
    { method: "get", path: "/accounts", handler: list(means), ...administration },
    { method: "post", path: "/accounts/invite", handler: invite(means), ...administration },
    { method: "get", path: "/accounts/review", handler: showReview(means), ...administration },
    { method: "post", path: "/accounts/review", handler: review(means), ...administration },
    { method: "get", path: "/accounts/:id", handler: show(means), ...administration },
    { method: "post", path: "/accounts/:id/suspend", handler: deed(suspendAccount), ...administration },
    { method: "post", path: "/accounts/:id/restore", handler: deed(restoreAccount), ...administration },
    { method: "post", path: "/accounts/:id/revoke", handler: deed(revokeAccount), ...administration },
    { method: "post", path: "/accounts/:id/unlock", handler: deed(unlockAccount), ...administration },
    { method: "post", path: "/accounts/:id/link", handler: deed(issueLink), ...administration },
    { method: "post", path: "/accounts/:id/reset-factor", handler: deed(resetFactor), ...administration },
    { method: "post", path: "/accounts/:id/role", handler: deed(toRole), ...administration },
    { method: "post", path: "/accounts/:id/erase", handler: deed(toNothing), ...administration },
  ]);
}

/** The actor of a session: what it may do is looked at again in the unit of each deed. */
function actorOfRequest({ session }: WebRequest): AccountActor {
  const { actor, actorRole, controller } = session?.data ?? {};
  if (actor === undefined || actorRole === undefined || controller === undefined)
    throw fault("ACCOUNT_NOT_YOURS");
  return { id: actor, role: actorRole, controller };
}

/** Whose accounts are asked for: the own, unless the publisher's staff names another. @throws CONTROLLER_BAD_ID */
function controllerOf(actor: AccountActor, text: string): ControllerId {
  return text.trim() === "" ? actor.controller : controllerId(text.trim());
}

function list(means: AccountMeans): WebHandler {
  return async (request, response) => {
    const actor = actorOfRequest(request);
    await sendList(means, request, response, {
      actor,
      controller: controllerOf(actor, queryOf(request, "controller")),
    });
  };
}

interface Listing {
  readonly actor: AccountActor;
  readonly controller: ControllerId;
  readonly error?: ReturnType<typeof fault>["entry"]["says"];
}

async function sendList(means: AccountMeans, request: WebRequest, response: Response, listing: Listing) {
  const { actor, controller, error } = listing;
  const { accounts } = await accountsOf(means, actor, controller);
  const page = (
    <AccountsPage
      controller={controller}
      accounts={accounts}
      roles={grantableRoles(actor).filter((role) => mayGrant(actor, role, controller))}
      staff={isStaffRole(actor.role)}
      {...(error === undefined ? {} : { error })}
    />
  );
  sendPage(request, response, page, titled("accountsTitle"));
}

const SAID_ON_THE_PAGE = ["ACCOUNT_BAD_PERSON", "ACCOUNT_BAD_ROLE", "ACCOUNT_EXISTS"];

function invite(means: AccountMeans): WebHandler {
  return async (request, response) => {
    const actor = actorOfRequest(request);
    const controller = controllerOf(actor, textOf(request, "controller", 64));
    if (!hasRecentFactor(means, request.session)) {
      askForProof(response, pathOf("/accounts", controller));
      return;
    }
    const role = textOf(request, "role", 64);
    try {
      if (!isAccountRole(role)) throw fault("ACCOUNT_BAD_ROLE");
      const given = { name: textOf(request, "name"), email: textOf(request, "email"), role, controller };
      sendLink(request, response, await inviteAccount(means, actor, given), controller);
    } catch (error) {
      if (!isFault(error) || !SAID_ON_THE_PAGE.includes(error.code)) throw error;
      response.status(error.status);
      await sendList(means, request, response, { actor, controller, error: error.entry.says });
    }
  };
}

function sendLink(request: WebRequest, response: Response, link: HandedLink, controller: ControllerId): void {
  const url = new URL(linkPath(link.purpose, link.token), mountingOf(request.app).publicOrigin).href;
  const page = <LinkPage url={url} expiresAt={link.expiresAt} controller={controller} />;
  sendPage(request, response, page, titled("linkTitle"));
}

function refOf(request: WebRequest, actor: AccountActor, controller: string): AccountRef {
  return { id: String(request.params["id"]) as ActorId, controller: controllerOf(actor, controller) };
}

function show(means: AccountMeans): WebHandler {
  return async (request, response) => {
    const actor = actorOfRequest(request);
    const { id, controller } = refOf(request, actor, queryOf(request, "controller"));
    const { accounts } = await accountsOf(means, actor, controller);
    const listed = accounts.find(({ account }) => account.id === id);
    if (listed === undefined) throw fault("ACCOUNT_UNKNOWN");
    const { role } = listed.account;
    const page = (
      <ManageAccountPage
        listed={listed}
        mine={mayAdminister(actor, listed.account)}
        roles={grantableRoles(actor).filter((each) => each !== role && mayGrant(actor, each, controller))}
        done={queryOf(request, "done") !== ""}
      />
    );
    sendPage(request, response, page, titled("manageTitle"));
  };
}

type Deed = (
  means: AccountMeans,
  actor: AccountActor,
  ref: AccountRef,
  request: WebRequest,
) => Promise<unknown>;

const toRole: Deed = (means, actor, ref, request) => {
  const role = textOf(request, "role", 64);
  if (!isAccountRole(role)) throw fault("ACCOUNT_BAD_ROLE");
  return changeRole(means, actor, ref, role);
};

const toNothing: Deed = async (means, actor, ref) => {
  await eraseAccount(means, actor, ref);
  return "gone";
};

function isLink(done: unknown): done is HandedLink {
  return typeof done === "object" && done !== null && "token" in done;
}

/** A deed upon one account. @clause DD.5, DD.7 */
function act(means: AccountMeans, work: Deed): WebHandler {
  return async (request, response) => {
    const actor = actorOfRequest(request);
    const ref = refOf(request, actor, textOf(request, "controller", 64));
    const here = pathOf(`/accounts/${encodeURIComponent(ref.id)}`, ref.controller);
    if (!hasRecentFactor(means, request.session)) {
      askForProof(response, here);
      return;
    }
    const done = await work(means, actor, ref, request);
    if (isLink(done)) sendLink(request, response, done, ref.controller);
    else response.redirect(303, done === "gone" ? pathOf("/accounts", ref.controller) : `${here}&done=1`);
  };
}

function pathOf(path: string, controller: ControllerId): string {
  return `${path}?controller=${encodeURIComponent(controller)}`;
}

function showReview(means: AccountMeans): WebHandler {
  return async (request, response) => {
    const actor = actorOfRequest(request);
    const controller = controllerOf(actor, queryOf(request, "controller"));
    const { accounts, lastReview } = await accountsOf(means, actor, controller);
    const { reviewDays, idleDays } = means.options;
    const page = <AccessReviewPage {...{ controller, accounts, lastReview, reviewDays, idleDays }} />;
    sendPage(request, response, page, titled("reviewTitle"));
  };
}

/** @clause DD.5 */
function review(means: AccountMeans): WebHandler {
  return async (request, response) => {
    const actor = actorOfRequest(request);
    const controller = controllerOf(actor, textOf(request, "controller", 64));
    await reviewAccess(means, actor, controller);
    response.redirect(303, pathOf("/accounts/review", controller));
  };
}
