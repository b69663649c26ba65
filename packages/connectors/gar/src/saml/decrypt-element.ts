/**
 * Opens what was encrypted for us. Whatever goes wrong from the private key on, a wrapped key of another, an altered byte, a
 * plaintext that is no document, is one refusal after the same work: who sends altered ciphertexts learns nothing from it.
 */

import { isUtf8 } from "node:buffer";
import {
  constants,
  createDecipheriv,
  type DecipherGCM,
  type KeyObject,
  privateDecrypt,
  randomBytes,
} from "node:crypto";
import { refuse } from "../refusal.ts";
import { parseStrictXml, type XmlCaps, type XmlElement } from "../xml/parse-strict-xml.ts";
import { type Encrypted, readEncrypted } from "./read-encrypted.ts";

export interface Decryption {
  /** Ours: each is tried, which takes a third of a millisecond. */
  readonly keys: readonly KeyObject[];
  readonly allowCbc: boolean;
}

export interface Decrypted {
  /** The plaintext as it came. */
  readonly xml: string;
  readonly root: XmlElement;
}

const GCM_NONCE = 12;
const GCM_TAG = 16;
const BLOCK = 16;

/**
 * The element that an EncryptedAssertion or EncryptedID holds: it declares its own namespaces, and is read as strictly as any.
 * @throws GAR_SIGN_IN_REFUSED
 */
export function decryptElement(holder: XmlElement, { keys, allowCbc }: Decryption, caps: XmlCaps): Decrypted {
  const encrypted = readEncrypted(holder, { allowCbc });
  const size = encrypted.cipher.startsWith("aes-256") ? 32 : 16;
  const instead = randomBytes(size); // where no key of ours is the right one, so that what follows takes as long
  const found = keys.map((key) => unwrapped(encrypted, key, size)).find((each) => each !== undefined);
  const plaintext = decrypted(encrypted, found ?? instead);
  try {
    if (plaintext === undefined || !isUtf8(plaintext)) throw new TypeError("no text");
    const xml = plaintext.toString("utf8");
    if (!/^<[A-Za-z_]/.test(xml)) throw new TypeError("no element");
    return { xml, root: parseStrictXml(xml, caps) };
  } catch {
    return refuse("undecipherable"); // no cause: it would tell the log how far it went
  }
}

/** The content's key. OAEP itself says whether it was wrapped for this key of ours: RSA 1.5 would give some bytes for any. */
function unwrapped({ wrappedKey, oaepHash }: Encrypted, key: KeyObject, size: number): Buffer | undefined {
  try {
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    const found = privateDecrypt({ key, padding, oaepHash }, wrappedKey);
    return found.length === size ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined when it is not what was encrypted under this key. */
function decrypted({ cipher, ciphertext }: Encrypted, key: Buffer): Buffer | undefined {
  try {
    return cipher === "aes-128-gcm" || cipher === "aes-256-gcm"
      ? withGcm(
          createDecipheriv(cipher, key, ciphertext.subarray(0, GCM_NONCE), { authTagLength: GCM_TAG }),
          ciphertext,
        )
      : withCbc(cipher, ciphertext, key);
  } catch {
    return undefined;
  }
}

/** XML Encryption 1.1 §5.2.4: nonce, ciphertext, tag of 128 bits. */
function withGcm(decipher: DecipherGCM, bytes: Buffer): Buffer | undefined {
  if (bytes.length <= GCM_NONCE + GCM_TAG) return undefined;
  decipher.setAuthTag(bytes.subarray(-GCM_TAG));
  return Buffer.concat([decipher.update(bytes.subarray(GCM_NONCE, -GCM_TAG)), decipher.final()]);
}

/** XML Encryption 1.1 §5.2.1: the last byte says how many are padding; what the others are is free. */
function withCbc(cipher: string, bytes: Buffer, key: Buffer): Buffer | undefined {
  const decipher = createDecipheriv(cipher, key, bytes.subarray(0, BLOCK)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(bytes.subarray(BLOCK)), decipher.final()]);
  const padding = padded.at(-1) ?? 0;
  return padding >= 1 && padding <= BLOCK ? padded.subarray(0, -padding) : undefined;
}
