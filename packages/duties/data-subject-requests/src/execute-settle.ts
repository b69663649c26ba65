/** How things came out that were begun on an instruction: never more than what was verified. @clause D10.1a */
import type { Unit, Verdict } from "@preau/kernel";
import type { Action, ActionWhy } from "./execute-action.ts";
import { journalDone } from "./execute-journal.ts";
import type { ExecutePorts } from "./execute-ports.ts";
import { updateAction } from "./store/actions.ts";

const SYSTEM = { role: "system" } as const;

export interface Outcome {
  readonly verdict: Verdict;
  readonly why?: ActionWhy | undefined;
  readonly thing?: string;
}

/** One that was stopped stays so: only its verdict follows what it had begun. */
export async function endAction(
  unit: Unit,
  ports: Pick<ExecutePorts, "clock" | "journal">,
  action: Action,
  { verdict, why, thing }: Outcome,
): Promise<void> {
  const { id, controller, state, subject, instruction, request } = action;
  await updateAction(unit, action, {
    ...{ state: state === "stopped" ? "stopped" : "ended", verdict, endedAt: ports.clock.now() },
    ...{ subjectHash: null },
    ...(why === undefined ? {} : { why }),
    ...(thing === undefined ? {} : { thing }),
  });
  await journalDone(unit, ports, {
    ...{ type: "data-subject-requests.actionEnded", controller, by: SYSTEM, subject, instruction },
    payload: {
      ...{ action: id, request, verdict },
      ...(why === undefined ? {} : { why }),
      ...(thing === undefined ? {} : { thing }),
    },
  });
}

/** Nothing more of it begins. What it had begun is said with it. */
export async function stopAction(
  unit: Unit,
  ports: Pick<ExecutePorts, "clock" | "journal">,
  action: Action,
  { verdict, why }: Outcome,
): Promise<void> {
  const { id, controller, subject, instruction, request } = action;
  await updateAction(unit, action, {
    ...{ state: "stopped", verdict, endedAt: ports.clock.now() },
    ...(why === undefined ? {} : { why }),
  });
  await journalDone(unit, ports, {
    ...{ type: "data-subject-requests.actionStopped", controller, by: SYSTEM, subject, instruction },
    payload: { action: id, request, verdict, ...(why === undefined ? {} : { why }) },
  });
}
