/** What a machine shows: `Authorization: Bearer preau_…` (RFC 6750 §2.1), and the hash under which it is kept. */
import { createHash, randomBytes } from "node:crypto";

const PREFIX = "preau_";
const BYTES = 32;
const SHAPE = /^preau_[A-Za-z0-9_-]{43}$/;

export function newApiToken(): { readonly token: string; readonly hash: string } {
  const secret = randomBytes(BYTES);
  return { token: `${PREFIX}${secret.toString("base64url")}`, hash: rowHash(secret) };
}

/** The credentials of the header; undefined where it names another scheme, or none. */
export function bearerOf(authorization: string | undefined): string | undefined {
  return /^Bearer +([^\s,]+)\s*$/i.exec(authorization ?? "")?.[1];
}

/** 64 hexadecimal digits; undefined for what has not the shape of a token of ours: a guess costs no look at the database. */
export function hashOfApiToken(token: string): string | undefined {
  if (!SHAPE.test(token)) return undefined;
  const text = token.slice(PREFIX.length);
  const secret = Buffer.from(text, "base64url");
  // The last character has bits to spare: one token has one spelling.
  return secret.length === BYTES && secret.toString("base64url") === text ? rowHash(secret) : undefined;
}

function rowHash(secret: Buffer): string {
  return createHash("sha256").update("preau api token\0").update(secret).digest("hex");
}
