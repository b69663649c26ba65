/** Encrypts an assertion for a service provider (XML Encryption 1.1; SAML core §6): AES-256-GCM, RSA-OAEP. */
import { X509Certificate } from "node:crypto";
import { promisify } from "node:util";
// @ts-expect-error -- the library comes without types
import untyped from "xml-encryption";
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

/** What is used of the library. */
interface XmlEncryption {
  readonly encrypt: (
    content: string,
    options: {
      readonly rsa_pub: string | Buffer;
      readonly pem: string;
      readonly encryptionAlgorithm: string;
      readonly keyEncryptionAlgorithm: string;
      readonly warnInsecureAlgorithm: boolean;
    },
    done: (error: Error | null, result: string) => void,
  ) => void;
}

const encrypt = promisify((untyped as XmlEncryption).encrypt);

/** An EncryptedAssertion, without the white space that the library puts between elements. */
export async function encryptAssertion(assertion: string, options: EncryptOptions): Promise<string> {
  const { certificate, cbc, rsa15 } = options;
  const encrypted = await encrypt(assertion, {
    rsa_pub: new X509Certificate(certificate).publicKey.export({ type: "spki", format: "pem" }),
    pem: certificate,
    encryptionAlgorithm: cbc ? algorithms.cbc : algorithms.gcm,
    keyEncryptionAlgorithm: rsa15 ? algorithms.rsa15 : algorithms.oaep,
    warnInsecureAlgorithm: false,
  });
  const bare = encrypted.trim().replaceAll(/>\s+</g, "><");
  const data = options.damaged ? damaged(bare) : bare;
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
