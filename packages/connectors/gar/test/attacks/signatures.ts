/** Signatures: missing, false, weak, of something else, in another place (SAML core §5.4). */
import { stranger } from "../attempt.ts";
import {
  assertionXml,
  type Fields,
  ido,
  idpKey,
  responseXml,
  signedResponse,
  signXml,
} from "../identity-provider.ts";
import {
  type Attack,
  after,
  before,
  bothSigned,
  digestOf,
  forged,
  literal,
  signatureOf,
  signedAssertion,
  swap,
  withoutSignatures,
} from "./documents.ts";
import {
  ENVELOPED,
  EXCLUSIVE,
  HMAC_SHA1,
  HMAC_SHA256,
  INCLUSIVE,
  MD5,
  NONE,
  type OddSigning,
  oddTransforms,
  RSA_PSS,
  RSA_SHA1,
  SHA1,
  SHA256,
  signOddly,
} from "./sign-oddly.ts";

const ISSUER = "</saml:Issuer>";
const oddly = (f: Fields, odd: OddSigning) => responseXml(f, signOddly(assertionXml(f), odd));
const oddlyWhole = (f: Fields, odd: OddSigning) =>
  signOddly(signedResponse(f), { elements: ["Response"], ...odd });
const certificateOf = (pem: string) => pem.replaceAll(/-----[^-]+-----|\s/g, "");
const flipped = (xml: string) => swap(xml, ido("eve"), ido("admin"));
const reference = (uri: string) => (f: Fields) => swap(signedResponse(f), /URI="#[^"]*"/, `URI="${uri}"`);
const digest = (value: string) => (f: Fields) =>
  swap(signedResponse(f), /<DigestValue>[^<]*</, `<DigestValue>${value}<`);
const value = (text: string) => (f: Fields) =>
  swap(signedResponse(f), /<SignatureValue>[^<]*</, `<SignatureValue>${text}<`);
const keyInfo = (content: string) => (f: Fields) =>
  swap(
    signedResponse(f, { key: stranger }),
    /<KeyInfo>[\s\S]*<\/KeyInfo>/,
    `<KeyInfo>${literal(content)}</KeyInfo>`,
  );
const x509 = (pem: string) => `<X509Data><X509Certificate>${certificateOf(pem)}</X509Certificate></X509Data>`;

export const signatures: readonly Attack[] = [
  ["unsigned", (f) => responseXml(f, assertionXml(f)), "unsignedAssertion"],
  ["a Signature taken away", (f) => withoutSignatures(signedResponse(f)), "unsignedAssertion"],
  ["by a key that the metadata do not name", (f) => signedResponse(f, { key: stranger }), "badSignature"],
  [
    "by a stranger's key, naming the provider's certificate",
    (f) => signedResponse(f, { key: { ...stranger, certificate: idpKey.certificate } }),
    "badSignature",
  ],
  [
    "by a stranger, naming both certificates",
    keyInfo(x509(stranger.certificate) + x509(idpKey.certificate)),
    "badSignature",
  ],
  ["by a stranger, naming none", keyInfo("<KeyName>idp</KeyName>"), "badSignature"],
  [
    "by a stranger, giving a bare key",
    keyInfo(
      "<KeyValue><RSAKeyValue><Modulus>AQAB</Modulus><Exponent>AQAB</Exponent></RSAKeyValue></KeyValue>",
    ),
    "badSignature",
  ],
  [
    "by a stranger, with a key to fetch",
    keyInfo('<RetrievalMethod URI="https://evil.example/key"/>'),
    "unknownShape",
  ],
  [
    "an empty KeyInfo",
    (f) => swap(signedResponse(f), /<KeyInfo>[\s\S]*<\/KeyInfo>/, "<KeyInfo/>"),
    "unknownShape",
  ],
  [
    "an empty X509Data",
    (f) => swap(signedResponse(f), /<X509Data>[\s\S]*<\/X509Data>/, "<X509Data/>"),
    "unknownShape",
  ],
  [
    "an attribute that no KeyInfo has",
    (f) => swap(signedResponse(f), "<KeyInfo>", '<KeyInfo Algorithm="urn:x">'),
    "unknownShape",
  ],
  [
    "a sign in SignatureValue that base64 does not have",
    (f) => swap(signedResponse(f), "<SignatureValue>", "$&*"),
    "badSignature",
  ],
  [
    "a sign in the certificate that base64 does not have",
    (f) => swap(signedResponse(f), "<X509Certificate>", "$&&gt;"),
    "badSignature",
  ],
  ["a KeyInfo that is no certificate", keyInfo(x509("AAAA")), "badSignature"],
  ["changed after signing", (f) => flipped(signedResponse(f)), "badSignature"],
  ["both signed, changed after signing", (f) => flipped(bothSigned(f)), "badSignature"],
  [
    "only the Response signed",
    (f) => signXml(responseXml(f, assertionXml(f)), { element: "Response" }),
    "unsignedAssertion",
  ],
  [
    "the Response signed, then changed; assertion untouched",
    (f) => swap(bothSigned(f), `ID="${f.id}"`, `ID="${f.id}" Consent="urn:x"`),
    "badSignature",
  ],
  [
    "the Response signed by a stranger, the assertion by the provider",
    (f) => signXml(signedResponse(f), { element: "Response", key: stranger }),
    "badSignature",
  ],
  [
    "the Response signed by the provider, the assertion by a stranger",
    (f) => signXml(signedResponse(f, { key: stranger }), { element: "Response" }),
    "badSignature",
  ],
  ["an empty DigestValue", digest(""), "badSignature"],
  ["the digest of nothing (void canonicalisation, CVE-2025-66567)", digest(digestOf("")), "badSignature"],
  ["an empty SignatureValue", value(""), "badSignature"],
  ["another SignatureValue", value("AAAA"), "badSignature"],
  ["SHA-1", (f) => signedResponse(f, { hash: "sha1" }), "weakAlgorithm"],
  ["SHA-1 for the signature alone", (f) => oddly(f, { signature: RSA_SHA1 }), "weakAlgorithm"],
  ["SHA-1 for the digest alone", (f) => oddly(f, { digest: SHA1 }), "weakAlgorithm"],
  ["MD5 for the digest", (f) => oddly(f, { digest: MD5 }), "weakAlgorithm"],
  ["SHA-1 for the Response, SHA-2 within", (f) => oddlyWhole(f, { signature: RSA_SHA1 }), "weakAlgorithm"],
  ["RSA-PSS, which is not on the list", (f) => oddly(f, { signature: RSA_PSS }), "weakAlgorithm"],
  [
    "HMAC-SHA1 with the certificate as secret",
    (f) => flipped(oddly(f, { signature: HMAC_SHA1 })),
    "weakAlgorithm",
  ],
  [
    "HMAC-SHA256 with the certificate as secret",
    (f) => oddly(f, { signature: HMAC_SHA256 }),
    "weakAlgorithm",
  ],
  ["the algorithm none", (f) => oddly(f, { signature: NONE }), "weakAlgorithm"],
  ["no algorithm", (f) => swap(signedResponse(f), / Algorithm="[^"]*rsa-sha256"/, ""), "weakAlgorithm"],
  ["an algorithm in capitals", (f) => swap(signedResponse(f), "rsa-sha256", "RSA-SHA256"), "weakAlgorithm"],
  ["inclusive canonicalisation", (f) => oddly(f, { canonicalization: INCLUSIVE }), "weakAlgorithm"],
  [
    "canonicalisation with comments",
    (f) => oddly(f, { canonicalization: `${EXCLUSIVE}WithComments` }),
    "weakAlgorithm",
  ],
  [
    "inclusive canonicalisation as transform",
    (f) => oddly(f, { transforms: [ENVELOPED, INCLUSIVE] }),
    "weakAlgorithm",
  ],
  [
    "canonicalisation with comments as transform",
    (f) => oddly(f, { transforms: [ENVELOPED, `${EXCLUSIVE}WithComments`] }),
    "weakAlgorithm",
  ],
  ["no canonicalisation among the transforms", (f) => oddly(f, { transforms: [ENVELOPED] }), "unknownShape"],
  ["canonicalised twice", (f) => oddly(f, { transforms: [ENVELOPED, EXCLUSIVE, EXCLUSIVE] }), "unknownShape"],
  [
    "transforms the other way round",
    (f) => oddly(f, { transforms: [EXCLUSIVE, ENVELOPED] }),
    "weakAlgorithm",
  ],
  ...oddTransforms.flatMap((transform): Attack[] => [
    [
      `the transform ${transform}`,
      (f) => oddly(f, { transforms: [ENVELOPED, transform, EXCLUSIVE] }),
      "weakAlgorithm",
    ],
    [
      `the transform ${transform} at the end`,
      (f) => before(signedResponse(f), "</Transforms>", `<Transform Algorithm="${transform}"/>`),
      "unknownShape",
    ],
  ]),
  ["a Reference to the whole document", reference(""), "unknownShape"],
  [
    "the Response signed by a Reference to the whole document",
    (f) => oddlyWhole(f, { wholeDocument: true }),
    "unknownShape",
  ],
  ["a Reference without URI", (f) => swap(signedResponse(f), / URI="#[^"]*"/, ""), "unknownShape"],
  ["a Reference elsewhere", reference("https://evil.example/a.xml#x"), "unknownShape"],
  ["a Reference to a file", reference("file:///etc/hostname"), "unknownShape"],
  ["an XPointer to the root", reference("#xpointer(/)"), "unknownShape"],
  [
    "an XPointer to the ID",
    (f) => reference(`#xpointer(id(&apos;${f.assertionId}&apos;))`)(f),
    "unknownShape",
  ],
  ["a Reference to no ID", reference("#"), "unknownShape"],
  ["a Reference to another ID", reference("#_nobody"), "unknownShape"],
  [
    "the Response's Signature within the assertion",
    (f) => signOddly(responseXml(f, assertionXml(f)), { elements: ["Response"], inside: "Assertion" }),
    "unknownShape",
  ],
  [
    "the assertion's Signature in the Response alone",
    (f) => signOddly(responseXml(f, assertionXml(f)), { elements: ["Assertion"], inside: "Response" }),
  ],
  [
    "one Signature over Response and assertion",
    (f) => signOddly(responseXml(f, assertionXml(f)), { elements: ["Response", "Assertion"] }),
  ],
  [
    "two References",
    (f) => swap(signedResponse(f), /<Reference[\s\S]*<\/Reference>/, "$&$&"),
    "unknownShape",
  ],
  [
    "two SignedInfo (CVE-2025-29774)",
    (f) => swap(signedResponse(f), /<SignedInfo>[\s\S]*<\/SignedInfo>/, "$&$&"),
    "unknownShape",
  ],
  [
    "a forged SignedInfo beside the signed one",
    (f) => {
      const honest = signedResponse(f);
      const info = /<SignedInfo>[\s\S]*<\/SignedInfo>/.exec(honest)?.[0] ?? "";
      return flipped(
        before(honest, "<SignatureValue>", swap(info, /<DigestValue>[^<]*/, "<DigestValue>AAAA")),
      );
    },
    "unknownShape",
  ],
  [
    "the signed SignedInfo within an element of its own",
    (f) => swap(signedResponse(f), /<SignedInfo>[\s\S]*<\/SignedInfo>/, "<SignedInfo>$&</SignedInfo>"),
    "unknownShape",
  ],
  [
    "two SignatureValue",
    (f) => swap(signedResponse(f), /<SignatureValue>[^<]*<[^<]*>/, "$&$&"),
    "unknownShape",
  ],
  ["two DigestValue", (f) => swap(signedResponse(f), /<DigestValue>[^<]*<[^<]*>/, "$&$&"), "unknownShape"],
  [
    "two Transforms",
    (f) => swap(signedResponse(f), /<Transforms>[\s\S]*<\/Transforms>/, "$&$&"),
    "unknownShape",
  ],
  ["no Transforms", (f) => swap(signedResponse(f), /<Transforms>[\s\S]*<\/Transforms>/, ""), "unknownShape"],
  ["an Object", (f) => before(signedResponse(f), "</Signature>", "<Object>x</Object>"), "unknownShape"],
  [
    "a Manifest",
    (f) =>
      before(
        signedResponse(f),
        "</Signature>",
        '<Object><Manifest><Reference URI="#x"/></Manifest></Object>',
      ),
    "unknownShape",
  ],
  [
    "two Signatures",
    (f) => swap(signedResponse(f), /<Signature [\s\S]*<\/Signature>/, "$&$&"),
    "unknownShape",
  ],
  [
    "the Signature before the Issuer",
    (f) => {
      const signed = signedAssertion(f);
      return responseXml(f, before(withoutSignatures(signed), "<saml:Issuer>", signatureOf(signed)));
    },
  ],
  [
    "the Signature at the end of the assertion",
    (f) => {
      const signed = signedAssertion(f);
      return responseXml(f, before(withoutSignatures(signed), "</saml:Assertion>", signatureOf(signed)));
    },
    "unsignedAssertion",
  ],
  [
    "the Signature within Subject",
    (f) => {
      const signed = signedAssertion(f);
      return responseXml(f, before(withoutSignatures(signed), "</saml:Subject>", signatureOf(signed)));
    },
    "unsignedAssertion",
  ],
  [
    "a Signature of another namespace",
    (f) => swap(signedResponse(f), '<Signature xmlns="', '<Signature xmlns="urn:x:'),
    "unsignedAssertion",
  ],
  [
    "the Signature of another assertion",
    (f) => {
      const other = signatureOf(signedAssertion({ ...f, sessionIndex: "_other" }));
      return responseXml(f, after(assertionXml(f), ISSUER, other));
    },
    "badSignature",
  ],
  [
    "a signed error with a second Signature of the same value, which hides a forged assertion",
    (f) => {
      const failed = signXml(responseXml({ ...f, status: "urn:oasis:names:tc:SAML:2.0:status:Responder" }), {
        element: "Response",
      });
      const decoy = before(signatureOf(failed), "</Signature>", `<Object>${forged(f)}</Object>`);
      return before(failed, "<samlp:Status>", decoy);
    },
  ],
  [
    "a signed Response with a second Signature of the same value around a forged assertion",
    (f) => {
      const signed = bothSigned(f);
      const decoy = before(signatureOf(signed), "</Signature>", forged(f));
      return before(signed, "<saml:Assertion", decoy);
    },
  ],
  [
    "a signed assertion whose attributes hide in a second Signature of the same value",
    (f) => {
      const signed = signedAssertion(f);
      const statement =
        /<saml:AttributeStatement>[\s\S]*<\/saml:AttributeStatement>/.exec(forged(f))?.[0] ?? "";
      const decoy = before(signatureOf(signed), "</Signature>", statement);
      return responseXml(f, before(signed, "<saml:Subject>", decoy));
    },
  ],
];

/** Algorithms and shapes that honest providers use too. */
export const signatureControls: readonly Attack[] = [
  ["SHA-512", (f) => signedResponse(f, { hash: "sha512" })],
  ["both signed", bothSigned],
  ["the Signature with a prefix", (f) => oddly(f, { prefix: "ds" })],
  ["a list of inclusive prefixes", (f) => oddly(f, { inclusivePrefixes: ["xs"] })],
  ["the digest with SHA-256 as given", (f) => oddly(f, { digest: SHA256 })],
  ["SignatureValue in lines", (f) => swap(signedResponse(f), /<SignatureValue>.{64}/, "$&\n  ")],
  ["no KeyInfo", (f) => swap(signedResponse(f), /<KeyInfo>[\s\S]*<\/KeyInfo>/, "")],
];
