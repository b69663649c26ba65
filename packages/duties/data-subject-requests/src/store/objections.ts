/** The SQL of objections of persons to a purpose. */
import { inUnit } from "@preau/database";
import {
  type ActorRole,
  type ControllerId,
  type Instant,
  type InstructionId,
  instant,
  type RequestId,
  type SubjectId,
  type Unit,
} from "@preau/kernel";
import type { Objection, ObjectionId } from "../objection.ts";

const TABLE = "dsr_objection";

interface Row {
  readonly id: string;
  readonly controller: string;
  readonly subject: string | null;
  readonly purpose: string;
  readonly request: string | null;
  readonly instruction: string;
  readonly recorded_by: string;
  readonly since: string;
  readonly ended_at: string | null;
}

/** While another of the same person and purpose stands, nothing is written. */
export async function insertObjection(
  unit: Unit,
  given: Omit<Objection, "endedAt"> & { readonly subject: SubjectId },
): Promise<void> {
  await inUnit(unit)(TABLE)
    .insert({
      id: given.id,
      controller: given.controller,
      subject: given.subject,
      purpose: given.purpose,
      live: 1,
      request: given.request ?? null,
      instruction: given.instruction,
      recorded_by: given.by,
      since: given.since,
    })
    .onConflict(["controller", "subject", "purpose", "live"])
    .ignore();
}

/** The one that stands. One read by a unique index. */
export async function standingObjection(
  unit: Unit,
  controller: ControllerId,
  { subject, purpose }: { readonly subject: SubjectId; readonly purpose: string },
): Promise<ObjectionId | undefined> {
  const row = await inUnit(unit)(TABLE)
    .where({ controller, subject, purpose, live: 1 })
    .first<{ id: ObjectionId } | undefined>("id");
  return row?.id;
}

/** Those that stood, in no order. */
export async function endObjections(
  unit: Unit,
  controller: ControllerId,
  { instruction, at }: { readonly instruction: InstructionId; readonly at: Instant },
): Promise<readonly Objection[]> {
  const standing = { controller, instruction, live: 1 };
  const rows = await inUnit(unit)(TABLE).where(standing).forUpdate().select<Row[]>();
  await inUnit(unit)(TABLE).where(standing).update({ live: null, ended_at: at });
  return rows.map(fromRow);
}

/** Of some persons, of a controller, or of all; newest first. */
export async function listObjections(
  unit: Unit,
  controller: ControllerId | "all",
  { subjects, limit = 500 }: { readonly subjects?: readonly SubjectId[]; readonly limit?: number } = {},
): Promise<readonly Objection[]> {
  const query = inUnit(unit)(TABLE);
  if (controller !== "all") void query.where({ controller });
  if (subjects !== undefined) void query.whereIn("subject", [...subjects]);
  const rows = await query
    .orderBy([
      { column: "since", order: "desc" },
      { column: "id", order: "desc" },
    ])
    .limit(limit)
    .select<Row[]>();
  return rows.map(fromRow);
}

/** The facts stay, about nobody. */
export async function forgetObjector(
  unit: Unit,
  controller: ControllerId,
  subject: SubjectId,
): Promise<number> {
  return inUnit(unit)(TABLE).where({ controller, subject }).update({ subject: null, live: null });
}

function fromRow(row: Row): Objection {
  return {
    id: row.id as ObjectionId,
    controller: row.controller as ControllerId,
    ...(row.subject === null ? {} : { subject: row.subject as SubjectId }),
    purpose: row.purpose,
    ...(row.request === null ? {} : { request: row.request as RequestId }),
    instruction: row.instruction as InstructionId,
    by: row.recorded_by as ActorRole,
    since: instant(row.since),
    ...(row.ended_at === null ? {} : { endedAt: instant(row.ended_at) }),
  };
}
