/**
 * The one shape of EncryptedAssertion and EncryptedID that is read (SAML core §6, XML Encryption 1.1): one EncryptedData, one
 * EncryptedKey within its KeyInfo or beside it; AES-GCM; RSA-OAEP. No secret is used here, so each refusal may say why.
 */
import { refuse } from "../refusal.ts";
import type { XmlElement } from "../xml/parse-strict-xml.ts";
import { onlyAttributes, readChildren, textOf } from "../xml/read-children.ts";
import { saml } from "./saml-names.ts";

type ContentCipher = "aes-128-gcm" | "aes-256-gcm" | "aes-128-cbc" | "aes-256-cbc";

export interface Encrypted {
  readonly cipher: ContentCipher;
  readonly ciphertext: Buffer;
  /** The content's key under our public key. */
  readonly wrappedKey: Buffer;
  /** Of both the label and the mask: Node has no others, and the field sends no others. */
  readonly oaepHash: "sha1" | "sha256";
}

const { encryption: xenc, encryption11: xenc11, signature: ds } = saml;

const AUTHENTICATED: Readonly<Record<string, ContentCipher>> = {
  [`${xenc11}aes128-gcm`]: "aes-128-gcm",
  [`${xenc11}aes256-gcm`]: "aes-256-gcm",
};
/** Whoever can alter a ciphertext and see what becomes of it reads it: for providers that have nothing better. */
const UNAUTHENTICATED: Readonly<Record<string, ContentCipher>> = {
  [`${xenc}aes128-cbc`]: "aes-128-cbc",
  [`${xenc}aes256-cbc`]: "aes-256-cbc",
};
/** Key transport, label and mask together. Never PKCS #1 v1.5, with which each answer tells something of the key. */
const KEY_TRANSPORTS: Readonly<Record<string, Encrypted["oaepHash"]>> = {
  [`${xenc}rsa-oaep-mgf1p ${ds}sha1 ${xenc11}mgf1sha1`]: "sha1",
  [`${xenc11}rsa-oaep ${ds}sha1 ${xenc11}mgf1sha1`]: "sha1",
  [`${xenc11}rsa-oaep ${xenc}sha256 ${xenc11}mgf1sha256`]: "sha256",
};

/**
 * Content algorithms for our metadata, best first, and the key transport. RSA-OAEP with SHA-256 is read, but not offered: the
 * schema of metadata has no place for its mask, and without it providers choose one that Node has not.
 */
export const offeredAlgorithms = {
  authenticated: [`${xenc11}aes256-gcm`, `${xenc11}aes128-gcm`],
  unauthenticated: [`${xenc}aes256-cbc`, `${xenc}aes128-cbc`],
  keyTransport: { algorithm: `${xenc}rsa-oaep-mgf1p`, digest: `${ds}sha1` },
} as const;

/** @throws GAR_SIGN_IN_REFUSED */
export function readEncrypted(holder: XmlElement, { allowCbc }: { readonly allowCbc: boolean }): Encrypted {
  const parts = readChildren(holder);
  const data = parts.one(xenc, "EncryptedData");
  const beside = parts.optional(xenc, "EncryptedKey");
  parts.end();
  onlyAttributes(holder);
  onlyAttributes(data, "Type", "Id");
  if (data.attributes.get("Type") !== `${xenc}Element`) refuse("unknownShape");

  const dataParts = readChildren(data);
  const method = dataParts.one(xenc, "EncryptionMethod");
  const keyInfo = dataParts.optional(ds, "KeyInfo");
  const ciphertext = cipherValue(dataParts.one(xenc, "CipherData"));
  dataParts.end();
  const key = keyOf(keyInfo, beside);
  return { cipher: cipherOf(method, allowCbc), ciphertext, ...readKey(key) };
}

/** Within KeyInfo, or beside the data, to which KeyInfo then points if it is there. */
function keyOf(keyInfo: XmlElement | undefined, beside: XmlElement | undefined): XmlElement {
  if (keyInfo === undefined) return beside ?? refuse("unknownShape");
  onlyAttributes(keyInfo, "Id");
  const parts = readChildren(keyInfo);
  const inside = parts.optional(xenc, "EncryptedKey");
  const pointer = inside === undefined ? parts.one(ds, "RetrievalMethod") : undefined;
  parts.end();
  if (pointer !== undefined) onlyAttributes(pointer, "URI", "Type");
  if (inside !== undefined) return beside === undefined ? inside : refuse("unknownShape");
  const id = beside?.attributes.get("Id");
  if (beside === undefined || id === undefined || pointer?.children.length !== 0)
    return refuse("unknownShape");
  return pointer.attributes.get("URI") === `#${id}` ? beside : refuse("unknownShape");
}

function readKey(key: XmlElement): Pick<Encrypted, "wrappedKey" | "oaepHash"> {
  onlyAttributes(key, "Id", "Recipient");
  const parts = readChildren(key);
  const method = parts.one(xenc, "EncryptionMethod");
  const hint = parts.optional(ds, "KeyInfo"); // which key of ours; there are few, so each is tried
  if (hint?.children.length === 0) refuse("unknownShape");
  const wrappedKey = cipherValue(parts.one(xenc, "CipherData"));
  parts.optional(xenc, "ReferenceList");
  parts.end();
  return { wrappedKey, oaepHash: oaepHashOf(method) };
}

function oaepHashOf(method: XmlElement): Encrypted["oaepHash"] {
  const only = (namespace: string, name: string, usual: string) => {
    const [found, ...others] = method.children.filter(
      (each) => each.namespace === namespace && each.name === name,
    );
    if (others.length > 0) refuse("unknownShape");
    if (found !== undefined) readEmpty(found);
    return found === undefined ? usual : (found.attributes.get("Algorithm") ?? refuse("unknownShape"));
  };
  onlyAttributes(method, "Algorithm");
  if (method.children.length === 0) readChildren(method).end();
  const digest = only(ds, "DigestMethod", `${ds}sha1`);
  const mask = only(xenc11, "MGF", `${xenc11}mgf1sha1`);
  const known = new Set([`${ds} DigestMethod`, `${xenc11} MGF`]);
  if (!method.children.every((each) => known.has(`${each.namespace} ${each.name}`))) refuse("unknownShape");
  const transport = `${method.attributes.get("Algorithm") ?? ""} ${digest} ${mask}`;
  return KEY_TRANSPORTS[transport] ?? refuse("weakAlgorithm");
}

function cipherOf(method: XmlElement, allowCbc: boolean): ContentCipher {
  readEmpty(method);
  const algorithm = method.attributes.get("Algorithm") ?? "";
  const allowed = allowCbc ? { ...AUTHENTICATED, ...UNAUTHENTICATED } : AUTHENTICATED;
  return Object.hasOwn(allowed, algorithm)
    ? (allowed[algorithm] ?? refuse("weakAlgorithm"))
    : refuse("weakAlgorithm");
}

function readEmpty(method: XmlElement): void {
  readChildren(method).end();
  onlyAttributes(method, "Algorithm");
}

/** CipherReference would have us fetch what somebody else names. */
function cipherValue(data: XmlElement): Buffer {
  onlyAttributes(data);
  const parts = readChildren(data);
  const value = parts.one(xenc, "CipherValue");
  parts.end();
  onlyAttributes(value);
  const base64 = textOf(value).replaceAll(/[\t\r\n ]/g, "");
  const bytes = Buffer.from(base64, "base64");
  return bytes.length > 0 && bytes.toString("base64") === base64 ? bytes : refuse("undecipherable");
}
