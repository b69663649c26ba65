/**
 * An agent's answer, by the bridge: masked, let out by the gate, and carried by the desk to those outside the GAR; for everybody
 * else it waits in the hub. Where a right is exercised it is not support's to answer. @clause DC, D10.1c
 */
import {
  type ControllerId,
  faultsOf,
  type Gate,
  type InstructionId,
  isFault,
  type Job,
  errors as kernelErrors,
  type Unit,
} from "@preau/kernel";
import { LONGEST_WORDS } from "./ask-support.ts";
import { recordCase } from "./case-journal.ts";
import { openReferences, openWords, sealWords } from "./case-seal.ts";
import { fingerprintOf, wordsHash } from "./desk-keys.ts";
import { fault } from "./errors.ts";
import type { SupportBridgeOptions } from "./options.ts";
import { permitAnswer, permitDesk } from "./person-flow.ts";
import { isSomebodyElses } from "./somebody-elses.ts";
import { lockCase, readCase, updateCase } from "./store/cases.ts";
import { insertWords, lockWords, updateWords, wordsOfCase } from "./store/words.ts";
import type { SupportCase, SupportWords, WordsId } from "./support-case.ts";
import type { SupportActor, SupportPorts } from "./support-ports.ts";
import type { SupportPerson } from "./wall.ts";

export type AnswerPorts = SupportPorts & { readonly gate: Gate };

export interface Answer {
  readonly scope: ControllerId | "all";
  readonly case: string;
  readonly text: string;
  /** The press of the form: twice is once. */
  readonly press: string;
  /** A written instruction to answer this person, where a right is exercised. */
  readonly instruction?: InstructionId;
  readonly by: SupportActor;
}

const kernelFault = faultsOf(kernelErrors);

export const SAY = "support-bridge.say";
/** Tries of one answer: about seven hours of the worker's backoff; an agent is told then. */
export const SAY_TRIES = 10;

/** Who it is about, where that is known. */
export function personOf({
  controller,
  product,
  origin,
  role,
  subject,
}: SupportCase): SupportPerson | undefined {
  if (product === undefined || origin === undefined || role === undefined || subject === undefined)
    return undefined;
  return { controller, product, origin, role, subject };
}

/**
 * What was masked in it is in `masked` of the words. @throws SUPPORT_NO_CASE, SUPPORT_BAD_WORDS, SUPPORT_CASE_CLOSED,
 * SUPPORT_WRITER_OTHER, SUPPORT_WRITER_UNKNOWN, SUPPORT_DECIDE_FIRST, GATE_REFUSED
 */
export async function answerCase(
  unit: Unit,
  ports: AnswerPorts,
  options: SupportBridgeOptions,
  { scope, text, press, instruction, by, ...answer }: Answer,
): Promise<SupportWords> {
  if (text.trim() === "" || text.length > LONGEST_WORDS) throw fault("SUPPORT_BAD_WORDS");
  const shown = await readCase(unit, scope, answer.case);
  const found = shown && (await lockCase(unit, shown.line.controller, shown.line.id));
  if (found === undefined) throw fault("SUPPORT_NO_CASE");
  const { line } = found;
  if (line.textGoneAt !== undefined) throw fault("SUPPORT_CASE_CLOSED");
  if (line.restrictedAt !== undefined)
    throw kernelFault("SOURCE_SUBJECT_RESTRICTED", { place: line.id, clause: "D10.1a" });
  const person = personOf(line);
  if (isSomebodyElses(line)) throw fault("SUPPORT_WRITER_OTHER", { clause: "D10.1c" });
  if (person === undefined || line.side === "unknown") throw fault("SUPPORT_WRITER_UNKNOWN");
  const others = await wordsOfCase(unit, line);
  if (others.some(({ line: words }) => words.proposal === "open")) throw fault("SUPPORT_DECIDE_FIRST");
  const toDesk = line.side === "desk";
  await permitAnswer(unit, ports.gate, person, {
    ...options,
    operation: toDesk ? "send" : "show",
    words: others.map(({ line: words }) => words),
    ...(instruction === undefined ? {} : { instruction }),
  });
  const at = ports.clock.now();
  const { language, controller } = line;
  // The desk is one for all clients, and so is the wall before it.
  const masked = await ports.support.wall.mask(unit, text, {
    scope: toDesk ? "all" : controller,
    language,
    isOurs: true,
  });
  const id = idOfPress(line, press);
  const twin = others.find(({ line: words }) => words.id === id);
  if (twin !== undefined) return twin.line;
  const words: SupportWords = {
    ...{ id, controller, case: line.id, from: "agent", receivedAt: at },
    ...{ state: toDesk ? "queued" : "waits", masked: masked.counts, files: 0, proposal: "none", matters: [] },
  };
  await insertWords(unit, {
    ...words,
    keyHash: await wordsHash(ports, line.id, fingerprintOf(id)),
    sealed: await sealWords(ports, words, {
      ...{ text: masked.text, passages: [], at },
      ...(instruction === undefined ? {} : { instruction }),
    }),
  });
  await updateCase(unit, line, { state: "answered", lastAt: at, closedAt: null });
  await recordCase(unit, ports, line, {
    ...{ type: "support-bridge.answered", by, payload: { words: id, ...(instruction && { instruction }) } },
  });
  if (toDesk) await ports.jobs.enqueue(unit, sayingOf(words));
  return words;
}

/** One press is one answer: the id is made of it. */
function idOfPress({ id }: SupportCase, press: string): WordsId {
  return `spw_${fingerprintOf(`spw_${id} ${press}`)}${fingerprintOf(`spw_${press} ${id}`)}`.slice(
    0,
    30,
  ) as WordsId;
}

/** The job that carries an answer which waits. */
export function sayingOf({ id, controller }: Pick<SupportWords, "id" | "controller">): Job {
  return { name: SAY, controller, payload: { words: id }, key: id };
}

export interface Saying {
  readonly controller: ControllerId;
  readonly id: string;
  readonly attempt: number;
  readonly signal?: AbortSignal;
}

/** @throws SUPPORT_DESK_DEFERRED where another try may do */
export async function sayAnswer(
  ports: AnswerPorts,
  options: SupportBridgeOptions,
  saying: Saying,
): Promise<void> {
  const settle = (state: "sent" | "refused", why: Pick<SupportWords, "reason" | "clause"> = {}) =>
    ports.unitOfWork.transaction(async (unit) => {
      const found = await lockWords(unit, saying.controller, saying.id);
      if (found?.line.state === "queued") await updateWords(unit, found.line, { state, ...why });
    });
  try {
    const ready = await ports.unitOfWork.transaction((unit) => makeReady(unit, ports, options, saying));
    if (ready === undefined) return;
    const { client } = ports.support;
    if ("reason" in ready || client === undefined) {
      await settle("refused", "reason" in ready ? ready : { reason: "NO_CLIENT" });
      return;
    }
    const { permit, conversation, text } = ready;
    const fingerprint = fingerprintOf(saying.id as WordsId);
    // A try before this one may have been heard, though its answer was lost.
    if (saying.attempt > 1 && (await client.wasSaid?.(conversation, fingerprint, saying.signal))) {
      await settle("sent");
      return;
    }
    const said = { conversation, text, fingerprint, categories: [options.category] };
    const done = await client.say(permit, said, saying.signal);
    await settle(done.outcome, done.outcome === "refused" ? { reason: done.reason.slice(0, 32) } : {});
  } catch (error) {
    saying.signal?.throwIfAborted();
    if (isFault(error, "SUPPORT_WALL")) return settle("refused", { reason: "WALL", clause: "DC" });
    if (isFault(error, "SUPPORT_BAD_HOOK")) return settle("refused", { reason: "BAD_REFERENCE" });
    if (saying.attempt < SAY_TRIES) throw error;
    return settle("refused", { reason: "DESK_SILENT" });
  }
}

/** The gate is asked when it leaves, for the answer and for who carries it. Undefined where there is nothing to say any more. */
async function makeReady(
  unit: Unit,
  ports: AnswerPorts,
  options: SupportBridgeOptions,
  { controller, id }: Saying,
) {
  const found = await lockWords(unit, controller, id);
  if (found?.line.state !== "queued") return undefined;
  const stored = await readCase(unit, controller, found.line.case);
  const open = await openWords(ports, found.line, found.sealed);
  if (stored === undefined || open === undefined) return { reason: "ERASED", clause: "D12.2" };
  const { conversation } = await openReferences(ports, stored.line, stored.sealed);
  const person = personOf(stored.line);
  if (isSomebodyElses(stored.line)) return { reason: "WRITER_OTHER", clause: "D10.1c" };
  const isThere = stored.line.side === "desk" && stored.line.desk === "there";
  if (!isThere || conversation === undefined || person === undefined)
    return { reason: "NOT_AT_DESK", clause: "DC" };
  // It waits; whoever lifts the restriction sends it on its way again.
  if (stored.line.restrictedAt !== undefined) return undefined;
  const { origin } = person;
  if (origin !== "outsideGar") return { reason: "OUTSIDE_GAR_ONLY", clause: "DC" };
  const judged = await ports.support.wall.judge(unit, person);
  if (judged.side !== "desk") return { reason: judged.reason, clause: judged.clause };
  try {
    const { instruction } = open;
    await permitAnswer(unit, ports.gate, person, {
      ...options,
      operation: "send",
      words: (await wordsOfCase(unit, stored.line)).map(({ line }) => line),
      ...(instruction === undefined ? {} : { instruction }),
    });
    const permit = await permitDesk(unit, ports.gate, { ...person, origin }, options);
    return { permit, conversation, text: open.text };
  } catch (error) {
    if (!isFault(error, "GATE_REFUSED")) throw error;
    const { log, clause } = error.detail;
    return {
      reason: String(log?.["reason"] ?? "GATE_REFUSED").slice(0, 32),
      ...(clause === undefined ? {} : { clause }),
    };
  }
}
