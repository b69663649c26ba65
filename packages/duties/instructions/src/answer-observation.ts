/**
 * The client's people approve a request to observe, or refuse it. They approve exactly what they were shown: of a request that
 * has changed since, nothing. @clause S14
 */
import type { ControllerId, InstructionGiver, InstructionId } from "@preau/kernel";
import { lockAsked, OBSERVATION_LINK } from "./ask-observation.ts";
import { fault } from "./errors.ts";
import type { InstructionsPorts } from "./instructions-ports.ts";
import type { ObservationId } from "./observation.ts";
import { answerObservation } from "./store/observation-rows.ts";

export interface ObservationAnswer {
  readonly controller: ControllerId;
  readonly id: ObservationId;
  readonly by: InstructionGiver;
}

/**
 * Becomes an instruction with exactly these fields, until the end that was shown.
 * @throws INSTRUCTIONS_NO_OBSERVATION, INSTRUCTIONS_OBSERVATION_ANSWERED, INSTRUCTIONS_OBSERVATION_CHANGED,
 *   INSTRUCTION_NEEDS_WRITING for anybody but the client's people
 * @clause S14
 */
export function approveObservation(
  ports: InstructionsPorts,
  { controller, id, by, hash }: ObservationAnswer & { readonly hash: string },
): Promise<InstructionId> {
  return ports.unitOfWork.transaction(async (unit) => {
    const found = await lockAsked(unit, controller, id);
    if (found.hash !== hash) throw fault("INSTRUCTIONS_OBSERVATION_CHANGED", { clause: "S14", place: id });
    const { product, fields, startsAt, endsAt } = found;
    const instruction = await ports.instructions.record(unit, {
      ...{ controller, kind: "observePractices", clause: "S14", by, startsAt, endsAt, key: id },
      scope: { product, operations: ["show"], recipients: ["staff"], fields, about: [id] },
    });
    await ports.instructions.link(unit, controller, instruction, id);
    const at = ports.clock.now();
    await answerObservation(unit, found, { state: "approved", by: by.role, at, instruction });
    await ports.links.kill(unit, controller, id, OBSERVATION_LINK);
    await ports.journal.record(unit, {
      ...{ log: "evidence", type: "instructions.observationApproved", clause: "S14", controller },
      actor: { role: by.role, ...(by.id === undefined ? {} : { id: by.id }) },
      payload: { observation: id, instruction, hash },
    });
    return instruction;
  });
}

/** @throws INSTRUCTIONS_NO_OBSERVATION, INSTRUCTIONS_OBSERVATION_ANSWERED @clause S14 */
export async function refuseObservation(
  ports: InstructionsPorts,
  { controller, id, by }: ObservationAnswer,
): Promise<void> {
  await ports.unitOfWork.transaction(async (unit) => {
    const found = await lockAsked(unit, controller, id);
    await answerObservation(unit, found, { state: "refused", by: by.role, at: ports.clock.now() });
    await ports.links.kill(unit, controller, id, OBSERVATION_LINK);
    await ports.journal.record(unit, {
      ...{ log: "evidence", type: "instructions.observationRefused", clause: "S14", controller },
      actor: { role: by.role, ...(by.id === undefined ? {} : { id: by.id }) },
      payload: { observation: id },
    });
  });
}
