/** Reads an AuthnRequest from the HTTP-Redirect binding (SAML bindings §3.4) and verifies its signature. */
import { verify } from "node:crypto";
import { inflateRawSync } from "node:zlib";
import { DOMParser } from "@xmldom/xmldom";
import { fault } from "../errors.ts";
import { algorithms, saml } from "./saml.ts";
import type { ServiceProvider, ServiceProviders } from "./service-providers.ts";

export interface AuthnRequest {
  readonly id: string;
  readonly serviceProvider: ServiceProvider;
  /** Where the answer goes: one of the addresses in the service provider's metadata. */
  readonly consumer: string;
  readonly relayState: string | undefined;
}

const MOST_REQUEST_BYTES = 65_536;
const PARAMETERS = ["SAMLRequest", "RelayState", "SigAlg", "Signature"] as const;
type Parameters = Partial<Record<(typeof PARAMETERS)[number], string>>;

/**
 * @param query the query string as it came, still percent-encoded: the signature covers those very bytes
 * @throws SIMULATOR_BAD_SAML_REQUEST with the reason as its place
 */
export async function readAuthnRequest(
  query: string,
  signOnUrl: string,
  providers: ServiceProviders,
): Promise<AuthnRequest> {
  const raw = rawParameters(query);
  const fields = readFields(inflated(decoded(raw.SAMLRequest ?? refuse("no SAMLRequest in the query"))));
  if (fields.destination !== signOnUrl) refuse(`Destination is not ${signOnUrl}`);
  const serviceProvider = await providers.find(fields.issuer);
  if (serviceProvider === undefined) {
    const why = providers.reasons.map((reason) => ` (${reason})`).join("");
    return refuse(`no metadata of the service provider ${fields.issuer}${why}`);
  }
  verifySignature(raw, serviceProvider);
  const consumer = fields.consumer ?? serviceProvider.consumers[0] ?? "";
  if (!serviceProvider.consumers.includes(consumer)) {
    refuse("AssertionConsumerServiceURL is not in the service provider's metadata");
  }
  const relayState = raw.RelayState === undefined ? undefined : decoded(raw.RelayState);
  return { id: fields.id, serviceProvider, consumer, relayState };
}

function refuse(reason: string): never {
  throw fault("SIMULATOR_BAD_SAML_REQUEST", { place: reason });
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
    const options = { maxOutputLength: MOST_REQUEST_BYTES };
    return inflateRawSync(Buffer.from(base64, "base64"), options).toString("utf8");
  } catch {
    return refuse("SAMLRequest is not deflated and base64-encoded, or is too large");
  }
}

function readFields(xml: string) {
  if (xml.includes("<!DOCTYPE")) refuse("a document type");
  const onError = (_level: string, message: string) => refuse(message);
  const root = new DOMParser({ onError }).parseFromString(xml, "text/xml").documentElement;
  if (root?.localName !== "AuthnRequest" || root.namespaceURI !== saml.protocol) refuse("no AuthnRequest");
  const issuer = Array.from(root.getElementsByTagNameNS(saml.assertion, "Issuer"))[0]?.textContent;
  const id = root.getAttribute("ID");
  if (root.getAttribute("Version") !== "2.0" || !id || !issuer) refuse("Version, ID or Issuer is missing");
  return {
    id,
    issuer,
    destination: root.getAttribute("Destination"),
    consumer: root.getAttribute("AssertionConsumerServiceURL") ?? undefined,
  };
}

/** RTFS, as its readers report it: every AuthnRequest is signed, RSA-SHA256. */
function verifySignature(raw: Parameters, provider: ServiceProvider): void {
  if (raw.Signature === undefined || raw.SigAlg === undefined) refuse("the request is not signed");
  if (decoded(raw.SigAlg) !== algorithms.rsaSha256) refuse(`SigAlg is not ${algorithms.rsaSha256}`);
  const relayState = raw.RelayState === undefined ? "" : `&RelayState=${raw.RelayState}`;
  const signed = Buffer.from(`SAMLRequest=${raw.SAMLRequest ?? ""}${relayState}&SigAlg=${raw.SigAlg}`);
  const signature = Buffer.from(decoded(raw.Signature), "base64");
  if (!provider.certificates.some((pem) => verify("sha256", signed, pem, signature))) {
    refuse("the signature is not by a key of the service provider's metadata");
  }
}
