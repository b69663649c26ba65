/** The SQL of what was done on instructions. */
import { inUnit } from "@preau/database";
import { type ControllerId, type Instant, type InstructionId, instant, type Unit } from "@preau/kernel";

export interface LinkedThing {
  readonly thing: string;
  readonly at: Instant;
}

/** Twice is once. */
export async function insertLink(
  unit: Unit,
  link: {
    readonly controller: ControllerId;
    readonly instruction: InstructionId;
    readonly thing: string;
    readonly at: Instant;
  },
): Promise<void> {
  const { controller, instruction, thing, at } = link;
  await inUnit(unit)("ins_link")
    .insert({ controller, instruction, thing, linked_at: at })
    .onConflict(["controller", "thing", "instruction"])
    .ignore();
}

/** Oldest first. */
export async function thingsOf(
  unit: Unit,
  controller: ControllerId,
  instruction: InstructionId,
): Promise<readonly LinkedThing[]> {
  const rows = await inUnit(unit)("ins_link")
    .where({ controller, instruction })
    .orderBy("linked_at")
    .orderBy("thing")
    .select<{ thing: string; linked_at: string }[]>("thing", "linked_at");
  return rows.map(({ thing, linked_at: at }) => ({ thing, at: instant(at) }));
}

/** Instructions that something was done on, oldest first; those that stood at a moment alone when one is named. */
export async function instructionsOf(
  unit: Unit,
  controller: ControllerId,
  things: readonly string[],
  standing?: Instant,
): Promise<readonly InstructionId[]> {
  if (things.length === 0) return [];
  const query = inUnit(unit)("ins_link as l")
    .join("ins_instruction as i", "i.id", "l.instruction")
    .where({ "l.controller": controller })
    .whereIn("l.thing", [...things]);
  if (standing !== undefined) void query.where("i.recorded_at", "<=", standing);
  const rows = await query.orderBy("i.recorded_at").orderBy("i.id").select<{ id: InstructionId }[]>("i.id");
  return [...new Set(rows.map(({ id }) => id))];
}
