/**
 * A SAML 2.0 identity provider in the GAR's manner: AuthnRequests by redirect, signed; assertions by POST, signed;
 * attributes under the GAR's short names. Who you are is chosen from a list, without a password.
 */
import { randomBytes } from "node:crypto";
import type { Clock } from "@preau/kernel";
import { isFault, millisOf } from "@preau/kernel";
import express, { type ErrorRequestHandler, type Express, type Response } from "express";
import { faultsRouter } from "../faults.ts";
import { type AuthnRequest, readAuthnRequest } from "./authn-request.ts";
import { type Defects, document, freshId, spoiltFields } from "./defects.ts";
import { identityProviderMetadata, namesAt } from "./identity-provider-metadata.ts";
import { choicePage, contentSecurityPolicy, frontPage, messagePage, postPage } from "./pages.ts";
import { garPeople } from "./people.ts";
import { attributeList, type ResponseFields } from "./response.ts";
import { saml } from "./saml.ts";
import { parseServiceProvider, type ServiceProviders } from "./service-providers.ts";
import type { Signer } from "./sign.ts";

export interface IdentityProviderOptions {
  /** `http://localhost:8701`; asked at each request, for a port that is known only once it is bound. */
  readonly url: () => string;
  readonly clock: Clock;
  readonly signers: { readonly own: Signer; readonly stranger: Signer };
  readonly providers: ServiceProviders;
  readonly defects: Defects;
}

const CHOOSE_WITHIN_MS = 30 * 60_000;
const VALID_FOR_MS = 5 * 60_000;
const MOST_WAITING = 1_000;

interface Waiting {
  readonly request: AuthnRequest;
  readonly since: number;
}

export function identityProvider(options: IdentityProviderOptions): Express {
  const { clock, defects, providers } = options;
  const waiting = new Map<string, Waiting>();
  const lastSent = new Map<string, string>();
  const names = () => namesAt(options.url());
  const now = () => millisOf(clock.now());

  const application = express().disable("x-powered-by");
  application.use((_request, response, next) => {
    response.set({
      "Content-Security-Policy": contentSecurityPolicy(),
      "Cache-Control": "no-store",
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
    });
    next();
  });
  application.use(faultsRouter(defects));
  application.use(async (_request, _response, next) => {
    await new Promise((resolve) => setTimeout(resolve, defects.get("slow") * 1_000));
    next();
  });

  application.get("/", (_request, response) => {
    response.type("html").send(frontPage(garPeople));
  });

  application.get("/idp/metadata", (_request, response) => {
    response
      .type("application/samlmetadata+xml")
      .send(identityProviderMetadata(names(), [options.signers.own.certificate]));
  });

  application.post(
    "/idp/service-providers",
    express.text({ type: () => true, limit: "256kb" }),
    (request, response) => {
      const metadata: unknown = request.body;
      if (typeof metadata !== "string" || !isMetadata(metadata)) {
        sendMessage(response, 400, "Ceci n'est pas un fichier de métadonnées d'un fournisseur de service.");
        return;
      }
      response.status(201).json({ entityId: providers.register(metadata).entityId });
    },
  );

  application.get("/idp/profile/SAML2/Redirect/SSO", async (request, response) => {
    const query = request.originalUrl.split("?")[1] ?? "";
    const asked = await readAuthnRequest(query, names().signOnUrl, providers);
    const handle = randomBytes(18).toString("base64url");
    for (const [key, { since }] of waiting) {
      if (waiting.size >= MOST_WAITING || now() - since > CHOOSE_WITHIN_MS) waiting.delete(key);
    }
    waiting.set(handle, { request: asked, since: now() });
    response.set("Content-Security-Policy", contentSecurityPolicy(undefined, asked.consumer));
    response.type("html").send(choicePage(handle, asked.serviceProvider.entityId, garPeople));
  });

  application.post(
    "/idp/sign-in",
    express.urlencoded({ extended: false, limit: "4kb" }),
    (request, response) => {
      const chosen = (request.body ?? {}) as Record<string, unknown>;
      const asked = waiting.get(String(chosen["request"]))?.request;
      const person = garPeople.find((each) => each.login === chosen["person"]);
      if (asked === undefined || person === undefined) {
        sendMessage(
          response,
          400,
          "Cette demande de connexion n'existe plus. Recommencez depuis le service.",
        );
        return;
      }
      waiting.delete(String(chosen["request"]));
      const nonce = randomBytes(16).toString("base64");
      response.set("Content-Security-Policy", contentSecurityPolicy(nonce, asked.consumer));
      const posted = {
        consumer: asked.consumer,
        response: answer(asked, attributeList(person.attributes)),
        relayState: asked.relayState,
      };
      response.type("html").send(postPage(posted, nonce));
    },
  );

  application.use(refusalHandler);
  return application;

  /** The response to one request, base64. With `replayed` it is the one of the last time. */
  function answer(asked: AuthnRequest, attributes: ResponseFields["attributes"]): string {
    const { entityId } = asked.serviceProvider;
    const last = lastSent.get(entityId);
    if (defects.get("replayed") > 0 && last !== undefined) return last;
    const honest: ResponseFields = {
      responseId: freshId(),
      assertionId: freshId(),
      sessionIndex: freshId(),
      nameId: freshId(),
      issuer: names().entityId,
      audience: entityId,
      destination: asked.consumer,
      recipient: asked.consumer,
      inResponseTo: asked.id,
      status: saml.success,
      confirmation: saml.bearer,
      withAuthnStatement: true,
      issuedAt: now(),
      expiresAt: now() + VALID_FOR_MS,
      attributes,
    };
    const xml = document(spoiltFields(honest, defects), options.signers, defects);
    const encoded = Buffer.from(xml).toString("base64");
    lastSent.set(entityId, encoded);
    return encoded;
  }
}

function isMetadata(text: string): boolean {
  try {
    return parseServiceProvider(text).consumers.length > 0;
  } catch {
    return false;
  }
}

function sendMessage(response: Response, status: number, text: string): void {
  response.status(status).type("html").send(messagePage("Demande refusée", text));
}

const refusalHandler: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (!isFault(error)) {
    next(error);
    return;
  }
  sendMessage(response, error.status, `${error.entry.says.fr} ${error.place ?? ""}`);
};
