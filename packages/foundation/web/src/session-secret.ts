/**
 * One secret of 256 bits, in the cookie alone. Everything else comes from it and cannot be turned back:
 *
 *   row      = SHA-256("preau session row" || secret)            what the database looks up
 *   token    = HKDF-SHA-256(secret, info "csrf token")           what the forms carry
 *   key      = HKDF-SHA-256(secret, info "sealed data")          AES-256-GCM, 96-bit random nonce, AAD = session id
 *   sealed   = base64url(nonce || ciphertext || tag)
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import type { JsonObject } from "@preau/kernel";
import type { SessionId, SessionKey } from "./session.ts";

const SHAPE = /^[A-Za-z0-9_-]{43}$/;
const NONCE = 12;
const TAG = 16;

/** A new secret, 43 characters of base64url. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** True for what could be a secret of ours; anything else is not looked up. */
export function isSecret(text: string | undefined): text is string {
  return text !== undefined && SHAPE.test(text);
}

/** What the database keeps instead of the secret: 64 hexadecimal digits. */
export function rowHash(secret: string): string {
  return createHash("sha256").update("preau session row\0").update(secret).digest("hex");
}

/** What the database keeps instead of a provider's session key. */
export function keyHash({ kind, issuer, value }: SessionKey): string {
  return createHash("sha256")
    .update(JSON.stringify([kind, issuer, value]))
    .digest("hex");
}

/** The token of the session's forms. */
export function csrfTokenOf(secret: string): string {
  return derive(secret, "csrf token").toString("base64url");
}

/** Seals JSON under the secret, bound to the session. */
export function seal(secret: string, id: SessionId, value: JsonObject): string {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv("aes-256-gcm", derive(secret, "sealed data"), nonce).setAAD(Buffer.from(id));
  const text = Buffer.concat([cipher.update(JSON.stringify(value), "utf8"), cipher.final()]);
  return Buffer.concat([nonce, text, cipher.getAuthTag()]).toString("base64url");
}

/** Opens what `seal` made; undefined when it was changed, or belongs to another secret or session. */
export function unseal(secret: string, id: SessionId, sealed: string): JsonObject | undefined {
  const bytes = Buffer.from(sealed, "base64url");
  if (bytes.length < NONCE + TAG) return undefined;
  const decipher = createDecipheriv("aes-256-gcm", derive(secret, "sealed data"), bytes.subarray(0, NONCE), {
    authTagLength: TAG,
  });
  decipher.setAAD(Buffer.from(id)).setAuthTag(bytes.subarray(-TAG));
  try {
    const text = Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]);
    return JSON.parse(text.toString("utf8")) as JsonObject;
  } catch {
    return undefined; // a false tag: not ours, or not any more
  }
}

function derive(secret: string, info: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "", `preau ${info}`, 32));
}
