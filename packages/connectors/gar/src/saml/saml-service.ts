/** The SAML side of the connector between the library and the store: what each step of a sign-in needs. */
import { randomBytes } from "node:crypto";
import {
  addMillis,
  type Clock,
  type Ids,
  instant,
  isFault,
  type Log,
  millisOf,
  type PreauError,
  type Unit,
  type UnitOfWork,
} from "@preau/kernel";
import { localPath } from "@preau/web";
import { browserHash, newBrowserToken } from "../browser-binding.ts";
import { countRefusals } from "../count-refusals.ts";
import { type GarOptions, serviceProviderNames } from "../options.ts";
import { refusal, refuse } from "../refusal.ts";
import { type GarIdentity, recordRefusal, type SignInPorts, type SignInResult, signIn } from "../sign-in.ts";
import { addRequest, consumeRequest, sweepRequests } from "../store/pending-requests.ts";
import { sweepAssertions, useAssertion } from "../store/used-assertions.ts";
import { parseStrictXml } from "../xml/parse-strict-xml.ts";
import { type Assertion, checkAssertion, type Expectations } from "./check-assertion.ts";
import { type CheckedResponse, checkResponse, responseCaps } from "./check-response.ts";
import { chooseCertificates } from "./choose-certificates.ts";
import type { IdentityProvider } from "./identity-provider-metadata.ts";
import { identityProviderSource } from "./identity-provider-source.ts";
import { type SigningKey, signingKey } from "./signing-key.ts";

export interface GarPorts extends SignInPorts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly unitOfWork: UnitOfWork;
}

const SWEEP_EVERY_MS = 60_000;
/** Rows of one transaction: it is over soon, and another sign-in gets in between. */
const SWEEP_LIMIT = 500;
/** Transactions of one sweep: 50,000 rows, as many as 80 addresses can begin in a minute. */
const MOST_SWEEPS = 100;

/** A request that was begun: what goes into the AuthnRequest, and into the browser. */
export interface BegunRequest {
  readonly id: string;
  readonly browserToken: string;
}

export interface Beginning {
  /** Where the visitor wants to go on: unchecked. */
  readonly next: unknown;
  /** The token that the browser has already. */
  readonly browserToken: string | undefined;
}

/** A response between the gate in front of the library and the checks behind it. */
export interface ResponseInHand {
  readonly provider: IdentityProvider;
  /** Those of the provider to verify with; none when the message names other keys. */
  readonly certificates: readonly string[];
  readonly expected: Expectations;
  readonly checked: CheckedResponse;
}

export interface Finishing {
  readonly browserToken: string | undefined;
  /** Joins the unit: starts the session where there is one. May run more than once. */
  readonly onSignedIn?: ((identity: GarIdentity, unit: Unit) => Promise<void>) | undefined;
}

export type SamlService = ReturnType<typeof samlService>;

export function samlService(ports: GarPorts, options: GarOptions) {
  const { clock, log, journal, unitOfWork } = ports;
  const { controller } = options;
  const names = serviceProviderNames(options);
  const source = identityProviderSource({
    location: options.idpMetadata,
    entityId: options.idpEntityId,
    clock,
    log,
  });
  let key: Promise<SigningKey> | undefined;
  let sweptAt = Number.NEGATIVE_INFINITY;

  const countRefusal = countRefusals({
    clock,
    log,
    record: (refused) =>
      unitOfWork.transaction((unit) => recordRefusal(journal, unit, { controller, ...refused })),
  });

  const sweep = async () => {
    if (clock.monotonic() - sweptAt < SWEEP_EVERY_MS) return;
    sweptAt = clock.monotonic();
    const limits = { now: clock.now(), limit: SWEEP_LIMIT };
    for (let times = 0; times < MOST_SWEEPS; times += 1) {
      const removed = await unitOfWork.transaction(async (unit) => [
        await sweepRequests(unit, controller, limits),
        await sweepAssertions(unit, controller, limits),
      ]);
      if (removed.every((count) => count < SWEEP_LIMIT)) return;
    }
    sweptAt = Number.NEGATIVE_INFINITY; // the next one goes on
  };

  return {
    names,
    secure: new URL(options.publicUrl).protocol === "https:",
    requestSeconds: options.requestMinutes * 60,
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

    /** Begins a sign-in that goes on to one of our own paths. A browser keeps one token for all its tabs. */
    begin: async (beginning: Beginning): Promise<BegunRequest> => {
      await sweep();
      const begun = {
        id: `_${randomBytes(20).toString("hex")}`,
        browserToken: beginning.browserToken ?? newBrowserToken(),
      };
      await unitOfWork.transaction((unit) =>
        addRequest(unit, controller, {
          id: begun.id,
          browserHash: browserHash(begun.browserToken),
          nextPath: nextPathOf(beginning.next, options.landingPath),
          expiresAt: addMillis(clock.now(), options.requestMinutes * 60_000),
        }),
      );
      return begun;
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
     * @throws GAR_SIGN_IN_REFUSED, GAR_ROLE_REFUSED, GATE_REFUSED
     */
    finish: async (verifiedXml: string, inHand: ResponseInHand, finishing: Finishing) => {
      const assertion = readVerified(verifiedXml, inHand);
      const done = await unitOfWork.transaction(async (unit) => {
        const nextPath = await useUp(unit, assertion, inHand, finishing);
        const result = await signIn(ports, options, verifiedIdentity(assertion, inHand), unit);
        if (result.signedIn) await finishing.onSignedIn?.(result.identity, unit);
        return { ...result, nextPath } satisfies SignInResult & { nextPath: string };
      });
      if (!done.signedIn) throw done.error;
      return { identity: done.identity, nextPath: done.nextPath };
    },

    /** A refusal, or an error of the library as the refusal that it amounts to; counted in the journal. @clause DD.7 */
    refusalOf: async (error: unknown): Promise<PreauError> => {
      const refused = isFault(error) ? error : refusal("badSignature", error);
      await countRefusal(refused);
      return refused;
    },
  };

  /** @throws GAR_SIGN_IN_REFUSED */
  function receiveFrom(provider: IdentityProvider, encoded: string): ResponseInHand {
    const expected: Expectations = {
      now: millisOf(clock.now()),
      clockSkewMs: options.clockSkewSeconds * 1_000,
      maxAgeMs: options.maxAgeSeconds * 1_000,
      issuer: provider.entityId,
      audience: names.entityId,
      consumer: names.consumer,
    };
    const checked = checkResponse(encoded, expected);
    const chosen = checked.namedCertificates.map((named) => chooseCertificates(provider.certificates, named));
    const known = chosen.every(({ length }) => length > 0);
    const certificates = known ? [...new Set(chosen.flat())] : [];
    return { provider, certificates, expected, checked };
  }

  /** @throws GAR_SIGN_IN_REFUSED */
  async function useUp(
    unit: Unit,
    assertion: Assertion,
    inHand: ResponseInHand,
    { browserToken }: Finishing,
  ) {
    const nextPath =
      browserToken === undefined
        ? undefined
        : await consumeRequest(unit, controller, {
            id: assertion.inResponseTo,
            browserHash: browserHash(browserToken),
            now: clock.now(),
          });
    if (nextPath === undefined) refuse("unknownRequest");
    const used = await useAssertion(unit, controller, {
      issuer: inHand.provider.entityId,
      id: assertion.id,
      expiresAt: instant(assertion.notOnOrAfter),
    });
    if (!used) refuse("replayedAssertion");
    return nextPath;
  }
}

/** The assertion as its signature covers it, checked again: what was let through before must be what was verified. */
function readVerified(verifiedXml: string, { expected, checked }: ResponseInHand): Assertion {
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

function verifiedIdentity(assertion: Assertion, { provider }: ResponseInHand) {
  const issuer = provider.entityId;
  const key = (kind: string, value: string | undefined) =>
    value === undefined ? [] : [{ kind, issuer, value }];
  return {
    attributes: assertion.attributes,
    keys: [...key("saml.sessionIndex", assertion.sessionIndex), ...key("saml.nameId", assertion.nameId)],
  };
}

/** A path of our own, at most 512 characters; anything else leads to the landing page. */
function nextPathOf(next: unknown, landingPath: string): string {
  if (next === undefined) return landingPath;
  const path = localPath(next);
  return path === "/" || path.length > 512 ? landingPath : path;
}
