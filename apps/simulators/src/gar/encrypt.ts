/** Encrypts an assertion for a service provider (XML Encryption 1.1; SAML core §6): AES-256-GCM, RSA-OAEP. */
import { X509Certificate } from "node:crypto";
import { promisify } from "node:util";
import xmlEncryption from "xml-encryption";
import { algorithms, saml } from "./saml.ts";

export interface EncryptOptions {
  /** PEM, of the service provider's metadata. */
  readonly certificate: string;
  /** AES-256-CBC instead: what padding oracles read. */
  readonly cbc: boolean;
  /** RSA with PKCS #1 v1.5 carries the key instead: what Bleichenbacher's oracle reads. */
  readonly rsa15: boolean;
  /** One byte of the ciphertext is another. */
  readonly damaged: boolean;
}

const encrypt = promisify((content: string, given: EncryptOptions, done: Parameters<Encrypt>[2]) =>
  xmlEncryption.encrypt(
    content,
    {
      rsa_pub: new X509Certificate(given.certificate).publicKey.export({ type: "spki", format: "pem" }),
      pem: given.certificate,
      encryptionAlgorithm: given.cbc ? algorithms.cbc : algorithms.gcm,
      keyEncryptionAlgorithm: given.rsa15 ? algorithms.rsa15 : algorithms.oaep,
      warnInsecureAlgorithm: false,
    },
    done,
  ),
);
type Encrypt = typeof xmlEncryption.encrypt;

/** An EncryptedAssertion, without the white space that the library puts between elements. */
export async function encryptAssertion(assertion: string, options: EncryptOptions): Promise<string> {
  const encrypted = (await encrypt(assertion, options)).trim().replaceAll(/>\s+</g, "><");
  const data = options.damaged ? damaged(encrypted) : encrypted;
  return `<saml2:EncryptedAssertion xmlns:saml2="${saml.assertion}">${data}</saml2:EncryptedAssertion>`;
}

/** The last CipherValue is that of the assertion; its middle byte is turned over. */
function damaged(encrypted: string): string {
  return encrypted.replace(/([^<>]+)(<\/xenc:CipherValue>)/, (_all, value: string, end: string) => {
    const bytes = Buffer.from(value, "base64");
    const middle = bytes.length >> 1;
    bytes[middle] = (bytes[middle] ?? 0) ^ 0xff;
    return bytes.toString("base64") + end;
  });
}
