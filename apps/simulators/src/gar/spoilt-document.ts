/** The Response that goes out: signed and perhaps encrypted, then spoilt as the switches say. */
import { type Defects, freshId, nobody } from "./defects.ts";
import { encryptAssertion } from "./encrypt.ts";
import { garPeople } from "./people.ts";
import { assertionXml, attributeList, type ResponseFields, responseXml } from "./response.ts";
import { saml } from "./saml.ts";
import { type Signer, signElement } from "./sign.ts";

export interface Signers {
  readonly own: Signer;
  /** The one that follows when the certificates change. */
  readonly next: Signer;
  /** Whom no metadata name. */
  readonly stranger: Signer;
}

export interface DocumentOptions {
  readonly fields: ResponseFields;
  readonly signers: Signers;
  /** PEM; absent when the service provider's metadata have no key to encrypt for. */
  readonly encryptionCertificate: string | undefined;
  readonly on: Defects;
}

/** The signer of messages to service providers, with the switches as they are. */
export function signerOf(signers: Signers, on: Defects, wrong: boolean): Signer {
  if (wrong) return signers.stranger;
  return on.get("signs-with-next") > 0 ? signers.next : signers.own;
}

/** Which of the switches ask for encryption. */
export function isEncrypted(on: Defects): boolean {
  const names = [
    "encrypted",
    "encrypted-cbc",
    "encrypted-rsa15",
    "encrypted-damaged",
    "encrypted-for-another",
  ] as const;
  return names.some((name) => on.get(name) > 0);
}

/** The document of a response whose fields are spoilt already. */
export async function responseDocument(options: DocumentOptions): Promise<string> {
  const { fields, signers, on } = options;
  const hash = on.get("sha1") > 0 ? "sha1" : "sha256";
  const signer = signerOf(signers, on, on.get("wrong-key") > 0);
  const sign = (element: string) => signElement(element, signer, hash);
  const unsigned = on.get("unsigned") > 0 || on.get("response-signed") === 2;
  const plain = spoiltValues(assertionXml(fields), on);
  const { assertions, extensions } = arranged(fields, unsigned ? plain : sign(plain), sign, on);
  const spoilt = assertions.map((each) => spoiltAfterSigning(each, fields, on));
  const sent = isEncrypted(on) ? await Promise.all(spoilt.map((each) => encrypted(each, options))) : spoilt;
  const response = responseXml(fields, ...sent).replace("<saml2p:Status>", `${extensions}$&`);
  return spoiltText(on.get("response-signed") > 0 ? sign(response) : response, on);
}

function encrypted(assertion: string, { signers, encryptionCertificate, on }: DocumentOptions) {
  const stranger = on.get("encrypted-for-another") > 0 ? signers.stranger.certificate : undefined;
  return encryptAssertion(assertion, {
    certificate: stranger ?? encryptionCertificate ?? "",
    cbc: on.get("encrypted-cbc") > 0,
    rsa15: on.get("encrypted-rsa15") > 0,
    damaged: on.get("encrypted-damaged") > 0,
  });
}

/** Where the assertions stand. SAML Raider's XSW3, XSW4 and XSW7, built anew, and two honest ones side by side. */
function arranged(fields: ResponseFields, signed: string, sign: (element: string) => string, on: Defects) {
  if (on.get("two-assertions") > 0) {
    const attributes = attributesOfAnother(fields);
    return {
      assertions: [signed, sign(assertionXml({ ...fields, assertionId: freshId(), attributes }))],
      extensions: "",
    };
  }
  const forged = assertionXml({
    ...fields,
    assertionId: freshId(),
    attributes: fields.attributes.map(([name, values]) =>
      name === "IDO" ? [name, [nobody]] : [name, values],
    ),
  });
  switch (on.get("wrapped")) {
    case 1:
      return { assertions: [forged, signed], extensions: "" };
    case 2:
      return { assertions: [forged.replace(/<\/saml2:Assertion>$/, `${signed}$&`)], extensions: "" };
    case 3:
      return {
        assertions: [forged],
        extensions: `<saml2p:Extensions xmlns:saml2p="${saml.protocol}">${signed}</saml2p:Extensions>`,
      };
    default:
      return { assertions: [signed], extensions: "" };
  }
}

function attributesOfAnother(fields: ResponseFields): ResponseFields["attributes"] {
  const other = garPeople.find((each) => each.ido !== identifierOf(fields));
  return attributeList(other?.attributes ?? {});
}

function identifierOf(fields: ResponseFields): string {
  return fields.attributes.find(([name]) => name === "IDO")?.[1][0] ?? "";
}

const XSI = "http://www.w3.org/2001/XMLSchema-instance";
const XS = "http://www.w3.org/2001/XMLSchema";
const TYPED = [
  (value: string) =>
    `<saml2:AttributeValue xmlns:xsi="${XSI}" xmlns:xs="${XS}" xsi:type="xs:integer">${value}</saml2:AttributeValue>`,
  (value: string) => `<saml2:AttributeValue><value xmlns="">${value}</value></saml2:AttributeValue>`,
  (value: string) =>
    `<saml2:AttributeValue xmlns:xsi="${XSI}" xsi:nil="true">${value}</saml2:AttributeValue>`,
] as const;

/** Types of the first value, IDO's, before it is signed. */
function spoiltValues(assertion: string, on: Defects): string {
  const typed = TYPED[on.get("bad-attribute-types") - 1];
  if (typed === undefined) return assertion;
  return assertion.replace(/<saml2:AttributeValue>([^<]*)<\/saml2:AttributeValue>/, (_all, value: string) =>
    typed(value),
  );
}

/** What changes the signed bytes, or what they say to a careless reader: canonical XML drops comments and CDATA. */
function spoiltAfterSigning(assertion: string, fields: ResponseFields, on: Defects): string {
  const identifier = identifierOf(fields);
  const [start, end] = [identifier.slice(0, 64), identifier.slice(64)];
  let text = assertion;
  if (on.get("tampered") > 0) text = text.replace(identifier, nobody);
  if (on.get("comment-in-identifier") > 0) text = text.replace(identifier, `${start}<!-- -->${end}`);
  if (on.get("cdata-in-identifier") > 0) text = text.replace(identifier, `${start}<![CDATA[${end}]]>`);
  return text;
}

const HUNDRED_KB = 102_400;

function spoiltText(xml: string, on: Defects): string {
  let text = xml;
  if (on.get("relative-namespace") > 0) {
    text = text.replace("<saml2p:Response ", `$&xmlns:relative="../elsewhere" `);
  }
  const padding = on.get("oversized");
  if (padding > 0) text = text.replace("</saml2p:Response>", `${" ".repeat(padding * HUNDRED_KB)}$&`);
  if (on.get("processing-instruction") > 0) text = `<?elsewhere href="https://elsewhere.example"?>${text}`;
  if (on.get("doctype") > 0) text = `<!DOCTYPE saml2p:Response>${text}`;
  return text;
}
