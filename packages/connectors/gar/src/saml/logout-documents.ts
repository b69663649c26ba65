/** The logout messages that we send (SAML core §3.7): requests of a person who signs out here, and our answers. */
import { signXml } from "@node-saml/node-saml/lib/xml.js";
import { addMillis, type Instant } from "@preau/kernel";
import type { NameId } from "./check-assertion.ts";
import { attributesXml, escapeXml } from "./escape-xml.ts";
import { saml } from "./saml-names.ts";
import type { SigningKey } from "./signing-key.ts";

interface Common {
  readonly id: string;
  readonly now: Instant;
  /** The provider's address that it is sent to; none for what answers its own call. */
  readonly destination: string | undefined;
  /** Our entity id. */
  readonly issuer: string;
}

export interface RequestFields extends Common {
  readonly nameId: NameId;
  readonly sessionIndex: string | undefined;
}

export interface ResponseFields extends Common {
  /** ID of the LogoutRequest that it answers. */
  readonly inResponseTo: string;
}

const VALID_MS = 300_000;

export function logoutRequest(fields: RequestFields): string {
  const { value, format, nameQualifier, spNameQualifier } = fields.nameId;
  const named = { Format: format, NameQualifier: nameQualifier, SPNameQualifier: spNameQualifier };
  const index =
    fields.sessionIndex === undefined
      ? ""
      : `<samlp:SessionIndex>${escapeXml(fields.sessionIndex)}</samlp:SessionIndex>`;
  return message("LogoutRequest", fields, {
    attributes: { NotOnOrAfter: addMillis(fields.now, VALID_MS), Reason: saml.logoutByUser },
    content: `<saml:NameID${attributesXml(named)}>${escapeXml(value)}</saml:NameID>${index}`,
  });
}

/** Success: the sessions that we had are over, also when we had none. */
export function logoutResponse(fields: ResponseFields): string {
  return message("LogoutResponse", fields, {
    attributes: { InResponseTo: fields.inResponseTo },
    content: `<samlp:Status><samlp:StatusCode Value="${saml.success}"/></samlp:Status>`,
  });
}

/** The message with a signature of its own, as POST and SOAP ask; Redirect signs the query instead. */
export function signedMessage(
  name: "LogoutRequest" | "LogoutResponse",
  xml: string,
  key: SigningKey,
): string {
  const path = `/*[local-name(.)='${name}']`;
  return signXml(
    xml,
    path,
    { reference: `${path}/*[local-name(.)='Issuer']`, action: "after" },
    {
      privateKey: key.privateKey,
      publicCert: key.certificate,
      signatureAlgorithm: "sha256",
      digestAlgorithm: "sha256",
    },
  );
}

interface Parts {
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: string;
}

function message(
  name: string,
  { id, now, destination, issuer }: Common,
  { attributes, content }: Parts,
): string {
  const all = { ID: id, Version: "2.0", IssueInstant: now, Destination: destination, ...attributes };
  return (
    `<samlp:${name} xmlns:samlp="${saml.protocol}" xmlns:saml="${saml.assertion}"${attributesXml(all)}>` +
    `<saml:Issuer>${escapeXml(issuer)}</saml:Issuer>${content}</samlp:${name}>`
  );
}
