/** Our keys change without a sign-in refused: the next one is published and decrypts before it signs; ends are told in time. */
import { createPublicKey, verify } from "node:crypto";
import { join } from "node:path";
import { addHours, instant, manualClock, silentLog } from "@preau/kernel";
import { makeFolder } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { certificateReport } from "../src/index.ts";
import { garOptions } from "../src/options.ts";
import { encryptElement, publishedCertificates, publishedKeys } from "./encryption-documents.ts";
import {
  assertionXml,
  base64,
  idpKey,
  idpMetadata,
  makeKey,
  responseXml,
  signXml,
} from "./identity-provider.ts";
import { openWorld as open, type World } from "./world.ts";

function ownFolder(): string {
  const folder = makeFolder();
  onTestFinished(() => folder.remove());
  return folder.path;
}

/** Whose certificate the signature of a new AuthnRequest verifies with. */
async function signer(world: World, certificates: readonly string[]) {
  const { location } = await world.browser().begin();
  const [signed = "", signature = ""] = (location.split("?")[1] ?? "").split("&Signature=");
  const bytes = Buffer.from(decodeURIComponent(signature), "base64");
  return certificates.findIndex((each) => verify("sha256", Buffer.from(signed), each, bytes));
}

async function signInEncrypted(world: World, certificate: string) {
  const browser = world.browser();
  const { requestId } = await browser.begin();
  const fields = browser.fieldsFor(requestId);
  const document = responseXml(
    fields,
    encryptElement(signXml(assertionXml(fields)), createPublicKey(certificate)),
  );
  return (await browser.post(base64(document))).status;
}

describe("change of our key (SAML metadata §2.4.1.1)", () => {
  it("publishes both, signs with the present one, decrypts for either, and changes when the files do", async () => {
    const folder = ownFolder();
    const [first, second] = [join(folder, "first.pem"), join(folder, "second.pem")];
    const before = await open({ folder, options: { keyFile: first, nextKeyFile: second } });
    const signing = await publishedCertificates(before, "signing");
    expect(signing).toHaveLength(2);
    expect(await publishedCertificates(before, "encryption")).toEqual(signing);
    expect(await signer(before, signing)).toBe(0);
    for (const each of signing) expect(await signInEncrypted(before, each)).toBe(303);

    const after = await open({ folder, options: { keyFile: second, nextKeyFile: first } });
    expect(await publishedCertificates(after, "signing")).toEqual(signing.toReversed());
    expect(await signer(after, signing)).toBe(1);
    for (const each of signing) expect(await signInEncrypted(after, each)).toBe(303);

    const alone = await open({ folder, options: { keyFile: second } });
    expect(await signInEncrypted(alone, signing[1]!)).toBe(303);
    expect(await signInEncrypted(alone, signing[0]!)).toBe(403);
  });

  it("keeps a key to encrypt for apart from the one that signs", async () => {
    const folder = ownFolder();
    const options = { encryptionKeyFile: join(folder, "encryption.pem") };
    const world = await open({ folder, options });
    const [signing, encryption] = [
      await publishedCertificates(world, "signing"),
      await publishedCertificates(world, "encryption"),
    ];
    expect([signing.length, encryption.length]).toEqual([1, 1]);
    expect(signing).not.toEqual(encryption);
    expect(await signer(world, [...encryption, ...signing])).toBe(1);
    for (const each of [...encryption, ...signing]) expect(await signInEncrypted(world, each)).toBe(303);
  });
});

describe("our metadata (SAML metadata §2.4.4)", () => {
  it("ask for what was declared, take logouts on three bindings, and never end", async () => {
    const world = await open({ options: { declared: ["IDO", "PRO", "P_MEL"] } });
    const { text } = await world.browser().ask("/gar/saml/metadata");
    expect(
      [...text.matchAll(/<md:RequestedAttribute FriendlyName="(\w+)"/g)].map(([, name]) => name),
    ).toEqual(["IDO", "PRO", "P_MEL"]);
    expect(
      [...text.matchAll(/<md:SingleLogoutService Binding="[^"]*:([\w-]+)" Location="([^"]*)"/g)].map(
        ([, binding]) => binding,
      ),
    ).toEqual(["HTTP-POST", "HTTP-Redirect", "SOAP"]);
    expect(text).not.toContain("validUntil");
    expect(text.match(/isRequired="true"/g)).toHaveLength(1);
    expect(
      (await publishedKeys(world, "signing")).map((key) => key.asymmetricKeyDetails?.modulusLength),
    ).toEqual([3072]);
  });

  it("name attributes as the provider does", async () => {
    const world = await open({
      options: {
        providers: [
          {
            id: "ent",
            protocol: "saml",
            controller: "school-1",
            roles: {},
            declared: ["IDO"],
            attributes: { IDO: "urn:oid:1.3.6.1.4.1.20326.10.999.1.57" },
            saml: { idpMetadata: "/nonexistent", keyFile: join(ownFolder(), "ent.pem") },
          },
        ],
      },
    });
    const { text } = await world.browser().ask("/sso/ent/metadata");
    expect(text).toContain(
      `FriendlyName="IDO" Name="urn:oid:1.3.6.1.4.1.20326.10.999.1.57" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri"`,
    );
  });
});

describe("ends of certificates", () => {
  it("ours are warned of a month before, once a day", async () => {
    const folder = ownFolder();
    await (await open({ folder })).browser().begin();
    const clock = manualClock(instant("2036-11-01T08:00:00.000Z"));
    const late = await open({
      folder,
      clock,
      metadata: idpMetadata([makeKey("Later", instant("2036-01-01T00:00:00.000Z"))]),
    });
    for (const hours of [0, 3, 22]) {
      clock.advance(hours * 3_600_000);
      await late.browser().begin();
    }
    const warned = late.lines.filter((line) => line.startsWith("gar.certificateEnds"));
    expect(warned).toEqual(
      Array<string>(2).fill(
        'gar.certificateEnds {"whose":"ours","provider":"gar.saml","endsAt":"2036-11-20T08:00:00.000Z"}',
      ),
    );
  });

  it("are reported, ours and the provider's, with the days left; what cannot be read is told, and nothing is made", async () => {
    const folder = ownFolder();
    const files = {
      keyFile: join(folder, "key.pem"),
      encryptionKeyFile: join(folder, "encryption.pem"),
      nextKeyFile: join(folder, "next.pem"),
    };
    const metadata = idpMetadata([idpKey]);
    const world = await open({ folder, metadata, options: files });
    const absent = {
      id: "ent",
      protocol: "saml",
      controller: "school-1",
      roles: {},
      saml: { idpMetadata: join(folder, "none.xml"), keyFile: join(folder, "none.pem") },
    };
    const options = garOptions.parse({ idpMetadata: join(folder, "idp.xml"), ...files, providers: [absent] });
    const report = () => certificateReport({ clock: world.clock, log: silentLog }, options);
    expect((await report()).certificates.filter(({ whose }) => whose === "ours")).toEqual([]);
    await world.browser().begin();
    const { certificates, failures } = await report();
    expect(certificates.map(({ whose, uses, next, daysLeft }) => [whose, uses, next, daysLeft])).toEqual([
      ["ours", ["signing"], false, 3650],
      ["ours", ["encryption"], false, 3650],
      ["ours", ["signing"], true, 3650],
      ["theirs", ["signing"], false, 3323],
    ]);
    expect(certificates[3]).toMatchObject({ provider: "gar.saml", endsAt: "2035-12-30T00:00:00.000Z" });
    expect(certificates[0]?.fingerprint).toMatch(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    expect(failures.map(({ provider, error }) => [provider, error.code])).toEqual([
      ["ent", "GAR_METADATA_UNREADABLE"],
    ]);
    world.clock.set(addHours(instant("2035-12-30T00:00:00.000Z"), 1));
    expect((await report()).certificates[3]?.daysLeft).toBe(-1);
  });
});
