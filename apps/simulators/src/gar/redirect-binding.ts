/** The HTTP-Redirect binding (SAML bindings §3.4): deflated messages in a query, signed beside them. */
import { sign, verify } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { fault } from "../errors.ts";
import { algorithms } from "./saml.ts";
import type { HashName, Signer } from "./sign.ts";

export type MessageName = "SAMLRequest" | "SAMLResponse";

export interface RedirectMessage {
  readonly name: MessageName;
  readonly xml: string;
  readonly relayState: string | undefined;
  /** @throws SIMULATOR_BAD_SAML_REQUEST unless the query is signed by one of them (PEM), RSA-SHA256 */
  verify(certificates: readonly string[]): void;
}

const MOST_MESSAGE_BYTES = 65_536;
const PARAMETERS = ["SAMLRequest", "SAMLResponse", "RelayState", "SigAlg", "Signature"] as const;
type Parameters = Partial<Record<(typeof PARAMETERS)[number], string>>;

/** @throws SIMULATOR_BAD_SAML_REQUEST with the reason as its place */
export function refuse(reason: string): never {
  throw fault("SIMULATOR_BAD_SAML_REQUEST", { place: reason });
}

/**
 * @param query the query string as it came, still percent-encoded: the signature covers those very bytes
 * @throws SIMULATOR_BAD_SAML_REQUEST
 */
export function readRedirect(query: string): RedirectMessage {
  const raw = rawParameters(query);
  const name = raw.SAMLRequest === undefined ? "SAMLResponse" : "SAMLRequest";
  const message = raw[name] ?? refuse("no SAMLRequest in the query");
  if (raw.SAMLRequest !== undefined && raw.SAMLResponse !== undefined) refuse("two messages in one query");
  return {
    name,
    xml: inflated(decoded(message)),
    relayState: raw.RelayState === undefined ? undefined : decoded(raw.RelayState),
    verify: (certificates) => verifyQuery(raw, `${name}=${message}`, certificates),
  };
}

/** Each parameter once, not decoded. Twice the same name is how a signature is made to cover something else. */
function rawParameters(query: string): Parameters {
  const found: Parameters = {};
  for (const pair of query.split("&")) {
    const equals = pair.indexOf("=");
    const name = PARAMETERS.find((each) => each === pair.slice(0, equals));
    if (name === undefined) continue;
    if (found[name] !== undefined) refuse(`${name} appears twice`);
    found[name] = pair.slice(equals + 1);
  }
  return found;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll("+", " "));
  } catch {
    return refuse("a parameter is not percent-encoded");
  }
}

function inflated(base64: string): string {
  try {
    const options = { maxOutputLength: MOST_MESSAGE_BYTES };
    return inflateRawSync(Buffer.from(base64, "base64"), options).toString("utf8");
  } catch {
    return refuse("the message is not deflated and base64-encoded, or is too large");
  }
}

/** RTFS, as its readers report it: every message of a service provider is signed, RSA-SHA256. */
function verifyQuery(raw: Parameters, message: string, certificates: readonly string[]): void {
  if (raw.Signature === undefined || raw.SigAlg === undefined) refuse("the request is not signed");
  if (decoded(raw.SigAlg) !== algorithms.rsaSha256) refuse(`SigAlg is not ${algorithms.rsaSha256}`);
  const relayState = raw.RelayState === undefined ? "" : `&RelayState=${raw.RelayState}`;
  const signed = Buffer.from(`${message}${relayState}&SigAlg=${raw.SigAlg}`);
  const signature = Buffer.from(decoded(raw.Signature), "base64");
  if (!certificates.some((pem) => verify("sha256", signed, pem, signature))) {
    refuse("the signature is not by a key of the service provider's metadata");
  }
}

export interface RedirectOptions {
  readonly location: string;
  readonly name: MessageName;
  readonly xml: string;
  readonly relayState: string | undefined;
  /** Absent: not signed. */
  readonly signer: Signer | undefined;
  readonly hash: HashName;
  /** What is sent in place of what was signed. */
  readonly tampered?: string | undefined;
}

/** The address that carries a message. */
export function redirectUrl(options: RedirectOptions): string {
  const { location, name, relayState, signer, hash } = options;
  const query = (xml: string) =>
    `${name}=${encodeURIComponent(deflateRawSync(xml).toString("base64"))}` +
    (relayState === undefined ? "" : `&RelayState=${encodeURIComponent(relayState)}`);
  const joint = location.includes("?") ? "&" : "?";
  const sent = query(options.tampered ?? options.xml);
  if (signer === undefined) return `${location}${joint}${sent}`;
  const algorithm = hash === "sha1" ? algorithms.rsaSha1 : algorithms.rsaSha256;
  const signatureAlgorithm = `&SigAlg=${encodeURIComponent(algorithm)}`;
  const signature = sign(
    hash,
    Buffer.from(query(options.xml) + signatureAlgorithm),
    signer.privateKey,
  ).toString("base64");
  return `${location}${joint}${sent}${signatureAlgorithm}&Signature=${encodeURIComponent(signature)}`;
}
