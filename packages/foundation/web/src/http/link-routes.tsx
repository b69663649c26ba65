/**
 * Invitations and recoveries by link. Looking at a link starts nothing, so that a mail scanner cannot use it up: a person
 * sends the form. The token stands in the address: it is good once, for hours, and our pages send no referrer.
 */
import { acceptLink, findLink } from "../accept-link.ts";
import { isStaffRole } from "../account.ts";
import type { AccountMeans } from "../account-means.ts";
import { sendPage } from "../pages/send-page.tsx";
import { SetPasswordPage } from "../pages/set-password-page.tsx";
import type { WebHandler } from "../request.ts";
import { type WebRoute, webRoutes } from "../web-route.ts";
import { titled } from "./account-answers.ts";
import { queryOf, textOf, visitOf } from "./account-visit.ts";
import { proceed } from "./sign-in-routes.tsx";

const anyone = {
  who: "anyone",
  clause: "DD.4",
  rateLimit: { attempts: 60, seconds: 60 },
  bodyLimit: 16_384,
} as const;

type Purpose = "invitation" | "recovery";

export function linkRoutes(means: AccountMeans): readonly WebRoute[] {
  return webRoutes([
    { method: "get", path: "/invitation", handler: show(means, "invitation"), ...anyone },
    { method: "post", path: "/invitation", handler: accept(means, "invitation"), ...anyone },
    { method: "get", path: "/sign-in/recovery", handler: show(means, "recovery"), ...anyone },
    { method: "post", path: "/sign-in/recovery", handler: accept(means, "recovery"), ...anyone },
  ]);
}

/** Where a link leads. */
export function linkPath(purpose: Purpose, token: string): string {
  return `${purpose === "invitation" ? "/invitation" : "/sign-in/recovery"}?token=${token}`;
}

function show(means: AccountMeans, purpose: Purpose): WebHandler {
  return async (request, response) => {
    const token = queryOf(request, "token");
    const { account, person } = await findLink(means, purpose, token);
    const page = (
      <SetPasswordPage
        {...{ purpose, token, account, person }}
        length={means.rules.lengthFor(account.role)}
        company={means.options.openId !== undefined && isStaffRole(account.role)}
      />
    );
    sendPage(request, response, page, titled(`${purpose}Title`));
  };
}

function accept(means: AccountMeans, purpose: Purpose): WebHandler {
  return async (request, response) => {
    const token = textOf(request, "token");
    const password = request.form.get("password") ?? "";
    const answer = await acceptLink(means, purpose, { token, password }, visitOf(request));
    if ("step" in answer) {
      proceed(means, request, response, answer);
      return;
    }
    const { account, person } = await findLink(means, purpose, token);
    response.status(422);
    const page = (
      <SetPasswordPage
        {...{ purpose, token, account, person }}
        length={means.rules.lengthFor(account.role)}
        flaw={answer.flaw}
        company={means.options.openId !== undefined && isStaffRole(account.role)}
      />
    );
    sendPage(request, response, page, titled(`${purpose}Title`));
  };
}
