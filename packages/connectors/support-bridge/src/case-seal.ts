/**
 * What a case holds is sealed under the case's own key, references and words alike; what was written before it was masked, under
 * a key of its own that goes first. @clause DC, D12.2
 */
import { PUBLISHER } from "@preau/contracts";
import type { KeyScope } from "@preau/keys";
import type { CaseReferences, SealedWords, SupportCase, SupportWords } from "./support-case.ts";
import type { SupportPorts } from "./support-ports.ts";

type Vault = Pick<SupportPorts, "vault">;
type CaseKey = Pick<SupportCase, "id" | "controller">;
type WordsKey = Pick<SupportWords, "id" | "controller" | "case">;

/** Lengths, too, tell one message from another. */
const STEP = 256;

function caseScope({ id, controller }: CaseKey): KeyScope {
  return { controller, kind: "controller", id };
}

export function originalScope({ id, controller }: Pick<SupportWords, "id" | "controller">): KeyScope {
  return { controller, kind: "controller", id };
}

/** All keys that it has had: it may have been nobody's first. */
export function keysOf(one: Pick<CaseKey, "controller"> & { readonly id: string }): readonly KeyScope[] {
  const scopes = new Set([one.controller, PUBLISHER]);
  return [...scopes].map((controller) => ({ controller, kind: "controller", id: one.id }));
}

export function sealReferences(ports: Vault, key: CaseKey, references: CaseReferences): Promise<Buffer> {
  return sealJson(ports, caseScope(key), `spt_case ${key.id}`, references);
}

/** Nothing where the key is gone, or nothing was sealed. */
export async function openReferences(
  ports: Vault,
  key: CaseKey,
  sealed: Uint8Array | undefined,
): Promise<CaseReferences> {
  return (sealed && (await openJson(ports, caseScope(key), `spt_case ${key.id}`, sealed))) ?? {};
}

export function sealWords(ports: Vault, key: WordsKey, words: SealedWords): Promise<Buffer> {
  return sealJson(ports, caseScope({ ...key, id: key.case }), `spt_words ${key.id}`, words);
}

/** Undefined where the key is gone, or nothing was sealed. */
export async function openWords(
  ports: Vault,
  key: WordsKey,
  sealed: Uint8Array | undefined,
): Promise<SealedWords | undefined> {
  if (sealed === undefined) return undefined;
  return openJson(ports, caseScope({ ...key, id: key.case }), `spt_words ${key.id}`, sealed);
}

/** For `SealedWords.original`. */
export async function sealOriginal(
  ports: Vault,
  key: Pick<SupportWords, "id" | "controller">,
  text: string,
): Promise<string> {
  const sealed = await sealJson(ports, originalScope(key), `spt_words.original ${key.id}`, text);
  return sealed.toString("base64");
}

/** Undefined where it is gone. */
export async function openOriginal(
  ports: Vault,
  key: Pick<SupportWords, "id" | "controller">,
  { original }: SealedWords,
): Promise<string | undefined> {
  if (original === undefined) return undefined;
  const sealed = Buffer.from(original, "base64");
  return openJson<string>(ports, originalScope(key), `spt_words.original ${key.id}`, sealed);
}

async function sealJson({ vault }: Vault, scope: KeyScope, context: string, value: unknown): Promise<Buffer> {
  const json = Buffer.from(JSON.stringify(value));
  const padded = Buffer.alloc(Math.ceil(json.length / STEP) * STEP, " ");
  json.copy(padded);
  return vault.seal(scope, padded, context);
}

async function openJson<T>(
  { vault }: Vault,
  scope: KeyScope,
  context: string,
  sealed: Uint8Array,
): Promise<T | undefined> {
  const json = await vault.open(scope, sealed, context);
  return json && (JSON.parse(json.toString()) as T);
}
