/** Addresses, issuers, requests and status: whom a Response is for, whose it is, what it answers (SAML profiles §4.1.4.2). */
import { responseXml, signXml } from "../identity-provider.ts";
import { type Attack, after, signedAssertion, swap } from "./documents.ts";
import { assertion, envelope, field, RESTRICTION, restriction, saml } from "./wrong-field.ts";

const status = (title: string, xml: string): Attack =>
  envelope(title, (document) => swap(document, /<samlp:Status>[\s\S]*<\/samlp:Status>/, xml));
const code = (value: string, content = "") =>
  `<samlp:StatusCode Value="${saml}:status:${value}">${content}</samlp:StatusCode>`;
const inStatus = (...codes: readonly string[]) => `<samlp:Status>${codes.join("")}</samlp:Status>`;

const addresses: readonly Attack[] = [
  field("another Destination", () => ({ destination: "https://other.example/acs" }), "wrongDestination"),
  field("no Destination", () => ({ destination: undefined }), "wrongDestination"),
  field("an empty Destination", () => ({ destination: "" }), "wrongDestination"),
  field(
    "a Destination that ours begins",
    (f) => ({ destination: `${f.destination ?? ""}/x` }),
    "wrongDestination",
  ),
  field(
    "a Destination that begins ours",
    (f) => ({ destination: f.destination?.slice(0, -1) }),
    "wrongDestination",
  ),
  field(
    "a Destination in capitals",
    (f) => ({ destination: f.destination?.toUpperCase() }),
    "wrongDestination",
  ),
  field(
    "two Destinations",
    (f) => ({ destination: `${f.destination ?? ""} https://other.example/` }),
    "wrongDestination",
  ),
  field(
    "a Destination at another port",
    (f) => ({ destination: f.destination?.replace(":8700", "") }),
    "wrongDestination",
  ),
  field("another Recipient", () => ({ recipient: "https://other.example/acs" }), "wrongRecipient"),
  field("no Recipient", () => ({ recipient: undefined }), "wrongRecipient"),
  field("an empty Recipient", () => ({ recipient: "" }), "wrongRecipient"),
  field("a Recipient that ours begins", (f) => ({ recipient: `${f.recipient ?? ""}?x` }), "wrongRecipient"),
  field("a Recipient that begins ours", (f) => ({ recipient: f.recipient?.slice(0, -1) }), "wrongRecipient"),
  field("a Recipient in capitals", (f) => ({ recipient: f.recipient?.toUpperCase() }), "wrongRecipient"),
  field("another Audience", () => ({ audience: "https://other.example/saml" }), "wrongAudience"),
  field("an Audience that ours begins", (f) => ({ audience: `${f.audience ?? ""}x` }), "wrongAudience"),
  field("an Audience that begins ours", (f) => ({ audience: f.audience?.slice(0, -1) }), "wrongAudience"),
  field("an Audience in capitals", (f) => ({ audience: f.audience?.toUpperCase() }), "wrongAudience"),
  field("an empty Audience", () => ({ audience: "" }), "wrongAudience"),
  field("our address as Audience", (f) => ({ audience: f.recipient }), "wrongAudience"),
  field("no AudienceRestriction", () => ({ audience: undefined }), "wrongAudience"),
  field("a second AudienceRestriction", () => ({ conditionsExtra: restriction("x") }), "unknownShape"),
  field(
    "the same AudienceRestriction twice",
    (f) => ({ conditionsExtra: restriction(f.audience ?? "") }),
    "unknownShape",
  ),
  assertion(
    "an AudienceRestriction without Audience",
    (xml) => swap(xml, RESTRICTION, restriction()),
    "wrongAudience",
  ),
];

const issuers: readonly Attack[] = [
  field("another Issuer of the assertion", () => ({ issuer: "https://other.example/idp" }), "wrongIssuer"),
  field("an empty Issuer of the assertion", () => ({ issuer: "" }), "wrongIssuer"),
  field(
    "an Issuer of the assertion that the provider's begins",
    (f) => ({ issuer: `${f.issuer}x` }),
    "wrongIssuer",
  ),
  assertion(
    "an Issuer of the assertion in another format",
    (xml) => swap(xml, "<saml:Issuer>", `<saml:Issuer Format="${saml}:nameid-format:persistent">`),
    "wrongIssuer",
  ),
  assertion("two Issuers of the assertion", (xml, f) =>
    after(xml, "</saml:Issuer>", `<saml:Issuer>${f.issuer}</saml:Issuer>`),
  ),
  field(
    "another Issuer of the Response",
    () => ({ responseIssuer: "https://other.example/idp" }),
    "wrongIssuer",
  ),
  field(
    "space behind the Issuer of the Response",
    (f) => ({ responseIssuer: `${f.issuer}\n` }),
    "wrongIssuer",
  ),
  field("space before the Issuer of the assertion", (f) => ({ issuer: ` ${f.issuer}` }), "wrongIssuer"),
  field(
    "a no-break space behind the Audience",
    (f) => ({ audience: `${f.audience ?? ""}\u00A0` }),
    "wrongAudience",
  ),
  field("an empty Issuer of the Response", () => ({ responseIssuer: "" }), "wrongIssuer"),
  envelope("two Issuers of the Response", (xml) => swap(xml, /<saml:Issuer [\s\S]*?<\/saml:Issuer>/, "$&$&")),
  envelope(
    "an Issuer of the Response in another format",
    (xml) => swap(xml, "<saml:Issuer ", `<saml:Issuer Format="${saml}:nameid-format:persistent" `),
    "wrongIssuer",
  ),
  [
    "no Issuer of a signed Response",
    (f) => {
      const signed = signXml(responseXml(f, signedAssertion(f)), { element: "Response" });
      return swap(signed, /<saml:Issuer [\s\S]*?<\/saml:Issuer>/, "");
    },
    "wrongIssuer",
  ],
];

const answers: readonly Attack[] = [
  field(
    "no InResponseTo at all",
    () => ({ inResponseTo: undefined, responseInResponseTo: undefined }),
    "unsolicited",
  ),
  field("InResponseTo in the Response alone", () => ({ inResponseTo: undefined }), "unsolicited"),
  field("InResponseTo in the assertion alone", () => ({ responseInResponseTo: undefined }), "unsolicited"),
  field("an empty InResponseTo", () => ({ inResponseTo: "", responseInResponseTo: "" }), "unsolicited"),
  field(
    "InResponseTo of no request",
    () => ({ inResponseTo: "_nobody", responseInResponseTo: "_nobody" }),
    "unknownRequest",
  ),
  field("the Response for another request", () => ({ responseInResponseTo: "_nobody" }), "unsolicited"),
  field("the assertion for another request", () => ({ inResponseTo: "_nobody" }), "unsolicited"),
  field("a failed status", () => ({ status: `${saml}:status:Responder` }), "failedStatus"),
  field("a status of success in other words", () => ({ status: "Success" }), "failedStatus"),
  field("a status of success with more", () => ({ status: `${saml}:status:SuccessX` }), "failedStatus"),
  status("a Requester's fault, signed", inStatus(code("Requester"))),
  status("a fault with a success below", inStatus(code("Responder", code("Success")))),
  status("a success with a fault below", inStatus(code("Success", code("AuthnFailed")))),
  status("a success, then a fault", inStatus(code("Success"), code("Responder"))),
  status("a fault, then a success", inStatus(code("Responder"), code("Success"))),
  status("no passive sign-in", inStatus(code("Responder", code("NoPassive")))),
  status("a Status without code", inStatus()),
  status("a StatusCode without value", inStatus("<samlp:StatusCode/>")),
  status("no Status", ""),
  status("text in a StatusCode", inStatus(code("Success", "x"))),
  status("two Statuses", inStatus(code("Success")) + inStatus(code("Success"))),
  status("a StatusDetail", inStatus(code("Success"), "<samlp:StatusDetail/>")),
  field("version 1.1", () => ({ version: "1.1" }), "wrongVersion"),
  assertion(
    "version 1.1 of the assertion alone",
    (xml) => swap(xml, 'Version="2.0"', 'Version="1.1"'),
    "wrongVersion",
  ),
  assertion("no version of the assertion", (xml) => swap(xml, ' Version="2.0"', ""), "wrongVersion"),
  envelope(
    "version 2.1 of the Response",
    (xml) => swap(xml, 'Version="2.0"', 'Version="2.1"'),
    "wrongVersion",
  ),
  envelope("no version of the Response", (xml) => swap(xml, ' Version="2.0"', ""), "wrongVersion"),
];

export const wrongEnvelope: readonly Attack[] = [...addresses, ...issuers, ...answers];
