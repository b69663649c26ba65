/**
 * HTTP-Redirect (SAML bindings §3.4): a message in a query, whose signature covers the octets of the query as they came. So
 * the query is taken apart by hand, each parameter is there once, and nothing is inflated or read before its signature holds.
 */
import { sign, verify } from "node:crypto";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { refuse } from "../refusal.ts";
import { algorithms, saml } from "./saml-names.ts";

export interface RedirectMessage {
  /** Base64 of the deflated document. */
  readonly message: string;
  readonly kind: "SAMLRequest" | "SAMLResponse";
  /** As it came, percent-encoded: given back as it is. */
  readonly rawRelayState: string | undefined;
  readonly signed: string;
  readonly hash: "sha256" | "sha512";
  readonly signature: Buffer;
}

const PARAMETERS = new Set([
  "SAMLRequest",
  "SAMLResponse",
  "RelayState",
  "SigAlg",
  "Signature",
  "SAMLEncoding",
]);
const MOST_CHARACTERS = 16_384;
const HASHES: ReadonlyMap<string, RedirectMessage["hash"]> = new Map([
  [algorithms.rsaSha256, "sha256"],
  [algorithms.rsaSha512, "sha512"],
]);

/** Takes a query apart. @throws GAR_SIGN_IN_REFUSED */
export function readRedirect(query: string): RedirectMessage {
  if (query.length > MOST_CHARACTERS) refuse("unknownShape");
  const raw = parametersOf(query);
  const kind = raw.has("SAMLRequest") ? "SAMLRequest" : "SAMLResponse";
  const message = raw.get(kind);
  if (message === undefined || (kind === "SAMLRequest" && raw.has("SAMLResponse"))) refuse("notForm");
  const encoding = raw.get("SAMLEncoding");
  if (encoding !== undefined && decoded(encoding) !== saml.deflate) refuse("unknownShape");
  const [algorithm, signature, rawRelayState] = [
    raw.get("SigAlg"),
    raw.get("Signature"),
    raw.get("RelayState"),
  ];
  if (algorithm === undefined || signature === undefined) refuse("unsignedMessage");
  if (rawRelayState !== undefined) decoded(rawRelayState);
  const relayed = rawRelayState === undefined ? "" : `&RelayState=${rawRelayState}`;
  return {
    kind,
    message: base64Of(message),
    rawRelayState,
    signed: `${kind}=${message}${relayed}&SigAlg=${algorithm}`,
    hash: HASHES.get(decoded(algorithm)) ?? refuse("weakAlgorithm"),
    signature: Buffer.from(base64Of(signature), "base64"),
  };
}

/** Made by the key of one of these certificates? */
export function isSignedBy(message: RedirectMessage, certificates: readonly string[]): boolean {
  const { hash, signed, signature } = message;
  return certificates.some((certificate) => verify(hash, Buffer.from(signed), certificate, signature));
}

/** The document of a message, at most so many bytes of it. @throws GAR_SIGN_IN_REFUSED */
export function inflated({ message }: RedirectMessage, most: number): Buffer {
  try {
    return inflateRawSync(Buffer.from(message, "base64"), { maxOutputLength: most });
  } catch (cause) {
    return refuse("notXml", cause);
  }
}

export interface Redirecting {
  /** The provider's address; it may have a query of its own. */
  readonly location: string;
  readonly kind: RedirectMessage["kind"];
  readonly document: string;
  readonly rawRelayState?: string | undefined;
  /** PEM. */
  readonly privateKey: string;
}

/** The address that carries a message of ours, signed with RSA and SHA-256. */
export function redirectUrl({ location, kind, document, rawRelayState, privateKey }: Redirecting): string {
  const message = encodeURIComponent(deflateRawSync(document).toString("base64"));
  const relayed = rawRelayState === undefined ? "" : `&RelayState=${rawRelayState}`;
  const signed = `${kind}=${message}${relayed}&SigAlg=${encodeURIComponent(algorithms.rsaSha256)}`;
  const signature = sign("sha256", Buffer.from(signed), privateKey).toString("base64");
  const separator = location.includes("?") ? "&" : "?";
  return `${location}${separator}${signed}&Signature=${encodeURIComponent(signature)}`;
}

/** Raw values by name. An unknown one, or one that is there twice, could mean two things to two readers (CVE-2025-27773). */
function parametersOf(query: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const pair of query.split("&")) {
    const at = pair.indexOf("=");
    const name = pair.slice(0, Math.max(at, 0));
    if (!PARAMETERS.has(name) || found.has(name)) refuse("unknownShape");
    found.set(name, pair.slice(at + 1));
  }
  return found;
}

function decoded(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch (cause) {
    return refuse("unknownShape", cause);
  }
}

function base64Of(raw: string): string {
  const text = decoded(raw).replaceAll(/[\t\r\n ]/g, "");
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? text : refuse("notBase64");
}
