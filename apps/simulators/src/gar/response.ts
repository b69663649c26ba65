/** Builds a Response with one Assertion (SAML core §§2.3, 3.3.3; web browser SSO profile §4.1.4.2). Not signed yet. */
import { escapeMarkup } from "../html.ts";
import type { GarPerson } from "./people.ts";
import { saml } from "./saml.ts";

export interface ResponseFields {
  readonly responseId: string;
  readonly assertionId: string;
  readonly sessionIndex: string;
  readonly nameId: string;
  readonly issuer: string;
  readonly audience: string;
  readonly destination: string;
  readonly recipient: string;
  /** Absent: nobody asked (an unsolicited response). */
  readonly inResponseTo: string | undefined;
  readonly status: string;
  readonly confirmation: string;
  readonly withAuthnStatement: boolean;
  /** Epoch milliseconds. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** In order; a name may come twice. */
  readonly attributes: readonly (readonly [name: string, values: readonly string[]])[];
}

const instant = (milliseconds: number) => new Date(milliseconds).toISOString();

/** Attributes in their order, without those that have no value at all. */
export function attributeList(attributes: GarPerson["attributes"]): ResponseFields["attributes"] {
  return Object.entries(attributes).filter(([, values]) => values.length > 0);
}

export function assertionXml(fields: ResponseFields): string {
  const e = escapeMarkup;
  const asked = fields.inResponseTo === undefined ? "" : ` InResponseTo="${e(fields.inResponseTo)}"`;
  const [issued, expires] = [instant(fields.issuedAt), instant(fields.expiresAt)];
  const authnStatement =
    `<saml2:AuthnStatement AuthnInstant="${issued}" SessionIndex="${e(fields.sessionIndex)}"><saml2:AuthnContext>` +
    `<saml2:AuthnContextClassRef>${saml.password}</saml2:AuthnContextClassRef></saml2:AuthnContext></saml2:AuthnStatement>`;
  const attributes = fields.attributes.map(
    ([name, values]) =>
      `<saml2:Attribute Name="${e(name)}" NameFormat="${saml.basic}">` +
      values.map((value) => `<saml2:AttributeValue>${e(value)}</saml2:AttributeValue>`).join("") +
      `</saml2:Attribute>`,
  );
  return (
    `<saml2:Assertion xmlns:saml2="${saml.assertion}" ID="${fields.assertionId}" IssueInstant="${issued}" Version="2.0">` +
    `<saml2:Issuer>${e(fields.issuer)}</saml2:Issuer>` +
    `<saml2:Subject><saml2:NameID Format="${saml.transient}">${e(fields.nameId)}</saml2:NameID>` +
    `<saml2:SubjectConfirmation Method="${fields.confirmation}">` +
    `<saml2:SubjectConfirmationData${asked} NotOnOrAfter="${expires}" Recipient="${e(fields.recipient)}"/>` +
    `</saml2:SubjectConfirmation></saml2:Subject>` +
    `<saml2:Conditions NotBefore="${issued}" NotOnOrAfter="${expires}"><saml2:AudienceRestriction>` +
    `<saml2:Audience>${e(fields.audience)}</saml2:Audience></saml2:AudienceRestriction></saml2:Conditions>` +
    (fields.withAuthnStatement ? authnStatement : "") +
    `<saml2:AttributeStatement>${attributes.join("")}</saml2:AttributeStatement></saml2:Assertion>`
  );
}

/** The Response around its assertions. */
export function responseXml(fields: ResponseFields, ...assertions: readonly string[]): string {
  const e = escapeMarkup;
  const asked = fields.inResponseTo === undefined ? "" : ` InResponseTo="${e(fields.inResponseTo)}"`;
  return (
    `<saml2p:Response xmlns:saml2p="${saml.protocol}" Destination="${e(fields.destination)}" ID="${fields.responseId}"` +
    `${asked} IssueInstant="${instant(fields.issuedAt)}" Version="2.0">` +
    `<saml2:Issuer xmlns:saml2="${saml.assertion}">${e(fields.issuer)}</saml2:Issuer>` +
    `<saml2p:Status><saml2p:StatusCode Value="${fields.status}"/></saml2p:Status>` +
    `${assertions.join("")}</saml2p:Response>`
  );
}
