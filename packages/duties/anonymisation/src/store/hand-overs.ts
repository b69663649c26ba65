/** The SQL of what controllers instructed to hand over, and of what was. */
import { inUnit } from "@preau/database";
import { type ActorRole, type ControllerId, type Id, type Instant, instant, type Unit } from "@preau/kernel";
import type { ReleaseId } from "../ledger.ts";
import type { HandOverInstruction } from "../release-hand-over.ts";

interface Row {
  readonly controller: string;
  readonly release: string;
  readonly recipient: string;
  readonly id: string;
  readonly received_at: string;
  readonly reference: string;
}

export async function isInstructed(
  unit: Unit,
  same: Pick<HandOverInstruction, "controller" | "release" | "recipient">,
): Promise<boolean> {
  return (
    (await inUnit(unit)("ano_instruction")
      .where({ controller: same.controller, release: same.release, recipient: same.recipient })
      .first<{ id: string } | undefined>("id")) !== undefined
  );
}

/** False when the same was instructed before. */
export async function insertInstruction(
  unit: Unit,
  each: HandOverInstruction,
  recorded: { readonly at: Instant; readonly by: ActorRole },
): Promise<boolean> {
  const { controller, release, recipient } = each;
  const table = () => inUnit(unit)("ano_instruction");
  if ((await table().where({ controller, release, recipient }).first("id")) !== undefined) return false;
  await table().insert({
    ...{ controller, release, recipient, id: each.id },
    ...{ received_at: each.receivedAt, reference: each.reference },
    ...{ recorded_at: recorded.at, recorded_by: recorded.by },
  });
  return true;
}

export async function listInstructions(
  unit: Unit,
  release: ReleaseId,
  recipient: string,
): Promise<readonly HandOverInstruction[]> {
  const rows = await inUnit(unit)("ano_instruction")
    .where({ release, recipient })
    .orderBy("controller")
    .select<Row[]>();
  return rows.map((row) => ({
    id: row.id as Id<"ins">,
    controller: row.controller as ControllerId,
    release: row.release as ReleaseId,
    recipient: row.recipient,
    receivedAt: instant(row.received_at),
    reference: row.reference,
  }));
}

export interface HandOver {
  readonly release: ReleaseId;
  readonly recipient: string;
  readonly at: Instant;
  readonly by: ActorRole;
}

/** False when it was handed to that recipient before. */
export async function insertHandOver(unit: Unit, { release, recipient, at, by }: HandOver): Promise<boolean> {
  const table = () => inUnit(unit)("ano_hand_over");
  if ((await table().where({ release, recipient }).first("release")) !== undefined) return false;
  await table().insert({ release, recipient, handed_at: at, handed_by: by });
  return true;
}

export async function listHandOvers(
  unit: Unit,
  releases: readonly ReleaseId[],
): Promise<readonly HandOver[]> {
  if (releases.length === 0) return [];
  const rows = await inUnit(unit)("ano_hand_over")
    .whereIn("release", [...releases])
    .orderBy(["release", "handed_at"])
    .select<{ release: ReleaseId; recipient: string; handed_at: string; handed_by: ActorRole }[]>();
  return rows.map((row) => ({
    ...{ release: row.release, recipient: row.recipient, at: instant(row.handed_at), by: row.handed_by },
  }));
}
