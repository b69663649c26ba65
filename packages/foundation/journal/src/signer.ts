import { createPrivateKey, createPublicKey, sign } from "node:crypto";
import { readOrCreateSecret } from "@preau/keys";
import { fault } from "./errors.ts";
import { isKeyName, verifierKey, writeSignature, writeVkey } from "./signed-note.ts";

/** Signs checkpoints. Every replica has the same one. */
export interface Signer {
  /** The verifier key to publish for that origin. @throws JOURNAL_BAD_ORIGIN */
  vkey(origin: string): string;
  /** The text as a signed note, under the origin's name. @throws JOURNAL_BAD_ORIGIN */
  signNote(origin: string, text: string): string;
}

/** A signer from the 32 bytes of an Ed25519 private key (RFC 8032 §5.1.5). */
export function makeSigner(secret: Uint8Array): Signer {
  const pkcs8 = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), secret]);
  const privateKey = createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" });
  const publicKey = createPublicKey(privateKey).export({ format: "der", type: "spki" }).subarray(-32);
  const keyOf = (origin: string) => {
    if (!isKeyName(origin)) throw fault("JOURNAL_BAD_ORIGIN");
    return verifierKey(origin, publicKey);
  };
  return {
    vkey: (origin) => writeVkey(keyOf(origin)),
    signNote: (origin, text) =>
      `${text}\n${writeSignature(keyOf(origin), sign(null, Buffer.from(text), privateKey))}`,
  };
}

/**
 * The signer whose key stands in that file, mode 0600; made at the first start.
 * @throws KEYS_SECRET_FILE
 */
export function openSigner(file: string): Signer {
  return makeSigner(readOrCreateSecret(file));
}
