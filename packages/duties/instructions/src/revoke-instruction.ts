/** Ends an instruction now, for the future only, and tells whoever acts on it. @clause D6.1c */
import { type Instructions, requireWriting, type Unit } from "@preau/kernel";
import { kernelFault } from "./errors.ts";
import { NOBODY } from "./instruction.ts";
import type { MakeInstructionsOptions } from "./make-instructions.ts";
import { payloadOf, slotsOf } from "./record-instruction.ts";
import { lockInstruction, markRevoked } from "./store/instruction-rows.ts";
import { thingsOf } from "./store/link-rows.ts";

/**
 * Twice is once; of two at the same time one counts.
 * @throws INSTRUCTION_UNKNOWN, INSTRUCTION_NEEDS_WRITING, INSTRUCTION_BAD
 * @clause D6.1c
 */
export async function revokeInstruction(
  unit: Unit,
  { clock, events, journal }: Pick<MakeInstructionsOptions, "clock" | "events" | "journal">,
  { controller, id, by, writing }: Parameters<Instructions["revoke"]>[1],
): Promise<void> {
  const instruction = await lockInstruction(unit, controller, id);
  if (instruction === undefined) throw kernelFault("INSTRUCTION_UNKNOWN", { clause: "D6.1c" });
  const now = clock.now();
  requireWriting(by, writing, now);
  if (instruction.revoked !== undefined) return;
  const { kind, clause, scope } = instruction;
  await markRevoked(unit, instruction, {
    ...{ at: now, by: by.role },
    ...(writing === undefined ? {} : { writing }),
  });
  const things = (await thingsOf(unit, controller, id)).map(({ thing }) => thing);
  const subject = scope.subject === NOBODY ? undefined : scope.subject;
  await journal.record(unit, {
    ...{ log: "evidence", type: "instructions.revoked", clause, controller },
    ...slotsOf(by, subject),
    payload: { instruction: id, kind, things, ...payloadOf(writing) },
  });
  await events.emit(unit, "instruction.revoked", { controller, instruction: id, kind, things, at: now });
}
