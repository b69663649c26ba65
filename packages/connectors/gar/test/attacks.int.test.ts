/**
 * What an attacker who holds a valid signed response for "eve" can try, and what a provider may get wrong. Each document
 * must make no session at all; after each, an honest sign-in of the same browser must still work (nothing is burnt).
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  assertionXml,
  attributeXml,
  base64,
  type Fields,
  ido,
  idpKey,
  idpMetadata,
  makeKey,
  responseXml,
  signedResponse,
  signXml,
  teacher,
} from "./identity-provider.ts";
import { makeWorld, type World } from "./world.ts";

const stranger = makeKey("Stranger");
const admin = { ...teacher, IDO: [ido("admin")], NOM: ["ADMIN"] };
let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterAll(() => world.close());

type Build = (fields: Fields) => string;

/** Posts the document in a browser that began a sign-in; then the honest one, which must still be accepted. */
async function attempt(build: Build) {
  const browser = world.browser();
  const { requestId } = await browser.begin();
  const fields = browser.fieldsFor(requestId);
  const document = base64(build(fields));
  const cpu = process.cpuUsage();
  const answer = await browser.post(document);
  const spent = process.cpuUsage(cpu);
  const refused = {
    status: answer.status,
    session: await browser.session(),
    cookies: [...browser.cookies.keys()],
  };
  const [entry] = await world.entries("gar.signInRefused");
  const honest = await browser.post(base64(signedResponse(browser.fieldsFor(requestId))));
  const after = await browser.session();
  return {
    refused,
    code: (JSON.parse(answer.text || "{}") as { code?: string }).code,
    reason: entry?.payload?.["reason"],
    stillHonest: honest.status === 303 && after !== 401,
    cpuMs: (spent.user + spent.system) / 1000,
  };
}

async function expectRefused(build: Build, reason: string) {
  const result = await attempt(build);
  expect(result.refused).toMatchObject({ status: 403, session: 401 });
  expect(result.refused.cookies).not.toContain("preau");
  expect(result.code).toBe("GAR_SIGN_IN_REFUSED");
  expect(result.reason).toBe(reason);
  expect(result.stillHonest).toBe(true);
  return result;
}

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
      "identifier in capitals",
      () => ({ attributes: { ...teacher, IDO: [ido("eve").toUpperCase()] } }),
      "malformedIdentifier",
    ],
    [
      "identifier named __proto__",
      () => ({ attributes: { __proto__: [ido("eve")], PRO: ["National_ens"] } }),
      "malformedIdentifier",
    ],
  ];
  it.each(wrong)("%s", async (_name, change, reason) => {
    await expectRefused((fields) => signedResponse({ ...fields, ...change(fields) }), reason);
  });

  it("a time without Z is no time of SAML (core §1.3.3)", async () => {
    await expectRefused(
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
    await expectRefused((fields) => signedResponse({ ...fields, attributesExtra: extra }), "unknownShape");
  });
});

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
    await expectRefused(build, reason);
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
    const { refused, code, stillHonest } = await attempt(build);
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

describe("XML that SAML does not need", () => {
  const id = ido("eve");
  const split = (f: Fields, what: string) =>
    signedResponse(f).replace(id, `${id.slice(0, 64)}${what}${id.slice(64)}`);
  const cases: [string, Build][] = [
    ["comment in the identifier", (f) => split(f, "<!-- -->")],
    ["comment in the NameID", (f) => signedResponse({ ...f, nameId: "admin<!-- -->.suffix" })],
    [
      "comment in DigestValue (CVE-2025-29775)",
      (f) => signedResponse(f).replace("<DigestValue>", "<DigestValue><!--x-->"),
    ],
    ["processing instruction (CVE-2025-54419)", (f) => split(f, "<?x y?>")],
    ["CDATA", (f) => split(f, "<![CDATA[]]>")],
    ["document type", (f) => `<!DOCTYPE Response>${signedResponse(f)}`],
    [
      "document type with entities",
      (f) => `<!DOCTYPE r [<!ENTITY a "${ido("admin")}">]>${signedResponse(f).replace(id, "&a;")}`,
    ],
    ["external entity", (f) => `<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>${signedResponse(f)}`],
    ["processing instruction before the root", (f) => `<?xml-stylesheet href="x"?>${signedResponse(f)}`],
    ["XML 1.1", (f) => `<?xml version="1.1"?>${signedResponse(f)}`],
    ["another encoding", (f) => `<?xml version="1.0" encoding="ISO-8859-1"?>${signedResponse(f)}`],
    [
      "unbound prefix",
      (f) => signedResponse(f).replace("<saml:AttributeStatement>", "<saml:AttributeStatement><q:x/>"),
    ],
    [
      "relative namespace",
      (f) => signedResponse(f).replace("<samlp:Status>", '<samlp:Status xmlns:r="relative">'),
    ],
    ["text between elements", (f) => signedResponse(f).replace("<samlp:Status>", "text<samlp:Status>")],
    ["no XML", () => "no XML at all"],
    ["nothing closed", (f) => signedResponse(f).slice(0, -5)],
    ["something after the root", (f) => `${signedResponse(f)}<x/>`],
    ["a LogoutResponse", (f) => signedResponse(f).replaceAll("samlp:Response", "samlp:LogoutResponse")],
    [
      "a LogoutRequest",
      () => '<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_x" Version="2.0"/>',
    ],
    [
      "an encrypted assertion",
      (f) => responseXml(f, '<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"/>'),
    ],
    [
      "the namespace of SAML 1.1",
      (f) => signedResponse(f).replaceAll("SAML:2.0:assertion", "SAML:1.0:assertion"),
    ],
  ];
  it.each(cases)("%s", async (_name, build) => {
    const { refused, stillHonest } = await attempt(build);
    expect(refused).toMatchObject({ status: 403, session: 401 });
    expect(stillHonest).toBe(true);
  });
});

describe("hostile bodies cost at most 50 ms of CPU (D4.1)", () => {
  const stuffed = (content: string) => (f: Fields) =>
    signedResponse(f).replace("</saml:AttributeStatement>", `${content}$&`);
  const value = "<saml:AttributeValue/>";
  const cases: [string, Build][] = [
    ["10,000 flat elements", stuffed("<saml:a/>".repeat(10_000))],
    ["20,000 flat elements", stuffed("<x/>".repeat(20_000))],
    ["5,000 nested elements", stuffed("<x>".repeat(5_000) + "</x>".repeat(5_000))],
    ["2,000 prefixes", stuffed(Array.from({ length: 2_000 }, (_, n) => `<x xmlns:p${n}="urn:p"/>`).join(""))],
    ["20,000 comments", stuffed("<!---->".repeat(8_000))],
    [
      "as many values as pass the gate",
      stuffed(`<saml:Attribute Name="X">${value.repeat(430)}</saml:Attribute>`),
    ],
    [
      "as many attributes as pass the gate",
      stuffed(
        Array.from({ length: 215 }, (_, n) => `<saml:Attribute Name="X${n}">${value}</saml:Attribute>`).join(
          "",
        ),
      ),
    ],
    [
      "one text of 50 kB",
      stuffed(
        `<saml:Attribute Name="X"><saml:AttributeValue>${"x".repeat(50_000)}</saml:AttributeValue></saml:Attribute>`,
      ),
    ],
    [
      "50 kB of references",
      stuffed(
        `<saml:Attribute Name="X"><saml:AttributeValue>${"&#120;".repeat(8_000)}</saml:AttributeValue></saml:Attribute>`,
      ),
    ],
    ["50 kB of space", stuffed(" ".repeat(50_000))],
    ["a long name", stuffed(`<saml:Attribute Name="${"x".repeat(50_000)}">${value}</saml:Attribute>`)],
  ];
  it.each(cases)("%s", async (_name, build) => {
    await attempt(build); // once to be warm
    const spent = [];
    for (let n = 0; n < 5; n += 1) {
      const { refused, stillHonest, cpuMs } = await attempt(build);
      expect(refused).toMatchObject({ session: 401 });
      expect(stillHonest).toBe(true);
      spent.push(cpuMs);
    }
    expect(Math.min(...spent)).toBeLessThan(50);
  });

  it("a body over the limit is not read", async () => {
    const browser = world.browser();
    await browser.begin();
    expect((await browser.post("A".repeat(200_000))).status).toBe(413);
  });

  it("a body that is no form, or has no response, is refused", async () => {
    const browser = world.browser();
    await browser.begin();
    expect((await browser.post("")).status).toBe(403);
    expect((await browser.post("%%%")).status).toBe(403);
    const answer = await browser.ask("/gar/saml/acs", {
      method: "POST",
      body: "{}",
      headers: { "content-type": "application/json" },
    });
    expect(answer.status).toBe(415);
    const get = await browser.ask(`/gar/saml/acs?SAMLResponse=${encodeURIComponent(base64("<x/>"))}`);
    expect(get.status).toBe(405);
  });

  it("no message reaches the library by the login's query", async () => {
    const browser = world.browser();
    for (const name of ["SAMLResponse", "SAMLRequest"]) {
      const answer = await browser.ask(
        `/gar/saml/login?${name}=${encodeURIComponent(base64("x".repeat(100)))}`,
      );
      expect(answer.status).toBe(302);
      expect(answer.headers.get("location")).toMatch(/^https:\/\/idp\.example\/idp\/profile/);
    }
  });
});

describe("once, by whom it was asked, in time (SAML profiles §4.1.4.5)", () => {
  it("refuses a second copy, and keeps the first session", async () => {
    const browser = world.browser();
    const { requestId } = await browser.begin();
    const document = base64(signedResponse(browser.fieldsFor(requestId)));
    expect((await browser.post(document)).status).toBe(303);
    const session = await browser.session();
    expect((await browser.post(document)).status).toBe(403);
    expect(await browser.session()).toEqual(session);
  });

  it("refuses the answer to another browser's request", async () => {
    const [attacker, victim] = [world.browser(), world.browser()];
    const { requestId } = await attacker.begin();
    await victim.begin();
    const document = base64(signedResponse(attacker.fieldsFor(requestId)));
    expect((await victim.post(document)).status).toBe(403);
    expect(await victim.session()).toBe(401);
    expect((await attacker.post(document)).status).toBe(303);
  });

  it("refuses an answer without the browser's token", async () => {
    const browser = world.browser();
    const { requestId } = await browser.begin();
    const naked = world.browser();
    expect((await naked.post(base64(signedResponse(browser.fieldsFor(requestId))))).status).toBe(403);
  });

  it("makes one session of twenty copies at once", async () => {
    const browser = world.browser();
    const { requestId } = await browser.begin();
    const document = base64(signedResponse(browser.fieldsFor(requestId)));
    const before = world.emitted.length;
    const answers = await Promise.all(Array.from({ length: 20 }, () => browser.post(document)));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array<number>(19).fill(403)]);
    expect(world.emitted.length - before).toBe(1);
  });

  it("refuses the same assertion as the answer to a fresh request", async () => {
    const browser = world.browser();
    const first = await browser.begin();
    const fields = browser.fieldsFor(first.requestId);
    expect((await browser.post(base64(signedResponse(fields)))).status).toBe(303);
    const second = await browser.begin();
    const again = { ...fields, inResponseTo: second.requestId, responseInResponseTo: second.requestId };
    expect((await browser.post(base64(signedResponse(again)))).status).toBe(403);
    const [entry] = await world.entries("gar.signInRefused");
    expect(entry?.payload?.["reason"]).toBe("replayedAssertion");
  });

  it("twenty forged documents burn nobody's request", async () => {
    const browser = world.browser();
    const { requestId } = await browser.begin();
    const fields = browser.fieldsFor(requestId);
    await Promise.all(
      Array.from({ length: 20 }, () => browser.post(base64(signedResponse(fields, { key: stranger })))),
    );
    expect((await browser.post(base64(signedResponse(fields)))).status).toBe(303);
  });
});

describe("metadata of the identity provider", () => {
  it("believes either of two keys while the provider changes them", async () => {
    const next = makeKey("Next");
    const rotating = await makeWorld({ metadata: idpMetadata([next, idpKey]) });
    for (const key of [idpKey, next]) {
      const browser = rotating.browser();
      const { requestId } = await browser.begin();
      expect((await browser.post(base64(signedResponse(browser.fieldsFor(requestId), { key })))).status).toBe(
        303,
      );
    }
    const browser = rotating.browser();
    const { requestId } = await browser.begin();
    const forged = signedResponse(browser.fieldsFor(requestId), {
      key: { ...stranger, certificate: next.certificate },
    });
    expect((await browser.post(base64(forged))).status).toBe(403);
    await rotating.close();
  });
});
