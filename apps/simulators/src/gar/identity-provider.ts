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
import { type Answered, makeChoices } from "./choices.ts";
import { type Defects, document, freshId, spoiltFields } from "./defects.ts";
import { identityProviderMetadata, namesAt } from "./identity-provider-metadata.ts";
import { contentSecurityPolicy, frontPage, messagePage, postPage } from "./pages.ts";
import { type GarPerson, garPeople } from "./people.ts";
import { attributeList, type ResponseFields } from "./response.ts";
import { saml } from "./saml.ts";
import { parseServiceProvider, type ServiceProviders } from "./service-providers.ts";
import { makeSessions } from "./sessions.ts";
import type { Signer } from "./sign.ts";

export interface IdentityProviderOptions {
  /** `http://localhost:8701`; asked at each request, for a port that is known only once it is bound. */
  readonly url: () => string;
  readonly clock: Clock;
  readonly signers: { readonly own: Signer; readonly stranger: Signer };
  readonly providers: ServiceProviders;
  readonly defects: Defects;
}

const VALID_FOR_MS = 5 * 60_000;

export function identityProvider(options: IdentityProviderOptions): Express {
  const { clock, defects, providers } = options;
  const lastSent = new Map<string, string>();
  const names = () => namesAt(options.url());
  const now = () => millisOf(clock.now());
  const choices = makeChoices({ sessions: makeSessions(now), now });

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
    choices.ask(response, {
      service: asked.serviceProvider.entityId,
      target: asked.consumer,
      finish: (person) => posted(asked, person),
    });
  });

  application.use(choices.router);
  application.use(refusalHandler);
  return application;

  function posted(asked: AuthnRequest, person: GarPerson): Answered {
    const nonce = randomBytes(16).toString("base64");
    const form = {
      consumer: asked.consumer,
      response: answer(asked, attributeList(person.attributes)),
      relayState: asked.relayState,
    };
    return {
      html: postPage(form, nonce),
      contentSecurityPolicy: contentSecurityPolicy(nonce, asked.consumer),
    };
  }

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
