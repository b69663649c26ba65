/** Confirmations, statements and attributes of an assertion (SAML core §2.4 to §2.7). */
import { assertionXml, attributeXml, type Fields, ido, teacher } from "../identity-provider.ts";
import { type Attack, after, before, swap } from "./documents.ts";
import { assertion, at, attribute, envelope, field, saml } from "./wrong-field.ts";

const STATEMENT = /<saml:AttributeStatement>[\s\S]*<\/saml:AttributeStatement>/;
const AUTHN = /<saml:AuthnStatement [\s\S]*<\/saml:AuthnStatement>/;
const bearer = (f: Fields) =>
  /<saml:SubjectConfirmation [\s\S]*<\/saml:SubjectConfirmation>/.exec(assertionXml(f))?.[0] ?? "";

const confirmations: readonly Attack[] = [
  field("sender-vouches", () => ({ method: `${saml}:cm:sender-vouches` }), "wrongConfirmation"),
  field("holder-of-key", () => ({ method: `${saml}:cm:holder-of-key` }), "wrongConfirmation"),
  field("no method of confirmation", () => ({ method: "" }), "wrongConfirmation"),
  field(
    "the bearer of SAML 1.1",
    () => ({ method: "urn:oasis:names:tc:SAML:1.0:cm:bearer" }),
    "wrongConfirmation",
  ),
  field(
    "a confirmation that begins",
    (f) => ({ confirmationExtra: ` NotBefore="${at(f.issuedAt)}"` }),
    "wrongConfirmation",
  ),
  assertion("no SubjectConfirmation", (xml, f) => swap(xml, bearer(f), "")),
  assertion("two bearer confirmations", (xml, f) => after(xml, "</saml:SubjectConfirmation>", bearer(f))),
  assertion("a confirmation by another beside the bearer's", (xml, f) =>
    after(xml, "</saml:SubjectConfirmation>", swap(bearer(f), "cm:bearer", "cm:sender-vouches")),
  ),
  assertion("a bearer's confirmation after another", (xml, f) =>
    before(xml, "<saml:SubjectConfirmation ", swap(bearer(f), "cm:bearer", "cm:sender-vouches")),
  ),
  assertion(
    "no SubjectConfirmationData",
    (xml) => swap(xml, /<saml:SubjectConfirmationData[^>]*>/, ""),
    "wrongConfirmation",
  ),
  assertion("a confirmation for another subject", (xml) =>
    before(xml, "<saml:SubjectConfirmationData", "<saml:NameID>admin</saml:NameID>"),
  ),
  assertion("a key within the confirmation", (xml) =>
    swap(
      xml,
      /(<saml:SubjectConfirmationData[^>]*)\/>/,
      '$1><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></saml:SubjectConfirmationData>',
    ),
  ),
  assertion("no Subject", (xml) => swap(xml, /<saml:Subject>[\s\S]*<\/saml:Subject>/, "")),
  assertion("two Subjects", (xml) => swap(xml, /<saml:Subject>[\s\S]*<\/saml:Subject>/, "$&$&")),
  field("an empty NameID", () => ({ nameId: "" }), "unknownShape"),
  assertion("two NameIDs", (xml) => before(xml, "<saml:NameID>", "<saml:NameID>admin</saml:NameID>")),
  assertion("a BaseID for the NameID", (xml) =>
    swap(xml, /<saml:NameID>[\s\S]*<\/saml:NameID>/, "<saml:BaseID/>"),
  ),
  assertion("an EncryptedID", (xml) =>
    swap(xml, /<saml:NameID>[\s\S]*<\/saml:NameID>/, "<saml:EncryptedID/>"),
  ),
];

const statements: readonly Attack[] = [
  assertion("no AuthnStatement", (xml) => swap(xml, AUTHN, ""), "noAuthnStatement"),
  assertion("two AuthnStatements", (xml) => swap(xml, AUTHN, "$&$&")),
  assertion("an AuthnStatement without context", (xml) =>
    swap(xml, /<saml:AuthnContext>[\s\S]*<\/saml:AuthnContext>/, ""),
  ),
  assertion("an AuthzDecisionStatement", (xml) =>
    before(xml, "<saml:AttributeStatement>", '<saml:AuthzDecisionStatement Resource="x" Decision="Permit"/>'),
  ),
  assertion("a Statement of another kind", (xml) =>
    before(xml, "<saml:AttributeStatement>", "<saml:Statement/>"),
  ),
  assertion("Advice", (xml) => before(xml, "<saml:AuthnStatement ", "<saml:Advice/>")),
  assertion("no AttributeStatement", (xml) => swap(xml, STATEMENT, "")),
  assertion(
    "an empty AttributeStatement",
    (xml) => swap(xml, STATEMENT, "<saml:AttributeStatement/>"),
    "malformedIdentifier",
  ),
  assertion("two AttributeStatements", (xml) => swap(xml, STATEMENT, "$&$&")),
  assertion("an empty AttributeStatement before the other", (xml) =>
    before(xml, "<saml:AttributeStatement>", "<saml:AttributeStatement></saml:AttributeStatement>"),
  ),
  assertion("no ID of the assertion", (xml) => swap(xml, / ID="[^"]*"/, "")),
  envelope("no ID of the Response", (xml) => swap(xml, / ID="[^"]*"/, "")),
  field(
    "an unknown condition",
    () => ({
      conditionsExtra:
        '<saml:Condition xmlns:x="urn:x" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="x:y"/>',
    }),
    "unknownShape",
  ),
  field(
    "a ProxyRestriction",
    () => ({ conditionsExtra: '<saml:ProxyRestriction Count="0"/>' }),
    "unknownShape",
  ),
  field(
    "OneTimeUse twice",
    () => ({ conditionsExtra: "<saml:OneTimeUse/><saml:OneTimeUse/>" }),
    "unknownShape",
  ),
];

const attributes: readonly Attack[] = [
  attribute("an attribute twice", attributeXml("IDO", [ido("admin")]), "duplicateAttribute"),
  attribute(
    "the same attribute with the same value",
    attributeXml("IDO", teacher["IDO"] ?? []),
    "duplicateAttribute",
  ),
  attribute(
    "an attribute twice, in another name format",
    swap(attributeXml("IDO", [ido("admin")]), " Name=", ` NameFormat="${saml}:attrname-format:uri" Name=`),
    "duplicateAttribute",
  ),
  attribute(
    "a friendly name that is another's name",
    swap(attributeXml("urn:oid:1.2.3", [ido("admin")]), " Name=", ' FriendlyName="IDO" Name='),
    "duplicateAttribute",
  ),
  attribute(
    "a friendly name twice",
    ["urn:oid:1.2.3", "urn:oid:1.2.4"]
      .map((name) => swap(attributeXml(name, ["x"]), " Name=", ' FriendlyName="mail" Name='))
      .join(""),
    "duplicateAttribute",
  ),
  attribute(
    "an attribute without name",
    "<saml:Attribute><saml:AttributeValue>x</saml:AttributeValue></saml:Attribute>",
  ),
  attribute("an attribute with an empty name", attributeXml("", ["x"])),
  ...["__proto__", "constructor", "toString"].map((name) =>
    attribute(`an attribute named ${name}`, attributeXml(name, [ido("admin")]), "unknownShape"),
  ),
  attribute("an encrypted attribute", "<saml:EncryptedAttribute/>"),
  attribute(
    "a value with an element",
    '<saml:Attribute Name="X"><saml:AttributeValue><saml:NameID>x</saml:NameID></saml:AttributeValue></saml:Attribute>',
    "unknownShape",
  ),
  attribute(
    "an attribute with something else than values",
    '<saml:Attribute Name="X"><saml:Value>x</saml:Value></saml:Attribute>',
  ),
  field(
    "two identifiers",
    () => ({ attributes: { ...teacher, IDO: [ido("eve"), ido("admin")] } }),
    "malformedIdentifier",
  ),
  field(
    "the same identifier twice",
    () => ({ attributes: { ...teacher, IDO: [ido("eve"), ido("eve")] } }),
    "malformedIdentifier",
  ),
  field("no identifier", () => ({ attributes: { PRO: ["National_ens"] } }), "malformedIdentifier"),
  field("an empty identifier", () => ({ attributes: { ...teacher, IDO: [""] } }), "malformedIdentifier"),
  field(
    "an identifier with a space",
    () => ({ attributes: { ...teacher, IDO: [`${ido("eve")} ${ido("admin")}`] } }),
    "malformedIdentifier",
  ),
  field(
    "an identifier of two lines",
    () => ({ attributes: { ...teacher, IDO: [`${ido("eve")}\n${ido("admin")}`] } }),
    "malformedIdentifier",
  ),
  field(
    "an identifier named __proto__",
    () => ({ attributes: { ["__proto__"]: [ido("eve")], PRO: ["National_ens"] } }),
    "unknownShape",
  ),
  field(
    "an identifier in small letters",
    () => ({ attributes: { ido: [ido("eve")], PRO: ["National_ens"] } }),
    "malformedIdentifier",
  ),
  field(
    "the NameID for the identifier",
    (f) => ({ nameId: ido("eve"), attributes: { PRO: ["National_ens"], ID: [f.id] } }),
    "malformedIdentifier",
  ),
];

export const wrongAssertion: readonly Attack[] = [...confirmations, ...statements, ...attributes];
