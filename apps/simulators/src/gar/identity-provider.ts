/**
 * A SAML 2.0 identity provider in the GAR's manner: AuthnRequests by redirect, signed; assertions by POST, signed and
 * perhaps encrypted; attributes under the GAR's short names; single logout.
 */
import express, { type Router } from "express";
import { type AuthnRequest, readAuthnRequest } from "./authn-request.ts";
import type { Answered, Choices } from "./choices.ts";
import { type Defects, freshId, spoiltFields } from "./defects.ts";
import { identityProviderMetadata, namesAt } from "./identity-provider-metadata.ts";
import { postPage } from "./pages.ts";
import type { GarPerson } from "./people.ts";
import { refuse } from "./redirect-binding.ts";
import { attributeList, type ResponseFields } from "./response.ts";
import { saml } from "./saml.ts";
import { samlLogout } from "./saml-logout.ts";
import { parseServiceProvider, type ServiceProviders } from "./service-providers.ts";
import { type Participant, SESSION_MS, type Sessions } from "./sessions.ts";
import type { SigningOut } from "./signing-out.ts";
import { isEncrypted, responseDocument, type Signers } from "./spoilt-document.ts";

export interface IdentityProviderOptions {
  /** `http://localhost:8701`; asked at each request, for a port that is known only once it is bound. */
  readonly url: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly signers: Signers;
  readonly providers: ServiceProviders;
  readonly defects: Defects;
  readonly choices: Choices;
  readonly sessions: Sessions;
  readonly signingOut: SigningOut;
}

const VALID_FOR_MS = 5 * 60_000;

export function identityProvider(options: IdentityProviderOptions): Router {
  const { now, defects, providers, signers } = options;
  const names = () => namesAt(options.url());
  const logout = samlLogout({ ...options, names });
  const lastSent = new Map<string, string>();
  const router = express.Router();

  router.get("/idp/metadata", (_request, response) => {
    const both = defects.get("next-key") > 0 || defects.get("signs-with-next") > 0;
    const published = both ? [signers.own, signers.next] : [signers.own];
    response.type("application/samlmetadata+xml").send(
      identityProviderMetadata(
        names(),
        published.map(({ certificate }) => certificate),
      ),
    );
  });

  const text = express.text({ type: () => true, limit: "256kb" });
  router.post("/idp/service-providers", text, (request, response) => {
    const metadata: unknown = request.body;
    if (typeof metadata !== "string" || !isMetadata(metadata)) {
      return refuse("these are not the metadata of a service provider");
    }
    response.status(201).json({ entityId: providers.register(metadata).entityId });
  });

  router.get("/idp/profile/SAML2/Redirect/SSO", async (request, response) => {
    const query = request.originalUrl.split("?")[1] ?? "";
    const asked = await readAuthnRequest(query, names().signOnUrl, providers);
    options.choices.ask(response, {
      service: asked.serviceProvider.entityId,
      target: asked.consumer,
      askAnyway: asked.forceAuthn,
      finish: (person, participate) => answered(asked, person, participate),
    });
  });

  router.use(logout.router);
  return router;

  async function answered(
    asked: AuthnRequest,
    person: GarPerson,
    participate: (participant: Participant) => void,
  ): Promise<Answered> {
    const encoded = await responseTo(asked, person, participate);
    const relay = asked.relayState === undefined ? {} : { RelayState: asked.relayState };
    return postPage({ action: asked.consumer, fields: { SAMLResponse: encoded, ...relay } });
  }

  /** The response to one request, base64. With `replayed` it is the one of the last time. */
  async function responseTo(
    asked: AuthnRequest,
    person: GarPerson,
    participate: (participant: Participant) => void,
  ): Promise<string> {
    const { serviceProvider: provider } = asked;
    const last = lastSent.get(provider.entityId);
    if (defects.get("replayed") > 0 && last !== undefined) return last;
    const honest = honestFields(asked, person);
    const { encryptionCertificate } = provider;
    if (isEncrypted(defects) && encryptionCertificate === undefined) {
      refuse("the service provider's metadata have no key to encrypt for");
    }
    const fields = spoiltFields(honest, defects);
    const xml = await responseDocument({ fields, signers, encryptionCertificate, on: defects });
    participate(logout.participant({ provider, nameId: honest.nameId, sessionIndex: honest.sessionIndex }));
    const encoded = Buffer.from(xml).toString("base64");
    lastSent.set(provider.entityId, encoded);
    return encoded;
  }

  function honestFields(asked: AuthnRequest, person: GarPerson): ResponseFields {
    const { entityId } = names();
    const at = now();
    return {
      responseId: freshId(),
      assertionId: freshId(),
      sessionIndex: freshId(),
      nameId: freshId(),
      version: "2.0",
      assertionVersion: "2.0",
      issuer: entityId,
      assertionIssuer: entityId,
      audiences: [asked.serviceProvider.entityId],
      destination: asked.consumer,
      recipient: asked.consumer,
      inResponseTo: asked.id,
      status: saml.success,
      confirmation: saml.bearer,
      withAuthnStatement: true,
      issuedAt: at,
      notBefore: at,
      expiresAt: at + VALID_FOR_MS,
      sessionEndsAt: at + SESSION_MS,
      attributes: attributeList(person.attributes),
    };
  }
}

function isMetadata(text: string): boolean {
  try {
    return parseServiceProvider(text).consumers.length > 0;
  } catch {
    return false;
  }
}
