/**
 * Single logout (SAML core §3.7, profiles §4.4): the two messages, read as strictly as a sign-in. What is read is believed once
 * the signature over it was verified. @clause DD.7
 */
import { refuse } from "../refusal.ts";
import type { XmlElement } from "../xml/parse-strict-xml.ts";
import { type ChildReader, readChildren, textOf } from "../xml/read-children.ts";
import {
  checkHead,
  checkIssuer,
  type HeadExpectations,
  instantOf,
  type NameId,
  nameIdOf,
} from "./check-assertion.ts";
import { saml } from "./saml-names.ts";

export interface MessageExpectations extends HeadExpectations {
  /** Entity id of the identity provider. */
  readonly issuer: string;
  /** Address at which we take logout messages. */
  readonly logout: string;
  /** Opens an EncryptedID. @throws GAR_SIGN_IN_REFUSED */
  readonly decrypt: (encrypted: XmlElement) => XmlElement;
}

/** The provider ends sessions: those of the person, or of these indexes of hers. */
export interface LogoutRequest {
  readonly kind: "LogoutRequest";
  readonly id: string;
  /** Epoch milliseconds: until then a copy could be accepted. */
  readonly acceptableUntil: number;
  readonly nameId: NameId;
  readonly sessionIndexes: readonly string[];
}

/** What the provider says to a request of ours. */
export interface LogoutResponse {
  readonly kind: "LogoutResponse";
  readonly id: string;
  readonly inResponseTo: string;
  /** The provider, and all others that took part, ended the session. */
  readonly complete: boolean;
}

export type LogoutMessage = LogoutRequest | LogoutResponse;

/** A provider has one session with a person, seldom two. */
const MOST_INDEXES = 16;

/** @throws GAR_SIGN_IN_REFUSED */
export function checkLogoutMessage(message: XmlElement, expected: MessageExpectations): LogoutMessage {
  const { namespace, name, attributes } = message;
  if (namespace !== saml.protocol) refuse("unknownShape");
  if (attributes.get("Destination") !== expected.logout) refuse("wrongDestination");
  const own = name === "LogoutRequest" ? ["NotOnOrAfter", "Reason"] : ["InResponseTo"];
  const id = checkHead(message, expected, ["Destination", "Consent", ...own]);
  const parts = readChildren(message);
  checkIssuer(parts.one(saml.assertion, "Issuer"), expected.issuer);
  parts.optional(saml.signature, "Signature");
  if (name === "LogoutRequest") return readRequest(message, parts, { id, expected });
  if (name === "LogoutResponse") return readResponse(message, parts, id);
  return refuse("unknownShape");
}

interface Head {
  readonly id: string;
  readonly expected: MessageExpectations;
}

function readRequest(request: XmlElement, parts: ChildReader, { id, expected }: Head): LogoutRequest {
  const end = instantOf(request, "NotOnOrAfter");
  if (end !== undefined && end <= expected.now - expected.clockSkewMs) refuse("expired");
  const encrypted = parts.optional(saml.assertion, "EncryptedID");
  const named = encrypted === undefined ? parts.one(saml.assertion, "NameID") : expected.decrypt(encrypted);
  if (named.namespace !== saml.assertion || named.name !== "NameID") refuse("unknownShape");
  const sessionIndexes = parts.many(saml.protocol, "SessionIndex").map(textOf);
  parts.end();
  if (sessionIndexes.length > MOST_INDEXES || sessionIndexes.includes("")) refuse("unknownShape");
  const issuedAt = instantOf(request, "IssueInstant") ?? expected.now;
  const acceptableUntil = issuedAt + expected.maxAgeMs + expected.clockSkewMs + 1;
  return { kind: "LogoutRequest", id, acceptableUntil, nameId: nameIdOf(named), sessionIndexes };
}

function readResponse(response: XmlElement, parts: ChildReader, id: string): LogoutResponse {
  const inResponseTo = response.attributes.get("InResponseTo") ?? refuse("unsolicited");
  const status = parts.one(saml.protocol, "Status");
  parts.end();
  const codes = readChildren(status);
  const code = codes.one(saml.protocol, "StatusCode");
  // Below Success there may be PartialLogout (core §3.2.2.2): somebody else's session goes on.
  const complete = code.attributes.get("Value") === saml.success && code.children.length === 0;
  return { kind: "LogoutResponse", id, inResponseTo, complete };
}
