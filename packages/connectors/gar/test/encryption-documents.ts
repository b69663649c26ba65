/** Encrypted elements of the tests' own making (XML Encryption 1.1), in which every part can be wrong. */
import {
  constants,
  createCipheriv,
  createPublicKey,
  type KeyObject,
  publicEncrypt,
  randomBytes,
  X509Certificate,
} from "node:crypto";
import type { World } from "./world.ts";

const xenc = "http://www.w3.org/2001/04/xmlenc#";
const xenc11 = "http://www.w3.org/2009/xmlenc11#";
const ds = "http://www.w3.org/2000/09/xmldsig#";
const assertion = "urn:oasis:names:tc:SAML:2.0:assertion";

const ciphers = {
  "aes-128-gcm": `${xenc11}aes128-gcm`,
  "aes-256-gcm": `${xenc11}aes256-gcm`,
  "aes-128-cbc": `${xenc}aes128-cbc`,
  "aes-256-cbc": `${xenc}aes256-cbc`,
  "des-ede3-cbc": `${xenc}tripledes-cbc`,
} as const;
type Cipher = keyof typeof ciphers;

/** Key transports: algorithm, digest, mask, and what Node encrypts with. */
const transports = {
  oaepSha1: {
    padding: constants.RSA_PKCS1_OAEP_PADDING,
    hash: "sha1",
    method: `<xenc:EncryptionMethod Algorithm="${xenc}rsa-oaep-mgf1p"><ds:DigestMethod xmlns:ds="${ds}" Algorithm="${ds}sha1"/></xenc:EncryptionMethod>`,
  },
  oaepPlain: {
    padding: constants.RSA_PKCS1_OAEP_PADDING,
    hash: "sha1",
    method: `<xenc:EncryptionMethod Algorithm="${xenc}rsa-oaep-mgf1p"/>`,
  },
  oaepSha256: {
    padding: constants.RSA_PKCS1_OAEP_PADDING,
    hash: "sha256",
    method: `<xenc:EncryptionMethod Algorithm="${xenc11}rsa-oaep"><ds:DigestMethod xmlns:ds="${ds}" Algorithm="${xenc}sha256"/><xenc11:MGF xmlns:xenc11="${xenc11}" Algorithm="${xenc11}mgf1sha256"/></xenc:EncryptionMethod>`,
  },
  oaepMixed: {
    padding: constants.RSA_PKCS1_OAEP_PADDING,
    hash: "sha256",
    method: `<xenc:EncryptionMethod Algorithm="${xenc}rsa-oaep-mgf1p"><ds:DigestMethod xmlns:ds="${ds}" Algorithm="${xenc}sha256"/></xenc:EncryptionMethod>`,
  },
  rsa15: {
    padding: constants.RSA_PKCS1_PADDING,
    hash: "sha1",
    method: `<xenc:EncryptionMethod Algorithm="${xenc}rsa-1_5"/>`,
  },
} as const;

export interface Encrypting {
  readonly cipher?: Cipher;
  readonly transport?: keyof typeof transports;
  /** Where the EncryptedKey is: within KeyInfo, beside with a pointer, beside without KeyInfo. */
  readonly place?: "inside" | "pointed" | "beside";
  readonly element?: "EncryptedAssertion" | "EncryptedID";
  /** Changes the content's key, the wrapped key, the ciphertext. */
  readonly key?: (bytes: Buffer) => Buffer;
  readonly wrapped?: (bytes: Buffer) => Buffer;
  readonly ciphertext?: (bytes: Buffer) => Buffer;
}

/** The element around the plaintext, for the owner of this key. */
export function encryptElement(
  plaintext: string | Buffer,
  recipient: KeyObject,
  how: Encrypting = {},
): string {
  const {
    cipher = "aes-256-gcm",
    transport = "oaepSha1",
    place = "inside",
    element = "EncryptedAssertion",
  } = how;
  const { padding, hash, method } = transports[transport];
  const contentKey = randomBytes(
    cipher === "aes-128-gcm" || cipher === "aes-128-cbc" ? 16 : cipher === "des-ede3-cbc" ? 24 : 32,
  );
  const sent = how.key?.(contentKey) ?? contentKey;
  const plain = publicEncrypt(
    { key: recipient, padding, ...(transport === "rsa15" ? {} : { oaepHash: hash }) },
    sent,
  );
  const wrapped = how.wrapped?.(plain) ?? plain;
  const sealed = encrypt(cipher, contentKey, Buffer.from(plaintext));
  const bytes = how.ciphertext?.(sealed) ?? sealed;
  const id = place === "pointed" ? ' Id="_key"' : "";
  const key = `<xenc:EncryptedKey xmlns:xenc="${xenc}"${id}>${method}<xenc:CipherData><xenc:CipherValue>${wrapped.toString("base64")}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey>`;
  const pointer = `<ds:RetrievalMethod Type="${xenc}EncryptedKey" URI="#_key"/>`;
  const info =
    place === "beside"
      ? ""
      : `<ds:KeyInfo xmlns:ds="${ds}">${place === "inside" ? key : pointer}</ds:KeyInfo>`;
  return (
    `<saml:${element} xmlns:saml="${assertion}"><xenc:EncryptedData xmlns:xenc="${xenc}" Type="${xenc}Element">` +
    `<xenc:EncryptionMethod Algorithm="${ciphers[cipher]}"/>${info}<xenc:CipherData><xenc:CipherValue>${bytes.toString("base64")}` +
    `</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>${place === "inside" ? "" : key}</saml:${element}>`
  );
}

function encrypt(cipher: Cipher, key: Buffer, plaintext: Buffer): Buffer {
  if (cipher === "aes-128-gcm" || cipher === "aes-256-gcm") {
    const nonce = randomBytes(12);
    const gcm = createCipheriv(cipher, key, nonce);
    return Buffer.concat([nonce, gcm.update(plaintext), gcm.final(), gcm.getAuthTag()]);
  }
  const iv = randomBytes(cipher === "des-ede3-cbc" ? 8 : 16);
  const cbc = createCipheriv(cipher, key, iv);
  return Buffer.concat([iv, cbc.update(plaintext), cbc.final()]);
}

/** Our public keys of one use, as the provider reads them in our metadata. */
export async function publishedKeys(
  world: World,
  use: "encryption" | "signing",
): Promise<readonly KeyObject[]> {
  return (await publishedCertificates(world, use)).map((each) => createPublicKey(each));
}

/** PEM. */
export async function publishedCertificates(
  world: World,
  use: "encryption" | "signing",
): Promise<readonly string[]> {
  const { text } = await world.browser().ask("/gar/saml/metadata");
  const found = text.matchAll(new RegExp(`use="${use}">.*?<ds:X509Certificate>([^<]*)`, "gs"));
  return [...found].map(([, body = ""]) => new X509Certificate(Buffer.from(body, "base64")).toString());
}
