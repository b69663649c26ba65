/**
 * Signature wrapping: the eight permutations of "On Breaking SAML" (Somorovsky et al., 2012) over live-signed documents, and
 * other places where a verifier looks and a reader does not. In each the forged assertion has an ID of its own, that of the
 * signed one, or none.
 */
import { type Fields, responseXml, signedResponse, signXml } from "../identity-provider.ts";
import {
  type Attack,
  after,
  before,
  bothSigned,
  forged,
  literal,
  signatureOf,
  signedAssertion,
  swap,
  within,
  withoutSignatures,
} from "./documents.ts";

type Wrap = (fields: Fields, evil: string) => string;

const ISSUER = "</saml:Issuer>";
const STATUS = "<samlp:Status>";
const ASSERTION = /<saml:Assertion[\s\S]*<\/saml:Assertion>/;
const evilResponse = (f: Fields, content: string) => responseXml({ ...f, id: "_forgedresponse" }, content);
const wholeSigned = (f: Fields) => signXml(responseXml(f, signedAssertion(f)), { element: "Response" });
const extensions = (content: string) => `<samlp:Extensions>${content}</samlp:Extensions>`;
const intoSignature = (signature: string, content: string) => before(signature, "</Signature>", content);
const inObject = (content: string) => `<Object>${content}</Object>`;

/** The signed Response moves, and a forged one takes its place. */
const ofResponse: readonly [string, Wrap][] = [
  [
    "XSW1: the signed Response within the Signature of a forged one",
    (f, evil) => {
      const signed = wholeSigned(f);
      const signature = intoSignature(signatureOf(signed), withoutSignatures(signed));
      return before(evilResponse(f, evil), STATUS, signature);
    },
  ],
  [
    "XSW2: the signed Response beside its detached Signature in a forged one",
    (f, evil) => {
      const signed = wholeSigned(f);
      return before(evilResponse(f, evil), STATUS, signatureOf(signed) + withoutSignatures(signed));
    },
  ],
  ["the signed Response ends a forged one", (f, evil) => within(evilResponse(f, evil), wholeSigned(f))],
  [
    "the signed Response in Extensions of a forged one",
    (f, evil) => before(evilResponse(f, evil), STATUS, extensions(wholeSigned(f))),
  ],
  ["a forged Response within the signed one", (f, evil) => within(wholeSigned(f), evilResponse(f, evil))],
];

/** The signed Assertion moves, or stays and is not the one that is read. */
const ofAssertion: readonly [string, Wrap][] = [
  ["XSW3: a forged assertion before the signed one", (f, evil) => responseXml(f, evil, signedAssertion(f))],
  ["XSW3, after it", (f, evil) => responseXml(f, signedAssertion(f), evil)],
  ["XSW4: the signed one within a forged one", (f, evil) => responseXml(f, within(evil, signedAssertion(f)))],
  [
    "XSW5: the Signature in a forged assertion, what it signed at the end",
    (f, evil) => {
      const signed = signedAssertion(f);
      return responseXml(f, after(evil, ISSUER, signatureOf(signed)), withoutSignatures(signed));
    },
  ],
  [
    "XSW6: the signed assertion within the Signature of a forged one",
    (f, evil) => {
      const signed = signedAssertion(f);
      const signature = intoSignature(signatureOf(signed), withoutSignatures(signed));
      return responseXml(f, after(evil, ISSUER, signature));
    },
  ],
  [
    "XSW7: a forged assertion in Extensions",
    (f, evil) => before(signedResponse(f), STATUS, extensions(evil)),
  ],
  [
    "XSW7, the signed one in Extensions",
    (f, evil) => before(responseXml(f, evil), STATUS, extensions(signedAssertion(f))),
  ],
  [
    "XSW8: the signed assertion in an Object of the forged one's Signature",
    (f, evil) => {
      const signed = signedAssertion(f);
      const signature = intoSignature(signatureOf(signed), inObject(withoutSignatures(signed)));
      return responseXml(f, after(evil, ISSUER, signature));
    },
  ],
  [
    "XSW8, the forged one in an Object of the signed one's Signature",
    (f, evil) => before(signedResponse(f), "</Signature>", inObject(evil)),
  ],
  ["a forged one within the signed one", (f, evil) => responseXml(f, within(signedAssertion(f), evil))],
  [
    "the signed assertion in Advice of a forged one",
    (f, evil) => {
      const advice = `<saml:Advice>${signedAssertion(f)}</saml:Advice>`;
      return responseXml(f, before(evil, "<saml:AuthnStatement", advice));
    },
  ],
  [
    "the signed assertion in StatusDetail",
    (f, evil) => {
      const detail = `<samlp:StatusDetail>${signedAssertion(f)}</samlp:StatusDetail>`;
      return before(responseXml(f, evil), "</samlp:Status>", detail);
    },
  ],
  [
    "the signed assertion in the Subject of a forged one",
    (f, evil) => responseXml(f, before(evil, "</saml:SubjectConfirmation>", signedAssertion(f))),
  ],
  [
    "the signed assertion as an attribute's value",
    (f, evil) => responseXml(f, after(evil, "<saml:AttributeValue>", signedAssertion(f))),
  ],
  ["a forged assertion more in a signed Response", (f, evil) => within(bothSigned(f), evil)],
  ["both signed, a forged one first", (f, evil) => before(bothSigned(f), "<saml:Assertion", evil)],
  [
    "both signed, a forged assertion under the assertion's Signature",
    (f, evil) => {
      const inner = signatureOf(signedAssertion(f));
      return swap(bothSigned(f), ASSERTION, literal(after(evil, ISSUER, inner)));
    },
  ],
];

const ids: readonly [string, (f: Fields) => string][] = [
  ["an ID of its own", (f) => forged(f)],
  ["the same ID", (f) => forged(f, f.assertionId)],
  ["no ID", (f) => swap(forged(f), / ID="[^"]*"/, "")],
];

export const wrapping: readonly Attack[] = [...ofResponse, ...ofAssertion].flatMap(([title, wrap]) =>
  ids.map(([how, evil]): Attack => [`${title}; ${how}`, (f) => wrap(f, evil(f))]),
);

/** Honest parts that do not belong together. */
export const mixtures: readonly Attack[] = [
  [
    "two signed assertions",
    (f) => responseXml(f, signedAssertion(f), signedAssertion({ ...f, assertionId: "_second" })),
  ],
  ["the same signed assertion twice", (f) => responseXml(f, signedAssertion(f), signedAssertion(f))],
  ["no assertion", (f) => responseXml(f)],
  ["no assertion, the Response signed", (f) => signXml(responseXml(f), { element: "Response" })],
  ["the assertion alone, without a Response", (f) => signedAssertion(f)],
  ["a Response within a Response", (f) => within(responseXml(f), signedResponse(f))],
  [
    "a signed Response around the assertion of another",
    (f) => swap(bothSigned(f), ASSERTION, literal(signedAssertion({ ...f, assertionId: "_other" }))),
    "badSignature",
  ],
  [
    "the envelope of another answer",
    (f) => responseXml({ ...f, responseInResponseTo: "_another" }, signedAssertion(f)),
    "unsolicited",
  ],
];
