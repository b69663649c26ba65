/** The provider changes keys: its new key is believed as soon as its metadata name it, and no stranger's ever is. */
import { createPrivateKey } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { instant } from "@preau/kernel";
import { expect, it, onTestFinished } from "vitest";
import { selfSignedCertificate } from "../src/saml/self-signed-certificate.ts";
import { stranger } from "./attempt.ts";
import {
  base64,
  idpKey,
  idpMetadata,
  type Key,
  makeKey,
  signedResponse,
  signXml,
} from "./identity-provider.ts";
import { makeWorld } from "./world.ts";

const next = makeKey("Next");

async function open(keys: readonly Key[]) {
  const world = await makeWorld({ metadata: idpMetadata(keys) });
  onTestFinished(() => world.close());
  const signIn = async (sign: (xml: (key: Key) => string) => string) => {
    const browser = world.browser();
    const { requestId } = await browser.begin();
    const fields = browser.fieldsFor(requestId);
    return (await browser.post(base64(sign((key) => signedResponse(fields, { key }))))).status;
  };
  const publish = (now: readonly Key[]) => writeFileSync(join(world.folder, "idp.xml"), idpMetadata(now));
  return { world, signIn, publish };
}

it("a new key is believed at the first message that names it, or within a minute (SAML metadata §2.4.1.1)", async () => {
  const { world, signIn, publish } = await open([idpKey]);
  expect(await signIn((signed) => signed(idpKey))).toBe(303);
  publish([next]);
  expect(await signIn((signed) => signed(idpKey))).toBe(303); // nobody has named another key
  expect(await signIn((signed) => signed(next))).toBe(303);
  expect(await signIn((signed) => signed(idpKey))).toBe(403);
  publish([idpKey]); // and back, within the minute
  expect(await signIn((signed) => signed(idpKey))).toBe(403);
  world.clock.advance(60_000);
  expect(await signIn((signed) => signed(stranger))).toBe(403); // asks for the metadata too
  expect(await signIn((signed) => signed(idpKey))).toBe(303);
});

it("of two keys either signs, or one the response and the other the assertion", async () => {
  const { signIn } = await open([idpKey, next]);
  expect(await signIn((signed) => signed(idpKey))).toBe(303);
  expect(await signIn((signed) => signed(next))).toBe(303);
  expect(await signIn((signed) => signXml(signed(next), { key: idpKey, element: "Response" }))).toBe(303);
  expect(await signIn((signed) => signXml(signed(next), { key: stranger, element: "Response" }))).toBe(403);
});

it("a message that names no key is tried with each", async () => {
  const { signIn } = await open([idpKey, next]);
  const unnamed = (xml: string) => xml.replace(/<KeyInfo>.*<\/KeyInfo>/, "");
  expect(await signIn((signed) => unnamed(signed(next)))).toBe(303);
  expect(await signIn((signed) => unnamed(signed(stranger)))).toBe(403);
});

it("the same key under another certificate is the same key; a chain may stand around it", async () => {
  const { signIn } = await open([idpKey]);
  const from = instant("2026-06-01T00:00:00.000Z");
  const options = { name: "Renewed", from, days: 900 };
  const certificate = selfSignedCertificate(createPrivateKey(idpKey.privateKey), options);
  expect(await signIn((signed) => signed({ ...idpKey, certificate }))).toBe(303);
  const bare = stranger.certificate.replaceAll(/-----[^-]+-----|\s/g, "");
  const chain = `<X509Certificate>${bare}</X509Certificate>`;
  expect(await signIn((signed) => signed(idpKey).replace("<X509Data>", `$&${chain}`))).toBe(303);
});
