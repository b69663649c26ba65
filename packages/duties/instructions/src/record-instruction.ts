/** Writes an instruction into the ledger, with its evidence in the journal. @clause D6.1c */
import {
  type InstructionGiver,
  type InstructionId,
  type InstructionScope,
  type Journal,
  type JsonObject,
  type NewInstruction,
  requireWriting,
  type SubjectId,
  type Unit,
  type Writing,
} from "@preau/kernel";
import { doubtsOf } from "./doubts.ts";
import { kernelFault } from "./errors.ts";
import type { Instruction } from "./instruction.ts";
import type { MakeInstructionsOptions } from "./make-instructions.ts";
import { raiseFlag } from "./raise-flag.ts";
import { requireTerms } from "./read-scope.ts";
import { isRestricted } from "./store/flag-rows.ts";
import { idOfKey, insertInstruction } from "./store/instruction-rows.ts";

/**
 * The same key of the same controller is the same instruction, also when two processes write at once.
 * What seems to break the law is flagged with it.
 * @throws INSTRUCTION_NEEDS_WRITING, INSTRUCTION_BAD naming the field
 * @clause D6.1c, D6.2a
 */
export async function recordInstruction(
  unit: Unit,
  ports: MakeInstructionsOptions,
  given: NewInstruction,
): Promise<InstructionId> {
  const { controller, kind, clause, scope, by, writing, endsAt, key } = given;
  const twin = key === undefined ? undefined : await idOfKey(unit, controller, key);
  if (twin !== undefined) return twin;
  const now = ports.clock.now();
  requireWriting(by, writing, now);
  requireTerms(given);
  const startsAt = given.startsAt ?? writing?.receivedAt ?? now;
  if (endsAt !== undefined && endsAt < startsAt)
    throw kernelFault("INSTRUCTION_BAD", { place: "endsAt", clause: "D6.1c" });
  const instruction: Instruction = {
    ...{ id: ports.ids.next("ins"), controller, kind, clause, scope, givenBy: by.role },
    ...{ recordedAt: now, startsAt },
    ...(writing === undefined ? {} : { writing: writtenOf(writing) }),
    ...(endsAt === undefined ? {} : { endsAt }),
  };
  const stands = await insertInstruction(unit, instruction, key);
  if (stands !== instruction.id) return stands;
  const { subject, ...reach } = scope;
  await ports.journal.record(unit, {
    ...{ log: "evidence", type: "instructions.recorded", clause, controller },
    ...slotsOf(by, subject),
    payload: {
      ...{ instruction: instruction.id, kind, scope: jsonOf(reach), startsAt },
      ...(endsAt === undefined ? {} : { endsAt }),
      ...(subject === undefined ? {} : { aboutPerson: true }),
      ...payloadOf(writing),
    },
  });
  const restricted = subject !== undefined && (await isRestricted(unit, controller, subject));
  const agreement = ports.agreements.of(controller);
  const table = ports.agreements.tableOf(controller);
  const reasons = doubtsOf({ kind, scope, startsAt, endsAt }, { agreement, table, controller, restricted });
  if (reasons.length > 0)
    await raiseFlag(unit, ports, {
      ...{ controller, instruction: instruction.id, reasons, by: { role: "system" } },
    });
  return instruction.id;
}

/** Exactly what a writing is made of: whatever else an object bears stays out of the ledger. */
function writtenOf({ receivedAt, datedAt, means, writer, reference, sha256 }: Writing): Writing {
  return {
    ...{ receivedAt, means, writer, reference: reference.trim() },
    ...(datedAt === undefined ? {} : { datedAt }),
    ...(sha256 === undefined ? {} : { sha256 }),
  };
}

/** The writing as evidence; `page` when the button was the writing. */
export function payloadOf(writing: Writing | undefined): JsonObject {
  return writing === undefined ? { means: "page" } : { ...writtenOf(writing) };
}

function jsonOf(scope: InstructionScope): JsonObject {
  return JSON.parse(JSON.stringify(scope)) as JsonObject;
}

/** Who did it, and about whom: sealed apart, under keys of their own. */
export function slotsOf(
  by: InstructionGiver,
  subject: SubjectId | undefined,
): Pick<Parameters<Journal["record"]>[1], "actor" | "subject"> {
  return {
    actor: { role: by.role, ...(by.id === undefined ? {} : { id: by.id }) },
    ...(subject === undefined ? {} : { subject: { id: subject, payload: {} } }),
  };
}
