/** Signing in through the company's OpenID provider, where one is configured; and signing out, for everybody. */

import { recordDeed } from "../account-journal.ts";
import type { AccountMeans } from "../account-means.ts";
import { mountingOf } from "../mounting.ts";
import { makeOpenIdClient, type OpenIdClient } from "../open-id.ts";
import { sendPage } from "../pages/send-page.tsx";
import { SignedOutPage } from "../pages/signed-out-page.tsx";
import type { WebHandler, WebRequest } from "../request.ts";
import { signInByProvider } from "../sign-in-by-provider.ts";
import { type WebRoute, webRoutes } from "../web-route.ts";
import { titled } from "./account-answers.ts";
import { dropShortCookie, queryOf, setShortCookie, shortCookie, visitOf } from "./account-visit.ts";
import { nextPath, proceed } from "./sign-in-routes.tsx";

const brake = { attempts: 60, seconds: 60 };

export function companyRoutes(means: AccountMeans): readonly WebRoute[] {
  const { openId } = means.options;
  const client = openId === undefined ? undefined : makeOpenIdClient(means, openId);
  const out = webRoutes([
    { method: "post", path: "/sign-out", handler: signOut(means, client), who: "anyone", clause: "DD.7" },
  ]);
  if (client === undefined) return out;
  const anyone = { who: "anyone", clause: "DD.4", rateLimit: brake } as const;
  return [
    ...out,
    ...webRoutes([
      { method: "get", path: "/sign-in/company", handler: begin(means, client), ...anyone },
      { method: "get", path: "/sign-in/company/return", handler: comeBack(means, client), ...anyone },
    ]),
  ];
}

function returnUri(request: WebRequest): string {
  return new URL("/sign-in/company/return", mountingOf(request.app).publicOrigin).href;
}

/** A link, not a form: where a form may lead is fixed before the provider is known. */
function begin(means: AccountMeans, client: OpenIdClient): WebHandler {
  return async (request, response) => {
    const invitation = queryOf(request, "invitation");
    const { url, browser } = await client.begin({
      redirectUri: returnUri(request),
      nextPath: invitation === "" ? nextPath(queryOf(request, "next")) : "/account",
      invitation: invitation === "" ? undefined : invitation,
    });
    setShortCookie(request, response, "company", browser, means.options.signInMinutes * 60);
    response.redirect(303, url);
  };
}

/** @clause DD.4, DD.7 */
function comeBack(means: AccountMeans, client: OpenIdClient): WebHandler {
  return async (request, response) => {
    const browser = shortCookie(request, "company");
    dropShortCookie(request, response, "company");
    const url = new URL(request.originalUrl, returnUri(request));
    const proven = await client.finish({ url, browser });
    proceed(means, request, response, await signInByProvider(means, proven, visitOf(request)));
  };
}

/** Ends this session; of an account, it is journalled. What came through the company may be ended there too. */
function signOut(means: AccountMeans, client: OpenIdClient | undefined): WebHandler {
  return async (request, response) => {
    const { session } = request;
    const { actor, actorRole, controller } = session?.data ?? {};
    if (session !== undefined && actor !== undefined && actorRole !== undefined && controller !== undefined) {
      await means.unitOfWork.transaction(async (unit) => {
        await session.end(unit);
        await recordDeed(unit, means, {
          type: "accounts.signedOut",
          actor: { id: actor, role: actorRole, controller },
          controller,
        });
      });
    }
    await request.signOut();
    if (client === undefined || session?.sealed["byProvider"] !== true) {
      response.redirect(303, "/");
      return;
    }
    const home = new URL("/sign-in", mountingOf(request.app).publicOrigin).href;
    const url = await client.signOutUrl(home).catch(() => undefined);
    sendPage(request, response, <SignedOutPage url={url} />, titled("signedOutTitle"));
  };
}
