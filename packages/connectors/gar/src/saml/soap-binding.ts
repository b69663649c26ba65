/** SOAP 1.1 (SAML bindings §3.2): the provider calls us itself, no browser between; one message in the body, signed. */
import { refuse } from "../refusal.ts";
import type { XmlElement } from "../xml/parse-strict-xml.ts";
import { readChildren } from "../xml/read-children.ts";
import { saml } from "./saml-names.ts";

/** A message, and the namespaces in scope around it. */
export interface InEnvelope {
  readonly element: XmlElement;
  readonly inScope: ReadonlyMap<string, string>;
}

/** The LogoutRequest of an envelope. A header could change what the body means: there is none. @throws GAR_SIGN_IN_REFUSED */
export function requestInEnvelope(root: XmlElement): InEnvelope {
  if (root.namespace !== saml.envelope || root.name !== "Envelope") refuse("unknownShape");
  const parts = readChildren(root);
  const header = parts.optional(saml.envelope, "Header");
  const bodyElement = parts.one(saml.envelope, "Body");
  const body = readChildren(bodyElement);
  parts.end();
  if (header !== undefined && header.children.length > 0) refuse("unknownShape");
  const element = body.one(saml.protocol, "LogoutRequest");
  body.end();
  return { element, inScope: new Map([...root.declared, ...bodyElement.declared]) };
}

/** An answer in its envelope. */
export function inEnvelope(message: string): string {
  return `<soap:Envelope xmlns:soap="${saml.envelope}"><soap:Body>${message}</soap:Body></soap:Envelope>`;
}
