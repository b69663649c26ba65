/** Encrypted assertions (SAML core §6): opened by the gate, verified by the library, refused in one way whatever was damaged. */
import { createPublicKey, type KeyObject, randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import xmlEncryption from "xml-encryption";
import { admin, expectRefused, stranger } from "./attempt.ts";
import {
  type Encrypting,
  encryptElement,
  publishedCertificates,
  publishedKeys,
} from "./encryption-documents.ts";
import {
  assertionXml,
  base64,
  type Fields,
  responseXml,
  signedResponse,
  signXml,
} from "./identity-provider.ts";
import {
  envelope,
  honestLogout,
  nameId,
  providerOf,
  sessionIndex,
  signedIn,
  signedLogout,
} from "./logout-messages.ts";
import { makeWorld, openWorld as open, type World } from "./world.ts";

let world: World;
let ours: KeyObject;
beforeAll(async () => {
  world = await makeWorld();
  ours = (await publishedKeys(world, "encryption"))[0]!;
});
afterAll(() => world.close());

const response = (f: Fields, how: Encrypting = {}, plaintext: string | Buffer = signXml(assertionXml(f))) =>
  responseXml(f, encryptElement(plaintext, ours, how));
const signedAround = (xml: string) => signXml(xml, { element: "Response" });

async function expectSignedIn(of: World, build: (fields: Fields) => string | Promise<string>) {
  const browser = of.browser();
  const { requestId } = await browser.begin();
  const document = base64(await build(browser.fieldsFor(requestId)));
  expect((await browser.post(document)).status).toBe(303);
  expect(await browser.session()).toMatchObject({ role: "teacher" });
  expect((await browser.post(document)).status).toBe(403);
}

describe("encrypted assertions that sign in, once (SAML core §6, XML Encryption 1.1)", () => {
  const honest: [string, Encrypting][] = [
    ["AES-256-GCM, RSA-OAEP with SHA-1", {}],
    ["AES-128-GCM", { cipher: "aes-128-gcm" }],
    ["RSA-OAEP without a digest named", { transport: "oaepPlain" }],
    ["RSA-OAEP with SHA-256", { transport: "oaepSha256" }],
    ["the key beside, pointed to", { place: "pointed" }],
    ["the key beside, alone", { place: "beside" }],
  ];
  it.each(honest)("%s", async (_name, how) => {
    await expectSignedIn(world, (f) => response(f, how));
  });

  it("in a signed response", async () => {
    await expectSignedIn(world, (f) => signedAround(response(f)));
  });

  it("as another library encrypts them", async () => {
    const [certificate = ""] = await publishedCertificates(world, "encryption");
    const options = {
      rsa_pub: String(createPublicKey(certificate).export({ type: "spki", format: "pem" })),
      pem: certificate,
      encryptionAlgorithm: "http://www.w3.org/2009/xmlenc11#aes256-gcm",
      keyEncryptionAlgorithm: "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p",
    };
    const encrypt = promisify(xmlEncryption.encrypt.bind(xmlEncryption));
    await expectSignedIn(world, async (f) => {
      const data = await encrypt(signXml(assertionXml(f)), options);
      const holder = `<saml:EncryptedAssertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">${data}</saml:EncryptedAssertion>`;
      return responseXml(f, holder);
    });
  });
});

describe("what is refused before a private key is used", () => {
  const encrypted = (f: Fields, how: Encrypting = {}) => response(f, how);
  const cases: [string, (fields: Fields) => string, string][] = [
    ["AES-CBC", (f) => encrypted(f, { cipher: "aes-256-cbc" }), "weakAlgorithm"],
    ["triple DES", (f) => encrypted(f, { cipher: "des-ede3-cbc" }), "weakAlgorithm"],
    ["RSA with PKCS #1 v1.5", (f) => encrypted(f, { transport: "rsa15" }), "weakAlgorithm"],
    ["label and mask of two hashes", (f) => encrypted(f, { transport: "oaepMixed" }), "weakAlgorithm"],
    [
      "a content algorithm of Object's prototype",
      (f) => encrypted(f).replace(/Algorithm="[^"]*gcm"/, 'Algorithm="constructor"'),
      "weakAlgorithm",
    ],
    [
      "two EncryptedData",
      (f) => encrypted(f).replace(/<xenc:EncryptedData.*<\/xenc:EncryptedData>/s, "$&$&"),
      "unknownShape",
    ],
    [
      "two keys within",
      (f) => encrypted(f).replace(/<xenc:EncryptedKey.*<\/xenc:EncryptedKey>/s, "$&$&"),
      "unknownShape",
    ],
    [
      "two keys beside",
      (f) => encrypted(f, { place: "beside" }).replace(/<xenc:EncryptedKey.*<\/xenc:EncryptedKey>/s, "$&$&"),
      "unknownShape",
    ],
    [
      "a key within and one beside",
      (f) => {
        const both = encrypted(f);
        const key = /<xenc:EncryptedKey.*<\/xenc:EncryptedKey>/s.exec(both)?.[0] ?? "";
        return both.replace("</saml:EncryptedAssertion>", `${key}$&`);
      },
      "unknownShape",
    ],
    [
      "no key",
      (f) => encrypted(f, { place: "beside" }).replace(/<xenc:EncryptedKey.*<\/xenc:EncryptedKey>/s, ""),
      "unknownShape",
    ],
    [
      "a pointer to another key",
      (f) => encrypted(f, { place: "pointed" }).replace('URI="#_key"', 'URI="#_other"'),
      "unknownShape",
    ],
    [
      "a pointer to the web",
      (f) => encrypted(f, { place: "pointed" }).replace('URI="#_key"', 'URI="http://127.0.0.1/"'),
      "unknownShape",
    ],
    [
      "a CipherReference",
      (f) =>
        encrypted(f).replace(
          /<xenc:CipherValue>[^<]*<\/xenc:CipherValue><\/xenc:CipherData><\/xenc:EncryptedData>/,
          '<xenc:CipherReference URI="http://127.0.0.1/"/></xenc:CipherData></xenc:EncryptedData>',
        ),
      "unknownShape",
    ],
    ["content instead of an element", (f) => encrypted(f).replace("#Element", "#Content"), "unknownShape"],
    ["an encoding", (f) => encrypted(f).replace('#Element"', '#Element" Encoding="base64"'), "unknownShape"],
    [
      "a label of RSA-OAEP",
      (f) => encrypted(f).replace("<ds:DigestMethod", "<xenc:OAEPparams>AAAA</xenc:OAEPparams>$&"),
      "unknownShape",
    ],
    [
      "a clear assertion beside",
      (f) => encrypted(f).replace("</samlp:Response>", `${signXml(assertionXml(f))}$&`),
      "unknownShape",
    ],
    [
      "a clear assertion before",
      (f) => encrypted(f).replace("<saml:EncryptedAssertion", `${signXml(assertionXml(f))}$&`),
      "unknownShape",
    ],
    [
      "two encrypted assertions",
      (f) => encrypted(f).replace(/<saml:EncryptedAssertion.*<\/saml:EncryptedAssertion>/s, "$&$&"),
      "unknownShape",
    ],
    [
      "a signature in the KeyInfo",
      (f) => encrypted(f).replace("<xenc:EncryptedKey", `<ds:Reference URI="#x"/>$&`),
      "unknownShape",
    ],
    [
      "a Reference in what names the key of ours",
      (f) =>
        encrypted(f).replace(
          "<xenc:CipherData>",
          '<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:Reference URI="#x"/></ds:KeyInfo>$&',
        ),
      "unknownShape",
    ],
    [
      "another destination",
      (f) => encrypted({ ...f, destination: "https://other.example" }),
      "wrongDestination",
    ],
    [
      "an altered ciphertext in a signed response",
      (f) =>
        signedAround(encrypted(f)).replaceAll(
          /(<xenc:CipherValue>)(.)/g,
          (_all, tag: string, first: string) => tag + (first === "A" ? "B" : "A"),
        ),
      "badSignature",
    ],
    [
      "a response signed by a stranger",
      (f) => signXml(encrypted(f), { element: "Response", key: stranger }),
      "badSignature",
    ],
  ];
  it.each(cases)("%s", async (_name, build, reason) => {
    await expectRefused(world, build, reason);
  });
});

describe("whatever is damaged is one refusal (no oracle)", () => {
  const flip = (at: number) => (bytes: Buffer) => {
    const copy = Buffer.from(bytes);
    const index = at < 0 ? copy.length + at : at;
    copy[index] = (copy[index] ?? 0) ^ 1;
    return copy;
  };
  const other = createPublicKey(stranger.certificate);
  const damages: [string, (fields: Fields) => string][] = [
    ["the nonce", (f) => response(f, { ciphertext: flip(0) })],
    ["a byte of the content", (f) => response(f, { ciphertext: flip(500) })],
    ["the tag", (f) => response(f, { ciphertext: flip(-1) })],
    ["a short tag", (f) => response(f, { ciphertext: (bytes) => bytes.subarray(0, -4) })],
    ["nothing but a tag", (f) => response(f, { ciphertext: (bytes) => bytes.subarray(-16) })],
    ["the wrapped key", (f) => response(f, { wrapped: flip(100) })],
    ["half a wrapped key", (f) => response(f, { wrapped: (bytes) => bytes.subarray(0, 128) })],
    [
      "a wrapped key larger than the modulus",
      (f) => response(f, { wrapped: (bytes) => Buffer.alloc(bytes.length, 0xff) }),
    ],
    ["a key of another size", (f) => response(f, { key: (bytes) => bytes.subarray(0, 16) })],
    ["another key", (f) => response(f, { key: () => randomBytes(32) })],
    ["a key for somebody else", (f) => responseXml(f, encryptElement(signXml(assertionXml(f)), other))],
    ["no base64", (f) => response(f).replace(/<xenc:CipherValue>[^<]/, "<xenc:CipherValue>!")],
    ["a plaintext that is no XML", (f) => response(f, {}, "gibberish")],
    [
      "a plaintext that is no UTF-8",
      (f) =>
        response(f, {}, Buffer.from(signXml(assertionXml(f)).replace("ZÉPHYRINOT", "Z\u00c9"), "latin1")),
    ],
    ["half a plaintext", (f) => response(f, {}, signXml(assertionXml(f)).slice(0, 900))],
    ["two elements", (f) => response(f, {}, signXml(assertionXml(f)).repeat(2))],
    ["an XML declaration", (f) => response(f, {}, `<?xml version="1.0"?>${signXml(assertionXml(f))}`)],
    ["a document type", (f) => response(f, {}, `<!DOCTYPE x>${signXml(assertionXml(f))}`)],
    [
      "a comment in it",
      (f) => response(f, {}, signXml(assertionXml(f)).replace("National_ens", "National<!-- -->_ens")),
    ],
    [
      "a prefix of the response's",
      (f) => response(f, {}, signXml(assertionXml(f)).replace(/ xmlns:saml="[^"]*"/, "")),
    ],
    [
      "300 elements more",
      (f) =>
        response(
          f,
          {},
          signXml(
            assertionXml({
              ...f,
              attributesExtra: `<saml:Attribute Name="x">${"<saml:AttributeValue/>".repeat(300)}</saml:Attribute>`,
            }),
          ),
        ),
    ],
  ];
  it.each(damages)("%s", async (_name, build) => {
    const { refused } = await expectRefused(world, build, "undecipherable");
    expect(refused.cookies).toEqual(["preau-gar", "preau-gar-crosssite"]);
  });

  it("outside, every refusal reads the same", async () => {
    const answers = new Set<string>();
    for (const [, build] of [
      ...damages,
      ["a stranger's", (f) => response(f, {}, signXml(assertionXml(f), { key: stranger }))],
    ] as typeof damages) {
      const browser = world.browser();
      const { requestId } = await browser.begin();
      const { text } = await browser.post(base64(build(browser.fieldsFor(requestId))));
      answers.add(text.replace(/req_\w+/g, "req"));
    }
    expect(answers.size).toBe(1);
  });
});

describe("what stands in the plaintext is checked like any assertion: anybody can encrypt for us", () => {
  const inside = (f: Fields, plaintext: string) => response(f, {}, plaintext);
  const cases: [string, (fields: Fields) => string, string][] = [
    ["unsigned", (f) => inside(f, assertionXml({ ...f, attributes: admin })), "unsignedAssertion"],
    ["unsigned in a signed response", (f) => signedAround(inside(f, assertionXml(f))), "unsignedAssertion"],
    [
      "signed by a stranger",
      (f) => inside(f, signXml(assertionXml({ ...f, attributes: admin }), { key: stranger })),
      "badSignature",
    ],
    [
      "changed after signing",
      (f) => inside(f, signXml(assertionXml(f)).replace("ZÉPHYRINOT", "ADMIN")),
      "badSignature",
    ],
    ["signed with SHA-1", (f) => inside(f, signXml(assertionXml(f), { hash: "sha1" })), "weakAlgorithm"],
    [
      "expired",
      (f) => inside(f, signXml(assertionXml({ ...f, notOnOrAfter: f.issuedAt - 61_000 }))),
      "expired",
    ],
    [
      "for another audience",
      (f) => inside(f, signXml(assertionXml({ ...f, audience: "https://other.example" }))),
      "wrongAudience",
    ],
    [
      "for another request than the response",
      (f) => inside(f, signXml(assertionXml({ ...f, inResponseTo: "_other" }))),
      "unsolicited",
    ],
    ["a whole response", (f) => inside(f, signedResponse(f)), "unsignedAssertion"],
    [
      "an encrypted one again",
      (f) => inside(f, encryptElement(signXml(assertionXml(f)), ours)),
      "unsignedAssertion",
    ],
    [
      "the signed one within a forged one",
      (f) =>
        inside(
          f,
          assertionXml({ ...f, assertionId: "_evil", attributes: admin }).replace(
            "</saml:Issuer>",
            `$&${signXml(assertionXml(f))}`,
          ),
        ),
      "unsignedAssertion",
    ],
  ];
  it.each(cases)("%s", async (_name, build, reason) => {
    await expectRefused(world, build, reason);
  });
});

describe("options", () => {
  it("`wantEncrypted` refuses a clear assertion, and takes an encrypted one", async () => {
    const strict = await open({ options: { wantEncrypted: true } });
    const browser = strict.browser();
    const { requestId } = await browser.begin();
    const fields = browser.fieldsFor(requestId);
    expect((await browser.post(base64(signedResponse(fields)))).status).toBe(403);
    expect((await strict.entries("gar.signInRefused"))[0]?.payload?.["reason"]).toBe("clearAssertion");
    const [theirs] = await publishedKeys(strict, "encryption");
    await expectSignedIn(strict, (f) => responseXml(f, encryptElement(signXml(assertionXml(f)), theirs!)));
  });

  it("`allowCbc` takes AES-CBC in a signed response, verified before it is opened, and nowhere else", async () => {
    const lax = await open({ options: { allowCbc: true } });
    const [theirs] = await publishedKeys(lax, "encryption");
    const cbc = (f: Fields, how: Encrypting = {}) =>
      responseXml(f, encryptElement(signXml(assertionXml(f)), theirs!, { cipher: "aes-128-cbc", ...how }));
    for (const cipher of ["aes-128-cbc", "aes-256-cbc"] as const)
      await expectSignedIn(lax, (f) => signedAround(cbc(f, { cipher })));
    const refused: [string, (fields: Fields) => string][] = [
      ["unsignedMessage", cbc],
      ["badSignature", (f) => signXml(cbc(f), { element: "Response", key: stranger })],
      ["weakAlgorithm", (f) => signedAround(cbc(f, { cipher: "des-ede3-cbc" }))],
      ["undecipherable", (f) => signedAround(cbc(f, { ciphertext: (bytes) => bytes.subarray(0, -16) }))],
    ];
    for (const [reason, build] of refused) await expectRefused(lax, build, reason);
    const { text } = await lax.browser().ask("/gar/saml/metadata");
    expect(text).toContain("aes128-cbc");
    expect((await world.browser().ask("/gar/saml/metadata")).text).not.toContain("-cbc");
  });
});

describe("EncryptedID in a LogoutRequest (SAML core §3.7.1)", () => {
  it("names the person to us alone; damaged, it names nobody", async () => {
    const one = await signedIn(world);
    const content = (how: Encrypting = {}) =>
      encryptElement(
        nameId(one.name).replace("<saml:NameID", '$& xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"'),
        ours,
        { element: "EncryptedID", ...how },
      ) + sessionIndex(one.index);
    const send = (how?: Encrypting) =>
      providerOf(world).soap(
        envelope(signedLogout({ ...honestLogout(world, one.name, one.index), content: content(how) })),
      );
    expect((await send({ ciphertext: (bytes) => bytes.subarray(0, -1) })).status).toBe(403);
    expect((await send({ cipher: "aes-128-cbc" })).status).toBe(403);
    expect(await one.browser.session()).toMatchObject({ role: "teacher" });
    expect((await send()).status).toBe(200);
    expect(await one.browser.session()).toBe(401);
  });
});
