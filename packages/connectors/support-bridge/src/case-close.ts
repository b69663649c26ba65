/**
 * A case ends: by a person, or by itself once it was answered and nobody wrote again. After the days that its words stand, they go
 * with their keys, here and at the desk; the line alone stays. @clause DD.7, D12.2
 */
import { addHours, type ControllerId, type Instant, type Job, type Unit } from "@preau/kernel";
import { recordCase } from "./case-journal.ts";
import { wayOut } from "./case-leave.ts";
import { keysOf } from "./case-seal.ts";
import { fault } from "./errors.ts";
import { forgetKeys } from "./forget-keys.ts";
import { lockCase, quietCases, updateCase } from "./store/cases.ts";
import { updateWords, wordsOfCase } from "./store/words.ts";
import type { SupportCase } from "./support-case.ts";
import { type SupportActor, type SupportPorts, SYSTEM } from "./support-ports.ts";

export const FORGET_CASE = "support-bridge.forgetCase";

export interface CloseTerms {
  readonly keepDays: number;
}

export type ClosePorts = Pick<SupportPorts, "clock" | "jobs" | "journal">;

/** Closing it twice is closing it once. @throws SUPPORT_NO_CASE */
export async function closeCase(
  unit: Unit,
  ports: ClosePorts,
  { keepDays }: CloseTerms,
  { controller, id, by }: Pick<SupportCase, "controller" | "id"> & { readonly by: SupportActor },
): Promise<void> {
  const found = await lockCase(unit, controller, id);
  if (found === undefined) throw fault("SUPPORT_NO_CASE");
  if (found.line.state === "closed") return;
  const closedAt = ports.clock.now();
  await updateCase(unit, found.line, { state: "closed", closedAt });
  await ports.jobs.enqueue(unit, forgetAt(found.line, endOf(closedAt, keepDays)));
  await recordCase(unit, ports, found.line, { type: "support-bridge.closed", by });
}

/** The job that ends its words. */
export function forgetAt({ id, controller }: Pick<SupportCase, "controller" | "id">, runAt: Instant): Job {
  return { name: FORGET_CASE, controller, payload: { case: id }, key: id, runAt };
}

function endOf(closedAt: Instant, keepDays: number): Instant {
  return addHours(closedAt, keepDays * 24);
}

/** Hours until what was not done yet is looked at again. */
const LATER_HOURS = 6;

/** When to look again; undefined where nothing is left to do. */
export async function forgetCase(
  unit: Unit,
  ports: ClosePorts,
  { keepDays }: CloseTerms,
  controller: ControllerId,
  id: string,
): Promise<Instant | undefined> {
  const found = await lockCase(unit, controller, id);
  // Open again: its next closing has a job of its own.
  if (found === undefined || found.line.state !== "closed" || found.line.textGoneAt !== undefined)
    return undefined;
  const { line } = found;
  const now = ports.clock.now();
  const end = endOf(line.closedAt ?? line.lastAt, keepDays);
  if (end > now) return end;
  if (line.restrictedAt !== undefined) return addHours(now, LATER_HOURS);
  const words = await wordsOfCase(unit, line);
  const later = addHours(now, LATER_HOURS);
  if (words.some(({ line: each }) => each.proposal === "open" || each.state === "queued")) return later;
  // What the desk has of it leaves first: the references that lead there go with the key.
  if (line.desk === "there") {
    await updateCase(unit, line, { desk: "leaving" });
    await ports.jobs.enqueue(unit, wayOut(line));
  }
  if (line.desk !== "none" && line.desk !== "gone") return later;
  for (const { line: each } of words) await updateWords(unit, each, { sealed: null });
  await updateCase(unit, line, { sealed: null, refHash: null, threadHash: null, textGoneAt: now });
  await forgetKeys(unit, ports, keysOf(line));
  await recordCase(unit, ports, line, {
    type: "support-bridge.textDestroyed",
    payload: { words: words.length },
  });
  return undefined;
}

/** Those that were answered and that nobody wrote in since. How many. */
export async function closeQuietCases(unit: Unit, ports: ClosePorts, terms: CloseTerms): Promise<number> {
  const before = addHours(ports.clock.now(), -terms.keepDays * 24);
  const quiet = await quietCases(unit, { before, limit: 500 });
  for (const { id, controller } of quiet) await closeCase(unit, ports, terms, { id, controller, by: SYSTEM });
  return quiet.length;
}
