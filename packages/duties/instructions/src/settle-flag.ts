/**
 * What becomes of a flag: the controller confirms the instruction, which then goes on under its own responsibility, or
 * withdraws it; whoever flagged it lifts the flag with a reason. @clause D6.2a
 */
import {
  type ControllerId,
  type InstructionGiver,
  type InstructionId,
  requireWriting,
  type Writing,
} from "@preau/kernel";
import { fault, kernelFault } from "./errors.ts";
import { NOBODY } from "./instruction.ts";
import type { InstructionsPorts } from "./instructions-ports.ts";
import { flagContext } from "./raise-flag.ts";
import { payloadOf, slotsOf } from "./record-instruction.ts";
import { readWords, sealWords } from "./sealed-words.ts";
import { settleFlags } from "./store/flag-rows.ts";
import { lockInstruction, markFlagged } from "./store/instruction-rows.ts";

export interface Settling {
  readonly controller: ControllerId;
  readonly instruction: InstructionId;
  readonly by: InstructionGiver;
  /** Of the controller's word, when somebody else writes it down. */
  readonly writing?: Writing;
}

/**
 * The instruction goes on; that the controller took it on itself is evidence.
 * @throws INSTRUCTION_UNKNOWN, INSTRUCTIONS_NOT_FLAGGED, INSTRUCTION_NEEDS_WRITING, INSTRUCTION_BAD
 * @clause D6.2a
 */
export function confirmInstruction(ports: InstructionsPorts, given: Settling): Promise<void> {
  requireWriting(given.by, given.writing, ports.clock.now());
  return settle(ports, given, "confirmed");
}

/** @throws INSTRUCTION_UNKNOWN, INSTRUCTIONS_NOT_FLAGGED, INSTRUCTION_NEEDS_WRITING, INSTRUCTION_BAD @clause D6.2a */
export function withdrawInstruction(ports: InstructionsPorts, given: Settling): Promise<void> {
  requireWriting(given.by, given.writing, ports.clock.now());
  return settle(ports, given, "withdrawn");
}

/** @throws INSTRUCTION_UNKNOWN, INSTRUCTIONS_NOT_FLAGGED, INSTRUCTIONS_BAD_WORDS @clause D6.2a */
export async function liftFlag(
  ports: InstructionsPorts,
  given: Omit<Settling, "writing"> & { readonly why: string },
): Promise<void> {
  const words = readWords(given.why, 2_000, "why");
  const why = await sealWords(ports, given.controller, words, flagContext(given.instruction));
  return settle(ports, given, "lifted", why);
}

async function settle(
  ports: InstructionsPorts,
  { controller, instruction: id, by, writing }: Settling,
  outcome: "confirmed" | "withdrawn" | "lifted",
  why?: Buffer,
): Promise<void> {
  await ports.unitOfWork.transaction(async (unit) => {
    const instruction = await lockInstruction(unit, controller, id);
    if (instruction === undefined) throw kernelFault("INSTRUCTION_UNKNOWN", { clause: "D6.2a" });
    if (instruction.flaggedAt === undefined)
      throw fault("INSTRUCTIONS_NOT_FLAGGED", { clause: "D6.2a", place: id });
    await markFlagged(unit, instruction, null);
    await settleFlags(
      unit,
      { controller, instruction: id },
      { outcome, by: by.role, at: ports.clock.now(), why },
    );
    const { subject } = instruction.scope;
    await ports.journal.record(unit, {
      ...{ log: "evidence", type: TYPES[outcome], clause: "D6.2a", controller },
      ...slotsOf(by, subject === NOBODY ? undefined : subject),
      payload: {
        instruction: id,
        ...(outcome === "confirmed" ? { responsibility: "controller" } : {}),
        ...(outcome === "lifted" ? {} : payloadOf(writing)),
      },
    });
    await ports.links.kill(unit, controller, id, FLAG_LINK);
    if (outcome === "withdrawn")
      await ports.instructions.revoke(unit, {
        ...{ controller, id, by },
        ...(writing === undefined ? {} : { writing }),
      });
  });
}

const TYPES = {
  confirmed: "instructions.confirmed",
  withdrawn: "instructions.withdrawn",
  lifted: "instructions.flagLifted",
} as const;

/** Purpose of the links behind which a controller confirms or withdraws. */
export const FLAG_LINK = "instructions.flag";
