/** The SQL of flags, and of whose data is restricted. */
import { inUnit } from "@preau/database";
import {
  type ActorRole,
  type ControllerId,
  type Instant,
  type InstructionId,
  instant,
  type SubjectId,
  type Unit,
} from "@preau/kernel";
import type { DoubtReason, Flag, FlagId, FlagOutcome } from "../flag.ts";
import type { LedgerScope } from "./instruction-rows.ts";

interface Row {
  readonly id: string;
  readonly controller: string;
  readonly instruction: string;
  readonly reasons: string;
  readonly explained: Buffer | null;
  readonly raised_by: string;
  readonly raised_at: string;
  readonly told_at: string | null;
  readonly outcome: string | null;
  readonly settled_by: string | null;
  readonly settled_at: string | null;
  readonly settled_why: Buffer | null;
}

export async function insertFlag(unit: Unit, flag: Flag): Promise<void> {
  await inUnit(unit)("ins_flag").insert({
    ...{ id: flag.id, controller: flag.controller, instruction: flag.instruction },
    ...{ reasons: JSON.stringify(flag.reasons), explained: flag.explained ?? null },
    ...{ raised_by: flag.raisedBy, raised_at: flag.raisedAt },
  });
}

/** Newest first. */
export async function flagsOf(
  unit: Unit,
  controller: ControllerId,
  instruction: InstructionId,
): Promise<readonly Flag[]> {
  const rows = await inUnit(unit)("ins_flag")
    .where({ controller, instruction })
    .orderBy("raised_at", "desc")
    .orderBy("id", "desc")
    .select<Row[]>();
  return rows.map(flagOf);
}

export async function openFlags(unit: Unit, scope: LedgerScope): Promise<readonly Flag[]> {
  const query = inUnit(unit)("ins_flag").whereNull("settled_at");
  if (scope !== "all") void query.where({ controller: scope });
  return (await query.orderBy("raised_at").limit(1_000).select<Row[]>()).map(flagOf);
}

export async function findFlag(unit: Unit, controller: ControllerId, id: string): Promise<Flag | undefined> {
  const row = await inUnit(unit)("ins_flag").where({ id, controller }).first<Row | undefined>();
  return row && flagOf(row);
}

export async function markFlagTold(unit: Unit, { id, controller }: Flag, at: Instant): Promise<void> {
  await inUnit(unit)("ins_flag").where({ id, controller }).update({ told_at: at });
}

export async function settleFlags(
  unit: Unit,
  of: { readonly controller: ControllerId; readonly instruction: InstructionId },
  settled: {
    readonly outcome: FlagOutcome;
    readonly by: ActorRole;
    readonly at: Instant;
    readonly why?: Buffer | undefined;
  },
): Promise<number> {
  const { outcome, by, at, why } = settled;
  return inUnit(unit)("ins_flag")
    .where({ controller: of.controller, instruction: of.instruction })
    .whereNull("settled_at")
    .update({ outcome, settled_by: by, settled_at: at, settled_why: why ?? null });
}

function flagOf(row: Row): Flag {
  const { outcome, settled_by: by, settled_at: at, settled_why: why } = row;
  return {
    id: row.id as FlagId,
    controller: row.controller as ControllerId,
    instruction: row.instruction as InstructionId,
    reasons: JSON.parse(row.reasons) as readonly DoubtReason[],
    ...(row.explained === null ? {} : { explained: row.explained }),
    raisedBy: row.raised_by as ActorRole,
    raisedAt: instant(row.raised_at),
    ...(row.told_at === null ? {} : { toldAt: instant(row.told_at) }),
    ...(outcome === null || at === null
      ? {}
      : {
          settled: {
            ...{ outcome: outcome as FlagOutcome, by: (by ?? "system") as ActorRole, at: instant(at) },
            ...(why === null ? {} : { why }),
          },
        }),
  };
}

export async function isRestricted(unit: Unit, controller: ControllerId, subject: SubjectId) {
  const row = await inUnit(unit)("ins_restricted")
    .where({ controller, subject })
    .first<{ subject: string } | undefined>("subject");
  return row !== undefined;
}

export async function noteRestriction(
  unit: Unit,
  { controller, subject }: { readonly controller: ControllerId; readonly subject: SubjectId },
  restricted: boolean,
): Promise<void> {
  const table = inUnit(unit)("ins_restricted");
  if (restricted) await table.insert({ controller, subject }).onConflict(["controller", "subject"]).ignore();
  else await table.where({ controller, subject }).delete();
}
