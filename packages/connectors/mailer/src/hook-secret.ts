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

/**
 * The newest first; none where none is set: no hook is to be believed then. `unreadable` where one is set that cannot be used now: a file
 * that is away, that others may read, or in which nothing is long enough.
 */
export async function hookSecrets({
  hookSecret,
  hookSecretFile,
}: SecretOptions): Promise<readonly string[] | "unreadable"> {
  if (hookSecret !== undefined) return secretsIn(hookSecret);
  if (hookSecretFile === undefined) return [];
  try {
    const { mode } = await stat(hookSecretFile);
    if (process.platform !== "win32" && (mode & 0o077) !== 0) return "unreadable";
    return secretsIn(await readFile(hookSecretFile, "utf8"));
  } catch {
    return "unreadable";
  }
}

/** A line each: what begins with `#`, or has a space in it, is a word among operators and no secret. */
function secretsIn(text: string): readonly string[] | "unreadable" {
  const found = text
    .split(/[\r\n,]+/)
    .map((line) => line.trim())
    .filter((line) => line.length >= SHORTEST_SECRET && !line.startsWith("#") && !/\s/.test(line))
    .slice(0, MOST_SECRETS);
  return found.length === 0 ? "unreadable" : found;
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
