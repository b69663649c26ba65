import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { chmodSync, writeFileSync } from "node:fs";
import path from "node:path";
import { instant, isFault } from "@preau/kernel";
import { temporaryFolder } from "@preau/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { selfSignedCertificate } from "../../src/saml/self-signed-certificate.ts";
import { clientCertificate } from "../../src/subscriptions/client-certificate.ts";

const now = instant("2026-11-23T08:00:00.000Z");
let key: KeyObject;
let otherKey: KeyObject;
beforeAll(() => {
  key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  otherKey = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
});

function files() {
  const folder = temporaryFolder();
  const write = (name: string, text: string, mode = 0o600) => {
    const file = path.join(folder, name);
    writeFileSync(file, text, { mode });
    chmodSync(file, mode);
    return file;
  };
  const pem = (of: KeyObject) => of.export({ type: "pkcs8", format: "pem" }).toString();
  const certificate = (of: KeyObject, days = 10) =>
    selfSignedCertificate(of, { name: "preau", from: now, days });
  return { folder, write, pem, certificate };
}

describe("certificate for the subscription service", () => {
  it("reads certificate, key and authority, and says when it ends", async () => {
    const { write, pem, certificate } = files();
    const read = await clientCertificate(
      {
        certificateFile: write("own.crt", certificate(key), 0o644),
        keyFile: write("own.key", pem(key)),
        caFile: write("ca.crt", certificate(otherKey), 0o644),
      },
      now,
    );
    expect(read.endsAt).toBe("2026-12-03T08:00:00.000Z");
    expect(read.privateKey).toBe(pem(key));
    expect(read.authorities).toContain("BEGIN CERTIFICATE");
  });

  it("opens a locked key with the first line of a file that is closed too", async () => {
    const { write, certificate } = files();
    const locked = key.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "sésame" });
    const given = (keyPassphraseFile?: string) => ({
      certificateFile: write("own.crt", certificate(key)),
      keyFile: write("own.key", locked.toString()),
      keyPassphraseFile,
    });
    expect((await clientCertificate(given(write("word", "sésame\n")), now)).privateKey).toContain(
      "BEGIN PRIVATE KEY",
    );
    const refused = { code: "GAR_SUBSCRIPTION_KEY_UNREADABLE" };
    await expect(clientCertificate(given(write("word", "sésame\n", 0o644)), now)).rejects.toMatchObject(
      refused,
    );
    await expect(clientCertificate(given(write("word", "autre\n")), now)).rejects.toMatchObject(refused);
    await expect(clientCertificate(given(), now)).rejects.toMatchObject(refused);
  });

  it("names the option that is missing", async () => {
    const missing = (place: string) => ({ code: "GAR_SUBSCRIPTION_NOT_CONFIGURED", place });
    await expect(clientCertificate({}, now)).rejects.toMatchObject(missing("certificateFile"));
    await expect(clientCertificate({ certificateFile: "x" }, now)).rejects.toMatchObject(missing("keyFile"));
  });

  it("refuses a key that others can read, another's certificate, one that has ended, and what is none", async () => {
    const { folder, write, pem, certificate } = files();
    const own = write("own.crt", certificate(key));
    const ownKey = write("own.key", pem(key));
    const why = async (certificateFile: string, keyFile: string, at = now, caFile?: string) =>
      clientCertificate({ certificateFile, keyFile, caFile }, at).then(
        () => "taken",
        (error: unknown) =>
          isFault(error) ? `${error.code} ${path.relative(folder, error.place ?? "")}` : "?",
      );
    const unreadable = "GAR_SUBSCRIPTION_KEY_UNREADABLE";
    expect(await why(own, ownKey)).toBe("taken");
    expect(await why(own, write("open.key", pem(key), 0o640))).toBe(
      `${unreadable} open.key: mode 640, open to others (chmod 600)`,
    );
    expect(await why(own, write("other.key", pem(otherKey)))).toBe(
      `${unreadable} own.crt: the certificate of another key`,
    );
    expect(await why(own, ownKey, instant("2026-12-03T08:00:00.000Z"))).toBe(
      `${unreadable} own.crt: ended at 2026-12-03T08:00:00.000Z`,
    );
    expect(await why(write("no.crt", "nothing"), ownKey)).toBe(`${unreadable} no.crt: cannot be read`);
    expect(await why(own, path.join(folder, "nowhere"))).toBe(`${unreadable} nowhere: cannot be read`);
    expect(await why(own, ownKey, now, write("ca.crt", "nothing"))).toBe(
      `${unreadable} ca.crt: cannot be read`,
    );
  });
});
