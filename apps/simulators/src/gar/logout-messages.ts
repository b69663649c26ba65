/** LogoutRequest and LogoutResponse (SAML core §3.7): written, and read from the bytes that their signature covers. */
import { DOMParser, type Element, XMLSerializer } from "@xmldom/xmldom";
import { SignedXml } from "xml-crypto";
import { escapeMarkup } from "../html.ts";
import { refuse } from "./redirect-binding.ts";
import { instant, issuerXml } from "./response.ts";
import { algorithms, saml } from "./saml.ts";

interface MessageFields {
  readonly id: string;
  /** `2.0` in an honest one. */
  readonly version: string;
  readonly issuer: string;
  readonly destination: string;
  /** Epoch milliseconds. */
  readonly issuedAt: number;
}

export interface LogoutRequestFields extends MessageFields {
  readonly expiresAt: number;
  readonly nameId: string;
  readonly sessionIndex: string | undefined;
}

export interface LogoutResponseFields extends MessageFields {
  readonly inResponseTo: string;
  /** The status, and what it means more closely. */
  readonly status: readonly [string] | readonly [string, string];
}

function start(name: string, fields: MessageFields, more: string): string {
  return (
    `<saml2p:${name} xmlns:saml2p="${saml.protocol}" Destination="${escapeMarkup(fields.destination)}" ID="${fields.id}"` +
    ` IssueInstant="${instant(fields.issuedAt)}" Version="${fields.version}"${more}>${issuerXml(fields.issuer)}`
  );
}

/** The sender speaks of one session, or of all that the person has there. */
export function logoutRequestXml(fields: LogoutRequestFields): string {
  const { nameId, sessionIndex, expiresAt } = fields;
  const more = ` NotOnOrAfter="${instant(expiresAt)}" Reason="${saml.byUser}"`;
  const session =
    sessionIndex === undefined ? "" : `<saml2p:SessionIndex>${sessionIndex}</saml2p:SessionIndex>`;
  return (
    `${start("LogoutRequest", fields, more)}<saml2:NameID xmlns:saml2="${saml.assertion}"` +
    ` Format="${saml.transient}">${escapeMarkup(nameId)}</saml2:NameID>${session}</saml2p:LogoutRequest>`
  );
}

export function logoutResponseXml(fields: LogoutResponseFields): string {
  const [status, closer] = fields.status;
  const inner = closer === undefined ? "" : `<saml2p:StatusCode Value="${closer}"/>`;
  const more = ` InResponseTo="${escapeMarkup(fields.inResponseTo)}"`;
  return (
    `${start("LogoutResponse", fields, more)}<saml2p:Status><saml2p:StatusCode Value="${status}">${inner}` +
    `</saml2p:StatusCode></saml2p:Status></saml2p:LogoutResponse>`
  );
}

/** The SOAP binding (SAML bindings §3.2). */
export function envelope(message: string): string {
  return `<soap:Envelope xmlns:soap="${saml.envelope}"><soap:Body>${message}</soap:Body></soap:Envelope>`;
}

export interface LogoutMessage {
  readonly kind: "LogoutRequest" | "LogoutResponse";
  readonly id: string;
  readonly issuer: string;
  readonly destination: string | undefined;
  /** Epoch milliseconds. */
  readonly issuedAt: number;
  readonly expiresAt: number | undefined;
  readonly inResponseTo: string | undefined;
  /** The first StatusCode of a response. */
  readonly status: string | undefined;
  readonly nameId: string | undefined;
  readonly sessionIndexes: readonly string[];
}

/** Reads a message, bare or in an envelope. @throws SIMULATOR_BAD_SAML_REQUEST */
export function readLogoutMessage(xml: string): LogoutMessage {
  const root = messageOf(xml);
  const kind = root.localName === "LogoutRequest" ? "LogoutRequest" : "LogoutResponse";
  const [issuer] = texts(root, saml.assertion, "Issuer");
  const id = root.getAttribute("ID");
  if (root.getAttribute("Version") !== "2.0" || !id || !issuer) refuse("Version, ID or Issuer is missing");
  const [status] = elements(root, saml.protocol, "StatusCode");
  const end = root.getAttribute("NotOnOrAfter");
  return {
    ...{ kind, id, issuer },
    destination: root.getAttribute("Destination") ?? undefined,
    issuedAt: Date.parse(root.getAttribute("IssueInstant") ?? ""),
    expiresAt: end === null ? undefined : Date.parse(end),
    inResponseTo: root.getAttribute("InResponseTo") ?? undefined,
    status: status?.getAttribute("Value") ?? undefined,
    nameId: texts(root, saml.assertion, "NameID")[0],
    sessionIndexes: texts(root, saml.protocol, "SessionIndex"),
  };
}

function messageOf(xml: string): Element {
  if (xml.includes("<!DOCTYPE")) refuse("a document type");
  const onError = (_level: string, message: string) => refuse(message);
  const root = new DOMParser({ onError }).parseFromString(xml, "text/xml").documentElement;
  const isEnvelope = root?.localName === "Envelope" && root.namespaceURI === saml.envelope;
  const [body] = root !== null && isEnvelope ? elements(root, saml.envelope, "Body") : [];
  const message = isEnvelope ? children(body)[0] : root;
  if (
    message?.namespaceURI !== saml.protocol ||
    !/^Logout(?:Request|Response)$/.test(message.localName ?? "")
  ) {
    refuse("neither LogoutRequest nor LogoutResponse");
  }
  return message;
}

function children(element: Element | undefined): Element[] {
  return Array.from(element?.childNodes ?? []).filter((each): each is Element => each.nodeType === 1);
}

function elements(root: Element, namespace: string, name: string): Element[] {
  return Array.from(root.getElementsByTagNameNS(namespace, name));
}

function texts(root: Element, namespace: string, name: string): string[] {
  return elements(root, namespace, name).map((each) => each.textContent ?? "");
}

const STRONG: ReadonlySet<string> = new Set([algorithms.rsaSha256, algorithms.sha256]);

/**
 * The message that an enveloped signature by one of the certificates (PEM) covers: nothing outside of it is read.
 * @throws SIMULATOR_BAD_SAML_REQUEST
 */
export function readSignedLogoutMessage(xml: string, certificates: readonly string[]): LogoutMessage {
  const root = messageOf(xml);
  const signatures = children(root).filter(
    ({ localName, namespaceURI }) => localName === "Signature" && namespaceURI === saml.signature,
  );
  const [signature, another] = signatures;
  if (signature === undefined) return refuse("the message is not signed");
  const methods = ["SignatureMethod", "DigestMethod"].flatMap((name) =>
    elements(signature, saml.signature, name),
  );
  if (another !== undefined || !methods.every((each) => STRONG.has(each.getAttribute("Algorithm") ?? ""))) {
    refuse("two signatures, or not RSA-SHA256");
  }
  const text = certificates.map((pem) => signedBytes(xml, signature, pem)).find(Boolean);
  if (text === undefined) return refuse("the signature is not by a key of the service provider's metadata");
  const message = readLogoutMessage(text);
  if (message.id !== root.getAttribute("ID")) refuse("another element is signed");
  return message;
}

function signedBytes(xml: string, signature: Element, publicCert: string): string | undefined {
  const check = new SignedXml({ publicCert, getCertFromKeyInfo: () => null });
  try {
    check.loadSignature(new XMLSerializer().serializeToString(signature));
    const [only, ...others] = check.checkSignature(xml) ? check.getSignedReferences() : [];
    return others.length === 0 ? only : undefined;
  } catch {
    return undefined;
  }
}
