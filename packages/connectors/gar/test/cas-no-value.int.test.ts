/** The spellings of "no value" that feeds have, each as each protocol carries it: none becomes a value, none refuses a person. */
import { instant, manualClock } from "@preau/kernel";
import { describe, expect, it, onTestFinished } from "vitest";
import { casSignIn, flatXml, startCasServer, successXml } from "./cas-server.ts";
import { base64, ido, signedResponse } from "./identity-provider.ts";
import { startFakeIssuer } from "./oidc/fake-issuer.ts";
import { oidcBrowser, oidcWorld } from "./oidc/oidc-world.ts";

/** A person of whom only this came; PRE and PRO have real values beside a missing one. */
const person = { IDO: [ido("spellings")], PRO: ["National_ENS", "null"], NOM: ["None"], PRE: ["Null-Éve"] };

describe("four spellings of no value are one thing in all three protocols", () => {
  async function open() {
    const clock = manualClock(instant("2026-11-23T08:00:00.000Z"));
    const [issuer, cas] = [await startFakeIssuer(clock), await startCasServer()];
    const { world, close } = await oidcWorld(issuer.issuer, { clock, options: { cas: { server: cas.url } } });
    onTestFinished(async () => {
      await close();
      issuer.close();
    });
    return { cas, issuer, world };
  }
  const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"';
  const expected = {
    role: "teacher",
    categories: ["connectionAndUsage", "profile", "name"],
    dropped: [],
  };

  it("SAML 2.0: empty, null, None, xsi:nil", async () => {
    const { world } = await open();
    const browser = world.browser();
    const { requestId } = await browser.begin();
    const attributes = { ...person, P_MEL: [""], CIV: ["null"], DIV: ["None", "  "] };
    const attributesExtra = `<saml:Attribute Name="GRO"><saml:AttributeValue ${xsi}/></saml:Attribute>`;
    const fields = { ...browser.fieldsFor(requestId), attributes, attributesExtra };
    expect((await browser.post(base64(signedResponse(fields)))).status).toBe(303);
    expect(await browser.session()).toMatchObject(expected);
  });

  it("OpenID Connect: empty, null, None, JSON null", async () => {
    const { issuer, world } = await open();
    issuer.state.person = { ...person, P_MEL: "", CIV: "null", DIV: ["None", null], GRO: null };
    const browser = oidcBrowser({ issuer, world });
    expect((await browser.signIn()).status).toBe(303);
    expect(await browser.session()).toMatchObject(expected);
  });

  it("CAS 3: empty, null, None, xsi:nil", async () => {
    const { cas, world } = await open();
    const inside = flatXml({ ...person, P_MEL: [""], CIV: ["null"], DIV: ["None", " "] });
    const body = successXml(inside.replace("</cas:attributes>", `<cas:GRO ${xsi}/></cas:attributes>`));
    const { browser, answer } = await casSignIn(world, cas, { body });
    expect(answer.status).toBe(303);
    expect(await browser.session()).toMatchObject(expected);
  });

  it("and an identifier that is spelled so is none", async () => {
    const { cas, issuer, world } = await open();
    for (const none of ["", "null", "None"]) {
      const body = successXml(flatXml({ ...person, IDO: [none] }));
      expect((await casSignIn(world, cas, { body })).answer.status).toBe(403);
    }
    issuer.state.person = { ...person, IDO: null };
    expect((await oidcBrowser({ issuer, world }).signIn()).status).toBe(403);
  });
});
