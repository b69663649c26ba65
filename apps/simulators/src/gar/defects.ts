/** What the identity provider can get wrong, one switch each. A strict service provider refuses every one of them. */
import { randomBytes } from "node:crypto";
import type { Faults } from "../faults.ts";
import { garPeople } from "./people.ts";
import { assertionXml, attributeList, type ResponseFields, responseXml } from "./response.ts";
import { saml } from "./saml.ts";
import { type Signer, signAssertion } from "./sign.ts";

export const defects = {
  unsigned: { says: "the assertion has no signature" },
  "wrong-key": { says: "the assertion is signed by a key that is not in the metadata" },
  sha1: { says: "signature and digest are SHA-1" },
  tampered: { says: "the identifier is changed after signing" },
  wrapped: {
    says: "signature wrapping: 1 a forged assertion before the signed one, 2 around it, 3 in its place with the signed one in Extensions",
    takes: { upTo: 3 },
  },
  "two-assertions": { says: "two signed assertions in one response" },
  replayed: { says: "the last response to this service provider is sent again" },
  expired: { says: "the assertion expired a minute ago" },
  "wrong-audience": { says: "the audience is another service provider" },
  "wrong-destination": { says: "Destination is another address" },
  "wrong-recipient": { says: "Recipient is another address" },
  "wrong-issuer": { says: "the issuer is another identity provider" },
  "failed-status": { says: "the status says that the sign-in failed, beside a signed assertion" },
  "sender-vouches": { says: "the subject is confirmed by sender-vouches instead of bearer" },
  "no-authn-statement": { says: "there is no AuthnStatement" },
  "duplicate-attribute": { says: "IDO comes twice, with two values" },
  unsolicited: { says: "the response answers no request" },
  "comment-in-identifier": { says: "a comment splits the identifier" },
  doctype: { says: "the document has a document type" },
  slow: { says: "waits that many seconds before it answers", takes: { upTo: 60 } },
} as const;

export type Defects = Faults<typeof defects>;

/** Somebody whom no signed assertion names; who becomes this person has been let in by a forgery. */
const nobody = "f".repeat(128);

/** The fields of an honest response, with those wrong that the switches say. */
export function spoiltFields(fields: ResponseFields, on: Defects): ResponseFields {
  const elsewhere = "https://elsewhere.example/saml/acs";
  const twice = on.get("duplicate-attribute") > 0 ? [["IDO", [nobody]] as const] : [];
  const expired = on.get("expired") > 0;
  return {
    ...fields,
    audience: on.get("wrong-audience") > 0 ? "https://elsewhere.example/saml" : fields.audience,
    destination: on.get("wrong-destination") > 0 ? elsewhere : fields.destination,
    recipient: on.get("wrong-recipient") > 0 ? elsewhere : fields.recipient,
    issuer: on.get("wrong-issuer") > 0 ? "https://elsewhere.example/idp" : fields.issuer,
    status: on.get("failed-status") > 0 ? saml.responder : fields.status,
    confirmation: on.get("sender-vouches") > 0 ? saml.senderVouches : fields.confirmation,
    withAuthnStatement: on.get("no-authn-statement") === 0,
    inResponseTo: on.get("unsolicited") > 0 ? undefined : fields.inResponseTo,
    issuedAt: expired ? fields.issuedAt - 600_000 : fields.issuedAt,
    expiresAt: expired ? fields.issuedAt - 60_000 : fields.expiresAt,
    attributes: [...fields.attributes, ...twice],
  };
}

/** The document that goes out: signed, then spoilt as the switches say. */
export function document(
  fields: ResponseFields,
  signers: { own: Signer; stranger: Signer },
  on: Defects,
): string {
  const plain = assertionXml(fields);
  const signer = on.get("wrong-key") > 0 ? signers.stranger : signers.own;
  const signed =
    on.get("unsigned") > 0 ? plain : signAssertion(plain, signer, on.get("sha1") > 0 ? "sha1" : "sha256");
  if (on.get("two-assertions") > 0) {
    const second = assertionXml({
      ...fields,
      assertionId: freshId(),
      attributes: attributesOfAnother(fields),
    });
    return responseXml(fields, signed, signAssertion(second, signer));
  }
  const wrapping = on.get("wrapped");
  if (wrapping > 0) return wrapped(fields, signed, wrapping);
  return spoiltText(responseXml(fields, signed), fields, on);
}

export function freshId(): string {
  return `_${randomBytes(20).toString("hex")}`;
}

function attributesOfAnother(fields: ResponseFields): ResponseFields["attributes"] {
  const identifier = fields.attributes.find(([name]) => name === "IDO")?.[1][0];
  const other = garPeople.find((each) => each.ido !== identifier);
  return attributeList(other?.attributes ?? {});
}

/** SAML Raider's XSW3, XSW4 and XSW7, built anew: the signature stays valid, over what nobody should read. */
function wrapped(fields: ResponseFields, signed: string, permutation: number): string {
  const forged = assertionXml({
    ...fields,
    assertionId: freshId(),
    attributes: fields.attributes.map(([name, values]) =>
      name === "IDO" ? [name, [nobody]] : [name, values],
    ),
  });
  if (permutation === 1) return responseXml(fields, forged, signed);
  if (permutation === 2) return responseXml(fields, forged.replace(/<\/saml2:Assertion>$/, `${signed}$&`));
  const extensions = `<saml2p:Extensions xmlns:saml2p="${saml.protocol}">${signed}</saml2p:Extensions>`;
  return responseXml(fields, forged).replace("<saml2p:Status>", `${extensions}$&`);
}

function spoiltText(xml: string, fields: ResponseFields, on: Defects): string {
  const identifier = fields.attributes.find(([name]) => name === "IDO")?.[1][0] ?? "";
  let text = xml;
  if (on.get("tampered") > 0) text = text.replace(identifier, nobody);
  if (on.get("comment-in-identifier") > 0) {
    text = text.replace(identifier, `${identifier.slice(0, 64)}<!-- -->${identifier.slice(64)}`);
  }
  if (on.get("doctype") > 0) text = `<!DOCTYPE saml2p:Response>${text}`;
  return text;
}
