/** What the journal keeps of things done on requests: evidence, with the instruction that each was done on. */
import type { ControllerId, InstructionId, JsonObject, SubjectId, Unit } from "@preau/kernel";
import type { ExecutePorts, Executor } from "./execute-ports.ts";

export const executeEvents = [
  "data-subject-requests.actionEnded",
  "data-subject-requests.actionStopped",
  "data-subject-requests.automatedDecisionStated",
  "data-subject-requests.executed",
  "data-subject-requests.objected",
  "data-subject-requests.objectionEnded",
  "data-subject-requests.rectified",
  "data-subject-requests.restricted",
  "data-subject-requests.restrictionEnded",
  "data-subject-requests.restrictionLifted",
  "data-subject-requests.restrictionSettled",
] as const;

export interface Done {
  readonly type: (typeof executeEvents)[number];
  readonly controller: ControllerId;
  readonly by: Executor;
  readonly subject?: SubjectId | undefined;
  readonly instruction?: InstructionId | undefined;
  readonly payload: JsonObject;
}

/** @clause D6.1c, D10.1a */
export async function journalDone(
  unit: Unit,
  { journal }: Pick<ExecutePorts, "journal">,
  { type, controller, by, subject, instruction, payload: given }: Done,
): Promise<void> {
  const payload = { ...given, ...(instruction === undefined ? {} : { instruction }) };
  await journal.record(unit, {
    ...{ log: "evidence", type, clause: "D10.1a", controller },
    actor: { role: by.role, ...(by.id === undefined ? {} : { id: by.id }) },
    ...(subject === undefined ? {} : { subject: { id: subject, payload } }),
    payload,
  });
}
