/**
 * Tokens of machines: the list, making one, revoking one. A client's people reach their own client alone, whatever the form
 * says; making and revoking ask for a proof that is recent. @clause DD.5
 */
import { addMillis, type ControllerId, isFault, type Ports } from "@preau/kernel";
import type { Response } from "express";
import { type AccountActor, PUBLISHER } from "../account.ts";
import { actingActor } from "../account-acting.ts";
import type { AccountMeans } from "../account-means.ts";
import { type ApiUse, apiScopes, isApiScope } from "../api-scopes.ts";
import { type ApiTokenId, apiTokenRoles, MOST_TOKEN_DAYS } from "../api-tokens.ts";
import { controllerScope, namedController } from "../controller-scope.ts";
import { fault } from "../errors.ts";
import { apiTokenEn } from "../locales/api-token-en.ts";
import { type ApiTokenTexts, apiTokenFr } from "../locales/api-token-fr.ts";
import { accountOfSession, hasRecentProof } from "../own-account.ts";
import { ApiTokenShownPage, ApiTokensPage, type ApiTokensPageProps } from "../pages/api-tokens-page.tsx";
import { sendPage } from "../pages/send-page.tsx";
import type { WebHandler, WebRequest } from "../request.ts";
import { type WebRoute, webRoutes } from "../web-route.ts";
import { queryOf, textOf } from "./account-visit.ts";
import { askForProof } from "./own-account-routes.tsx";

const own = { who: apiTokenRoles, clause: "DD.5", bodyLimit: 16_384 } as const;
const DAY_MS = 86_400_000;

interface TokenMeans extends AccountMeans, Pick<Ports, "apiTokens"> {}

export function apiTokenRoutes(means: TokenMeans): readonly WebRoute[] {
  return webRoutes([
    { method: "get", path: "/account/tokens", handler: show(means), ...own },
    { method: "post", path: "/account/tokens", handler: make(means), ...own },
    { method: "post", path: "/account/tokens/:id/revocation", handler: revoke(means), ...own },
  ]);
}

/** Who asks, and whose tokens. */
function askedBy(request: WebRequest): {
  readonly actor: AccountActor;
  readonly controller: ControllerId | undefined;
} {
  const { session } = request;
  const { actor, actorRole, controller } = session?.data ?? {};
  if (session === undefined || actor === undefined || actorRole === undefined || controller === undefined)
    throw fault("ACCOUNT_NOT_YOURS");
  return {
    actor: { id: actor, role: actorRole, controller },
    controller: namedController(request, controllerScope(session, ["publisherDpo"])),
  };
}

function titled(key: keyof ApiTokenTexts) {
  return { title: { fr: apiTokenFr[key], en: apiTokenEn[key] } };
}

function pathOf(controller: ControllerId): string {
  return `/account/tokens?controller=${encodeURIComponent(controller)}`;
}

async function sendList(
  means: TokenMeans,
  request: WebRequest,
  response: Response,
  more: Pick<ApiTokensPageProps, "revoked" | "wrong"> = {},
): Promise<void> {
  const { actor, controller } = askedBy(request);
  const tokens =
    controller === undefined
      ? []
      : await means.unitOfWork.transaction((unit) => means.apiTokens.list(unit, controller, actor));
  const staff = actor.controller === PUBLISHER;
  const page = <ApiTokensPage {...{ controller, tokens, staff, now: means.clock.now() }} {...more} />;
  sendPage(request, response, page, titled("title"));
}

function show(means: TokenMeans): WebHandler {
  return (request, response) =>
    sendList(means, request, response, { revoked: queryOf(request, "done") !== "" });
}

/** True, and led there, when the person must prove themselves first. */
async function mustProve(means: TokenMeans, request: WebRequest, response: Response): Promise<boolean> {
  const { session } = request;
  if (session !== undefined && hasRecentProof(means, session, await accountOfSession(means, session)))
    return false;
  const { controller } = askedBy(request);
  askForProof(response, controller === undefined ? "/account/tokens" : pathOf(controller));
  return true;
}

/** @clause DD.5, DD.7 */
function make(means: TokenMeans): WebHandler {
  return async (request, response) => {
    const { actor, controller } = askedBy(request);
    if (controller === undefined) throw fault("WEB_TOKEN_BAD", { place: "controller" });
    if (await mustProve(means, request, response)) return;
    const days = Number(textOf(request, "days", 8));
    const scopes = Object.keys(apiScopes).filter(isApiScope);
    const { apiTokens, clock, unitOfWork } = means;
    try {
      if (!Number.isInteger(days) || days < 1 || days > MOST_TOKEN_DAYS)
        throw fault("WEB_TOKEN_BAD", { place: "days" });
      const { token } = await unitOfWork.transaction(async (unit) =>
        apiTokens.make(unit, {
          controller,
          use: textOf(request, "use", 16) as ApiUse,
          scopes: scopes.filter((scope) => request.form.has(scope)),
          expiresAt: addMillis(clock.now(), days * DAY_MS),
          by: await actingActor(unit, means, actor),
        }),
      );
      const page = <ApiTokenShownPage token={token} controller={controller} />;
      sendPage(request, response, page, titled("shownTitle"));
    } catch (error) {
      if (!isFault(error, "WEB_TOKEN_BAD")) throw error;
      response.status(error.status);
      await sendList(means, request, response, { wrong: true });
    }
  };
}

/** @clause DD.5, DD.7 */
function revoke(means: TokenMeans): WebHandler {
  return async (request, response) => {
    const { actor, controller } = askedBy(request);
    if (controller === undefined) throw fault("WEB_TOKEN_UNKNOWN");
    if (await mustProve(means, request, response)) return;
    const id = String(request.params["id"]) as ApiTokenId;
    await means.unitOfWork.transaction(async (unit) =>
      means.apiTokens.revoke(unit, controller, id, await actingActor(unit, means, actor)),
    );
    response.redirect(303, `${pathOf(controller)}&done=1`);
  };
}
