/**
 * An OpenID provider in the GAR's manner: code flow with PKCE at `/oidc/oidcAuthorize`, the resource named at every
 * step, claims under the GAR's names at `/oidc/oidcProfile`, logout by the back channel.
 *
 *   authorize → who are you? → code → token endpoint → ID token and access token → claims
 */
import { randomBytes } from "node:crypto";
import { type Clock, millisOf } from "@preau/kernel";
import express, { type Request, type Response, type Router } from "express";
import type { Answered, Choices } from "../gar/choices.ts";
import { messagePage } from "../gar/pages.ts";
import type { GarPerson } from "../gar/people.ts";
import type { GarSession, Participant, Sessions } from "../gar/sessions.ts";
import { type AuthorizationRequest, type Refused, readAuthorizationRequest } from "./authorize.ts";
import { subjectOf } from "./claims.ts";
import { type OidcClients, oidcClient } from "./clients.ts";
import type { OidcDefects } from "./defects.ts";
import { discoveryDocument, issuerAt, oidcPaths } from "./discovery.ts";
import { endSessionRouter } from "./end-session-router.ts";
import { exchangeCode } from "./exchange-code.ts";
import { type Grant, makeGrants } from "./grants.ts";
import { jwksOf, oidcKeys } from "./keys.ts";
import { oidcParticipant } from "./log-out-client.ts";
import { answerProfile } from "./profile.ts";
import { tokenSigner } from "./sign-tokens.ts";

export interface OidcRouterOptions {
  /** `http://localhost:8701`; asked at each request. */
  readonly url: () => string;
  readonly clock: Clock;
  readonly choices: Choices;
  readonly sessions: Pick<Sessions, "of" | "byIndex">;
  /** Ends a session: every participant hears of it, then the browser goes to the address, or sees a page. */
  readonly signOut: (response: Response, session: GarSession | undefined, next?: string) => unknown;
  readonly clients: OidcClients;
  /** PEM of the RSA key that signs. */
  readonly privateKey: string;
  readonly defects: OidcDefects;
}

export function oidcRouter(options: OidcRouterOptions): Router {
  const { url, clients, defects } = options;
  const now = () => millisOf(options.clock.now());
  const issuer = () => issuerAt(url());
  const keys = oidcKeys(options.privateKey, defects);
  const grants = makeGrants(now);
  const signer = tokenSigner({ issuer, now, keys, defects });
  const form = express.urlencoded({ extended: false, limit: "16kb" });
  const router = express.Router();

  router.get(oidcPaths.discovery, (_request, response) => {
    const wrong = defects.get("oidc-wrong-discovery") > 0 ? { issuer: "https://elsewhere.example/oidc" } : {};
    response.json({ ...discoveryDocument(url()), ...wrong });
  });

  router.get(oidcPaths.jwks, async (_request, response) => {
    response.type("application/jwk-set+json").send(JSON.stringify(await jwksOf(keys)));
  });

  router.get(oidcPaths.authorize, (request, response) => authorize(request.query, request, response));
  router.post(oidcPaths.authorize, form, (request, response) => {
    authorize(formOf(request), request, response);
  });

  router.post(oidcPaths.token, form, async (request, response) => {
    const { authorization } = request.headers;
    const exchange = { clients, grants, signer, defects };
    const { status, body } = await exchangeCode(authorization, formOf(request), exchange);
    if (status === 401) response.set("WWW-Authenticate", 'Basic realm="oidc"');
    response.set("Cache-Control", "no-store").status(status).json(body);
  });

  router.get(oidcPaths.profile, (request, response) => {
    const answer = answerProfile(request.headers.authorization, request.query, grants, defects);
    if (answer.challenge !== undefined) response.set("WWW-Authenticate", answer.challenge);
    if (defects.get("oidc-profile-html") > 0) response.type("html").send(messagePage("Maintenance", "…"));
    else response.status(answer.status).json(answer.body);
  });

  router.use(endSessionRouter({ ...options, issuer, keys }));

  router.post(oidcPaths.clients, express.json({ limit: "16kb" }), (request, response) => {
    const client = oidcClient.safeParse(request.body);
    if (!client.success) {
      const wrong = client.error.issues.map((issue) => issue.path.join("."));
      response.status(400).json({ error: "invalid_client_metadata", error_description: wrong.join(", ") });
      return;
    }
    clients.register(client.data);
    response.status(201).json({ id: client.data.id });
  });

  return router;

  function authorize(query: Readonly<Record<string, unknown>>, request: Request, response: Response): void {
    const read = readAuthorizationRequest(query, clients, defects.get("oidc-any-resource") > 0);
    if ("refused" in read) {
      refuse(read.refused, response);
      return;
    }
    const { redirectUri, state } = read;
    if (read.askNobody && options.sessions.of(request)?.remembered !== true) {
      refuse({ redirectUri, state, error: "login_required", says: "nobody has signed in" }, response);
      return;
    }
    options.choices.ask(response, {
      service: read.client.id,
      target: redirectUri,
      askAnyway: read.askAnyway,
      finish: (person, participate) => finish(read, person, participate),
    });
  }

  function finish(
    request: AuthorizationRequest,
    person: GarPerson,
    participate: (participant: Participant) => void,
  ): Answered {
    const grant: Grant = {
      request,
      person,
      subject: subjectOf(person, request.client.id),
      sid: randomBytes(18).toString("base64url"),
      signedInAt: now(),
      ended: false,
    };
    participate(oidcParticipant(grant, signer));
    const wrongState = defects.get("oidc-wrong-state") > 0 ? "another-state" : request.state;
    return answered(request.redirectUri, {
      code: grants.give(grant),
      state: defects.get("oidc-state-dropped") > 0 ? undefined : wrongState,
    });
  }

  /** Back to the client, with the parameters, and the issuer of the answer (RFC 9207). */
  function answered(redirectUri: string, parameters: Readonly<Record<string, string | undefined>>) {
    const target = new URL(redirectUri);
    const wrong = defects.get("oidc-wrong-iss-parameter") > 0;
    const iss = wrong ? "https://elsewhere.example/oidc" : issuer();
    const all = { ...parameters, iss: defects.get("oidc-no-iss-parameter") > 0 ? undefined : iss };
    for (const [name, value] of Object.entries(all)) {
      if (value !== undefined) target.searchParams.set(name, value);
    }
    return { redirect: target.href };
  }

  function refuse(refused: Refused, response: Response): void {
    if (!("redirectUri" in refused)) {
      response.status(400).type("html").send(messagePage("Demande refusée", refused.says));
      return;
    }
    const { redirectUri, state, error, says } = refused;
    response.redirect(303, answered(redirectUri, { error, error_description: says, state }).redirect);
  }
}

function formOf(request: Request): Readonly<Record<string, unknown>> {
  return (request.body ?? {}) as Record<string, unknown>;
}
