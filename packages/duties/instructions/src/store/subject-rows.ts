/** The SQL of instructions about one person, and of the second look. */
import { inUnit } from "@preau/database";
import type { ControllerId, SubjectId, Unit, Writing } from "@preau/kernel";
import type { Instruction } from "../instruction.ts";
import { type InstructionRow, instructionOf } from "./instruction-rows.ts";

/** In the order of their ids. */
export async function instructionsAbout(
  unit: Unit,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<readonly Instruction[]> {
  if (subjects.length === 0) return [];
  const rows = await inUnit(unit)("ins_instruction")
    .where({ controller })
    .whereIn("subject", [...subjects])
    .orderBy("id")
    .select<InstructionRow[]>();
  return rows.map(instructionOf);
}

export async function restrictedAmong(
  unit: Unit,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<ReadonlySet<SubjectId>> {
  if (subjects.length === 0) return new Set();
  const rows = await inUnit(unit)("ins_restricted")
    .where({ controller })
    .whereIn("subject", [...subjects])
    .select<{ subject: SubjectId }[]>("subject");
  return new Set(rows.map(({ subject }) => subject));
}

/** The instruction stays, about a person who is gone. */
export async function forgetSubject(
  unit: Unit,
  { controller, id }: Pick<Instruction, "controller" | "id">,
  writings: { readonly writing?: Writing | undefined; readonly revocation?: Writing | undefined },
): Promise<void> {
  await inUnit(unit)("ins_instruction")
    .where({ controller, id })
    .update({ subject: null, ...columnsOf(writings) });
}

export async function rewriteWriting(
  unit: Unit,
  { controller, id }: Pick<Instruction, "controller" | "id">,
  writings: { readonly writing?: Writing | undefined; readonly revocation?: Writing | undefined },
): Promise<void> {
  const columns = columnsOf(writings);
  if (Object.keys(columns).length > 0)
    await inUnit(unit)("ins_instruction").where({ controller, id }).update(columns);
}

function columnsOf({
  writing,
  revocation,
}: {
  readonly writing?: Writing | undefined;
  readonly revocation?: Writing | undefined;
}) {
  return {
    ...(writing === undefined ? {} : { writing: JSON.stringify(writing) }),
    ...(revocation === undefined ? {} : { revocation: JSON.stringify(revocation) }),
  };
}

export const lookedTables = [
  "ins_instruction",
  "ins_link",
  "ins_flag",
  "ins_restricted",
  "ins_observation",
  "ins_notice",
] as const;

export async function everyRow(
  unit: Unit,
  table: (typeof lookedTables)[number],
  controller: ControllerId,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return inUnit(unit)(table).where({ controller }).select();
}
