/**
 * Everything that the web browser SSO profile (SAML profiles §4.1.4.2–3) and core §2 ask of an assertion beside its
 * signature, and that the library leaves out. Used twice: on the document as it came, to refuse at once what would be
 * refused anyway; and on the bytes that the signature covers, which alone are read for claims. @clause D4.1
 */

import { refuse } from "../refusal.ts";
import type { XmlElement } from "../xml/parse-strict-xml.ts";
import { onlyAttributes, readChildren, textOf } from "../xml/read-children.ts";
import { saml } from "./saml-names.ts";

export interface HeadExpectations {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly clockSkewMs: number;
  /** Age at which a message is too old, whatever it says of its own validity. */
  readonly maxAgeMs: number;
}

export interface Expectations extends HeadExpectations {
  /** Entity id of the identity provider. */
  readonly issuer: string;
  /** Our entity id. */
  readonly audience: string;
  /** Address of our assertion consumer service. */
  readonly consumer: string;
}

/** How the provider names the person: to be given back to it as it came, and read for nothing else (core §2.2.3). */
export interface NameId {
  readonly value: string;
  readonly format: string | undefined;
  readonly nameQualifier: string | undefined;
  readonly spNameQualifier: string | undefined;
}

export interface Assertion {
  readonly id: string;
  readonly inResponseTo: string;
  /** Epoch milliseconds: until then it must not be accepted again. */
  readonly notOnOrAfter: number;
  readonly nameId: NameId | undefined;
  readonly sessionIndex: string | undefined;
  /** Epoch milliseconds: when the provider ends the session. */
  readonly sessionNotOnOrAfter: number | undefined;
  /** By name, with their values; those without any value are left out. */
  readonly attributes: ReadonlyMap<string, readonly string[]>;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/;
/** An ID (xs:NCName). */
const NAME = /^[\p{L}_][\p{L}\p{N}\p{M}._-]{0,255}$/u;
const NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil";

/** @throws GAR_SIGN_IN_REFUSED */
export function checkAssertion(assertion: XmlElement, expected: Expectations): Assertion {
  const { assertion: ns } = saml;
  if (assertion.namespace !== ns || assertion.name !== "Assertion") refuse("unknownShape");
  const id = checkHead(assertion, expected, []);

  const parts = readChildren(assertion);
  checkIssuer(parts.one(ns, "Issuer"), expected.issuer);
  parts.optional(saml.signature, "Signature");
  const subject = checkSubject(parts.one(ns, "Subject"), expected);
  const conditionsEnd = checkConditions(parts.one(ns, "Conditions"), expected);
  const authn = parts.optional(ns, "AuthnStatement") ?? refuse("noAuthnStatement");
  const session = checkAuthnStatement(authn, expected);
  const attributes = readAttributes(parts.one(ns, "AttributeStatement"));
  parts.end();
  return {
    id,
    inResponseTo: subject.inResponseTo,
    notOnOrAfter: Math.max(subject.notOnOrAfter, conditionsEnd) + expected.clockSkewMs,
    nameId: subject.nameId,
    ...session,
    attributes,
  };
}

/**
 * What the heads of messages and assertions have in common: Version, ID, IssueInstant, and no attributes but these and
 * `more`. Returns the ID.
 * @throws GAR_SIGN_IN_REFUSED
 */
export function checkHead(element: XmlElement, expected: HeadExpectations, more: readonly string[]): string {
  if (element.attributes.get("Version") !== "2.0") refuse("wrongVersion");
  onlyAttributes(element, "ID", "Version", "IssueInstant", ...more);
  const id = element.attributes.get("ID") ?? "";
  if (!NAME.test(id)) refuse("unknownShape");
  const issuedAt = instantOf(element, "IssueInstant");
  if (issuedAt === undefined || issuedAt > expected.now + expected.clockSkewMs) refuse("wrongTime");
  if (expected.now - issuedAt > expected.maxAgeMs + expected.clockSkewMs) refuse("expired");
  return id;
}

/** @throws GAR_SIGN_IN_REFUSED */
export function checkIssuer(issuer: XmlElement, expected: string): void {
  onlyAttributes(issuer, "Format", "NameQualifier", "SPNameQualifier", "SPProvidedID");
  const format = issuer.attributes.get("Format") ?? saml.entity;
  // As it is: space belongs to a name of this type (core §8.3.6)
  if (format !== saml.entity || issuer.children.length > 0 || issuer.text !== expected) refuse("wrongIssuer");
}

/** One bearer confirmation: for us, in time, and the answer to a request. */
function checkSubject(subject: XmlElement, expected: Expectations) {
  const parts = readChildren(subject);
  const nameId = parts.optional(saml.assertion, "NameID");
  const confirmation = parts.one(saml.assertion, "SubjectConfirmation");
  parts.end();
  if (confirmation.attributes.get("Method") !== saml.bearer) refuse("wrongConfirmation");
  const confirmationParts = readChildren(confirmation);
  const data = confirmationParts.optional(saml.assertion, "SubjectConfirmationData");
  confirmationParts.end();
  if (data === undefined || data.attributes.has("NotBefore")) refuse("wrongConfirmation");
  readChildren(data).end(); // a key to prove is not for a bearer
  if (data.attributes.get("Recipient") !== expected.consumer) refuse("wrongRecipient");
  const notOnOrAfter = endOf(data, expected);
  const inResponseTo = data.attributes.get("InResponseTo");
  if (inResponseTo === undefined || inResponseTo === "") refuse("unsolicited");
  return { inResponseTo, notOnOrAfter, nameId: nameId === undefined ? undefined : nameIdOf(nameId) };
}

/** @throws GAR_SIGN_IN_REFUSED when it has children, or no value */
export function nameIdOf(element: XmlElement): NameId {
  const value = textOf(element);
  if (value === "") refuse("unknownShape");
  return {
    value,
    format: element.attributes.get("Format"),
    nameQualifier: element.attributes.get("NameQualifier"),
    spNameQualifier: element.attributes.get("SPNameQualifier"),
  };
}

/** In time, and for us alone to judge: a condition that is not understood makes the assertion invalid (core §2.5.1.1). */
function checkConditions(conditions: XmlElement, expected: Expectations): number {
  const start = instantOf(conditions, "NotBefore");
  if (start !== undefined && start > expected.now + expected.clockSkewMs) refuse("wrongTime");
  const end = endOf(conditions, expected);
  if (start !== undefined && start >= end) refuse("wrongTime");
  const parts = readChildren(conditions);
  const restriction = parts.optional(saml.assertion, "AudienceRestriction") ?? refuse("wrongAudience");
  parts.optional(saml.assertion, "OneTimeUse");
  parts.end();
  const audiences = readChildren(restriction);
  const named = audiences.many(saml.assertion, "Audience").map(textOf);
  audiences.end();
  if (!named.includes(expected.audience)) refuse("wrongAudience");
  return end;
}

function checkAuthnStatement(statement: XmlElement, expected: Expectations) {
  const authenticatedAt = instantOf(statement, "AuthnInstant");
  if (authenticatedAt === undefined || authenticatedAt > expected.now + expected.clockSkewMs) {
    refuse("wrongTime");
  }
  const parts = readChildren(statement);
  parts.optional(saml.assertion, "SubjectLocality");
  parts.one(saml.assertion, "AuthnContext");
  parts.end();
  const sessionEnd = instantOf(statement, "SessionNotOnOrAfter");
  if (sessionEnd !== undefined && sessionEnd <= expected.now - expected.clockSkewMs) refuse("expired");
  return { sessionIndex: statement.attributes.get("SessionIndex"), sessionNotOnOrAfter: sessionEnd };
}

function readAttributes(statement: XmlElement): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  const statements = readChildren(statement);
  const attributes = statements.many(saml.assertion, "Attribute");
  statements.end();
  const seen = new Set<string>();
  for (const attribute of attributes) {
    const name = attribute.attributes.get("Name");
    if (name === undefined || name === "") refuse("unknownShape");
    // Some readers go by the friendly name: it must not be another attribute's.
    for (const each of new Set([name, attribute.attributes.get("FriendlyName") || name])) {
      if (each in Object.prototype) refuse("unknownShape"); // a trap for whoever makes an object of attributes
      if (seen.has(each)) refuse("duplicateAttribute");
      seen.add(each);
    }
    const parts = readChildren(attribute);
    const values = parts.many(saml.assertion, "AttributeValue").filter((value) => !isNil(value));
    parts.end();
    if (values.length > 0) found.set(name, values.map(textOf));
  }
  return found;
}

function isNil(value: XmlElement): boolean {
  return ["true", "1"].includes(value.attributes.get(NIL) ?? "");
}

/** An element's NotOnOrAfter: required, and not passed. */
function endOf(element: XmlElement, expected: Expectations): number {
  const end = instantOf(element, "NotOnOrAfter");
  if (end === undefined) refuse("wrongTime");
  if (end <= expected.now - expected.clockSkewMs) refuse("expired");
  return end;
}

/** Epoch milliseconds of an attribute; SAML core §1.3.3: UTC, and it says so. @throws GAR_SIGN_IN_REFUSED for another text */
export function instantOf(element: XmlElement, name: string): number | undefined {
  const text = element.attributes.get(name);
  if (text === undefined) return undefined;
  const milliseconds = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(milliseconds)) refuse("wrongTime");
  // 30 February and 24:00 are read as the next day
  return new Date(milliseconds).toISOString().startsWith(text.slice(0, 19))
    ? milliseconds
    : refuse("wrongTime");
}
