/**
 * Does what a request asks for, on the controller's instruction: the right kind, in force now, about that person. One verb for every
 * right; twice is once, and whatever takes longer goes on by itself.
 * @clause D6.1c, D10.1a, D10.1c
 */
import type {
  ControllerId,
  InstructionId,
  InstructionKind,
  RequestId,
  RequestMatter,
  Unit,
} from "@preau/kernel";
import { beginCopy } from "./access-copy.ts";
import { beginErasure } from "./erasure-of-request.ts";
import { fault } from "./errors.ts";
import type { Action } from "./execute-action.ts";
import { journalDone } from "./execute-journal.ts";
import type { ExecutePorts, Executor } from "./execute-ports.ts";
import type { Begun, Task } from "./execute-task.ts";
import { requireStanding } from "./instruct-standing.ts";
import { objectToProcessing } from "./objection.ts";
import { beginRectification, type Change } from "./rectification.ts";
import { isOpen } from "./request.ts";
import { restrictSubject } from "./restriction-order.ts";
import { actionOf, insertAction } from "./store/actions.ts";
import { lockRequest } from "./store/requests.ts";

export interface Execution {
  readonly controller: ControllerId;
  readonly request: RequestId;
  readonly instruction: InstructionId;
  readonly by: Executor;
  /** Which purpose ends, of an objection. */
  readonly purpose?: string;
  /** What is corrected, of a rectification. */
  readonly changes?: readonly Change[];
}

/** The kind of instruction that each right needs. The two that are absent ask for nothing that could be done here. */
export const kindOfMatter: Readonly<Partial<Record<RequestMatter, InstructionKind>>> = {
  access: "export",
  rectification: "rectify",
  erasure: "erase",
  objection: "objectToProcessing",
  restriction: "restrict",
  portability: "export",
  // A purpose that profiles ends for the person; what else there is to say of art. 22 is stated.
  automatedDecision: "objectToProcessing",
  withdrawalOfConsent: "objectToProcessing",
};

/**
 * @throws REQUEST_NO_REQUEST for another controller's too, REQUEST_OVER, REQUEST_NO_SUBJECT, REQUEST_NOTHING_TO_DO,
 *   REQUEST_NOT_INSTRUCTED, REQUEST_RESTRICTED, REQUEST_NO_PURPOSE, REQUEST_BAD_CHANGE
 * @clause D6.1c, D10.1a, D10.1c
 */
export function executeRequest(ports: ExecutePorts, execution: Execution): Promise<Action> {
  return ports.unitOfWork.transaction((unit) => executeIn(unit, ports, execution));
}

/** The same, in the caller's unit. */
export async function executeIn(unit: Unit, ports: ExecutePorts, execution: Execution): Promise<Action> {
  const { controller, request: id, instruction, by } = execution;
  const request = await lockRequest(unit, controller, id);
  if (request === undefined) throw fault("REQUEST_NO_REQUEST");
  const earlier = await actionOf(unit, controller, { request: id, instruction });
  if (earlier !== undefined) return earlier;
  if (!isOpen(request)) throw fault("REQUEST_OVER");
  const { matter, subject, origin } = request;
  if (subject === undefined) throw fault("REQUEST_NO_SUBJECT", { clause: "D10.1a" });
  const task: Task = {
    ...{ action: ports.ids.next("dsa"), controller, request: id, matter, instruction, subject, by },
    ...(origin === undefined ? {} : { origin }),
    ...(execution.purpose === undefined ? {} : { purpose: execution.purpose }),
    ...(execution.changes === undefined ? {} : { changes: execution.changes }),
  };
  const begun = await beginTask(unit, ports, task);
  const now = ports.clock.now();
  const action: Action = {
    ...{ id: task.action, controller, request: id, matter, instruction, subject, by: by.role, begunAt: now },
    ...begun,
    ...(begun.state === "ended" ? { endedAt: now } : {}),
  };
  await insertAction(unit, action);
  await ports.instructions.link(unit, controller, instruction, action.id);
  await ports.instructions.link(unit, controller, instruction, id);
  await journalDone(unit, ports, {
    ...{ type: "data-subject-requests.executed", controller, by, subject, instruction },
    payload: { action: action.id, request: id, matter },
  });
  return action;
}

async function beginTask(unit: Unit, ports: ExecutePorts, task: Task): Promise<Begun> {
  const { controller, subject, instruction, matter, by, request, purpose } = task;
  const ordered = { controller, subject, instruction, by, request };
  switch (matter) {
    case "access":
    case "portability":
      await requireStanding(unit, ports, { ...ordered, kind: "export", does: "export" });
      return beginCopy();
    case "erasure":
      await requireStanding(unit, ports, { ...ordered, kind: "erase", does: "erase" });
      return beginErasure(unit, ports, task);
    case "rectification":
      await requireStanding(unit, ports, { ...ordered, kind: "rectify", does: "rectify" });
      return beginRectification(unit, ports, task);
    case "restriction":
      return { state: "running", verdict: "PENDING", thing: await restrictSubject(unit, ports, ordered) };
    case "objection":
    case "automatedDecision":
    case "withdrawalOfConsent": {
      if (purpose === undefined) throw fault("REQUEST_NO_PURPOSE", { clause: "D10.1a" });
      const thing = await objectToProcessing(unit, ports, { ...ordered, purpose });
      return { state: "ended", verdict: "PASS", thing };
    }
    case "information":
      throw fault("REQUEST_NOTHING_TO_DO");
  }
}
