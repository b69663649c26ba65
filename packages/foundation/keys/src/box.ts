/**
 * AES-256-GCM with a random nonce: nonce (12 bytes) || ciphertext || tag (16 bytes), NIST SP 800-38D. One key seals
 * at most 2^32 boxes (§8.3), which no scope comes near.
 */
import { createCipheriv, createDecipheriv, createSecretKey, KeyObject, randomFillSync } from "node:crypto";

const NONCE = 12;
const TAG = 16;
/** What a box adds to its plaintext, in bytes. */
export const boxOverhead = NONCE + TAG;

/** Seals under a 32-byte key; `bound` is authenticated beside the text and must be given again to open. */
export function closeBox(key: Uint8Array | KeyObject, plaintext: Uint8Array, bound: Uint8Array): Buffer {
  const box = Buffer.allocUnsafe(NONCE + plaintext.length + TAG);
  nonce(box);
  const cipher = createCipheriv("aes-256-gcm", held(key), box.subarray(0, NONCE));
  cipher.setAAD(bound);
  box.set(cipher.update(plaintext), NONCE);
  cipher.final();
  box.set(cipher.getAuthTag(), NONCE + plaintext.length);
  return box;
}

/** The plaintext, or undefined when key, bytes or bound text are not those of the sealing. */
export function openBox(key: Uint8Array | KeyObject, box: Uint8Array, bound: Uint8Array): Buffer | undefined {
  if (box.length < boxOverhead) return undefined;
  const decipher = createDecipheriv("aes-256-gcm", held(key), box.subarray(0, NONCE), { authTagLength: TAG });
  decipher.setAAD(bound);
  decipher.setAuthTag(box.subarray(box.length - TAG));
  const plaintext = decipher.update(box.subarray(NONCE, box.length - TAG));
  try {
    decipher.final();
    return plaintext;
  } catch {
    plaintext.fill(0);
    return undefined;
  }
}

/** Node takes bytes as a key several times slower than a key object that is made of them for the call. */
function held(key: Uint8Array | KeyObject): KeyObject {
  return key instanceof KeyObject ? key : createSecretKey(key);
}

const pool = Buffer.alloc(NONCE * 512);
let used = pool.length;

/** Twelve bytes of chance, drawn 512 at a time: a system call each would cost more than the cipher. */
function nonce(into: Buffer): void {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  pool.copy(into, 0, used, used + NONCE);
  used += NONCE;
}
