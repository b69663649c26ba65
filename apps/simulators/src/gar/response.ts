/** Builds a Response with one Assertion (SAML core §§2.3, 3.3.3; web browser SSO profile §4.1.4.2). Not signed yet. */
import { escapeMarkup } from "../html.ts";
import type { GarPerson } from "./people.ts";
import { saml } from "./saml.ts";

export interface ResponseFields {
  readonly responseId: string;
  readonly assertionId: string;
  readonly sessionIndex: string;
  readonly nameId: string;
  /** `2.0` in an honest one; so in the assertion. */
  readonly version: string;
  readonly assertionVersion: string;
  /** Absent: no Issuer at all. */
  readonly issuer: string | undefined;
  readonly assertionIssuer: string | undefined;
  /** One AudienceRestriction each. */
  readonly audiences: readonly string[];
  readonly destination: string | undefined;
  readonly recipient: string | undefined;
  /** Absent: nobody asked (an unsolicited response). */
  readonly inResponseTo: string | undefined;
  readonly status: string;
  readonly confirmation: string;
  readonly withAuthnStatement: boolean;
  /** Epoch milliseconds. */
  readonly issuedAt: number;
  readonly notBefore: number;
  readonly expiresAt: number;
  /** SessionNotOnOrAfter. */
  readonly sessionEndsAt: number;
  /** In order; a name may come twice. */
  readonly attributes: readonly (readonly [name: string, values: readonly string[]])[];
}

/** As SAML core §1.3.3 writes it: UTC. */
export const instant = (milliseconds: number) => new Date(milliseconds).toISOString();

/** Attributes in their order, without those that have no value at all. */
export function attributeList(attributes: GarPerson["attributes"]): ResponseFields["attributes"] {
  return Object.entries(attributes).filter(([, values]) => values.length > 0);
}

/** ` name="value"`, or nothing. */
function optional(name: string, value: string | undefined): string {
  return value === undefined ? "" : ` ${name}="${escapeMarkup(value)}"`;
}

export function issuerXml(issuer: string | undefined): string {
  return issuer === undefined
    ? ""
    : `<saml2:Issuer xmlns:saml2="${saml.assertion}">${escapeMarkup(issuer)}</saml2:Issuer>`;
}

export function assertionXml(fields: ResponseFields): string {
  const e = escapeMarkup;
  const [issued, expires] = [instant(fields.issuedAt), instant(fields.expiresAt)];
  const authnStatement =
    `<saml2:AuthnStatement AuthnInstant="${issued}" SessionIndex="${e(fields.sessionIndex)}"` +
    ` SessionNotOnOrAfter="${instant(fields.sessionEndsAt)}"><saml2:AuthnContext>` +
    `<saml2:AuthnContextClassRef>${saml.password}</saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement>`;
  const attributes = fields.attributes.map(
    ([name, values]) =>
      `<saml2:Attribute Name="${e(name)}" NameFormat="${saml.basic}">` +
      values.map((value) => `<saml2:AttributeValue>${e(value)}</saml2:AttributeValue>`).join("") +
      `</saml2:Attribute>`,
  );
  const restrictions = fields.audiences.map(
    (audience) =>
      `<saml2:AudienceRestriction><saml2:Audience>${e(audience)}</saml2:Audience></saml2:AudienceRestriction>`,
  );
  return (
    `<saml2:Assertion xmlns:saml2="${saml.assertion}" ID="${fields.assertionId}" IssueInstant="${issued}"` +
    ` Version="${fields.assertionVersion}">` +
    issuerXml(fields.assertionIssuer).replace(` xmlns:saml2="${saml.assertion}"`, "") +
    `<saml2:Subject><saml2:NameID Format="${saml.transient}">${e(fields.nameId)}</saml2:NameID>` +
    `<saml2:SubjectConfirmation Method="${fields.confirmation}"><saml2:SubjectConfirmationData` +
    `${optional("InResponseTo", fields.inResponseTo)} NotOnOrAfter="${expires}"${optional("Recipient", fields.recipient)}/>` +
    `</saml2:SubjectConfirmation></saml2:Subject>` +
    `<saml2:Conditions NotBefore="${instant(fields.notBefore)}" NotOnOrAfter="${expires}">` +
    `${restrictions.join("")}</saml2:Conditions>` +
    (fields.withAuthnStatement ? authnStatement : "") +
    `<saml2:AttributeStatement>${attributes.join("")}</saml2:AttributeStatement></saml2:Assertion>`
  );
}

/** The Response around its assertions, clear or encrypted. */
export function responseXml(fields: ResponseFields, ...assertions: readonly string[]): string {
  return (
    `<saml2p:Response xmlns:saml2p="${saml.protocol}"${optional("Destination", fields.destination)}` +
    ` ID="${fields.responseId}"${optional("InResponseTo", fields.inResponseTo)}` +
    ` IssueInstant="${instant(fields.issuedAt)}" Version="${fields.version}">${issuerXml(fields.issuer)}` +
    `<saml2p:Status><saml2p:StatusCode Value="${fields.status}"/></saml2p:Status>` +
    `${assertions.join("")}</saml2p:Response>`
  );
}
