/**
 * Art. 21: a purpose ends for one person. It stands as long as the instruction that ordered it: when the controller takes that
 * back, the purpose may be served again. @clause D10.1a
 */
import type {
  ActorRole,
  ControllerId,
  Id,
  Instant,
  InstructionId,
  RequestId,
  SubjectId,
  Unit,
} from "@preau/kernel";
import { fault } from "./errors.ts";
import { journalDone } from "./execute-journal.ts";
import type { ExecutePorts, Executor } from "./execute-ports.ts";
import { requireStanding } from "./instruct-standing.ts";
import { endObjections, insertObjection, standingObjection } from "./store/objections.ts";

export type ObjectionId = Id<"dso">;

export interface Objection {
  readonly id: ObjectionId;
  readonly controller: ControllerId;
  /** Undefined once the person was erased. */
  readonly subject?: SubjectId;
  readonly purpose: string;
  readonly request?: RequestId;
  readonly instruction: InstructionId;
  readonly by: ActorRole;
  readonly since: Instant;
  readonly endedAt?: Instant;
}

export interface ObjectionOrder {
  readonly controller: ControllerId;
  readonly subject: SubjectId;
  /** A word of the agreement. */
  readonly purpose: string;
  readonly instruction: InstructionId;
  readonly by: Executor;
  readonly request?: RequestId;
}

/**
 * From the caller's commit on the gate refuses the person's flows for that purpose. Twice is once.
 * @throws REQUEST_NO_PURPOSE, REQUEST_NOT_INSTRUCTED
 * @clause D10.1a
 */
export async function objectToProcessing(
  unit: Unit,
  ports: ExecutePorts,
  order: ObjectionOrder,
): Promise<ObjectionId> {
  const { controller, subject, purpose, instruction, by, request } = order;
  if (!ports.agreements.of(controller).purposes.some(({ id }) => id === purpose))
    throw fault("REQUEST_NO_PURPOSE", { clause: "D10.1a" });
  await requireStanding(unit, ports, { ...order, kind: "objectToProcessing", does: "objectToProcessing" });
  const id = ports.ids.next("dso");
  await insertObjection(unit, {
    ...{ id, controller, subject, purpose, instruction, by: by.role, since: ports.clock.now() },
    ...(request === undefined ? {} : { request }),
  });
  const standing = (await standingObjection(unit, controller, { subject, purpose })) ?? id;
  await ports.instructions.link(unit, controller, instruction, standing);
  if (standing !== id) return standing;
  await journalDone(unit, ports, {
    ...{ type: "data-subject-requests.objected", controller, by, subject, instruction },
    payload: { objection: id, purpose, ...(request === undefined ? {} : { request }) },
  });
  return id;
}

/** The instruction was taken back: its objections end, for the future. @clause D10.1a */
export async function endObjectionsOn(
  unit: Unit,
  ports: ExecutePorts,
  {
    controller,
    instruction,
    at,
  }: { readonly controller: ControllerId; readonly instruction: InstructionId; readonly at: Instant },
): Promise<void> {
  for (const { id, subject, purpose } of await endObjections(unit, controller, { instruction, at }))
    await journalDone(unit, ports, {
      ...{ type: "data-subject-requests.objectionEnded", controller, by: { role: "system" } },
      ...{ subject, instruction, payload: { objection: id, purpose } },
    });
}
