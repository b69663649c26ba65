/**
 * Flags an instruction that seems to break the law, and has the controller told at once: by a message, on its page and
 * among what is due. Nothing is held by this alone: that is the agreement's choice. @clause D6.2a
 */
import type { InstructionGiver, Job, Unit } from "@preau/kernel";
import { kernelFault } from "./errors.ts";
import type { DoubtReason, Flag, FlagId } from "./flag.ts";
import { holdsFlagged, NOBODY } from "./instruction.ts";
import type { InstructionsPorts } from "./instructions-ports.ts";
import type { MakeInstructionsOptions } from "./make-instructions.ts";
import { slotsOf } from "./record-instruction.ts";
import { readWords, sealWords } from "./sealed-words.ts";
import { flagsOf, insertFlag } from "./store/flag-rows.ts";
import { lockInstruction, markFlagged } from "./store/instruction-rows.ts";

/** Carries a message to the controller's officer: with its own tries, apart from what it tells of. */
export const TELL = "instructions.tell";
const MOST = 2_000;

/** What the job of telling is about. */
export function telling(
  what: "flag" | "notice" | "observation",
  of: Pick<Flag, "controller"> & { readonly id: string },
): Job {
  return {
    ...{ name: TELL, controller: of.controller, key: of.id, payload: { what, id: of.id } },
    priority: 10,
  };
}

export interface NewFlag extends Pick<Flag, "controller" | "instruction" | "reasons"> {
  readonly by: InstructionGiver;
  readonly explained?: Buffer;
}

/**
 * One flag stands at a time: another doubt while one stands is that one.
 * @throws INSTRUCTION_UNKNOWN
 * @clause D6.2a
 */
export async function raiseFlag(
  unit: Unit,
  ports: Pick<MakeInstructionsOptions, "agreements" | "clock" | "ids" | "jobs" | "journal">,
  { controller, instruction: id, reasons, by, explained }: NewFlag,
): Promise<FlagId> {
  const instruction = await lockInstruction(unit, controller, id);
  if (instruction === undefined) throw kernelFault("INSTRUCTION_UNKNOWN", { clause: "D6.2a" });
  if (instruction.flaggedAt !== undefined) {
    const [standing] = await flagsOf(unit, controller, id);
    if (standing !== undefined && standing.settled === undefined) return standing.id;
  }
  const now = ports.clock.now();
  const flag: Flag = {
    ...{ id: ports.ids.next("flg"), controller, instruction: id, reasons, raisedBy: by.role, raisedAt: now },
    ...(explained === undefined ? {} : { explained }),
  };
  await insertFlag(unit, flag);
  await markFlagged(unit, instruction, now);
  const { subject } = instruction.scope;
  await ports.journal.record(unit, {
    ...{ log: "evidence", type: "instructions.flagged", clause: "D6.2a", controller },
    ...slotsOf(by, subject === NOBODY ? undefined : subject),
    payload: {
      ...{ instruction: id, flag: flag.id, reasons: [...reasons] },
      held: holdsFlagged(ports.agreements, controller),
    },
  });
  await ports.jobs.enqueue(unit, telling("flag", flag));
  return flag.id;
}

/**
 * A person of the publisher's finds it doubtful, and says why.
 * @throws INSTRUCTION_UNKNOWN, INSTRUCTIONS_BAD_WORDS, INSTRUCTIONS_OVER for one that is revoked
 * @clause D6.2a
 */
export async function flagInstruction(
  ports: InstructionsPorts,
  {
    controller,
    instruction,
    reasons = ["other"],
    by,
    why,
  }: Pick<NewFlag, "controller" | "instruction" | "by"> & {
    readonly reasons?: readonly DoubtReason[];
    readonly why: string;
  },
): Promise<FlagId> {
  const words = readWords(why, MOST, "why");
  const explained = await sealWords(ports, controller, words, flagContext(instruction));
  return ports.unitOfWork.transaction((unit) =>
    raiseFlag(unit, ports, { controller, instruction, reasons, by, explained }),
  );
}

export function flagContext(instruction: string): string {
  return `ins_flag ${instruction}`;
}
