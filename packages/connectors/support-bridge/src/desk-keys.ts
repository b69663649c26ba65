/**
 * What a desk calls things, known again without being kept: keyed hashes under the publisher's own key, 64 hexadecimal digits.
 * @clause DC
 */
import { createHash } from "node:crypto";
import { PUBLISHER } from "@preau/contracts";
import { canonicalJson, type Json } from "@preau/kernel";
import type { KeyOf, KeyScope } from "@preau/keys";
import type { CaseId, WordsId } from "./support-case.ts";
import type { SupportPorts } from "./support-ports.ts";

type Vault = Pick<SupportPorts, "vault">;

export const publisherScope: KeyScope = { controller: PUBLISHER, kind: "controller", id: PUBLISHER };

/** Of a delivery, by the source's own key of it. */
export function eventHash(keyOf: KeyOf, source: string, key: string): string {
  const held = keyOf(publisherScope);
  if (held === undefined) throw new TypeError("the publisher's own key is gone");
  return held.mac("support-bridge.event", canonicalJson([source, key])).toString("hex");
}

/** Of a conversation, by the desk's reference of it. */
export function conversationHash({ vault }: Vault, source: string, conversation: string): Promise<string> {
  return macOf({ vault }, "ref", [source, conversation]);
}

/** Of one message of a case: by the desk's id of it, our fingerprint, or the press of a form. */
export function wordsHash({ vault }: Vault, caseId: CaseId, key: string): Promise<string> {
  return macOf({ vault }, "words", [caseId, key]);
}

/**
 * The fingerprint under which an answer of ours goes to the desk: 15 digits, the same at each call, a whole number where a desk
 * wants one. Its echo bears it, and meets the answer's own line.
 */
export function fingerprintOf(words: WordsId): string {
  const bytes = createHash("sha256").update(`preau support words\0${words}`).digest();
  return String(100_000_000_000_000n + (bytes.readBigUInt64BE() % 900_000_000_000_000n));
}

async function macOf({ vault }: Vault, label: string, value: Json): Promise<string> {
  return (await vault.mac(publisherScope, `support-bridge.${label}`, canonicalJson(value))).toString("hex");
}
