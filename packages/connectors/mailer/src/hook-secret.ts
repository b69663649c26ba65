/**
 * The secret that a provider's web hooks bear, since they are not signed: `Authorization: Bearer …`, or `?key=…` where nothing
 * else can be set. Two are taken while one replaces the other. @clause DC
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import type { MailerOptions } from "./options.ts";

/** Characters: 24 of base64 are 144 bits. */
const SHORTEST_SECRET = 24;
const MOST_SECRETS = 2;

type SecretOptions = Pick<MailerOptions, "hookSecret" | "hookSecretFile">;

/** The newest first; none where no hook is to be believed. A file that others may read counts for nothing. */
export async function hookSecrets({ hookSecret, hookSecretFile }: SecretOptions): Promise<readonly string[]> {
  if (hookSecret !== undefined) return secretsIn(hookSecret);
  if (hookSecretFile === undefined) return [];
  try {
    const { mode } = await stat(hookSecretFile);
    if (process.platform !== "win32" && (mode & 0o077) !== 0) return [];
    return secretsIn(await readFile(hookSecretFile, "utf8"));
  } catch {
    return [];
  }
}

function secretsIn(text: string): readonly string[] {
  return text
    .split(/[\s,]+/)
    .filter((each) => each.length >= SHORTEST_SECRET)
    .slice(0, MOST_SECRETS);
}

/** In a time that tells nothing of where they differ, nor how long ours is. */
export function bearsSecret(given: string | undefined, secrets: readonly string[]): boolean {
  const theirs = digestOf(given ?? "");
  // Every secret is compared: which of the two it was is not told either.
  const same = secrets.filter((each) => timingSafeEqual(digestOf(each), theirs));
  return given !== undefined && same.length > 0;
}

function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
