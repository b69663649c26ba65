/**
 * One report of a provider, brought to the message that it is about: it came back, or its address is not to be written to any
 * more. States only move forward: what has come back stays so, whatever else is told of it, in whatever order. @clause DC
 */
import { addMillis, type Ids, type Unit, type UnitOfWork } from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import { hookReason, isReturned, kindOfWord } from "./hook-event.ts";
import type { MessageLine } from "./message-line.ts";
import type { MailerOptions } from "./options.ts";
import { PUBLISHER } from "./publishers-own.ts";
import { hookContext, hookScope, TAKE_HOOK } from "./receive-hooks.ts";
import { openMessage } from "./seal-message.ts";
import { type SettlePorts, settleMessage } from "./settle-message.ts";
import { endHook, type HookOutcome, lockHook, lockMessageOfHook, type StoredHook } from "./store/hooks.ts";
import { suppressAddress } from "./suppress-address.ts";

export interface TakePorts extends SettlePorts {
  readonly ids: Ids;
  readonly unitOfWork: UnitOfWork;
  readonly vault: KeyStore;
}

/** A report may come before our own yes is written: milliseconds after its receipt at which it is looked at again. */
const LOOKS = [60_000, 900_000, 3_600_000];

/** Twice is once. */
export async function takeHook(
  ports: TakePorts,
  options: MailerOptions,
  { id, look }: { readonly id: string; readonly look: number },
): Promise<HookOutcome | "later" | undefined> {
  return ports.unitOfWork.transaction(async (unit) => {
    const hook = await lockHook(unit, id);
    if (hook === undefined || hook.outcome !== undefined) return hook?.outcome;
    const found = await lockMessageOfHook(unit, hook);
    const isEarly = found === undefined || isLeaving(found.line, hook);
    if (isEarly && (await lookLater(unit, ports, hook, look))) return "later";
    const outcome = found === undefined ? "unknown" : await note(unit, ports, options, { hook, ...found });
    await endHook(unit, hook.id, outcome);
    return outcome;
  });
}

/** Nobody has written yet that it left, or by what name: the queue is about to. */
function isLeaving(line: MessageLine, hook: StoredHook): boolean {
  return line.state === "queued" && (line.providerId === undefined || isOfAnotherTry(line, hook));
}

async function lookLater(
  unit: Unit,
  { jobs }: Pick<TakePorts, "jobs">,
  { id, receivedAt }: StoredHook,
  look: number,
): Promise<boolean> {
  const after = LOOKS[look];
  if (after === undefined) return false;
  const next = look + 1;
  await jobs.enqueue(unit, {
    ...{ name: TAKE_HOOK, controller: PUBLISHER, key: `${id}/${next}`, payload: { hook: id, look: next } },
    runAt: addMillis(receivedAt, after),
  });
  return true;
}

interface Noting {
  readonly hook: StoredHook;
  readonly line: MessageLine;
  readonly sealed: Buffer | null;
}

async function note(
  unit: Unit,
  ports: TakePorts,
  options: MailerOptions,
  { hook, line, sealed }: Noting,
): Promise<HookOutcome> {
  const isNoted = await suppressIn(unit, ports, options, { hook, line, sealed });
  if (!isReturned[hook.word] || isOfAnotherTry(line, hook)) return isNoted ? "noted" : "nothing";
  const settlement = { state: "bounced", reason: hookReason(hook.word) } as const;
  const { keepHours } = options;
  const isBack = await settleMessage(unit, ports, { line, settlement, keepHours, from: ["accepted"] });
  return isBack || isNoted ? "noted" : "nothing";
}

/** It was sent again since, under another name: what became of the first does not say what becomes of the second. */
function isOfAnotherTry({ providerId }: MessageLine, hook: StoredHook): boolean {
  return providerId !== undefined && providerId.replaceAll(/[<>]/g, "") !== hook.providerId;
}

/** The address goes onto the list, under the person's name where it is the person's. */
async function suppressIn(
  unit: Unit,
  ports: TakePorts,
  { suppress }: MailerOptions,
  { hook, line, sealed }: Noting,
): Promise<boolean> {
  const kind = kindOfWord[hook.word];
  if (kind === undefined || hook.sealed === null) return false;
  const opened = await ports.vault.open(hookScope, hook.sealed, hookContext(hook.id));
  if (opened === undefined) return false;
  const part = sealed === null ? undefined : await openMessage(ports.vault, line, sealed);
  const subject = part?.flow.role === "officer" ? undefined : line.subject;
  const { controller } = line;
  const report = { controller, address: opened.toString(), kind, at: hook.happenedAt, subject };
  await suppressAddress(unit, ports, suppress, report);
  return true;
}
