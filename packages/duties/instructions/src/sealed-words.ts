/** Words that persons write: sealed under the controller's key, and bounded. */
import type { ControllerId } from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import { fault } from "./errors.ts";

interface Vault {
  readonly vault: Pick<KeyStore, "seal" | "open">;
}

/** @throws INSTRUCTIONS_BAD_WORDS for none or too many */
export function readWords(text: string | undefined, most: number, place: string): string {
  const words = (text ?? "").replaceAll("\r\n", "\n").trim();
  if (words === "" || words.length > most) throw fault("INSTRUCTIONS_BAD_WORDS", { place });
  return words;
}

export function sealWords({ vault }: Vault, controller: ControllerId, words: string, context: string) {
  return vault.seal(scopeOf(controller), Buffer.from(words, "utf8"), context);
}

/** Undefined when the key is gone. */
export async function openWords(
  { vault }: Vault,
  controller: ControllerId,
  sealed: Uint8Array | undefined,
  context: string,
): Promise<string | undefined> {
  if (sealed === undefined) return undefined;
  return (await vault.open(scopeOf(controller), sealed, context))?.toString("utf8");
}

function scopeOf(controller: ControllerId) {
  return { controller, kind: "controller", id: controller } as const;
}
