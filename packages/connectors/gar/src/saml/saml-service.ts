/** The SAML side of a sign-in between the library and the door: what each step needs. */
import { instant, millisOf } from "@preau/kernel";
import { type Finishing, type GarPorts, makeDoor, type OnSignedIn } from "../door.ts";
import type { SamlOptions } from "../options.ts";
import { addressOf, type SignInProvider } from "../provider.ts";
import { refuse } from "../refusal.ts";
import type { VerifiedIdentity } from "../sign-in.ts";
import { parseStrictXml } from "../xml/parse-strict-xml.ts";
import { type Assertion, checkAssertion, type Expectations } from "./check-assertion.ts";
import { type CheckedResponse, checkResponse, responseCaps } from "./check-response.ts";
import { chooseCertificates } from "./choose-certificates.ts";
import type { IdentityProvider } from "./identity-provider-metadata.ts";
import { identityProviderSource } from "./identity-provider-source.ts";
import { type SigningKey, signingKey } from "./signing-key.ts";
import { verifySignedElement } from "./verify-signed-element.ts";

/** A response between the gate in front of the library and the checks behind it. */
export interface ResponseInHand {
  readonly provider: IdentityProvider;
  /** Those of the provider to verify with; none when the message names other keys. */
  readonly certificates: readonly string[];
  readonly expected: Expectations;
  readonly checked: CheckedResponse;
  /** The assertion's canonical text, as its signature covers it; undefined while no certificate is known. */
  readonly signedText: string | undefined;
}

/** The browser that brought the response, and what to do with whom it names. */
export interface Arriving {
  readonly browserToken: string | undefined;
  readonly onSignedIn?: OnSignedIn | undefined;
}

export type SamlService = ReturnType<typeof makeSamlService>;

/** The names and addresses of our side that metadata tell. */
export function serviceProviderNames(provider: SignInProvider, { entityId }: Pick<SamlOptions, "entityId">) {
  const metadata = addressOf(provider, "metadata");
  return {
    metadata,
    consumer: addressOf(provider, "acs"),
    logout: addressOf(provider, "logout"),
    entityId: entityId ?? metadata,
  };
}

export function makeSamlService(ports: GarPorts, own: SignInProvider, options: SamlOptions) {
  const { clock } = ports;
  const names = serviceProviderNames(own, options);
  const source = identityProviderSource({
    location: options.idpMetadata,
    entityId: options.idpEntityId,
    clock,
    log: ports.log,
  });
  const door = makeDoor(ports, own);
  let key: Promise<SigningKey> | undefined;

  return {
    door,
    names,
    options,
    provider: () => source.current(),

    /** The key that signs our requests; made at its first use. @throws GAR_KEY_UNREADABLE */
    key: (): Promise<SigningKey> => {
      const { keyFile, certificateFile } = options;
      key ??= signingKey({ keyFile, certificateFile, name: "Préau", now: clock.now() }).catch(
        (error: unknown) => {
          key = undefined; // the file may be put right without a restart
          throw error;
        },
      );
      return key;
    },

    /** In front of the library. @throws GAR_SIGN_IN_REFUSED, GAR_METADATA_UNREADABLE */
    receive: async (encoded: string): Promise<ResponseInHand> => {
      const provider = await source.current();
      const inHand = receiveFrom(provider, encoded);
      if (inHand.certificates.length > 0) return inHand;
      const latest = await source.refreshed(); // an unknown key: perhaps the provider's next one
      const again = latest === provider ? inHand : receiveFrom(latest, encoded);
      return again.certificates.length > 0 ? again : refuse("badSignature");
    },

    /**
     * Behind the library: reads the bytes that the signature covers, uses the request and the assertion up, signs in.
     * @throws GAR_SIGN_IN_REFUSED, GAR_ROLE_REFUSED, GAR_CONTROLLER_REFUSED, GATE_REFUSED
     */
    finish: (verifiedXml: string, inHand: ResponseInHand, { browserToken, onSignedIn }: Arriving) => {
      const assertion = readVerified(verifiedXml, inHand);
      const { entityId: issuer } = inHand.provider;
      const finishing: Finishing = {
        requestId: assertion.inResponseTo,
        browserToken,
        message: { issuer, id: assertion.id, expiresAt: instant(assertion.notOnOrAfter) },
        verified: verifiedIdentity(assertion, issuer),
        onSignedIn,
      };
      return door.finish(finishing);
    },
  };

  /** @throws GAR_SIGN_IN_REFUSED */
  function receiveFrom(provider: IdentityProvider, encoded: string): ResponseInHand {
    const expected: Expectations = {
      now: millisOf(clock.now()),
      clockSkewMs: own.clockSkewSeconds * 1_000,
      maxAgeMs: options.maxAgeSeconds * 1_000,
      issuer: provider.entityId,
      audience: names.entityId,
      consumer: names.consumer,
    };
    const checked = checkResponse(encoded, expected);
    const chosen = checked.signed.map(({ namedCertificates }) =>
      chooseCertificates(provider.certificates, namedCertificates),
    );
    const known = chosen.every(({ length }) => length > 0);
    const texts = known
      ? checked.signed.map((signed, at) => verifySignedElement(signed, chosen[at] ?? []))
      : [];
    return {
      provider,
      certificates: known ? [...new Set(chosen.flat())] : [],
      expected,
      checked,
      signedText: texts.at(-1),
    };
  }
}

/** The assertion as its signature covers it, checked again: what was let through before must be what was verified. */
function readVerified(verifiedXml: string, { expected, checked, signedText }: ResponseInHand): Assertion {
  if (verifiedXml === signedText) return checked.unverified; // the tree that was read is what the library verified
  const assertion = checkAssertion(parseVerified(verifiedXml), expected);
  if (assertion.id !== checked.unverified.id) refuse("otherAssertion");
  if (assertion.inResponseTo !== checked.unverified.inResponseTo) refuse("otherAssertion");
  return assertion;
}

/** Canonical bytes escape more, and declare a namespace wherever it begins to be used. */
const verifiedCaps = {
  ...responseCaps,
  characters: 4 * responseCaps.characters,
  attributes: 2 * responseCaps.attributes,
};

function parseVerified(verifiedXml: string) {
  try {
    return parseStrictXml(verifiedXml, verifiedCaps);
  } catch (cause) {
    return refuse("notXml", cause);
  }
}

function verifiedIdentity(assertion: Assertion, issuer: string): VerifiedIdentity {
  const { nameId, sessionIndex, sessionNotOnOrAfter, attributes } = assertion;
  const key = (kind: string, value: string | undefined) =>
    value === undefined ? [] : [{ kind, issuer, value }];
  return {
    attributes,
    issuer,
    keys: [...key("saml.sessionIndex", sessionIndex), ...key("saml.nameId", nameId)],
    endsBy: sessionNotOnOrAfter === undefined ? undefined : instant(sessionNotOnOrAfter),
    sealed: {
      ...(nameId === undefined ? {} : { nameId }),
      ...(sessionIndex === undefined ? {} : { sessionIndex }),
    },
  };
}
