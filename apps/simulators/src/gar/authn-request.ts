/** Reads an AuthnRequest from the HTTP-Redirect binding and verifies its signature. */
import { DOMParser } from "@xmldom/xmldom";
import { readRedirect, refuse } from "./redirect-binding.ts";
import { saml } from "./saml.ts";
import type { ServiceProvider, ServiceProviders } from "./service-providers.ts";

export interface AuthnRequest {
  readonly id: string;
  readonly serviceProvider: ServiceProvider;
  /** Where the answer goes: one of the addresses in the service provider's metadata. */
  readonly consumer: string;
  readonly relayState: string | undefined;
  /** The person is asked again, signed in or not. */
  readonly forceAuthn: boolean;
}

/**
 * @param query the query string as it came, still percent-encoded
 * @throws SIMULATOR_BAD_SAML_REQUEST with the reason as its place
 */
export async function readAuthnRequest(
  query: string,
  signOnUrl: string,
  providers: ServiceProviders,
): Promise<AuthnRequest> {
  const message = readRedirect(query);
  if (message.name !== "SAMLRequest") refuse("no SAMLRequest in the query");
  const fields = readFields(message.xml);
  if (fields.destination !== signOnUrl) refuse(`Destination is not ${signOnUrl}`);
  const serviceProvider = await knownProvider(providers, fields.issuer);
  message.verify(serviceProvider.certificates);
  const consumer = fields.consumer ?? serviceProvider.consumers[0] ?? "";
  if (!serviceProvider.consumers.includes(consumer)) {
    refuse("AssertionConsumerServiceURL is not in the service provider's metadata");
  }
  const { id, forceAuthn } = fields;
  return { id, forceAuthn, serviceProvider, consumer, relayState: message.relayState };
}

/** @throws SIMULATOR_BAD_SAML_REQUEST */
export async function knownProvider(providers: ServiceProviders, issuer: string): Promise<ServiceProvider> {
  const found = await providers.find(issuer);
  const why = providers.reasons.map((reason) => ` (${reason})`).join("");
  return found ?? refuse(`no metadata of the service provider ${issuer}${why}`);
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
    forceAuthn: ["true", "1"].includes(root.getAttribute("ForceAuthn") ?? ""),
  };
}
