import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Profile, SAML, ValidateInResponseTo } from "@node-saml/node-saml";
import { selfSignedCertificate } from "@preau/gar";
import { systemClock } from "@preau/kernel";
import { freePort, makeFolder } from "@preau/testing";
import { DOMParser, XMLSerializer } from "@xmldom/xmldom";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SignedXml } from "xml-crypto";
import { garSimulator } from "../../src/gar/gar-simulator.ts";
import { garPeople } from "../../src/gar/people.ts";
import type { RunningSimulator } from "../../src/simulator.ts";
import { formWithButton, makeBrowser } from "./browser.ts";

const folder = makeFolder();
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const spKey = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const spCertificate = selfSignedCertificate(privateKey, { name: "SP", from: systemClock.now(), days: 2 });
const consumer = "https://sp.example/acs";
const entityId = "https://sp.example/saml";
let idp: RunningSimulator;
let metadata: string;

beforeAll(async () => {
  idp = await garSimulator.start({
    port: await freePort(),
    dataFolder: folder.path,
    environment: { PREAU_SIM_GAR_SP_METADATA: "" },
  });
  metadata = await (await fetch(`${idp.url}/idp/metadata`)).text();
  const registered = await fetch(`${idp.url}/idp/service-providers`, {
    method: "POST",
    body: stranger().generateServiceProviderMetadata(null, spCertificate),
  });
  expect(registered.status).toBe(201);
});
afterAll(async () => {
  await idp.stop();
  folder.remove();
});
beforeEach(() => fetch(`${idp.url}/_faults`, { method: "DELETE" }));

/** A service provider that nobody here wrote, configured from the simulator's metadata alone. */
function stranger(more: { privateKey?: string; signatureAlgorithm?: "sha1" | "sha256" } = {}): SAML {
  const document = new DOMParser().parseFromString(metadata, "text/xml");
  const first = (name: string) => document.getElementsByTagNameNS("*", name)[0];
  return new SAML({
    callbackUrl: consumer,
    issuer: entityId,
    entryPoint: first("SingleSignOnService")?.getAttribute("Location") ?? "",
    idpCert: first("X509Certificate")?.textContent ?? "",
    idpIssuer: first("EntityDescriptor")?.getAttribute("entityID") ?? "",
    privateKey: spKey,
    signatureAlgorithm: "sha256",
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: false,
    validateInResponseTo: ValidateInResponseTo.always,
    identifierFormat: null,
    ...more,
  });
}

/** From the service provider's redirect to the form that the identity provider posts. */
async function chosen(sp: SAML, person: string, relayState = "") {
  const browser = makeBrowser();
  const choice = await browser.get(await sp.getAuthorizeUrlAsync(relayState, undefined, {}));
  return formWithButton(await browser.submit(formWithButton(choice, person)), "Continuer");
}

function fault(name: string, value = "on"): Promise<Response> {
  return fetch(`${idp.url}/_faults`, { method: "POST", body: new URLSearchParams({ [name]: value }) });
}

const xmlsec1 = "/usr/bin/xmlsec1";

async function signedDocument(): Promise<{ xml: string; certificate: string }> {
  const { fields } = await chosen(stranger(), "Basile d'Ostrel");
  const body = /<ds:X509Certificate>([^<]+)</.exec(metadata)?.[1]?.match(/.{1,64}/g) ?? [];
  return {
    xml: Buffer.from(fields["SAMLResponse"] ?? "", "base64").toString("utf8"),
    certificate: ["-----BEGIN CERTIFICATE-----", ...body, "-----END CERTIFICATE-----", ""].join("\n"),
  };
}

const teacher = "Maëlle Caradec-Nuñes";

describe("GAR simulator: web browser SSO (SAML profiles §4.1)", () => {
  it("signs in a person at node-saml, with every attribute and the RelayState", async () => {
    const sp = stranger();
    const form = await chosen(sp, teacher, "/me?x=1&y=é");
    expect(form.action).toBe(consumer);
    expect(form.fields["RelayState"]).toBe("/me?x=1&y=é");
    const { profile } = await sp.validatePostResponseAsync({
      SAMLResponse: form.fields["SAMLResponse"] ?? "",
    });
    const expected = Object.fromEntries(
      Object.entries(garPeople[0]!.attributes).map(([name, values]) => [
        name,
        values.length > 1 ? values : values[0],
      ]),
    );
    expect((profile as Profile)["attributes"]).toEqual(expected);
  });

  it("signs what xml-crypto verifies with the key of the metadata alone", async () => {
    const { xml, certificate } = await signedDocument();
    const document = new DOMParser().parseFromString(xml, "text/xml");
    const signature = document.getElementsByTagNameNS("http://www.w3.org/2000/09/xmldsig#", "Signature")[0];
    const check = new SignedXml({ publicCert: certificate });
    check.loadSignature(new XMLSerializer().serializeToString(signature!));
    expect(check.checkSignature(xml)).toBe(true);
  });

  it.skipIf(!existsSync(xmlsec1))(
    "signs what xmlsec1 verifies (skipped where Debian's xmlsec1 is not)",
    async () => {
      const { xml, certificate } = await signedDocument();
      writeFileSync(join(folder.path, "response.xml"), xml);
      writeFileSync(join(folder.path, "idp.crt"), certificate);
      const options = ["--verify", "--id-attr:ID", "urn:oasis:names:tc:SAML:2.0:assertion:Assertion"];
      execFileSync(xmlsec1, [...options, "--pubkey-cert-pem", "idp.crt", "response.xml"], {
        cwd: folder.path,
      });
    },
  );

  it("refuses a request that is unsigned, by another key, SHA-1, or from somebody unknown", async () => {
    const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    const bad = [
      stranger({ privateKey: other.export({ type: "pkcs8", format: "pem" }).toString() }),
      stranger({ signatureAlgorithm: "sha1" }),
    ];
    for (const sp of bad) {
      expect((await fetch(await sp.getAuthorizeUrlAsync("", undefined, {}))).status).toBe(400);
    }
    const signed = await stranger().getAuthorizeUrlAsync("", undefined, {});
    expect((await fetch(signed.replace(/&Signature=.*/, ""))).status).toBe(400);
    expect((await fetch(`${signed}&RelayState=a&RelayState=b`)).status).toBe(400);
    expect((await fetch(signed)).status).toBe(200);
  });

  it("has no form that leaves for anywhere but the consumer of the metadata", async () => {
    const url = await stranger().getAuthorizeUrlAsync("", undefined, {});
    const policy = (await fetch(url)).headers.get("content-security-policy");
    expect(policy).toContain("form-action 'self' https://sp.example;");
    expect(policy).toContain("default-src 'none'");
  });
});

describe("GAR simulator: fault switches", () => {
  const refusedByNodeSaml: [name: string, value?: string][] = [
    ["unsigned"],
    ["wrong-key"],
    ["tampered"],
    ["wrapped", "1"],
    ["wrapped", "2"],
    ["wrapped", "3"],
    ["two-assertions"],
    ["expired"],
    ["wrong-audience"],
    ["unsolicited"],
    ["not-yet-valid"],
    ["clock-ahead", "3600"],
    ["two-audiences"],
    ["other-request"],
    ["duplicate-id"],
  ];
  it.each(refusedByNodeSaml)(
    "%s %s is refused by node-saml, or signs nobody else in",
    async (name, value = "on") => {
      expect((await fault(name, value)).status).toBe(200);
      const sp = stranger();
      const { fields } = await chosen(sp, teacher);
      await expect(
        sp.validatePostResponseAsync({ SAMLResponse: fields["SAMLResponse"] ?? "" }),
      ).rejects.toThrow();
    },
  );

  const visibleInTheDocument: [string, RegExp][] = [
    ["sha1", /xmldsig#rsa-sha1/],
    ["wrong-destination", /Destination="https:\/\/elsewhere\.example/],
    ["wrong-recipient", /Recipient="https:\/\/elsewhere\.example/],
    ["wrong-issuer", /Issuer>https:\/\/elsewhere\.example\/idp</],
    ["failed-status", /status:Responder/],
    ["sender-vouches", /cm:sender-vouches/],
    ["duplicate-attribute", /Name="IDO"[\s\S]*Name="IDO"/],
    ["comment-in-identifier", /[0-9a-f]{64}<!-- -->[0-9a-f]{64}/],
    ["doctype", /^<!DOCTYPE/],
    ["no-destination", /<saml2p:Response(?![^>]*Destination)/],
    ["no-recipient", /SubjectConfirmationData(?![^>]*Recipient)/],
    ["cdata-in-identifier", /[0-9a-f]{64}<!\[CDATA\[[0-9a-f]{64}/],
    ["processing-instruction", /^<\?elsewhere /],
    ["relative-namespace", /xmlns:relative="\.\.\//],
  ];
  it.each([
    ["wrong-version", "1", /<saml2p:Response[^>]*Version="1\.1"/],
    ["wrong-version", "2", /<saml2:Assertion[^>]*Version="1\.1"/],
    ["no-issuer", "1", /<saml2p:Response[^>]*><saml2p:Status>/],
    ["no-issuer", "2", /<saml2:Assertion[^>]*><ds:Signature/],
    ["bad-attribute-types", "2", /<saml2:AttributeValue><value /],
    ["bad-attribute-types", "1", /xsi:type="xs:integer"/],
    ["bad-attribute-types", "3", /xsi:nil="true"/],
    ["response-signed", "1", /<\/saml2:Issuer><ds:Signature [\s\S]*<\/saml2:Issuer><ds:Signature /],
    ["response-signed", "2", /^(?!(?:[\s\S]*<ds:Signature ){2})[\s\S]*<ds:Signature /],
    ["oversized", "2", / {204800}/],
  ])("%s %s is in the document", async (name, value, sign) => {
    await fault(name, value);
    const { fields } = await chosen(stranger(), teacher);
    expect(Buffer.from(fields["SAMLResponse"] ?? "", "base64").toString("utf8")).toMatch(sign);
  });

  it.each(visibleInTheDocument)("%s is in the document", async (name, sign) => {
    const honest = await chosen(stranger(), teacher);
    await fault(name);
    const spoilt = await chosen(stranger(), teacher);
    const xml = (form: typeof honest) =>
      Buffer.from(form.fields["SAMLResponse"] ?? "", "base64").toString("utf8");
    expect(xml(honest)).not.toMatch(sign);
    expect(xml(spoilt)).toMatch(sign);
  });

  it("session-ended says that the session is over already", async () => {
    await fault("session-ended");
    const { fields } = await chosen(stranger(), teacher);
    const xml = Buffer.from(fields["SAMLResponse"] ?? "", "base64").toString("utf8");
    const [, ended = "", issued = ""] = [
      /./,
      / SessionNotOnOrAfter="([^"]*)"/,
      / IssueInstant="([^"]*)"/,
    ].map((each) => each.exec(xml)?.[1]);
    expect(ended < issued).toBe(true);
  });

  it("no-authn-statement leaves it out", async () => {
    await fault("no-authn-statement");
    const { fields } = await chosen(stranger(), teacher);
    const xml = Buffer.from(fields["SAMLResponse"] ?? "", "base64").toString("utf8");
    expect(xml).not.toContain("AuthnStatement");
  });

  it("replayed sends the response of the last sign-in again", async () => {
    const first = await chosen(stranger(), teacher);
    await fault("replayed");
    const second = await chosen(stranger(), teacher);
    expect(second.fields["SAMLResponse"]).toBe(first.fields["SAMLResponse"]);
  });

  it("slow waits", async () => {
    await fault("slow", "1");
    const before = performance.now();
    await fetch(`${idp.url}/idp/metadata`);
    expect(performance.now() - before).toBeGreaterThan(950);
  });

  it("lists, sets and clears; refuses what it does not have", async () => {
    type List = { faults: { name: string; state: number }[] };
    const state = async () =>
      ((await (await fetch(`${idp.url}/_faults`)).json()) as List).faults.find(
        ({ name }) => name === "wrapped",
      )?.state;
    await fault("wrapped", "2");
    expect(await state()).toBe(2);
    expect((await fault("wrapped", "4")).status).toBe(400);
    expect((await fault("nonsense")).status).toBe(400);
    expect(await state()).toBe(2);
    await fetch(`${idp.url}/_faults`, { method: "DELETE" });
    expect(await state()).toBe(0);
  });
});
