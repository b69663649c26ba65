/**
 * The end_session_endpoint. A client that shows its ID token ends the session at once. One that does not only leads the
 * browser here, as anybody could: so the person is asked (RP-Initiated Logout 1.0 §2).
 */
import { randomBytes } from "node:crypto";
import express, { type Request, type Response, type Router } from "express";
import { contentSecurityPolicy, messagePage, page } from "../gar/pages.ts";
import type { GarSession, Sessions } from "../gar/sessions.ts";
import { html } from "../html.ts";
import { oidcPaths } from "./discovery.ts";
import { type EndSession, type EndSessionOptions, readEndSession } from "./end-session.ts";

export interface EndSessionRouterOptions extends Omit<EndSessionOptions, "issuer"> {
  readonly issuer: () => string;
  readonly sessions: Pick<Sessions, "of" | "byIndex">;
  /** Ends a session: every participant hears of it, then the browser goes to the address, or sees a page. */
  readonly signOut: (response: Response, session: GarSession | undefined, next?: string) => unknown;
}

const MOST_ASKED = 200;
const NO_HINT = "id_token_hint n'est pas un jeton d'identité de ce fournisseur pour ce client.";
const GONE = "Cette demande de déconnexion n'existe plus.";

export function endSessionRouter(options: EndSessionRouterOptions): Router {
  const { sessions, signOut } = options;
  /** Who was asked, by the handle in the form. */
  const asked = new Map<string, { readonly session: GarSession; readonly next: string | undefined }>();
  const router = express.Router();
  const form = express.urlencoded({ extended: false, limit: "16kb" });
  router.get(oidcPaths.logout, (request, response) => endSession(request.query, request, response));
  router.post(oidcPaths.logout, form, (request, response) => {
    const fields = (request.body ?? {}) as Record<string, unknown>;
    return fields["confirm"] === undefined
      ? endSession(fields, request, response)
      : confirmed(fields["confirm"], request, response);
  });
  return router;

  async function endSession(
    parameters: Readonly<Record<string, unknown>>,
    request: Request,
    response: Response,
  ): Promise<void> {
    const read = await readEndSession(parameters, { ...options, issuer: options.issuer() });
    if (read === undefined) {
      refuse(response, NO_HINT);
      return;
    }
    const session = read.sid === undefined ? sessions.of(request) : sessions.byIndex("oidc", read.sid);
    if (read.sid === undefined && session !== undefined) ask(read, session, response);
    else await signOut(response, session, read.next);
  }

  function ask({ client, next }: EndSession, session: GarSession, response: Response): void {
    const [eldest] = asked.keys();
    if (asked.size >= MOST_ASKED && eldest !== undefined) asked.delete(eldest);
    const handle = randomBytes(18).toString("base64url");
    asked.set(handle, { session, next });
    // The answer to the form leads there, which the policy of the page with the form has to allow.
    response.set("Content-Security-Policy", contentSecurityPolicy(undefined, next));
    const content = html`<p>Déconnexion demandée${client === undefined ? "" : html` par <strong>${client}</strong>`}.
Tous les services ouverts par le GAR sont prévenus.</p>
<form method="post" action="${oidcPaths.logout}"><button name="confirm" value="${handle}">Se déconnecter</button></form>
<p><a href="/mediacentre">Rester connecté·e</a></p>`;
    response.type("html").send(page("Se déconnecter ?", content));
  }

  async function confirmed(handle: unknown, request: Request, response: Response): Promise<void> {
    const found = typeof handle === "string" ? asked.get(handle) : undefined;
    if (found === undefined || sessions.of(request) !== found.session) {
      refuse(response, GONE);
      return;
    }
    asked.delete(String(handle));
    await signOut(response, found.session, found.next);
  }
}

function refuse(response: Response, says: string): void {
  response.status(400).type("html").send(messagePage("Demande refusée", says));
}
