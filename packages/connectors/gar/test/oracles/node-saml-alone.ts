/** `@node-saml/node-saml` without our gate and without our checks, set as strictly as it can be. */
import { SAML, ValidateInResponseTo } from "@node-saml/node-saml";
import { type Oracle, oneSpelling, type Parties, sortedAttributes } from "./reading.ts";

/** The library reads the system's clock: here it is told the time. */
class SamlAt extends SAML {
  now = 0;

  protected override checkTimestampsValidityError(
    _now: number,
    ...times: [notBefore: string, notOnOrAfter: string, maxTimeLimitMs?: number]
  ) {
    return super.checkTimestampsValidityError(this.now, ...times);
  }
}

/** Requests are pending for ever: what is too old is not what is tested. */
const LATER = "9999-01-01T00:00:00.000Z";

export function nodeSamlAlone({ issuer, certificate, audience, consumer, ownKey }: Parties): Oracle {
  let pending = "";
  const saml = new SamlAt({
    callbackUrl: consumer,
    issuer: audience,
    audience,
    idpCert: certificate,
    idpIssuer: issuer,
    decryptionPvk: ownKey,
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: false,
    acceptedClockSkewMs: 60_000,
    validateInResponseTo: ValidateInResponseTo.always,
    cacheProvider: {
      saveAsync: () => Promise.resolve(null),
      getAsync: (id) => Promise.resolve(id === pending ? LATER : null),
      removeAsync: () => Promise.resolve(null),
    },
  });
  return {
    name: "node-saml alone",
    read: async ({ document, requestId, now }) => {
      pending = requestId;
      saml.now = now;
      const { warn, error } = console; // xmldom tells them what it finds
      Object.assign(console, { warn: () => undefined, error: () => undefined });
      try {
        const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: document });
        if (profile === null) return undefined;
        const { nameID, attributes = {} } = profile as unknown as {
          nameID?: string;
          attributes?: Record<string, unknown>;
        };
        return {
          nameId: nameID,
          attributes: sortedAttributes(
            Object.entries(attributes).map(([name, value]) => [name, [value].flat().map(textOf)]),
          ),
          signedPart: oneSpelling(profile.getAssertionXml?.() ?? ""),
        };
      } catch {
        return undefined;
      } finally {
        Object.assign(console, { warn, error });
      }
    },
    close: () => Promise.resolve(),
  };
}

/** xml2js makes an object of a value that has attributes. */
function textOf(value: unknown): string {
  const text: unknown = typeof value === "object" && value !== null && "_" in value ? value._ : value;
  return typeof text === "string" ? text : "";
}
