/**
 * The logout message of a CAS server (CAS 3.0 protocol, §2.3.3): a SAML LogoutRequest in a form field, unsigned. What
 * authenticates it is that it knows the ticket: nobody but the server and we ever saw it, and one that ended nothing says
 * nothing. Its other parts only have to have their shape. @clause DD.7
 */
import { refuse } from "../refusal.ts";
import { saml } from "../saml/saml-names.ts";
import { parseStrictXml, type XmlCaps, type XmlElement } from "../xml/parse-strict-xml.ts";
import { readChildren, textOf } from "../xml/read-children.ts";
import { isTicket } from "./ticket.ts";

export interface CasLogout {
  readonly ticket: string;
}

export interface LogoutExpectations {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly clockSkewMs: number;
}

const caps: XmlCaps = {
  characters: 8_192,
  elements: 6,
  depth: 3,
  attributes: 24,
  attributesOfElement: 12,
  namespaces: 6,
};
/** A server posts it at once. */
const MAX_AGE_MS = 5 * 60_000;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/;

/** @throws GAR_SIGN_IN_REFUSED */
export function readLogoutRequest(text: string, { now, clockSkewMs }: LogoutExpectations): CasLogout {
  const request = parse(text);
  if (request.namespace !== saml.protocol || request.name !== "LogoutRequest") refuse("unknownShape");
  if (request.attributes.get("Version") !== "2.0") refuse("wrongVersion");
  const id = request.attributes.get("ID") ?? "";
  if (!/^[\x21-\x7e]{1,256}$/.test(id)) refuse("unknownShape");
  const issuedAt = issueInstantOf(request);
  if (issuedAt > now + clockSkewMs) refuse("wrongTime");
  if (now - issuedAt > MAX_AGE_MS + clockSkewMs) refuse("expired");
  const parts = readChildren(request);
  parts.optional(saml.assertion, "Issuer"); // newer servers put their address here
  textOf(parts.one(saml.assertion, "NameID")); // `@NOT_USED@`; newer ones put their name of the person here
  const ticket = textOf(parts.one(saml.protocol, "SessionIndex"));
  parts.end();
  return isTicket(ticket) ? { ticket } : refuse("malformedTicket");
}

function issueInstantOf({ attributes }: XmlElement): number {
  const text = attributes.get("IssueInstant") ?? "";
  const milliseconds = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(milliseconds) ? refuse("wrongTime") : milliseconds;
}

function parse(text: string): XmlElement {
  try {
    return parseStrictXml(text, caps);
  } catch (cause) {
    return refuse("notXml", cause);
  }
}
