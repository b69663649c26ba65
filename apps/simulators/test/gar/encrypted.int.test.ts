import { ValidateInResponseTo } from "@node-saml/node-saml";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { garPeople } from "../../src/gar/people.ts";
import { makeBrowser } from "./browser.ts";
import { type SamlWorld, samlWorld } from "./saml-world.ts";

let world: SamlWorld;
beforeAll(async () => {
  world = await samlWorld();
});
afterAll(() => world.stop());
beforeEach(() => world.reset());

/** The algorithms that the document names. */
function algorithms(): string[] {
  return [...world.document().matchAll(/EncryptionMethod Algorithm="[^"]*#([^"]*)"/g)].map(
    ([, name = ""]) => name,
  );
}

describe("GAR simulator: encrypted assertions (SAML core §6)", () => {
  it("encrypts with AES-256-GCM and RSA-OAEP what node-saml reads", async () => {
    await world.fault("encrypted");
    const profile = await world.signIn();
    expect((profile["attributes"] as Record<string, unknown>)["IDO"]).toBe(garPeople[0]!.ido);
    expect(algorithms()).toEqual(["aes256-gcm", "rsa-oaep-mgf1p"]);
    expect(world.document()).not.toContain("Caradec");
  });

  it.each([
    ["encrypted-cbc", ["aes256-cbc", "rsa-oaep-mgf1p"]],
    ["encrypted-rsa15", ["aes256-gcm", "rsa-1_5"]],
  ])("%s: as careless identity providers do, and node-saml still reads", async (name, expected) => {
    await world.fault(name);
    expect((await world.signIn())["nameID"]).toBeTruthy();
    expect(algorithms()).toEqual(expected);
  });

  it.each(["encrypted-damaged", "encrypted-for-another"])("%s is read by nobody", async (name) => {
    await world.fault(name);
    await expect(world.signIn()).rejects.toThrow();
    expect(algorithms()).toEqual(["aes256-gcm", "rsa-oaep-mgf1p"]);
  });

  it.each(["wrong-key", "expired", "tampered"])("%s is refused behind the encryption too", async (name) => {
    await world.fault("encrypted");
    await world.fault(name);
    await expect(world.signIn()).rejects.toThrow();
  });

  it("says so when the service provider has no key to encrypt for", async () => {
    const clear = await samlWorld({ encryption: false });
    await clear.fault("encrypted");
    await expect(clear.signIn()).rejects.toThrow(/Continuer/);
    await clear.stop();
  });
});

describe("GAR simulator: two certificates at once", () => {
  const certificates = async () =>
    [...(await (await fetch(`${world.url}/idp/metadata`)).text()).matchAll(/X509Certificate>([^<]+)</g)].map(
      ([, base64 = ""]) => base64,
    );

  it("publishes the next one, and signs with it when told", async () => {
    expect(await certificates()).toHaveLength(1);
    await world.fault("next-key");
    expect(await certificates()).toHaveLength(2);
    await world.signIn(); // still by the first
    await world.fault("signs-with-next");
    await expect(world.signIn()).rejects.toThrow();
    const [first = "", next = ""] = await certificates();
    const browser = makeBrowser();
    const late = world.provider({ idpCert: [first, next], validateInResponseTo: ValidateInResponseTo.never });
    await world.signIn(undefined, browser).catch(() => undefined);
    const SAMLResponse = Buffer.from(world.document()).toString("base64");
    expect((await late.validatePostResponseAsync({ SAMLResponse })).profile).not.toBeNull();
  });
});
