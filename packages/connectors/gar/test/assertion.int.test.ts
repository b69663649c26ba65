/** One field wrong at a time, all signed by the real provider; with controls that must sign in. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Build, expectRefused } from "./attempt.ts";
import {
  assertionXml,
  attributeXml,
  base64,
  type Fields,
  ido,
  responseXml,
  signedResponse,
  signXml,
  teacher,
} from "./identity-provider.ts";
import { makeWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

describe("positive controls: the harness signs in when nothing is wrong", () => {
  const controls: [string, Build][] = [
    ["assertion signed", (fields) => signedResponse(fields)],
    ["both signed", (fields) => signXml(signedResponse(fields), { element: "Response" })],
    ["one-time use", (fields) => signedResponse({ ...fields, conditionsExtra: "<saml:OneTimeUse/>" })],
  ];
  it.each(controls)("%s", async (_name, build) => {
    const browser = world.browser();
    const { requestId } = await browser.begin();
    expect((await browser.post(base64(build(browser.fieldsFor(requestId))))).status).toBe(303);
    expect(await browser.session()).toMatchObject({ role: "teacher" });
  });
});

describe("one field wrong at a time, signed by the real provider (SAML profiles §4.1.4.2)", () => {
  const saml = "urn:oasis:names:tc:SAML:2.0";
  const wrong: [string, (fields: Fields) => Partial<Fields>, string][] = [
    ["wrong audience", () => ({ audience: "https://other.example/saml" }), "wrongAudience"],
    ["audience that ours is a prefix of", (f) => ({ audience: `${f.audience ?? ""}x` }), "wrongAudience"],
    ["no audience restriction", () => ({ audience: undefined }), "wrongAudience"],
    [
      "two audience restrictions",
      () => ({
        conditionsExtra:
          "<saml:AudienceRestriction><saml:Audience>x</saml:Audience></saml:AudienceRestriction>",
      }),
      "unknownShape",
    ],
    [
      "an unknown condition",
      () => ({
        conditionsExtra:
          '<saml:Condition xmlns:x="urn:x" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="x:y"/>',
      }),
      "unknownShape",
    ],
    ["wrong destination", () => ({ destination: "https://other.example/acs" }), "wrongDestination"],
    ["no destination", () => ({ destination: undefined }), "wrongDestination"],
    ["wrong recipient", () => ({ recipient: "https://other.example/acs" }), "wrongRecipient"],
    ["no recipient", () => ({ recipient: undefined }), "wrongRecipient"],
    ["wrong issuer of the assertion", () => ({ issuer: "https://other.example/idp" }), "wrongIssuer"],
    ["wrong issuer of the response", () => ({ responseIssuer: "https://other.example/idp" }), "wrongIssuer"],
    ["failed status", () => ({ status: `${saml}:status:Responder` }), "failedStatus"],
    ["status of success in other words", () => ({ status: "Success" }), "failedStatus"],
    ["version 1.1", () => ({ version: "1.1" }), "wrongVersion"],
    ["expired", (f) => ({ notOnOrAfter: f.issuedAt - 61_000 }), "expired"],
    ["confirmation expired", (f) => ({ confirmationEnd: f.issuedAt - 61_000 }), "expired"],
    ["not yet valid", (f) => ({ notBefore: f.issuedAt + 61_000 }), "wrongTime"],
    ["issued in the future", (f) => ({ issuedAt: f.issuedAt + 61_000 }), "wrongTime"],
    [
      "issued long ago, valid for a year",
      (f) => ({ issuedAt: f.issuedAt - 3_600_000, notOnOrAfter: f.issuedAt + 3e10 }),
      "expired",
    ],
    [
      "confirmation with NotBefore",
      (f) => ({ confirmationExtra: ` NotBefore="${new Date(f.issuedAt).toISOString()}"` }),
      "wrongConfirmation",
    ],
    ["sender-vouches", () => ({ method: `${saml}:cm:sender-vouches` }), "wrongConfirmation"],
    ["holder-of-key", () => ({ method: `${saml}:cm:holder-of-key` }), "wrongConfirmation"],
    ["no AuthnStatement", () => ({ authnStatement: "" }), "noAuthnStatement"],
    [
      "session over",
      (f) => ({
        authnStatement: `<saml:AuthnStatement AuthnInstant="${new Date(f.issuedAt).toISOString()}" SessionNotOnOrAfter="${new Date(f.issuedAt - 61_000).toISOString()}"/>`,
      }),
      "expired",
    ],
    [
      "unsolicited: no InResponseTo at all",
      () => ({ inResponseTo: undefined, responseInResponseTo: undefined }),
      "unsolicited",
    ],
    ["InResponseTo in the unsigned Response alone", () => ({ inResponseTo: undefined }), "unsolicited"],
    ["InResponseTo in the assertion alone", () => ({ responseInResponseTo: undefined }), "unsolicited"],
    [
      "InResponseTo of no request",
      () => ({ inResponseTo: "_nobody", responseInResponseTo: "_nobody" }),
      "unknownRequest",
    ],
    [
      "duplicate attribute",
      () => ({ attributesExtra: attributeXml("IDO", [ido("admin")]) }),
      "duplicateAttribute",
    ],
    [
      "two identifiers in one attribute",
      () => ({ attributes: { ...teacher, IDO: [ido("eve"), ido("admin")] } }),
      "malformedIdentifier",
    ],
    ["no identifier", () => ({ attributes: { PRO: ["National_ens"] } }), "malformedIdentifier"],
    [
      "identifier with a space",
      () => ({ attributes: { ...teacher, IDO: [`${ido("eve")} ${ido("admin")}`] } }),
      "malformedIdentifier",
    ],
    [
      "identifier named __proto__",
      () => ({ attributes: { ["__proto__"]: [ido("eve")], PRO: ["National_ens"] } }),
      "malformedIdentifier",
    ],
  ];
  it.each(wrong)("%s", async (_name, change, reason) => {
    await expectRefused(world, (fields) => signedResponse({ ...fields, ...change(fields) }), reason);
  });

  it("a time without Z is no time of SAML (core §1.3.3)", async () => {
    await expectRefused(
      world,
      (fields) =>
        responseXml(
          fields,
          signXml(assertionXml(fields).replaceAll(/(NotOnOrAfter="[^"]*)Z"/g, '$1+00:00"')),
        ),
      "wrongTime",
    );
  });

  it("claims in a nested element are no claims", async () => {
    const extra =
      '<saml:Attribute Name="X"><saml:AttributeValue><saml:NameID>x</saml:NameID></saml:AttributeValue></saml:Attribute>';
    await expectRefused(
      world,
      (fields) => signedResponse({ ...fields, attributesExtra: extra }),
      "unknownShape",
    );
  });
});
