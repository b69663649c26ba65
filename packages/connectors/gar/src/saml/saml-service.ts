/** The SAML side of a sign-in between the library and the door: what each step needs. */
import { instant, type JsonObject, millisOf } from "@preau/kernel";
import { type Finishing, type GarPorts, makeDoor, type OnSignedIn } from "../door.ts";
import { oneATurn } from "../one-a-turn.ts";
import type { SamlOptions } from "../options.ts";
import { addressOf, type SignInProvider } from "../provider.ts";
import { refuse } from "../refusal.ts";
import type { VerifiedIdentity } from "../sign-in.ts";
import { certificateWatch } from "./certificate-watch.ts";
import { type Assertion, checkAssertion, type Expectations } from "./check-assertion.ts";
import {
  type CheckedResponse,
  checkDecrypted,
  checkResponse,
  type EncryptedResponse,
  responseCaps,
} from "./check-response.ts";
import { chooseCertificates } from "./choose-certificates.ts";
import { decryptElement } from "./decrypt-element.ts";
import type { IdentityProvider } from "./identity-provider-metadata.ts";
import { identityProviderSource } from "./identity-provider-source.ts";
import { parse } from "./parse-message.ts";
import { readEncrypted } from "./read-encrypted.ts";
import { type ServiceProviderKeys, serviceProviderKeys } from "./service-provider-keys.ts";
import { keysOfSession, type ProviderName } from "./session-keys.ts";
import type { SigningKey } from "./signing-key.ts";
import { verifyMessage } from "./verify-message.ts";
import { type SignedText, verifySignedElement } from "./verify-signed-element.ts";

/** A response between the gate in front of the library and the checks behind it. */
export interface ResponseInHand {
  readonly provider: IdentityProvider;
  /** Those of the provider to verify with; none when the message names other keys. */
  readonly certificates: readonly string[];
  readonly expected: Expectations;
  readonly checked: CheckedResponse;
  /** The assertion's text, as its signature covers it. */
  readonly signedText: SignedText | undefined;
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
    provider: own.id,
    clock,
    log: ports.log,
  });
  const door = makeDoor(ports, own);
  const turn = oneATurn();
  let held: Promise<ServiceProviderKeys> | undefined;
  const watch = certificateWatch({ clock, log: ports.log, whose: "ours", provider: own.id });
  const keys = async (): Promise<ServiceProviderKeys> => {
    held ??= serviceProviderKeys(options, clock.now()).catch((error: unknown) => {
      held = undefined; // the file may be put right without a restart
      throw error;
    });
    const found = await held;
    watch(found.endsAt);
    return found;
  };

  return {
    door,
    names,
    options,
    provider: () => source.current(),
    /** Its metadata read again, once a minute at most. */
    refreshed: () => source.refreshed(),
    /** Our keys, made at their first use. @throws GAR_KEY_UNREADABLE */
    keys,
    /** The key that signs our requests. @throws GAR_KEY_UNREADABLE */
    key: async (): Promise<SigningKey> => (await keys()).signing,

    /** In front of the library. @throws GAR_SIGN_IN_REFUSED, GAR_METADATA_UNREADABLE, GAR_KEY_UNREADABLE */
    receive: async (encoded: string): Promise<ResponseInHand> => {
      await turn();
      const provider = await source.current();
      const inHand = await receiveFrom(provider, encoded);
      if (inHand !== undefined) return inHand;
      const latest = await source.refreshed(); // an unknown key: perhaps the provider's next one
      const again = latest === provider ? undefined : await receiveFrom(latest, encoded);
      return again ?? refuse("badSignature");
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
        verified: verifiedIdentity(assertion, { id: own.id, entityId: issuer }),
        onSignedIn,
      };
      return door.finish(finishing);
    },
  };

  /** Undefined when it names keys that the provider has not. @throws GAR_SIGN_IN_REFUSED */
  async function receiveFrom(
    provider: IdentityProvider,
    encoded: string,
  ): Promise<ResponseInHand | undefined> {
    const expected: Expectations = {
      now: millisOf(clock.now()),
      clockSkewMs: own.clockSkewSeconds * 1_000,
      maxAgeMs: options.maxAgeSeconds * 1_000,
      issuer: provider.entityId,
      audience: names.entityId,
      consumer: names.consumer,
    };
    const received = checkResponse(encoded, expected);
    if (!("encrypted" in received) && options.wantEncrypted) refuse("clearAssertion");
    const checked = "encrypted" in received ? await decrypted(received, provider, expected) : received;
    if (checked === undefined) return undefined;
    const chosen = checked.signed.map(({ namedCertificates }) =>
      chooseCertificates(provider.certificates, namedCertificates),
    );
    if (chosen.some(({ length }) => length === 0)) return undefined;
    const texts = checked.signed.map((signed, at) => verifySignedElement(signed, chosen[at] ?? []));
    const certificates = [...new Set(chosen.flat())];
    return { provider, certificates, expected, checked, signedText: texts.at(-1) };
  }

  /** A signature around a ciphertext is verified before a private key is used: an altered copy gets no further. */
  async function decrypted(
    { xml, encrypted, inResponseTo, signed }: EncryptedResponse,
    { certificates }: IdentityProvider,
    expected: Expectations,
  ): Promise<CheckedResponse | undefined> {
    const { allowCbc } = options;
    const { cipher } = readEncrypted(encrypted, { allowCbc });
    if (signed !== undefined) {
      const chosen = chooseCertificates(certificates, signed.namedCertificates);
      if (chosen.length === 0) return undefined;
      await verifyMessage(xml, signed, chosen);
    } else if (cipher.endsWith("cbc")) refuse("unsignedMessage");
    const { decryption } = await keys();
    const opened = decryptElement(encrypted, { keys: decryption, allowCbc }, responseCaps);
    return checkDecrypted(opened, inResponseTo, expected);
  }
}

/** The assertion as its signature covers it, checked again: what was let through before must be what was verified. */
function readVerified(verifiedXml: string, { expected, checked, signedText }: ResponseInHand): Assertion {
  if (verifiedXml === signedText?.serialized()) return checked.unverified; // the tree that was read is what was verified
  const assertion = checkAssertion(parse(verifiedXml, verifiedCaps), expected);
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

function verifiedIdentity(assertion: Assertion, provider: ProviderName): VerifiedIdentity {
  const { nameId, sessionIndex, sessionNotOnOrAfter, attributes } = assertion;
  const { value, format, nameQualifier, spNameQualifier } = nameId ?? {};
  const all = { nameId: value, format, nameQualifier, spNameQualifier, sessionIndex };
  return {
    attributes,
    issuer: provider.entityId,
    keys: keysOfSession(provider, value, sessionIndex),
    endsBy: sessionNotOnOrAfter === undefined ? undefined : instant(sessionNotOnOrAfter),
    sealed: Object.fromEntries(Object.entries(all).filter(([, each]) => each !== undefined)) as JsonObject,
  };
}
