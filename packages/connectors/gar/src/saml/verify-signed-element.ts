/**
 * A signature verified over the tree that the gate has read, before the library sees the document. What is forged costs a
 * tenth of a millisecond instead of tens, and the library, which decides afterwards, must find the same bytes signed. A
 * mistake here can refuse an honest message; it cannot let another in.
 */
import { createPublicKey, hash, type KeyObject, verify } from "node:crypto";
import { refuse } from "../refusal.ts";
import { type CanonicalOptions, canonicalize } from "../xml/canonicalize.ts";
import type { XmlElement } from "../xml/parse-strict-xml.ts";

/** An element whose signature had the one shape that is let through. */
export interface SignedElement {
  readonly element: XmlElement;
  readonly signature: XmlElement;
  /** Namespaces in scope around the element, by prefix. */
  readonly inScope: ReadonlyMap<string, string>;
  /** Base64 of the certificates that KeyInfo names. */
  readonly namedCertificates: readonly string[];
}

export interface SignedText {
  /** Canonical: the bytes that the signature covers. */
  readonly canonical: string;
  /** The same as the library spells it once it has read these bytes. */
  serialized(): string;
}

const EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#";

/**
 * The text of what is signed.
 * @param certificates PEM of those that may have signed; all are configured ones
 * @throws GAR_SIGN_IN_REFUSED
 */
export function verifySignedElement(signed: SignedElement, certificates: readonly string[]): SignedText {
  const { element, signature, inScope } = signed;
  const [signedInfo, signatureValue] = signature.children;
  const [canonicalization, method, reference] = signedInfo?.children ?? [];
  const [transforms, digestMethod, digestValue] = reference?.children ?? [];
  const exclusive = transforms?.children[1];
  if (signedInfo === undefined || signatureValue === undefined || digestValue === undefined)
    return refuse("unknownShape");

  const how = { inScope, without: signature, inclusive: prefixesOf(exclusive) };
  const text = canonicalize(element, how);
  const digest = hash(hashOf(digestMethod), text, "base64");
  if (digest !== withoutSpace(digestValue.text)) refuse("badSignature");

  const around = new Map([...inScope, ...element.declared, ...signature.declared]);
  const inclusive = prefixesOf(canonicalization);
  const signedText = Buffer.from(canonicalize(signedInfo, { inScope: around, inclusive }));
  const bytes = Buffer.from(withoutSpace(signatureValue.text), "base64");
  const algorithm = hashOf(method);
  if (!certificates.some((pem) => verify(algorithm, signedText, keyOf(pem), bytes))) refuse("badSignature");
  return { canonical: text, serialized: () => canonicalize(element, { ...how, serialized: true }) };
}

/** PrefixList of the InclusiveNamespaces of a method, `#default` as `""`. */
function prefixesOf(method: XmlElement | undefined): CanonicalOptions["inclusive"] {
  const list = method?.children.find(
    ({ name, namespace }) => name === "InclusiveNamespaces" && namespace === EXCLUSIVE,
  );
  const names = list?.attributes.get("PrefixList")?.split(/\s+/).filter(Boolean) ?? [];
  return names.length === 0 ? undefined : new Set(names.map((name) => (name === "#default" ? "" : name)));
}

/** The hash of a signature or digest method; its algorithm is of the list. */
function hashOf(method: XmlElement | undefined): "sha256" | "sha512" {
  return method?.attributes.get("Algorithm")?.endsWith("sha512") === true ? "sha512" : "sha256";
}

function withoutSpace(text: string): string {
  return text.replaceAll(/\s/g, "");
}

const MOST_KEYS = 32;
const keys = new Map<string, KeyObject>();

/** Reading a certificate costs more than verifying with its key: those of the configured ones are kept. */
function keyOf(pem: string): KeyObject {
  const known = keys.get(pem);
  if (known !== undefined) return known;
  if (keys.size >= MOST_KEYS) keys.clear();
  const key = createPublicKey(pem);
  keys.set(pem, key);
  return key;
}
