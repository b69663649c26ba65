/**
 * What a message says, and to whom, at rest: sealed under the key of the person it is about, so that whoever erases the
 * person destroys it; under the controller's where it is about nobody of annex B. @clause DC, D12.2
 */
import { canonicalJson, type Json, type Message, type MessageId } from "@preau/kernel";
import type { KeyOf, KeyScope, KeyStore } from "@preau/keys";
import { fault } from "./errors.ts";
import type { MessageLine } from "./message-line.ts";

export type SealedPart = Pick<Message, "to" | "variables" | "flow">;

/** Bytes of what is sealed: a message is text, not a file; a hundred of them go in one statement. */
const MOST = 100_000;

export function scopeOf(about: Pick<Message["flow"], "controller" | "subject">): KeyScope {
  const { controller, subject } = about;
  return subject === undefined ? controllerScopeOf(about) : { controller, kind: "subject", id: subject };
}

export function controllerScopeOf({ controller }: Pick<Message["flow"], "controller">): KeyScope {
  return { controller, kind: "controller", id: controller };
}

/** What is to be sealed, as it is at this moment. @throws MAIL_BAD */
export function sealedText({ to, variables, flow }: SealedPart): Buffer {
  const text = Buffer.from(canonicalJson({ to, variables, flow } as unknown as Json));
  if (text.length > MOST) throw fault("MAIL_BAD", { place: "variables" });
  return text;
}

/** @throws KEYS_DESTROYED for somebody who was erased */
export function sealWith(keyOf: KeyOf, scope: KeyScope, text: Buffer, id: MessageId): Buffer {
  const key = keyOf(scope);
  if (key === undefined) throw fault("MAIL_TO_ERASED");
  return key.seal(text, contextOf(id));
}

type Sealed = Pick<MessageLine, "controller" | "id" | "subject">;

/** What was sealed; undefined when the person's key is gone. */
export async function openMessage(
  vault: KeyStore,
  line: Sealed,
  sealed: Uint8Array,
): Promise<SealedPart | undefined> {
  const text = await vault.open(scopeOf(line), sealed, contextOf(line.id));
  return text && (JSON.parse(text.toString()) as SealedPart);
}

/** As `openMessage`, with keys that are held for many. @throws KEYS_SEAL_BROKEN */
export function openWith(keyOf: KeyOf, line: Sealed, sealed: Uint8Array): SealedPart | undefined {
  const text = keyOf(scopeOf(line))?.open(sealed, contextOf(line.id));
  return text && (JSON.parse(text.toString()) as SealedPart);
}

/** The same message, corrected. @throws KEYS_DESTROYED, MAIL_BAD */
export function resealMessage(vault: KeyStore, line: Sealed, part: SealedPart): Promise<Buffer> {
  return vault.seal(scopeOf(line), sealedText(part), contextOf(line.id));
}

function contextOf(id: MessageId): string {
  return `mlr_message ${id}`;
}
