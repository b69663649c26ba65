/**
 * What is handed over once: 256 random bits, of which the database keeps the SHA-256. `purpose` keeps an invitation from
 * being taken for a recovery.
 */
import { createHash } from "node:crypto";
import { isSecret, newSecret } from "./session-secret.ts";

export type TokenPurpose = "invitation" | "recovery" | "signIn" | "openId" | "browser";

export { newSecret as newToken };

/** 64 hexadecimal digits; undefined for what is no token of ours. */
export function tokenHash(purpose: TokenPurpose, token: string | undefined | null): string | undefined {
  if (!isSecret(token ?? undefined)) return undefined;
  return createHash("sha256")
    .update(`preau ${purpose}\0`)
    .update(token ?? "")
    .digest("hex");
}
