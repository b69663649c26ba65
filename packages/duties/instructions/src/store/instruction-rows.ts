/** The SQL of the ledger. */
import { inUnit } from "@preau/database";
import {
  type ActorRole,
  type ControllerId,
  type Instant,
  type InstructionId,
  type InstructionKind,
  type InstructionScope,
  instant,
  type SubjectId,
  type Unit,
  type Writing,
} from "@preau/kernel";
import { type Instruction, NOBODY, type Revocation } from "../instruction.ts";

export interface InstructionRow {
  readonly id: string;
  readonly controller: string;
  readonly kind: string;
  readonly clause: string;
  readonly scope: string;
  readonly about_person: number | boolean;
  readonly subject: string | null;
  readonly given_by: string;
  readonly recorded_at: string;
  readonly writing: string | null;
  readonly starts_at: string;
  readonly ends_at: string | null;
  readonly revoked_at: string | null;
  readonly revoked_by: string | null;
  readonly revocation: string | null;
  readonly flagged_at: string | null;
}

export type LedgerScope = ControllerId | "all";

/** The id under which it stands: another one where an instruction of that key stood already. */
export async function insertInstruction(
  unit: Unit,
  instruction: Instruction,
  key: string | undefined,
): Promise<InstructionId> {
  const { subject, ...scope } = instruction.scope;
  const query = inUnit(unit)("ins_instruction").insert({
    id: instruction.id,
    controller: instruction.controller,
    kind: instruction.kind,
    clause: instruction.clause,
    scope: JSON.stringify(scope),
    about_person: subject !== undefined,
    subject: subject ?? null,
    given_by: instruction.givenBy,
    recorded_at: instruction.recordedAt,
    writing: instruction.writing === undefined ? null : JSON.stringify(instruction.writing),
    starts_at: instruction.startsAt,
    ends_at: instruction.endsAt ?? null,
    idempotency: key ?? null,
  });
  if (key === undefined) {
    await query;
    return instruction.id;
  }
  await query.onConflict(["controller", "idempotency"]).ignore();
  // A locking read: it sees what another process has committed meanwhile.
  const stands = await inUnit(unit)("ins_instruction")
    .where({ controller: instruction.controller, idempotency: key })
    .forUpdate()
    .first<{ id: InstructionId } | undefined>("id");
  return stands?.id ?? instruction.id;
}

export async function idOfKey(
  unit: Unit,
  controller: ControllerId,
  key: string,
): Promise<InstructionId | undefined> {
  const row = await inUnit(unit)("ins_instruction")
    .where({ controller, idempotency: key })
    .first<{ id: InstructionId } | undefined>("id");
  return row?.id;
}

export async function findInstruction(
  unit: Unit,
  scope: LedgerScope,
  id: string,
): Promise<Instruction | undefined> {
  const query = inUnit(unit)("ins_instruction").where({ id });
  if (scope !== "all") void query.where({ controller: scope });
  const row = await query.first<InstructionRow | undefined>();
  return row && instructionOf(row);
}

/** Under the row's lock. */
export async function lockInstruction(
  unit: Unit,
  controller: ControllerId,
  id: string,
): Promise<Instruction | undefined> {
  const row = await inUnit(unit)("ins_instruction")
    .where({ id, controller })
    .forUpdate()
    .first<InstructionRow | undefined>();
  return row && instructionOf(row);
}

export async function markRevoked(
  unit: Unit,
  { controller, id }: Pick<Instruction, "controller" | "id">,
  { at, by, writing }: Revocation,
): Promise<void> {
  await inUnit(unit)("ins_instruction")
    .where({ id, controller })
    .update({
      revoked_at: at,
      revoked_by: by,
      revocation: writing === undefined ? null : JSON.stringify(writing),
    });
}

export async function markFlagged(
  unit: Unit,
  { controller, id }: Pick<Instruction, "controller" | "id">,
  at: Instant | null,
): Promise<void> {
  await inUnit(unit)("ins_instruction").where({ id, controller }).update({ flagged_at: at });
}

export function instructionOf(row: InstructionRow): Instruction {
  const scope = JSON.parse(row.scope) as InstructionScope;
  const subject = (row.subject ?? NOBODY) as SubjectId;
  const aboutPerson = Boolean(row.about_person);
  return {
    id: row.id as InstructionId,
    controller: row.controller as ControllerId,
    kind: row.kind as InstructionKind,
    clause: row.clause,
    scope: aboutPerson ? { ...scope, subject } : scope,
    givenBy: row.given_by as ActorRole,
    recordedAt: instant(row.recorded_at),
    ...(row.writing === null ? {} : { writing: JSON.parse(row.writing) as Writing }),
    startsAt: instant(row.starts_at),
    ...(row.ends_at === null ? {} : { endsAt: instant(row.ends_at) }),
    ...(row.revoked_at === null ? {} : { revoked: revocationOf(row, row.revoked_at) }),
    ...(row.flagged_at === null ? {} : { flaggedAt: instant(row.flagged_at) }),
  };
}

function revocationOf({ revoked_by: by, revocation }: InstructionRow, at: string): Revocation {
  return {
    at: instant(at),
    by: (by ?? "system") as ActorRole,
    ...(revocation === null ? {} : { writing: JSON.parse(revocation) as Writing }),
  };
}
