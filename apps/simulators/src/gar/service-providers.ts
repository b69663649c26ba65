/** The service providers that this identity provider knows: from metadata that was given, or that it fetches. */
import { X509Certificate } from "node:crypto";
import { DOMParser, type Element } from "@xmldom/xmldom";
import { saml } from "./saml.ts";

/** An address that takes logout messages (SAML metadata §2.4.1.1). */
export interface LogoutService {
  readonly binding: string;
  readonly location: string;
  /** Where answers go; `location` too when the metadata name no other. */
  readonly responseLocation: string;
}

export interface ServiceProvider {
  readonly entityId: string;
  /** PEM, of keys that may sign. */
  readonly certificates: readonly string[];
  /** PEM, of the key that assertions may be encrypted for. */
  readonly encryptionCertificate: string | undefined;
  readonly logoutServices: readonly LogoutService[];
  /** Where assertions may be posted (HTTP-POST binding); the first is the default. */
  readonly consumers: readonly string[];
}

const MOST_METADATA_CHARACTERS = 262_144;
const FETCH_WITHIN_MS = 3_000;

/** Reads the metadata of one service provider. Throws when it is not that. */
export function parseServiceProvider(metadata: string): ServiceProvider {
  if (metadata.length > MOST_METADATA_CHARACTERS || metadata.includes("<!DOCTYPE")) {
    throw new TypeError("metadata of this size, or with a document type, are not read");
  }
  const root = new DOMParser({ onError: refuse }).parseFromString(metadata, "text/xml").documentElement;
  const entityId = root?.getAttribute("entityID");
  if (root?.localName !== "EntityDescriptor" || root.namespaceURI !== saml.metadata || !entityId) {
    throw new TypeError("these are not the metadata of one entity");
  }
  const consumers = elements(root, saml.metadata, "AssertionConsumerService")
    .filter((each) => each.getAttribute("Binding") === saml.post)
    .sort((a, b) => Number(isDefault(b)) - Number(isDefault(a)))
    .map((each) => each.getAttribute("Location") ?? "");
  const [encryptionCertificate] = certificatesFor(root, "encryption");
  if (consumers.length === 0) throw new TypeError("the metadata name no assertion consumer service");
  return {
    entityId,
    certificates: certificatesFor(root, "signing"),
    encryptionCertificate,
    consumers,
    logoutServices: elements(root, saml.metadata, "SingleLogoutService").map(readLogoutService),
  };
}

/** A key without a `use` is for both. */
function certificatesFor(root: Element, use: "signing" | "encryption"): string[] {
  return elements(root, saml.metadata, "KeyDescriptor")
    .filter((each) => [use, null, ""].includes(each.getAttribute("use")))
    .flatMap((each) => elements(each, saml.signature, "X509Certificate"))
    .map((each) => new X509Certificate(Buffer.from(each.textContent ?? "", "base64")).toString());
}

function readLogoutService(element: Element): LogoutService {
  const location = element.getAttribute("Location") ?? "";
  return {
    binding: element.getAttribute("Binding") ?? "",
    location,
    responseLocation: element.getAttribute("ResponseLocation") ?? location,
  };
}

function refuse(_level: string, message: string): never {
  throw new TypeError(message);
}

function elements(root: Element, namespace: string, name: string): Element[] {
  return Array.from(root.getElementsByTagNameNS(namespace, name));
}

function isDefault(element: Element): boolean {
  return element.getAttribute("isDefault") === "true";
}

export interface ServiceProviders {
  /** Adds or replaces one by its metadata. */
  register(metadata: string): ServiceProvider;
  /** Fetches the configured addresses again, then looks. The reasons say why an address gave nothing. */
  find(entityId: string): Promise<ServiceProvider | undefined>;
  /** Those known so far. */
  known(): readonly ServiceProvider[];
  readonly reasons: readonly string[];
}

export function serviceProviders(addresses: readonly string[]): ServiceProviders {
  const known = new Map<string, ServiceProvider>();
  const reasons: string[] = [];
  const register = (metadata: string) => {
    const parsed = parseServiceProvider(metadata);
    known.set(parsed.entityId, parsed);
    return parsed;
  };
  const refresh = async (address: string) => {
    try {
      const answer = await fetch(address, { signal: AbortSignal.timeout(FETCH_WITHIN_MS) });
      if (!answer.ok) throw new TypeError(`answered ${answer.status}`);
      register(await answer.text());
    } catch (error) {
      reasons.push(`${address}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return {
    register,
    reasons,
    known: () => [...known.values()],
    find: async (entityId) => {
      reasons.length = 0;
      await Promise.all(addresses.map(refresh));
      return known.get(entityId);
    },
  };
}
