/**
 * A conversation of a visitor of whom nobody knows who it is leaves the desk by itself, some hours after its last words: every one of
 * them, whatever its visitor says of themselves. What vanished for a match alone would tell whoever types a name or an address that
 * it is a pupil's. @clause DC
 */
import { addHours, type ControllerId, type Instant, type Job, type Unit } from "@preau/kernel";
import { wayOut } from "./case-leave.ts";
import type { SupportBridgeOptions } from "./options.ts";
import { lockCase, updateCase } from "./store/cases.ts";
import type { SupportCase } from "./support-case.ts";
import type { SupportPorts } from "./support-ports.ts";

export const LEAVE_UNKNOWN = "support-bridge.leaveUnknown";

export type UnknownTerms = Pick<SupportBridgeOptions, "unknownHours">;

/** It says itself when its hour has come: the newest words put it off. */
export function leaveUnknownLater({ id, controller }: Pick<SupportCase, "id" | "controller">): Job {
  return { name: LEAVE_UNKNOWN, controller, payload: { case: id }, key: id, priority: 150 };
}

/** When to look again; undefined where somebody has said who it is, or nothing is there. */
export async function leaveUnknown(
  unit: Unit,
  { clock, jobs, support }: Pick<SupportPorts, "clock" | "jobs" | "support">,
  { unknownHours }: UnknownTerms,
  controller: ControllerId,
  id: string,
): Promise<Instant | undefined> {
  const found = await lockCase(unit, controller, id);
  // Without the desk's API a person erases it, when the case is over.
  if (found === undefined || support.client === undefined) return undefined;
  const { line } = found;
  if (line.subject !== undefined || line.desk !== "there") return undefined;
  const end = addHours(line.lastAt, unknownHours);
  if (end > clock.now()) return end;
  await updateCase(unit, line, { desk: "leaving" });
  await jobs.enqueue(unit, wayOut(line));
  return undefined;
}
