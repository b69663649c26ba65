/** Signatures: missing, false, weak, wrapped around something else. The attacker holds a valid response for "eve". */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { admin, attempt, type Build, expectRefused, stranger } from "./attempt.ts";
import {
  assertionXml,
  type Fields,
  ido,
  idpKey,
  responseXml,
  signedResponse,
  signXml,
} from "./identity-provider.ts";
import { makeWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

describe("signatures (SAML core §5.4)", () => {
  const flip = (xml: string) => xml.replace(ido("eve"), ido("admin"));
  const forged = (fields: Fields) => assertionXml({ ...fields, assertionId: "_forged", attributes: admin });
  const cases: [string, Build, string][] = [
    ["unsigned", (f) => responseXml(f, assertionXml(f)), "unsignedAssertion"],
    ["by a key that the metadata do not name", (f) => signedResponse(f, { key: stranger }), "badSignature"],
    [
      "by a stranger's key, naming the provider's certificate",
      (f) => signedResponse(f, { key: { ...stranger, certificate: idpKey.certificate } }),
      "badSignature",
    ],
    ["SHA-1", (f) => signedResponse(f, { hash: "sha1" }), "weakAlgorithm"],
    ["changed after signing", (f) => flip(signedResponse(f)), "badSignature"],
    [
      "only the Response signed",
      (f) => signXml(responseXml(f, assertionXml(f)), { element: "Response" }),
      "unsignedAssertion",
    ],
    [
      "Response signed, then changed; assertion untouched",
      (f) =>
        signXml(signedResponse(f), { element: "Response" }).replace(
          `ID="${f.id}"`,
          `ID="${f.id}" Consent="urn:x"`,
        ),
      "badSignature",
    ],
    [
      "empty DigestValue",
      (f) => signedResponse(f).replace(/<DigestValue>[^<]*</, "<DigestValue><"),
      "badSignature",
    ],
    [
      "HMAC with the public certificate",
      (f) =>
        signedResponse(f).replace(
          "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
          "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
        ),
      "weakAlgorithm",
    ],
    [
      "an Object in the Signature",
      (f) => signedResponse(f).replace("</Signature>", `<Object>${forged(f)}</Object></Signature>`),
      "unknownShape",
    ],
    [
      "two References",
      (f) => signedResponse(f).replace(/<Reference[\s\S]*<\/Reference>/, "$&$&"),
      "unknownShape",
    ],
    [
      "two SignedInfo (CVE-2025-29774)",
      (f) => signedResponse(f).replace(/<SignedInfo>[\s\S]*<\/SignedInfo>/, "$&$&"),
      "unknownShape",
    ],
    [
      "reference to the whole document",
      (f) => signedResponse(f).replace(/URI="#[^"]*"/, 'URI=""'),
      "unknownShape",
    ],
    [
      "a transform more",
      (f) =>
        signedResponse(f).replace(
          "</Transforms>",
          '<Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"/></Transforms>',
        ),
      "unknownShape",
    ],
    [
      "inclusive canonicalisation",
      (f) =>
        signedResponse(f).replace(
          'CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"',
          'CanonicalizationMethod Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"',
        ),
      "weakAlgorithm",
    ],
  ];
  it.each(cases)("%s", async (_name, build, reason) => {
    await expectRefused(world, build, reason);
  });
});

describe("signature wrapping: the eight permutations, built anew over a live-signed response", () => {
  const end = "</saml:Assertion>";
  const evil = (f: Fields) => assertionXml({ ...f, assertionId: "_evil", attributes: admin });
  const signedBoth = (f: Fields) => signXml(signedResponse(f), { element: "Response" });
  const signatureOf = (xml: string) => /<Signature[\s\S]*?<\/Signature>/.exec(xml)?.[0] ?? "";
  const without = (xml: string) => xml.replace(/<Signature[\s\S]*?<\/Signature>/g, "");
  const inside = (xml: string, tag: string, content: string) =>
    xml.replace(new RegExp(`</${tag}>$`), `${content}$&`);
  const permutations: [string, Build][] = [
    // 1 and 2 attack a signed Response, 3 to 8 a signed Assertion.
    [
      "XSW1: a forged Response holds the signed one in its Signature",
      (f) => {
        const original = signedBoth(f);
        const signature = signatureOf(original).replace("</Signature>", `${without(original)}</Signature>`);
        return responseXml({ ...f, id: "_evilresponse" }, evil(f)).replace(
          "<samlp:Status>",
          `${signature}$&`,
        );
      },
    ],
    [
      "XSW2: a forged Response beside the detached signature",
      (f) => {
        const original = signedBoth(f);
        return responseXml({ ...f, id: "_evilresponse" }, evil(f)).replace(
          "<samlp:Status>",
          `${signatureOf(original)}${without(original)}$&`,
        );
      },
    ],
    [
      "XSW3: a forged assertion before the signed one",
      (f) => responseXml(f, evil(f), signXml(assertionXml(f))),
    ],
    ["XSW3': and after it", (f) => responseXml(f, signXml(assertionXml(f)), evil(f))],
    [
      "XSW4: the signed assertion within a forged one",
      (f) => responseXml(f, inside(evil(f), "saml:Assertion", signXml(assertionXml(f)))),
    ],
    [
      "XSW5: the signature moves to the forged assertion, the original without it at the end",
      (f) => {
        const original = signXml(assertionXml(f));
        const thief = evil(f).replace("</saml:Issuer>", `$&${signatureOf(original)}`);
        return responseXml(f, thief, without(original));
      },
    ],
    [
      "XSW6: the original within the signature of the forged one",
      (f) => {
        const original = signXml(assertionXml(f));
        const signature = signatureOf(original).replace("</Signature>", `${without(original)}</Signature>`);
        return responseXml(f, evil(f).replace("</saml:Issuer>", `$&${signature}`));
      },
    ],
    [
      "XSW7: the signed assertion in Extensions",
      (f) =>
        responseXml(f, evil(f)).replace(
          "<samlp:Status>",
          `<samlp:Extensions>${signXml(assertionXml(f))}</samlp:Extensions>$&`,
        ),
    ],
    [
      "XSW8: the original in an Object of the forged one's signature",
      (f) => {
        const original = signXml(assertionXml(f));
        const signature = signatureOf(original).replace(
          "</Signature>",
          `<Object>${without(original)}</Object></Signature>`,
        );
        return responseXml(f, evil(f).replace("</saml:Issuer>", `$&${signature}`));
      },
    ],
    [
      "two signed assertions",
      (f) =>
        responseXml(f, signXml(assertionXml(f)), signXml(assertionXml({ ...f, assertionId: "_second" }))),
    ],
    [
      "the same ID twice",
      (f) => responseXml(f, signXml(assertionXml(f)), evil(f).replace("_evil", f.assertionId)),
    ],
    [
      "the assertion in Advice",
      (f) =>
        responseXml(
          f,
          evil(f).replace("<saml:AuthnStatement", `<saml:Advice>${signXml(assertionXml(f))}</saml:Advice>$&`),
        ),
    ],
    [
      "the signed assertion within StatusDetail",
      (f) =>
        responseXml(f, evil(f))
          .replace("</samp:Status>", "")
          .replace(
            "</samlp:Status>",
            `<samlp:StatusDetail>${signXml(assertionXml(f))}</samlp:StatusDetail>$&`,
          ),
    ],
    [
      "a Response within a Response",
      (f) => inside(responseXml(f, evil(f)), "samlp:Response", signedResponse(f)),
    ],
  ];
  it.each(permutations)("%s", async (_name, build) => {
    const { refused, code, stillHonest } = await attempt(world, build);
    expect(refused).toMatchObject({ status: 403, session: 401 });
    expect(code).toBe("GAR_SIGN_IN_REFUSED");
    expect(stillHonest).toBe(true);
  });
  it(`ends its documents as assumed (${end})`, () => {
    expect(
      assertionXml({
        attributes: {},
        issuedAt: 0,
        notBefore: 0,
        notOnOrAfter: 0,
        confirmationEnd: 0,
      } as unknown as Fields),
    ).toMatch(/<\/saml:Assertion>$/);
  });
});
