/** Nothing is done about a person's request but on an instruction that orders it, in force now, that reaches the person. */
import type {
  ControllerId,
  InstructedAct,
  InstructionId,
  InstructionKind,
  Operation,
  RequestId,
  SubjectId,
  Unit,
} from "@preau/kernel";
import { fault } from "./errors.ts";
import type { ExecutePorts } from "./execute-ports.ts";

export interface Ordered {
  readonly controller: ControllerId;
  readonly instruction: InstructionId;
  readonly kind: InstructionKind;
  readonly does: Operation | InstructedAct;
  readonly subject: SubjectId;
  readonly purpose?: string;
  /** Where a request asks for it: an instruction about requests is about this one. */
  readonly request?: RequestId;
}

/**
 * @throws REQUEST_NOT_INSTRUCTED with the clause of the instruction, and what to do
 * @clause D6.1c, D10.1c
 */
export async function requireStanding(
  unit: Unit,
  { instructions }: Pick<ExecutePorts, "instructions">,
  { controller, instruction, kind, does, subject, purpose, request }: Ordered,
): Promise<void> {
  const standing = await instructions.standing(unit, controller, instruction, {
    ...{ operation: does, subject },
    ...(purpose === undefined ? {} : { purpose }),
    ...(request === undefined ? {} : { about: request }),
  });
  if (!standing.inForce) {
    const { clause, reason, remedy } = standing;
    throw fault("REQUEST_NOT_INSTRUCTED", { clause, remedy, log: { reason } });
  }
  if (standing.kind !== kind)
    throw fault("REQUEST_NOT_INSTRUCTED", { clause: "D6.1c", log: { reason: "OTHER_KIND" } });
}
