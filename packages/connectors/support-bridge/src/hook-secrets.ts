/** Secrets that stand in files of their own, read anew while a process runs: a rotation needs no restart. */
import { readFileSync, statSync } from "node:fs";
import { fault } from "./errors.ts";
import type { SupportBridgeOptions } from "./options.ts";

/** Characters: 24 of base64 are 144 bits. */
const SHORTEST = 24;
const MOST = 2;
/** Milliseconds for which what was read is taken for what stands there: 500 hooks a second read it once. */
const HELD_MS = 2_000;

type Options = Pick<SupportBridgeOptions, "hookSecret" | "hookSecretFile" | "key" | "keyFile">;

/** The one in force first. None where no hook is to be believed: a file that others may read counts for nothing. */
export function hookSecrets(
  { hookSecret, hookSecretFile }: Options,
  monotonic: () => number,
): () => readonly string[] {
  if (hookSecret !== undefined) return () => secretsIn(hookSecret);
  if (hookSecretFile === undefined) return () => [];
  let held: { readonly until: number; readonly secrets: readonly string[] } | undefined;
  return () => {
    if (held === undefined || monotonic() >= held.until)
      held = { until: monotonic() + HELD_MS, secrets: secretsIn(ownText(hookSecretFile) ?? "") };
    return held.secrets;
  };
}

/** The key of the desk's API: the first line of its file. @throws SUPPORT_BAD_OPTIONS */
export function deskKey({ key, keyFile }: Options): string {
  const text = key ?? (keyFile === undefined ? undefined : ownText(keyFile));
  const [line = ""] = (text ?? "").split(/\r?\n/, 1);
  if (line.trim() === "") throw fault("SUPPORT_BAD_OPTIONS", { place: "plugins.support-bridge.keyFile" });
  return line.trim();
}

/** Undefined where it is missing, or not its owner's alone. */
function ownText(file: string): string | undefined {
  try {
    const { mode } = statSync(file);
    return process.platform !== "win32" && (mode & 0o077) !== 0 ? undefined : readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** A line each; what follows `#` at its beginning is a word among operators, and what has a space in it is no secret. */
function secretsIn(text: string): readonly string[] {
  return text
    .split(/[\r\n,]+/)
    .map((line) => line.trim())
    .filter((line) => line.length >= SHORTEST && !line.startsWith("#") && !/\s/.test(line))
    .slice(0, MOST);
}
