/** A person signs out here: our session ends first, then her provider is told, and what it answers is believed for its signature. */
import { X509Certificate } from "node:crypto";
import { rmSync } from "node:fs";
import { inflateRawSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SignedXml } from "xml-crypto";
import { stranger } from "./attempt.ts";
import { idpMetadata } from "./identity-provider.ts";
import {
  bothServices,
  honestAnswer,
  type LogoutFields,
  logoutServices,
  logoutUrl,
  logoutXml,
  providerOf,
  redirectQuery,
  signedIn,
  signedLogout,
  signOutForm,
  status,
  success,
} from "./logout-messages.ts";
import { makeWorld, openWorld as open, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld({ metadata: idpMetadata(undefined, { logout: bothServices }) });
});
afterAll(() => world.close());

const saml = "urn:oasis:names:tc:SAML:2.0";
const transient = `${saml}:nameid-format:transient`;
const persistent = `${saml}:nameid-format:persistent`;
const requestIn = (html: string) =>
  Buffer.from(/name="SAMLRequest" value="([^"]*)"/.exec(html)?.[1] ?? "", "base64").toString();
const idOf = (xml: string) => / ID="([^"]*)"/.exec(xml)?.[1] ?? "";

/** Someone who signed out here, and the ID of the request that her browser carries to the provider. */
async function signingOut() {
  const { browser } = await signedIn(world);
  const answer = await signOutForm(world, browser);
  return { browser, id: idOf(requestIn(answer.text)) };
}

describe("signing out here (SAML profiles §4.4, DD.7)", () => {
  it("ends the session first, then posts a signed request with the name as it came", async () => {
    const { browser, name, index } = await signedIn(world, { format: persistent });
    const answer = await signOutForm(world, browser);
    expect(await browser.session()).toBe(401);
    expect(answer.status).toBe(200);
    expect(answer.text).toContain(`action="${logoutUrl}/post"`);
    expect(answer.headers.get("content-security-policy")).toContain(
      "form-action 'self' https://idp.example;",
    );
    expect(answer.headers.get("x-frame-options")).toBe("DENY");
    const xml = requestIn(answer.text);
    const named = `<saml:NameID Format="${persistent}" SPNameQualifier="${world.names.entityId}">${name}</saml:NameID>`;
    expect(xml).toContain(`${named}<samlp:SessionIndex>${index}</samlp:SessionIndex>`);
    expect(xml).toContain(`Destination="${logoutUrl}/post"`);
    await expectSigned(xml);
    expect((await world.entries("gar.signedOut"))[0]?.clause).toBe("DD.7");
  });

  it.each(["post", "redirect"] as const)(
    "lands at home once the provider has answered by %s",
    async (via) => {
      const { browser, id } = await signingOut();
      const answer = honestAnswer(world, id);
      const provider = providerOf(world);
      const landed =
        via === "post"
          ? await provider.post(signedLogout(answer), {}, browser)
          : await provider.redirect(redirectQuery(logoutXml(answer)), browser);
      expect([landed.status, landed.headers.get("location")]).toEqual([303, "/"]);
    },
  );

  it.each([
    ["failed", status(`${saml}:status:Responder`)],
    ["was partial", status(success, `<samlp:StatusCode Value="${saml}:status:PartialLogout"/>`)],
  ])("says so when the logout there %s", async (_how, content) => {
    const { browser, id } = await signingOut();
    const landed = await providerOf(world).post(
      signedLogout({ ...honestAnswer(world, id), content }),
      {},
      browser,
    );
    expect(landed.status).toBe(200);
    expect(landed.text).toContain("Fermez toutes les fenêtres");
  });

  const wrong: [string, (fields: LogoutFields) => string, string][] = [
    ["unsigned", (f) => logoutXml(f), "unsignedMessage"],
    ["by a stranger's key", (f) => signedLogout(f, { key: stranger }), "badSignature"],
    ["to a request of nobody", (f) => signedLogout({ ...f, inResponseTo: "_nobody" }), "unknownRequest"],
    ["to no request", (f) => signedLogout({ ...f, inResponseTo: undefined }), "unsolicited"],
    ["by another issuer", (f) => signedLogout({ ...f, issuer: "https://other.example" }), "wrongIssuer"],
    [
      "to another address",
      (f) => signedLogout({ ...f, destination: "https://other.example" }),
      "wrongDestination",
    ],
    ["an hour old", (f) => signedLogout({ ...f, issuedAt: f.issuedAt - 3_600_000 }), "expired"],
    ["without a status", (f) => signedLogout({ ...f, content: "" }), "unknownShape"],
  ];
  it.each(wrong)(
    "refuses an answer %s; the honest one still counts, once",
    async (_what, document, reason) => {
      world.clock.advance(60_000);
      const { browser, id } = await signingOut();
      const honest = honestAnswer(world, id);
      const provider = providerOf(world);
      expect((await provider.post(document(honest), {}, browser)).status).toBe(403);
      expect((await world.entries("gar.signInRefused"))[0]?.payload?.["reason"]).toBe(reason);
      expect((await provider.post(signedLogout(honest), {}, browser)).status).toBe(303);
      expect((await provider.post(signedLogout(honest), {}, browser)).status).toBe(403);
    },
  );

  it("refuses the answer to another browser's request", async () => {
    const [one, other] = [await signingOut(), await signingOut()];
    const answer = signedLogout(honestAnswer(world, one.id));
    expect((await providerOf(world).post(answer, {}, other.browser)).status).toBe(403);
    expect((await providerOf(world).post(answer)).status).toBe(403);
    expect((await providerOf(world).post(answer, {}, one.browser)).status).toBe(303);
  });
});

describe("what the provider takes", () => {
  it("by address alone, a name that means nothing afterwards", async () => {
    const only = await open({ metadata: idpMetadata(undefined, { logout: logoutServices.redirect }) });
    const { browser, name } = await signedIn(only, { format: transient });
    const answer = await signOutForm(only, browser);
    expect(answer.status).toBe(200); // no redirect: the form's page would stop it
    const url = answer.headers.get("refresh")?.replace("0;url=", "") ?? "";
    expect(url.startsWith(`${logoutUrl}/redirect?SAMLRequest=`)).toBe(true);
    const message = new URL(url).searchParams.get("SAMLRequest") ?? "";
    expect(inflateRawSync(Buffer.from(message, "base64")).toString()).toContain(name);
  });

  it.each([persistent, undefined])("by address alone, no name of format %s", async (format) => {
    const only = await open({ metadata: idpMetadata(undefined, { logout: logoutServices.redirect }) });
    const { browser } = await signedIn(only, format === undefined ? {} : { format });
    const answer = await signOutForm(only, browser);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/"]);
    expect(await browser.session()).toBe(401);
  });

  it("nothing: signing out here is all there is, also while its metadata cannot be read", async () => {
    const none = await open({});
    const [one, two] = [await signedIn(none), await signedIn(none)];
    const answer = await signOutForm(none, one.browser);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/"]);
    rmSync(`${none.folder}/idp.xml`);
    none.clock.advance(25 * 60_000);
    await two.browser.session();
    none.clock.advance(25 * 60_000);
    await two.browser.session();
    none.clock.advance(25 * 60_000);
    expect((await signOutForm(none, two.browser)).status).toBe(303);
    expect(await two.browser.session()).toBe(401);
  });

  it("nothing that it cannot be sent: addresses of other schemes are none", async () => {
    const logout = logoutServices.post.replace(logoutUrl, "javascript:alert(1)//");
    const odd = await open({ metadata: idpMetadata(undefined, { logout }) });
    const { browser } = await signedIn(odd);
    expect((await signOutForm(odd, browser)).status).toBe(303);
  });
});

describe("the form of who signs out (CSRF)", () => {
  const forged: [string, Parameters<typeof signOutForm>[2]][] = [
    ["without token", { token: "" }],
    ["with another token", { token: "x".repeat(43) }],
    ["from another origin", { headers: { origin: "https://elsewhere.example" } }],
    ["from another site", { headers: { "sec-fetch-site": "cross-site" } }],
  ];
  it.each(forged)("%s ends nothing", async (_what, how) => {
    const { browser } = await signedIn(world);
    expect((await signOutForm(world, browser, how)).status).toBe(403);
    expect(await browser.session()).toMatchObject({ role: "teacher" });
    expect((await signOutForm(world, browser)).status).toBe(200);
  });

  it("without a session there is nothing to sign out of (401)", async () => {
    expect((await signOutForm(world, world.browser())).status).toBe(401);
  });
});

/** By our published certificate, as another library sees it. */
async function expectSigned(xml: string) {
  const { text } = await world.browser().ask("/gar/saml/metadata");
  const body = /<ds:X509Certificate>([^<]*)/.exec(text)?.[1] ?? "";
  const publicCert = new X509Certificate(Buffer.from(body, "base64")).toString();
  const signature = /<Signature [\s\S]*<\/Signature>/.exec(xml)?.[0] ?? "";
  const verifier = new SignedXml({ publicCert });
  verifier.loadSignature(signature);
  expect(verifier.checkSignature(xml)).toBe(true);
}
