/**
 * The words of a case: masked before they rest, read for rights as they were written. The same message again, an older change of
 * it, a removal before it: each leaves what is right to stand. @clause DB.n, D10.1a
 */

import { PUBLISHER } from "@preau/contracts";
import { type Recognised, recogniseMatters } from "@preau/data-subject-requests";
import { type Instant, isFault, type Unit } from "@preau/kernel";
import { recordCase } from "./case-journal.ts";
import { keysOf, openWords, sealOriginal, sealWords } from "./case-seal.ts";
import { wordsHash } from "./desk-keys.ts";
import { forgetKeys } from "./forget-keys.ts";
import { mapPassages } from "./map-passages.ts";
import { passOnAt, proposalDue } from "./proposal.ts";
import { insertWords, lockWordsOfKey, type StoredWords, updateWords } from "./store/words.ts";
import type { SealedWords, SupportCase, SupportWords } from "./support-case.ts";
import type { SupportPorts } from "./support-ports.ts";
import type { Masked } from "./wall.ts";

/** A change that came before its message: who wrote it, the message says. */
const CHANGED_FIRST = "CHANGED_FIRST";
/** What one message may hold; the rest is cut, and counted by nobody. */
const MOST_TEXT = 20_000;

export interface NewMessage {
  readonly from: SupportWords["from"];
  /** What makes it one. */
  readonly key: string;
  readonly receivedAt: Instant;
  /** By the desk's clock. */
  readonly at: Instant;
  readonly text: string;
  readonly files: number;
  readonly isChange: boolean;
}

/** False where it stood already. */
export async function addWords(
  unit: Unit,
  ports: SupportPorts,
  line: SupportCase,
  message: NewMessage,
): Promise<boolean> {
  const keyHash = await wordsHash(ports, line.id, message.key);
  const twin = await lockWordsOfKey(unit, line, keyHash);
  if (twin !== undefined) return sayWho(unit, ports, line, twin, message);
  const base = {
    ...{ id: ports.ids.next("spw"), controller: line.controller, case: line.id },
    ...{ from: message.from, receivedAt: message.receivedAt, files: message.files },
  };
  const read = await readWords(unit, ports, line, { ...base, text: message.text, at: message.at }, true);
  const words: SupportWords = {
    ...base,
    ...{ state: "kept", masked: read.masked.counts, ...read.proposal },
    ...(message.isChange ? { reason: CHANGED_FIRST } : {}),
  };
  try {
    await insertWords(unit, { ...words, keyHash, sealed: await sealWords(ports, words, read.sealed) });
  } catch (error) {
    if (isFault(error, "DATABASE_DUPLICATE")) return false;
    throw error;
  }
  await recordCase(unit, ports, line, {
    type: "support-bridge.received",
    payload: { words: words.id, from: words.from, files: words.files },
  });
  if (words.proposal === "open") await ports.jobs.enqueue(unit, passOnAt(words));
  return true;
}

/**
 * Whether what stands under its key is another message: the key is chosen by the visitor's browser. Not the first words of one that was
 * changed since, nor the same again.
 */
export async function isAnotherMessage(
  unit: Unit,
  ports: SupportPorts,
  line: SupportCase,
  { key, at, text }: NewMessage,
): Promise<boolean> {
  const found = await lockWordsOfKey(unit, line, await wordsHash(ports, line.id, key));
  if (found === undefined || found.line.reason === CHANGED_FIRST) return false;
  const open = await openWords(ports, found.line, found.sealed);
  if (open === undefined || at < (open.at ?? "")) return false;
  if (found.line.from === "agent") return true;
  const masked = await ports.support.wall.mask(unit, text.slice(0, MOST_TEXT), maskingOf(line));
  return masked.text !== open.text;
}

/** Undefined where it has none of that message. */
export async function changeWords(
  unit: Unit,
  ports: SupportPorts,
  line: SupportCase,
  message: NewMessage,
): Promise<"changed" | "older" | undefined> {
  const found = await lockWordsOfKey(unit, line, await wordsHash(ports, line.id, message.key));
  if (found === undefined) return undefined;
  const { line: words, sealed } = found;
  const open = await openWords(ports, words, sealed);
  if (open === undefined || words.state === "removed" || message.at <= (open.at ?? "")) return "older";
  // Once somebody has said, its own key is gone for good: what is asked again goes on as it is kept, masked.
  const mayKeepOriginal = words.proposal === "none" || words.proposal === "open";
  const given = { ...words, text: message.text, at: message.at };
  const read = await readWords(unit, ports, line, given, mayKeepOriginal);
  // What was asked for stays asked for until a person says: a change of words takes no request back.
  const keeps = read.proposal.proposal === "none" && words.proposal === "open";
  const isDecided = words.proposal === "confirmed" || words.proposal === "passedOn";
  const { original, ...said } = read.sealed;
  await updateWords(unit, words, {
    masked: read.masked.counts,
    ...(keeps || isDecided ? {} : read.proposal),
    sealed: await sealWords(ports, words, {
      ...said,
      ...(keeps ? optional("original", open.original) : {}),
      ...(keeps || isDecided ? {} : optional("original", original)),
    }),
  });
  const isNew = !keeps && !isDecided && read.proposal.proposal === "open";
  if (isNew) await ports.jobs.enqueue(unit, passOnAt({ ...words, ...read.proposal }));
  return "changed";
}

/** False where it has none of that message. Where a right may have been asked for, the words wait for a person. */
export async function removeWords(
  unit: Unit,
  ports: Pick<SupportPorts, "jobs" | "vault">,
  line: SupportCase,
  key: string,
): Promise<boolean> {
  const found = await lockWordsOfKey(unit, line, await wordsHash(ports, line.id, key));
  if (found === undefined) return false;
  const { line: words } = found;
  await updateWords(unit, words, {
    state: "removed",
    ...(words.proposal === "open" ? {} : { sealed: null }),
  });
  return true;
}

/** The message behind a change that came first: its author is its own. */
async function sayWho(
  unit: Unit,
  ports: SupportPorts,
  line: SupportCase,
  { line: words, sealed }: StoredWords,
  { from, isChange }: NewMessage,
): Promise<false> {
  // Our own echo: whatever became of the job that said it, it was said.
  if (from === "agent" && !isChange && words.state === "queued")
    await updateWords(unit, words, { state: "sent" });
  if (isChange || words.reason !== CHANGED_FIRST) return false;
  const open = from === "agent" ? await openWords(ports, words, sealed) : undefined;
  if (open === undefined) {
    await updateWords(unit, words, { reason: null });
    return false;
  }
  const { original, ...rest } = open;
  await updateWords(unit, words, {
    ...{ reason: null, from, proposal: "none", proposalDueAt: null, matters: [] },
    sealed: await sealWords(ports, words, { ...rest, passages: [] }),
  });
  if (original !== undefined) await forgetKeys(unit, ports, keysOf(words));
  return false;
}

interface Read {
  readonly masked: Masked;
  readonly sealed: SealedWords;
  readonly proposal: Pick<SupportWords, "proposal" | "matters" | "proposalDueAt">;
}

async function readWords(
  unit: Unit,
  ports: SupportPorts,
  line: SupportCase,
  given: Pick<SupportWords, "id" | "controller" | "from" | "receivedAt"> & {
    readonly text: string;
    readonly at: Instant;
  },
  mayKeepOriginal: boolean,
): Promise<Read> {
  const text = given.text.slice(0, MOST_TEXT);
  const masked = await ports.support.wall.mask(unit, text, maskingOf(line));
  const recognised = given.from === "person" ? recogniseMatters(text) : [];
  const said = { text: masked.text, at: given.at };
  if (recognised.length === 0)
    return { masked, sealed: { ...said, passages: [] }, proposal: { proposal: "none", matters: [] } };
  return {
    masked,
    sealed: {
      ...said,
      passages: passagesIn(masked, recognised),
      ...(mayKeepOriginal ? { original: await sealOriginal(ports, given, text) } : {}),
    },
    proposal: {
      proposal: "open",
      matters: recognised.map(({ matter }) => matter),
      proposalDueAt: await proposalDue(unit, ports, line.controller, given.receivedAt),
    },
  };
}

/** Of everybody's persons, where it is not known whose words they are. */
function maskingOf({ controller, language }: SupportCase) {
  return { scope: controller === PUBLISHER ? ("all" as const) : controller, language };
}

function passagesIn(masked: Masked, recognised: readonly Recognised[]): SealedWords["passages"] {
  const passages = recognised.flatMap(({ matter, passages: of }) => of.map((each) => ({ ...each, matter })));
  return mapPassages(
    masked,
    passages.map(({ start, end, matter }) => ({ start, end, matter })),
  );
}

function optional(name: "original", value: string | undefined): { readonly original?: string } {
  return value === undefined ? {} : { [name]: value };
}
