/**
 * The gate in front of the library. It reads the document once, strictly, and lets through the one shape of response
 * that an honest identity provider sends; signature wrapping needs another. It bounds what the library costs: of a flat
 * document of 60 kB the library alone needs seconds. Nothing read here is believed: claims come from the verified bytes.
 */
import { isUtf8 } from "node:buffer";
import { refuse } from "../refusal.ts";
import type { XmlElement } from "../xml/parse-strict-xml.ts";
import { onlyAttributes, readChildren } from "../xml/read-children.ts";
import {
  type Assertion,
  checkAssertion,
  checkHead,
  checkIssuer,
  type Expectations,
} from "./check-assertion.ts";
import { checkSignatureCount, checkSignatureShape, elementsOf } from "./check-signature-shape.ts";
import type { Decrypted } from "./decrypt-element.ts";
import { parse } from "./parse-message.ts";
import { saml } from "./saml-names.ts";
import type { SignedElement } from "./verify-signed-element.ts";

/**
 * A response of a teacher with sixty groups has some 250 elements and 25 kB. The library's cost grows with the square of
 * the elements, and with every namespace in whose scope they are.
 */
export const responseCaps = {
  characters: 65_536,
  elements: 300,
  depth: 12,
  attributes: 1_000,
  attributesOfElement: 16,
  namespaces: 64,
};
/** Elements that are not of the AttributeStatement: an honest response has some 30, with both signatures 50. */
const MOST_OTHER_ELEMENTS = 80;

const MOST_BASE64_CHARACTERS = 100_000;

export interface CheckedResponse {
  /** The document in base64 without line ends, for the library: the bytes that were read here. */
  readonly encoded: string;
  /** The Response has a signature of its own, which must then be valid too. */
  readonly responseIsSigned: boolean;
  /** What is signed: the Response if it is, and the Assertion last. Certificates named there are a hint which to try. */
  readonly signed: readonly SignedElement[];
  /** As the document says before verification: to compare, never to believe. */
  readonly unverified: Assertion;
}

/** A response whose assertion is still encrypted: nothing in it says whose it is. */
export interface EncryptedResponse {
  readonly xml: string;
  readonly encrypted: XmlElement;
  readonly inResponseTo: string | undefined;
  /** The Response, when it has a signature of its own. */
  readonly signed: SignedElement | undefined;
}

/** @throws GAR_SIGN_IN_REFUSED */
export function checkResponse(encoded: string, expected: Expectations): CheckedResponse | EncryptedResponse {
  const base64 = joined(encoded);
  const xml = textIn(base64);
  const response = parse(xml, responseCaps);
  if (response.namespace !== saml.protocol || response.name !== "Response") refuse("unknownShape");
  if (response.attributes.get("Destination") !== expected.consumer) refuse("wrongDestination");
  const id = checkHead(response, expected, ["InResponseTo", "Destination", "Consent"]);
  const inResponseTo = response.attributes.get("InResponseTo");

  const parts = readChildren(response);
  const issuer = parts.optional(saml.assertion, "Issuer");
  const signature = parts.optional(saml.signature, "Signature");
  checkStatus(parts.one(saml.protocol, "Status"));
  const encrypted = parts.optional(saml.assertion, "EncryptedAssertion");
  const assertion = encrypted ?? parts.one(saml.assertion, "Assertion");
  parts.end();

  if (issuer !== undefined) checkIssuer(issuer, expected.issuer);
  // profiles §4.1.4.2: a response that is signed, or holds a ciphertext, names its issuer
  else if (signature !== undefined || encrypted !== undefined) refuse("wrongIssuer");
  const signed = signature === undefined ? undefined : signedElement(response, signature, id, new Map());
  if (encrypted !== undefined) {
    checkCounts(response, undefined, signed === undefined ? 0 : 1);
    return { xml, encrypted, inResponseTo, signed };
  }
  const one = checkOne(assertion, response.declared, { expected, inResponseTo });
  const all = [...(signed === undefined ? [] : [signed]), one.signed];
  checkCounts(response, assertion, all.length);
  return {
    encoded: base64,
    responseIsSigned: signature !== undefined,
    signed: all,
    unverified: one.unverified,
  };
}

/**
 * An assertion that was decrypted, in a document of ours that holds it as it came: the library verifies the bytes that were
 * read here, and no second reader or decryptor has another opinion of them.
 * @throws GAR_SIGN_IN_REFUSED
 */
export function checkDecrypted(
  { xml, root }: Decrypted,
  inResponseTo: string | undefined,
  expected: Expectations,
): CheckedResponse {
  const { signed, unverified } = checkOne(root, new Map(), { expected, inResponseTo });
  checkCounts(root, root, 1);
  const status = `<samlp:Status><samlp:StatusCode Value="${saml.success}"/></samlp:Status>`;
  const document = `<samlp:Response xmlns:samlp="${saml.protocol}" Version="2.0">${status}${xml}</samlp:Response>`;
  return {
    encoded: Buffer.from(document).toString("base64"),
    responseIsSigned: false, // its signature covers the ciphertext, and was verified before
    signed: [signed],
    unverified,
  };
}

interface Answering {
  readonly expected: Expectations;
  /** Of the Response around it. */
  readonly inResponseTo: string | undefined;
}

function checkOne(assertion: XmlElement, inScope: SignedElement["inScope"], answering: Answering) {
  const signed = signedAssertion(assertion, inScope);
  const unverified = checkAssertion(assertion, answering.expected);
  if (answering.inResponseTo !== unverified.inResponseTo) refuse("unsolicited");
  return { signed, unverified };
}

/** Of the document without the values of the assertion, of which there are many. */
function checkCounts(root: XmlElement, assertion: XmlElement | undefined, signatures: number): void {
  const statement = assertion?.children.find(({ name }) => name === "AttributeStatement");
  const others = elementsOf(root, statement);
  if (others.length > MOST_OTHER_ELEMENTS) refuse("unknownShape");
  checkSignatureCount(others, signatures);
}

/** Base64 without the line ends that it may have (RFC 2045). */
function joined(encoded: string): string {
  if (encoded.length > MOST_BASE64_CHARACTERS) refuse("notBase64");
  return /\s/.test(encoded) ? encoded.replaceAll(/[\t\r\n ]/g, "") : encoded;
}

const MARK = Buffer.from("\uFEFF");

/** The text of a document in UTF-8, without byte order mark: readers differ about that one. */
function textIn(base64: string): string {
  const bytes = Buffer.from(base64, "base64");
  if (bytes.length === 0 || bytes.toString("base64") !== base64) refuse("notBase64"); // another alphabet, or another spelling
  return isUtf8(bytes) && !bytes.subarray(0, MARK.length).equals(MARK)
    ? bytes.toString("utf8")
    : refuse("notXml");
}

/** Success, and nothing but success: an assertion beside a failed status is not one to use. */
function checkStatus(status: XmlElement): void {
  const parts = readChildren(status);
  const code = status.children[0];
  if (code?.attributes.get("Value") !== saml.success || code.children.length > 0) refuse("failedStatus");
  readChildren(code).end();
  onlyAttributes(parts.one(saml.protocol, "StatusCode"), "Value");
  parts.optional(saml.protocol, "StatusMessage");
  parts.end();
  onlyAttributes(status);
}

function signedAssertion(assertion: XmlElement, inScope: SignedElement["inScope"]): SignedElement {
  const signature = assertion.children[1];
  if (signature?.namespace !== saml.signature || signature.name !== "Signature") refuse("unsignedAssertion");
  return signedElement(
    assertion,
    signature,
    assertion.attributes.get("ID") ?? refuse("unknownShape"),
    inScope,
  );
}

function signedElement(
  element: XmlElement,
  signature: XmlElement,
  id: string,
  inScope: SignedElement["inScope"],
): SignedElement {
  return { element, signature, inScope, namedCertificates: checkSignatureShape(signature, id) };
}
