/** An identity provider of the tests' own, in which every field can be wrong. Independent of the simulator. */
import { createHash, generateKeyPairSync } from "node:crypto";
import { type Instant, instant } from "@preau/kernel";
import { SignedXml } from "xml-crypto";
import { selfSignedCertificate } from "../src/saml/self-signed-certificate.ts";

export const idpEntityId = "https://idp.example/cas/idp";
export const signOnUrl = "https://idp.example/idp/profile/SAML2/Redirect/SSO";

export interface Key {
  readonly privateKey: string;
  readonly certificate: string;
}

export function makeKey(name = "IdP", from: Instant = instant("2026-01-01T00:00:00.000Z")): Key {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    certificate: selfSignedCertificate(privateKey, { name, from, days: 3650 }),
  };
}

/** One key for all tests of a process: making one takes a second. */
export const idpKey = makeKey();

function bodyOf(pem: string): string {
  return pem.replaceAll(/-----[^-]+-----|\s/g, "");
}

export function idpMetadata(
  keys: readonly Key[] = [idpKey],
  more: { validUntil?: string; entityId?: string; logout?: string } = {},
) {
  const descriptors = keys.map(
    ({ certificate }) =>
      `<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>` +
      `<ds:X509Certificate>${bodyOf(certificate)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`,
  );
  const validUntil = more.validUntil === undefined ? "" : ` validUntil="${more.validUntil}"`;
  return (
    `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata"${validUntil} entityID="${more.entityId ?? idpEntityId}">` +
    `<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">${descriptors.join("")}${more.logout ?? ""}` +
    `<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${signOnUrl}"/>` +
    `</md:IDPSSODescriptor></md:EntityDescriptor>`
  );
}

/** An opaque identifier in the GAR's shape. */
export function ido(name: string): string {
  return createHash("sha512").update(name).digest("hex");
}

/** Values that must never be found at rest: looked for in raw bytes. */
export const teacher: Record<string, readonly string[]> = {
  IDO: [ido("eve")],
  UAI: ["0999999F", "0999998E"],
  PRO: ["National_ens"],
  NOM: ["ZÉPHYRINOT"],
  PRE: ["Éve-Aurore"],
  CIV: ["Mme"],
  P_MEL: ["eve.zephyrinot@ac-essai.test"],
  DIV: ["900001~CPA##CP Hirondelles", "900001~CPB##CP B"],
  GRO: ["900001~LECT1##Lecture 1"],
  DIV_APP: ["900001~LECT1||900001~CPA##CP Hirondelles"],
  P_MS4: ["0112"],
  P_MAT: ["0123456789abcdef0123456789abcdef##MATIERE SECRETE"],
};

export interface Fields {
  id: string;
  assertionId: string;
  inResponseTo: string | undefined;
  responseInResponseTo: string | undefined;
  version: string;
  destination: string | undefined;
  responseIssuer: string | undefined;
  issuer: string;
  status: string;
  nameId: string;
  method: string;
  recipient: string | undefined;
  audience: string | undefined;
  confirmationExtra: string;
  conditionsExtra: string;
  sessionIndex: string;
  /** Epoch milliseconds. */
  issuedAt: number;
  notBefore: number;
  notOnOrAfter: number;
  confirmationEnd: number;
  authnStatement: string | undefined;
  attributes: Record<string, readonly string[]>;
  attributesExtra: string;
}

const saml = "urn:oasis:names:tc:SAML:2.0";
const at = (milliseconds: number) => new Date(milliseconds).toISOString();
let serial = 0;

export interface Asked {
  readonly requestId: string;
  readonly now: number;
  readonly consumer: string;
  readonly audience: string;
}

/** Honest fields for a request. */
export function honest({ requestId, now, consumer, audience }: Asked): Fields {
  serial += 1;
  return {
    id: `_response${serial}-${now}`,
    assertionId: `_assertion${serial}-${now}`,
    inResponseTo: requestId,
    responseInResponseTo: requestId,
    version: "2.0",
    destination: consumer,
    responseIssuer: idpEntityId,
    issuer: idpEntityId,
    status: `${saml}:status:Success`,
    nameId: "_transient-name-id",
    method: `${saml}:cm:bearer`,
    recipient: consumer,
    audience,
    confirmationExtra: "",
    conditionsExtra: "",
    sessionIndex: `_session${serial}`,
    issuedAt: now,
    notBefore: now - 5_000,
    notOnOrAfter: now + 300_000,
    confirmationEnd: now + 300_000,
    authnStatement: undefined,
    attributes: teacher,
    attributesExtra: "",
  };
}

const attr = (name: string, value: string | undefined) => (value === undefined ? "" : ` ${name}="${value}"`);

function escapeText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

export function attributeXml(name: string, values: readonly string[]): string {
  const list = values.map((value) => `<saml:AttributeValue>${escapeText(value)}</saml:AttributeValue>`);
  return `<saml:Attribute Name="${name}">${list.join("")}</saml:Attribute>`;
}

export function assertionXml(f: Fields): string {
  const statement =
    f.authnStatement ??
    `<saml:AuthnStatement AuthnInstant="${at(f.issuedAt)}" SessionIndex="${f.sessionIndex}"><saml:AuthnContext>` +
      `<saml:AuthnContextClassRef>${saml}:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`;
  const audience =
    f.audience === undefined
      ? ""
      : `<saml:AudienceRestriction><saml:Audience>${f.audience}</saml:Audience></saml:AudienceRestriction>`;
  return (
    `<saml:Assertion xmlns:saml="${saml}:assertion" ID="${f.assertionId}" IssueInstant="${at(f.issuedAt)}" Version="${f.version}">` +
    `<saml:Issuer>${f.issuer}</saml:Issuer>` +
    `<saml:Subject><saml:NameID>${f.nameId}</saml:NameID><saml:SubjectConfirmation Method="${f.method}">` +
    `<saml:SubjectConfirmationData${attr("InResponseTo", f.inResponseTo)} NotOnOrAfter="${at(f.confirmationEnd)}"` +
    `${attr("Recipient", f.recipient)}${f.confirmationExtra}/></saml:SubjectConfirmation></saml:Subject>` +
    `<saml:Conditions NotBefore="${at(f.notBefore)}" NotOnOrAfter="${at(f.notOnOrAfter)}">${audience}${f.conditionsExtra}</saml:Conditions>` +
    statement +
    `<saml:AttributeStatement>${Object.entries(f.attributes)
      .map(([name, values]) => attributeXml(name, values))
      .join("")}${f.attributesExtra}</saml:AttributeStatement></saml:Assertion>`
  );
}

export function responseXml(f: Fields, ...content: readonly string[]): string {
  const issuer =
    f.responseIssuer === undefined
      ? ""
      : `<saml:Issuer xmlns:saml="${saml}:assertion">${f.responseIssuer}</saml:Issuer>`;
  return (
    `<samlp:Response xmlns:samlp="${saml}:protocol" ID="${f.id}"${attr("InResponseTo", f.responseInResponseTo)}` +
    `${attr("Destination", f.destination)} IssueInstant="${at(f.issuedAt)}" Version="${f.version}">${issuer}` +
    `<samlp:Status><samlp:StatusCode Value="${f.status}"/></samlp:Status>${content.join("")}</samlp:Response>`
  );
}

export interface Signing {
  readonly key?: Key;
  readonly hash?: "sha1" | "sha256" | "sha512";
  /** Local name of the element to sign. */
  readonly element?: "Assertion" | "Response" | "LogoutRequest" | "LogoutResponse";
}

const hashes = {
  sha1: ["http://www.w3.org/2000/09/xmldsig#rsa-sha1", "http://www.w3.org/2000/09/xmldsig#sha1"],
  sha256: ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "http://www.w3.org/2001/04/xmlenc#sha256"],
  sha512: ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", "http://www.w3.org/2001/04/xmlenc#sha512"],
} as const;

/** Signs one element of a document, the Signature right after its Issuer. */
export function signXml(
  xml: string,
  { key = idpKey, hash = "sha256", element = "Assertion" }: Signing = {},
): string {
  const [signatureAlgorithm, digestAlgorithm] = hashes[hash];
  const exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
  const target = `//*[local-name(.)='${element}']`;
  const signed = new SignedXml({
    privateKey: key.privateKey,
    publicCert: key.certificate,
    signatureAlgorithm,
    canonicalizationAlgorithm: exclusive,
  });
  signed.addReference({
    xpath: target,
    transforms: ["http://www.w3.org/2000/09/xmldsig#enveloped-signature", exclusive],
    digestAlgorithm,
  });
  signed.computeSignature(xml, {
    location: { reference: `${target}/*[local-name(.)='Issuer']`, action: "after" },
  });
  return signed.getSignedXml();
}

/** An honest document: the assertion signed. */
export function signedResponse(fields: Fields, signing: Signing = {}): string {
  return responseXml(fields, signXml(assertionXml(fields), signing));
}

export function base64(xml: string): string {
  return Buffer.from(xml, "utf8").toString("base64");
}
