import { refuse } from "../refusal.ts";
import type { XmlElement } from "../xml/parse-strict-xml.ts";
import { onlyAttributes, readChildren, textOf } from "../xml/read-children.ts";
import { algorithms, saml } from "./saml-names.ts";

/**
 * The one shape of Signature that SAML allows (core §5.4): SignedInfo, SignatureValue, perhaps KeyInfo; one Reference,
 * to the element that holds it; enveloped, then exclusive C14N; algorithms of the list. No Object, so nothing can be
 * hidden in it. The certificates that KeyInfo names (base64) are returned to choose among the configured ones, never to
 * trust.
 * @throws GAR_SIGN_IN_REFUSED
 */
export function checkSignatureShape(signature: XmlElement, signedId: string): readonly string[] {
  const { signature: ds } = saml;
  const parts = readChildren(signature);
  const signedInfo = readChildren(parts.one(ds, "SignedInfo"));
  const value = parts.one(ds, "SignatureValue");
  base64Of(value);
  const keyInfo = parts.optional(ds, "KeyInfo");
  parts.end();
  onlyAttributes(signature, "Id");
  onlyAttributes(value, "Id");

  allow(signedInfo.one(ds, "CanonicalizationMethod"), new Set([algorithms.canonicalization]));
  allow(signedInfo.one(ds, "SignatureMethod"), algorithms.signatures);
  const reference = signedInfo.one(ds, "Reference");
  signedInfo.end();
  onlyAttributes(reference, "URI", "Id", "Type");
  if (reference.attributes.get("URI") !== `#${signedId}`) refuse("unknownShape");

  const referenceParts = readChildren(reference);
  const transforms = readChildren(referenceParts.one(ds, "Transforms"));
  allow(transforms.one(ds, "Transform"), new Set([algorithms.enveloped]));
  allow(transforms.one(ds, "Transform"), new Set([algorithms.canonicalization]));
  transforms.end();
  allow(referenceParts.one(ds, "DigestMethod"), algorithms.digests);
  base64Of(referenceParts.one(ds, "DigestValue"));
  referenceParts.end();

  return keyInfo === undefined ? [] : certificatesOf(keyInfo);
}

/**
 * Of a KeyInfo, which nobody signed: names, bare keys and certificates, and no others. A key to fetch is not among them.
 * @throws GAR_SIGN_IN_REFUSED
 */
function certificatesOf(keyInfo: XmlElement): readonly string[] {
  const certificates: string[] = [];
  if (keyInfo.children.length === 0) refuse("unknownShape");
  onlyAttributes(keyInfo, "Id");
  for (const child of keyInfo.children) {
    onlyAttributes(child);
    if (child.namespace !== saml.signature || !KEY_INFO.has(child.name)) refuse("unknownShape");
    if (child.name === "X509Data") certificates.push(...certificatesIn(child));
  }
  return certificates;
}

const KEY_INFO = new Set(["KeyName", "KeyValue", "X509Data"]);
const X509_DATA = new Set(["X509Certificate", "X509SubjectName", "X509IssuerSerial", "X509SKI"]);

function certificatesIn(data: XmlElement): readonly string[] {
  if (data.children.length === 0) refuse("unknownShape");
  for (const child of data.children) {
    onlyAttributes(child);
    if (child.namespace !== saml.signature || !X509_DATA.has(child.name)) refuse("unknownShape");
  }
  return data.children.filter(({ name }) => name === "X509Certificate").map(base64Of);
}

/** Base64 in its one spelling, but for space: a decoder that skips other signs reads what nobody wrote. */
function base64Of(element: XmlElement): string {
  const text = textOf(element);
  const base64 = text.replaceAll(/[\t\r\n ]/g, "");
  if (Buffer.from(base64, "base64").toString("base64") !== base64) refuse("badSignature");
  return text;
}

function allow(method: XmlElement, allowed: ReadonlySet<string>): void {
  onlyAttributes(method, "Algorithm");
  if (method.children.length === 0) readChildren(method).end();
  if (!allowed.has(method.attributes.get("Algorithm") ?? "")) refuse("weakAlgorithm");
}

/**
 * The library looks for References and Transforms anywhere: there are those of the signatures, and no others.
 * @throws GAR_SIGN_IN_REFUSED
 */
export function checkSignatureCount(elements: readonly XmlElement[], signatures: number): void {
  const count = (name: string) =>
    elements.filter((each) => each.namespace === saml.signature && each.name === name).length;
  if (count("Reference") !== signatures || count("Transform") !== 2 * signatures) refuse("unknownShape");
}

/** An element and all below it, but for one that is left out with what it holds. */
export function elementsOf(element: XmlElement, without?: XmlElement): readonly XmlElement[] {
  if (element === without) return [];
  return [element, ...element.children.flatMap((child) => elementsOf(child, without))];
}
