import { ValidateInResponseTo } from "@node-saml/node-saml";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  logoutRequestXml,
  readLogoutMessage,
  readSignedLogoutMessage,
} from "../../src/gar/logout-messages.ts";
import { saml } from "../../src/gar/saml.ts";
import { type Signer, signElement } from "../../src/gar/sign.ts";
import { formWithButton, linkNamed, makeBrowser, type Page } from "./browser.ts";
import { type SamlWorld, samlWorld, teacher } from "./saml-world.ts";

let world: SamlWorld;
beforeAll(async () => {
  world = await samlWorld();
});
afterAll(() => world.stop());
beforeEach(() => world.reset());

type Browser = ReturnType<typeof makeBrowser>;

/** Signed in at the médiacentre and at the service. */
async function signedIn(browser = makeBrowser()) {
  await browser.submit(formWithButton(await browser.get(`${world.url}/mediacentre`), teacher));
  return { browser, profile: await world.signIn(teacher, browser) };
}

/** Signs out of everything by a channel, pressing what a browser without JavaScript has to press. */
async function signOut(browser: Browser, channel: string): Promise<Page> {
  const form = formWithButton(await browser.get(`${world.url}/mediacentre`), "Se déconnecter de tout");
  let page = await browser.submit({ ...form, fields: { channel } });
  while (page.text.includes("Continuer")) {
    page = page.text.includes('http-equiv="refresh"')
      ? await browser.get(linkNamed(page, "Continuer"))
      : await browser.submit(formWithButton(page, "Continuer"));
  }
  return page;
}

describe("GAR simulator: signing out of the médiacentre (SAML profiles §4.4)", () => {
  it.each(["soap", "post", "redirect"] as const)(
    "reaches node-saml by %s, names person and session, and shows what it answered",
    async (channel) => {
      const { browser, profile } = await signedIn();
      const page = await signOut(browser, channel);
      const [only, ...others] = world.seen;
      expect(others).toEqual([]);
      expect(only).toMatchObject({
        binding: channel,
        profile: { nameID: profile.nameID, sessionIndex: profile.sessionIndex },
      });
      expect(page.text).toContain("a confirmé (Success)");
      expect((await browser.get(`${world.url}/mediacentre`)).text).toContain("Qui êtes-vous");
    },
  );

  it("asks nobody again at the door, and again once signed out", async () => {
    const { browser } = await signedIn();
    expect((await browser.get(`${world.party}/login`)).text).not.toContain("Qui êtes-vous");
    await signOut(browser, "soap");
    expect((await browser.get(`${world.party}/login`)).text).toContain("Qui êtes-vous");
  });

  it("goes by what the metadata of the service have now", async () => {
    const { browser } = await signedIn();
    await world.register(["redirect"]);
    expect((await signOut(browser, "soap")).text).toContain("a confirmé (Success)");
    expect(world.seen.map(({ binding }) => binding)).toEqual(["redirect"]);
    const second = await signedIn();
    await world.register([]);
    expect((await signOut(second.browser, "soap")).text).toContain("aucune adresse de déconnexion");
    await world.register();
  });

  it("believes no answer that is not signed by the service's key", async () => {
    const { browser } = await signedIn();
    world.answerWith(world.signers.stranger);
    expect((await signOut(browser, "soap")).text).toContain("réponse refusée");
  });

  it.each(["post", "redirect"])("by %s goes through the browser to one after the other", async (channel) => {
    const { browser, profile } = await signedIn();
    const second = await world.signIn(teacher, browser);
    const page = await signOut(browser, channel);
    const indexes = world.seen.map(({ profile: named }) => named?.["sessionIndex"]);
    expect(indexes).toEqual([profile.sessionIndex, second.sessionIndex]);
    expect(page.text.match(/a confirmé/g)).toHaveLength(2);
  });

  it.each([
    [{ inResponseTo: "_another" }, "InResponseTo"],
    [{ status: [saml.responder] }, "a refusé (Responder)"],
  ] as const)("does not take %j for a yes", async (more, said) => {
    const { browser } = await signedIn();
    world.answerWith(world.key, more);
    const page = await signOut(browser, "soap");
    expect(page.text).toContain(said);
    expect(page.text).toContain("✗ SAML");
  });

  it("reaches every sign-in of the session, and says which did not answer", async () => {
    const { browser } = await signedIn();
    await world.signIn(teacher, browser);
    await world.fault("logout-wrong-key");
    const page = await signOut(browser, "soap");
    expect(world.seen.map(({ profile }) => profile)).toEqual([undefined, undefined]);
    expect(page.text.match(/a répondu 403/g)).toHaveLength(2);
  });
});

describe("GAR simulator: spoilt logout requests", () => {
  const refused = [
    ["logout-unsigned"],
    ["logout-wrong-key"],
    ["logout-tampered"],
    ["logout-wrapped"],
    ["logout-stale"],
    ["logout-wrong-issuer"],
  ] as const;
  it.each(refused)("%s is refused by node-saml", async (name) => {
    await world.fault(name);
    const { browser } = await signedIn();
    await signOut(browser, "post");
    expect(world.seen).toMatchObject([{ binding: "post", profile: undefined }]);
  });

  const visible: readonly (readonly [string, (xml: string, honest: string) => boolean])[] = [
    ["logout-sha1", (xml) => xml.includes("xmldsig#rsa-sha1")],
    ["logout-wrong-destination", (xml) => xml.includes('Destination="https://elsewhere.example')],
    ["logout-wrong-version", (xml) => xml.includes('Version="1.1"')],
    ["logout-no-session-index", (xml) => !xml.includes("SessionIndex")],
    ["logout-doctype", (xml) => xml.startsWith("<!DOCTYPE")],
    ["logout-for-another", (xml, nameId) => !xml.includes(nameId)],
    ["logout-other-session", (xml, nameId) => xml.includes(nameId) && xml.includes("SessionIndex")],
  ];
  it.each(visible)("%s is in the document", async (name, isThere) => {
    await world.fault(name);
    const { browser, profile } = await signedIn();
    await signOut(browser, "post");
    const xml = world.seen[0]?.xml ?? "";
    expect(xml).toContain("LogoutRequest");
    expect(isThere(xml, profile.nameID)).toBe(true);
    expect(xml.includes(profile.sessionIndex ?? "")).toBe(
      !["logout-no-session-index", "logout-other-session"].includes(name),
    );
  });

  it("logout-replayed sends the last one again", async () => {
    const first = await signedIn();
    await signOut(first.browser, "post");
    await world.fault("logout-replayed");
    const second = await signedIn();
    await signOut(second.browser, "post");
    expect(world.seen[1]?.xml).toBe(world.seen[0]?.xml);
  });
});

describe("GAR simulator: a service signs out (SAML profiles §4.4.3.1)", () => {
  /** A request of the service's own, by POST or SOAP, which node-saml does not make. */
  function request(
    about: { readonly nameID: string; readonly sessionIndex?: string },
    more: Partial<Parameters<typeof logoutRequestXml>[0]> = {},
    signer: Signer = world.key,
  ): string {
    const xml = logoutRequestXml({
      id: "_of-the-service",
      version: "2.0",
      issuer: `${world.party}/metadata`,
      destination: world.names.logoutUrls.post,
      issuedAt: Date.now(),
      expiresAt: Date.now() + 60_000,
      nameId: about.nameID,
      sessionIndex: about.sessionIndex,
      ...more,
    });
    return signElement(xml, signer);
  }
  const post = (browser: Browser, xml: string) =>
    browser.submit({
      action: world.names.logoutUrls.post,
      fields: { SAMLRequest: Buffer.from(xml).toString("base64"), RelayState: "r/1" },
    });
  const isSignedIn = async (browser: Browser) =>
    !(await browser.get(`${world.url}/mediacentre`)).text.includes("Qui êtes-vous");

  it("by Redirect, made and read by node-saml", async () => {
    const { browser, profile } = await signedIn();
    const page = await browser.get(await world.sp().getLogoutUrlAsync(profile, "r/1", {}));
    expect(page.text).toBe("bye");
    expect(world.seen).toMatchObject([{ binding: "redirect", profile: null }]);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it("by POST: the answer is a form that node-saml takes", async () => {
    const { browser, profile } = await signedIn();
    const page = await post(browser, request(profile));
    const form = formWithButton(page, "Continuer");
    expect(form.action).toBe(`${world.party}/slo`);
    expect(form.fields["RelayState"]).toBe("r/1");
    const xml = Buffer.from(form.fields["SAMLResponse"] ?? "", "base64").toString("utf8");
    const answer = readSignedLogoutMessage(xml, [world.signers.own.certificate]);
    expect(answer).toMatchObject({ inResponseTo: "_of-the-service", status: saml.success });
    const sp = world.provider({ validateInResponseTo: ValidateInResponseTo.never });
    expect(await sp.validatePostResponseAsync({ SAMLResponse: form.fields["SAMLResponse"] ?? "" })).toEqual({
      profile: null,
      loggedOut: true,
    });
    expect(await isSignedIn(browser)).toBe(false);
  });

  it("tells the other sign-ins of the session, and not the one that asked", async () => {
    const { browser, profile } = await signedIn();
    const other = await world.signIn(teacher, browser);
    await post(browser, request(profile));
    expect(world.seen.map(({ profile: named }) => named?.["sessionIndex"])).toEqual([other.sessionIndex]);
  });

  it("by SOAP, without a browser", async () => {
    const { browser, profile } = await signedIn();
    const answered = await fetch(world.names.logoutUrls.soap, {
      method: "POST",
      headers: { "content-type": "text/xml" },
      body: `<s:Envelope xmlns:s="${saml.envelope}"><s:Body>${request(profile, {
        destination: world.names.logoutUrls.soap,
      })}</s:Body></s:Envelope>`,
    });
    const message = readSignedLogoutMessage(await answered.text(), [world.signers.own.certificate]);
    expect(message).toMatchObject({ kind: "LogoutResponse", status: saml.success });
    expect(await isSignedIn(browser)).toBe(false);
  });

  it("by SOAP says so when another service could be told through a browser alone", async () => {
    const { browser, profile } = await signedIn();
    await world.signIn(teacher, browser);
    await world.register(["post"]);
    const answered = await fetch(world.names.logoutUrls.soap, {
      method: "POST",
      body: request(profile, { destination: world.names.logoutUrls.soap }),
    });
    expect(await answered.text()).toContain(saml.partialLogout);
    expect(world.seen).toEqual([]);
    await world.register();
  });

  it("refuses what is unsigned, by another key, wrapped, stale, or for another address; nobody is signed out", async () => {
    const { browser, profile } = await signedIn();
    const about = profile as never;
    const honest = request(about);
    const forged = logoutRequestXml({
      ...{ id: "_forged", version: "2.0", issuer: `${world.party}/metadata`, nameId: profile.nameID },
      ...{ destination: world.names.logoutUrls.post, issuedAt: Date.now(), expiresAt: Date.now() + 60_000 },
      sessionIndex: profile.sessionIndex,
    });
    const [signature = ""] = /<ds:Signature[\s\S]*<\/ds:Signature>/.exec(honest) ?? [];
    const bare = honest.replace(signature, "");
    const bad = {
      unsigned: bare,
      anotherKey: request(about, {}, world.signers.stranger),
      tampered: honest.replace("_of-the-service", "_of-somebody"),
      wrapped: forged.replace("</saml2:Issuer>", `$&<saml2p:Extensions>${honest}</saml2p:Extensions>`),
      // The honest signature on the forged request, and what it covers inside: valid, about another element.
      moved: forged.replace(
        "</saml2:Issuer>",
        `$&${signature}<saml2p:Extensions>${bare}</saml2p:Extensions>`,
      ),
      stale: request(about, { issuedAt: Date.now() - 3_600_000 }),
      expired: request(about, { expiresAt: Date.now() - 1_000 }),
      elsewhere: request(about, { destination: "https://elsewhere.example/" }),
      unknown: request(about, { issuer: "https://elsewhere.example/metadata" }),
      version: request(about, { version: "1.1" }),
      doctype: `<!DOCTYPE a>${honest}`,
    };
    for (const [name, xml] of Object.entries(bad)) {
      expect([name, (await post(browser, xml)).status]).toEqual([name, 400]);
    }
    expect(await isSignedIn(browser)).toBe(true);
    expect((await post(browser, honest)).status).toBe(200);
    expect(await isSignedIn(browser)).toBe(false);
  });

  it("says UnknownPrincipal about a session that is not there", async () => {
    const { browser, profile } = await signedIn();
    for (const [nameID, sessionIndex] of [
      ["_nobody", profile.sessionIndex],
      [profile.nameID, "_no-session"],
    ]) {
      const page = await post(browser, request({ nameID, sessionIndex } as never));
      const form = formWithButton(page, "Continuer");
      const xml = Buffer.from(form.fields["SAMLResponse"] ?? "", "base64").toString("utf8");
      expect(readLogoutMessage(xml).status).toBe(saml.requester);
      expect(xml).toContain(saml.unknownPrincipal);
    }
    expect(await isSignedIn(browser)).toBe(true);
  });

  it.each([
    ["logout-answer-failed", /status:Responder/],
    ["logout-answer-other-request", /InResponseTo="(?!_of-the-service)/],
    ["logout-unsigned", /^(?![\s\S]*SignatureValue)/],
  ])("%s spoils the answer", async (name, sign) => {
    await world.fault(name);
    const { browser, profile } = await signedIn();
    const form = formWithButton(await post(browser, request(profile)), "Continuer");
    expect(Buffer.from(form.fields["SAMLResponse"] ?? "", "base64").toString("utf8")).toMatch(sign);
  });
});
