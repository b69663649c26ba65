/** One field wrong at a time, signed by the provider itself. */
import { signedResponse } from "../identity-provider.ts";
import { type Attack, after, before, edited, swap } from "./documents.ts";
import { wrongAssertion } from "./wrong-assertion.ts";
import { wrongEnvelope } from "./wrong-envelope.ts";
import { RESTRICTION, restriction, saml } from "./wrong-field.ts";
import { wrongTimes } from "./wrong-times.ts";

export const semantics: readonly Attack[] = [...wrongEnvelope, ...wrongTimes, ...wrongAssertion];

/** What a provider may leave out or add. */
export const semanticControls: readonly Attack[] = [
  ["the assertion signed", (f) => signedResponse(f)],
  ["no Issuer of an unsigned Response", (f) => signedResponse({ ...f, responseIssuer: undefined })],
  ["one-time use", (f) => signedResponse({ ...f, conditionsExtra: "<saml:OneTimeUse/>" })],
  [
    "two audiences, one of them ours",
    (f) =>
      edited(f, (xml) => swap(xml, RESTRICTION, restriction("https://other.example/", f.audience ?? ""))),
  ],
  [
    "a Format of the NameID",
    (f) =>
      edited(f, (xml) =>
        swap(
          xml,
          "<saml:NameID>",
          `<saml:NameID Format="${saml}:nameid-format:transient" NameQualifier="${f.issuer}">`,
        ),
      ),
  ],
  [
    "an Address in the confirmation",
    (f) => signedResponse({ ...f, confirmationExtra: ' Address="192.0.2.7"' }),
  ],
  [
    "a SubjectLocality",
    (f) =>
      edited(f, (xml) => before(xml, "<saml:AuthnContext>", '<saml:SubjectLocality Address="192.0.2.7"/>')),
  ],
  [
    "friendly names of their own",
    (f) => edited(f, (xml) => xml.replaceAll(/ Name="(\w+)"/g, ' FriendlyName="$1" Name="$1"')),
  ],
  [
    "a StatusMessage",
    (f) => after(signedResponse(f), 'Success"/>', "<samlp:StatusMessage>ok</samlp:StatusMessage>"),
  ],
];
