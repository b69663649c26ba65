import { createPrivateKey, generateKeyPairSync, X509Certificate } from "node:crypto";
import { chmodSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { instant } from "@preau/kernel";
import { makeFolder } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { selfSignedCertificate } from "../src/saml/self-signed-certificate.ts";
import { signingKey } from "../src/saml/signing-key.ts";

const now = instant("2026-11-23T08:00:00.000Z");

function folderOfTest(): string {
  const folder = makeFolder();
  onTestFinished(() => folder.remove());
  return folder.path;
}

describe("self-signed certificate (RFC 5280)", () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

  it("is read by OpenSSL, verifies with its own key and signs nobody else", () => {
    const pem = selfSignedCertificate(privateKey, { name: "Préau", from: now, days: 10 });
    const certificate = new X509Certificate(pem);
    expect(certificate.subject).toBe("CN=Préau");
    expect(certificate.verify(publicKey)).toBe(true);
    expect(certificate.ca).toBe(false);
    expect(certificate.validFromDate.toISOString()).toBe("2026-11-23T08:00:00.000Z");
    expect(certificate.validToDate.toISOString()).toBe("2026-12-03T08:00:00.000Z");
  });

  it("writes years from 2050 with four digits (§4.1.2.5)", () => {
    const pem = selfSignedCertificate(privateKey, { name: "x", from: now, days: 9_000 });
    expect(new X509Certificate(pem).validToDate.getUTCFullYear()).toBe(2051);
  });

  it("names a TLS server by DNS names and addresses, and nobody else (§4.2.1.6)", () => {
    const names = ["localhost", "école.example", "*.gar.example", "127.0.0.1", "::1", "2001:db8::7:0:1"];
    const pem = selfSignedCertificate(privateKey, { name: "TLS", names, from: now, days: 2 });
    const certificate = new X509Certificate(pem);
    for (const host of ["localhost", "xn--cole-9oa.example", "abonnement.gar.example"]) {
      expect(certificate.checkHost(host)).toBeDefined();
    }
    for (const host of ["TLS", "gar.example", "localhost.example"]) {
      expect(certificate.checkHost(host)).toBeUndefined();
    }
    for (const address of ["127.0.0.1", "::1", "2001:db8:0:0:0:7:0:1"]) {
      expect(certificate.checkIP(address)).toBe(address);
    }
    expect(certificate.checkIP("127.0.0.2")).toBeUndefined();
    expect(certificate.checkIP("2001:db8::1")).toBeUndefined();
  });

  it("refuses a name that is neither (TypeError), and has no such extension without names", () => {
    const options = { name: "x", from: now, days: 1 };
    expect(() => selfSignedCertificate(privateKey, { ...options, names: ["a b"] })).toThrow(TypeError);
    expect(new X509Certificate(selfSignedCertificate(privateKey, options)).subjectAltName).toBeUndefined();
  });
});

describe("signing key", () => {
  it("is made once, for its owner alone, even by two that start at once", async () => {
    const keyFile = join(folderOfTest(), "gar", "key.pem");
    const made = await Promise.all([1, 2].map(() => signingKey({ keyFile, name: "Préau", now })));
    expect(made[0]).toEqual(made[1]);
    expect(await signingKey({ keyFile, name: "Other", now })).toEqual(made[0]);
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    const key = createPrivateKey(made[0]?.privateKey ?? "");
    expect(key.asymmetricKeyDetails?.modulusLength).toBe(3072);
    expect(new X509Certificate(made[0]?.certificate ?? "").checkPrivateKey(key)).toBe(true);
  });

  it("is refused while others may read it, with what to run (GAR_KEY_UNREADABLE)", async () => {
    const keyFile = join(folderOfTest(), "key.pem");
    const made = await signingKey({ keyFile, name: "Préau", now });
    for (const mode of [0o644, 0o640, 0o604]) {
      chmodSync(keyFile, mode);
      await expect(signingKey({ keyFile, name: "Préau", now })).rejects.toMatchObject({
        code: "GAR_KEY_UNREADABLE",
        place: expect.stringContaining("chmod 600"),
      });
    }
    chmodSync(keyFile, 0o600);
    expect(await signingKey({ keyFile, name: "Préau", now })).toEqual(made);
  });

  it("is refused when it is weak, of another certificate, or no key (GAR_KEY_UNREADABLE)", async () => {
    const folder = folderOfTest();
    const pem = (bits: number) => {
      const { privateKey } = generateKeyPairSync("rsa", { modulusLength: bits });
      return {
        key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
        certificate: selfSignedCertificate(privateKey, { name: "x", from: now, days: 1 }),
      };
    };
    const [weak, one, two] = [pem(1024), pem(2048), pem(2048)];
    for (const text of [weak.key + weak.certificate, one.key + two.certificate, one.key, "nothing"]) {
      const keyFile = join(folder, "bad.pem");
      writeFileSync(keyFile, text, { mode: 0o600 });
      await expect(signingKey({ keyFile, name: "x", now })).rejects.toMatchObject({
        code: "GAR_KEY_UNREADABLE",
      });
    }
    const keyFile = join(folder, "key.pem");
    const certificateFile = join(folder, "certificate.pem");
    writeFileSync(keyFile, one.key, { mode: 0o600 });
    writeFileSync(certificateFile, one.certificate);
    expect((await signingKey({ keyFile, certificateFile, name: "x", now })).certificate.trim()).toBe(
      one.certificate.trim(),
    );
  });
});
