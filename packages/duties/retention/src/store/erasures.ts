/** The only SQL of this package. The controller is an argument of every query. */
import { inUnit } from "@preau/database";
import {
  type ActorRole,
  type ControllerId,
  type Ground,
  type Instant,
  type InstructionId,
  instant,
  type ReceiptId,
  type SubjectId,
  type Unit,
} from "@preau/kernel";
import type { Erasure, ErasureId, ErasureState, StoreProgress } from "../erasure.ts";

interface ErasureRow {
  readonly id: string;
  readonly receipt: string | null;
  readonly controller: string;
  readonly ground: string;
  readonly clause: string;
  readonly requested_by: string;
  readonly instruction: string | null;
  readonly requested_at: string;
  readonly due_at: string;
  readonly state: string;
  readonly opened_at: string | null;
  readonly closed_at: string | null;
  readonly progress: string;
}

const COLUMNS = [
  "id",
  "receipt",
  "controller",
  "ground",
  "clause",
  "requested_by",
  "instruction",
  "requested_at",
  "due_at",
  "state",
  "opened_at",
  "closed_at",
  "progress",
] as const;

export async function insertErasure(unit: Unit, erasure: Erasure): Promise<void> {
  const trx = inUnit(unit);
  await trx("ret_erasure").insert({
    id: erasure.id,
    controller: erasure.controller,
    ground: erasure.ground,
    clause: erasure.clause,
    requested_by: erasure.requestedBy,
    instruction: erasure.instruction ?? null,
    requested_at: erasure.requestedAt,
    due_at: erasure.dueAt,
    state: erasure.state,
    progress: JSON.stringify(erasure.progress),
  });
  await trx("ret_erasure_subject").insert(
    erasure.subjects.map((subject) => ({ controller: erasure.controller, subject, erasure: erasure.id })),
  );
}

export async function readErasure(
  unit: Unit,
  controller: ControllerId,
  id: ErasureId,
): Promise<Erasure | undefined> {
  const trx = inUnit(unit);
  const row = await trx("ret_erasure")
    .where({ controller, id })
    .first<ErasureRow | undefined>(...COLUMNS);
  if (row === undefined) return undefined;
  const subjects = await trx("ret_erasure_subject")
    .where({ erasure: id, controller })
    .orderBy("subject")
    .select<{ subject: SubjectId }[]>("subject");
  return fromRow(
    row,
    subjects.map((each) => each.subject),
  );
}

/** The erasure of exactly these persons that is not closed yet. */
export async function findOpenErasure(
  unit: Unit,
  controller: ControllerId,
  subjects: readonly SubjectId[],
): Promise<Erasure | undefined> {
  const [first] = subjects;
  if (first === undefined) return undefined;
  const candidates = await inUnit(unit)("ret_erasure_subject as s")
    .join("ret_erasure as e", "e.id", "s.erasure")
    .where({ "s.controller": controller, "s.subject": first })
    .whereNot("e.state", "closed")
    .select<{ id: ErasureId }[]>("e.id");
  const wanted = [...subjects].sort().join(" ");
  for (const { id } of candidates) {
    const erasure = await readErasure(unit, controller, id);
    if (erasure !== undefined && [...erasure.subjects].sort().join(" ") === wanted) return erasure;
  }
  return undefined;
}

/** Erasures that are not closed and due before that instant; every controller's for `all`. Most urgent first. */
export async function listOpenErasures(
  unit: Unit,
  controller: ControllerId | "all",
  before: Instant,
): Promise<readonly Erasure[]> {
  const query = inUnit(unit)("ret_erasure").whereNot("state", "closed").where("due_at", "<", before);
  if (controller !== "all") void query.where({ controller });
  const rows = await query
    .orderBy("due_at")
    .limit(1000)
    .select<ErasureRow[]>(...COLUMNS);
  return rows.map((row) => fromRow(row, []));
}

/** The plan is sealed beside the row; from here on something may have been deleted. */
export async function markPlanned(
  unit: Unit,
  erasure: Erasure,
  planned: { readonly at: Instant; readonly receipt: ReceiptId; readonly sealedPlan: Uint8Array },
): Promise<void> {
  await inUnit(unit)("ret_erasure")
    .where({ controller: erasure.controller, id: erasure.id, state: "ordered" })
    .update({
      state: "planned",
      opened_at: planned.at,
      receipt: planned.receipt,
      sealed_plan: Buffer.from(planned.sealedPlan),
    });
}

export async function readSealedPlan(unit: Unit, erasure: Erasure): Promise<Uint8Array | undefined> {
  const row = await inUnit(unit)("ret_erasure")
    .where({ controller: erasure.controller, id: erasure.id })
    .first<{ sealed_plan: Uint8Array | null } | undefined>("sealed_plan");
  return row?.sealed_plan ?? undefined;
}

export async function saveProgress(
  unit: Unit,
  erasure: Erasure,
  progress: Readonly<Record<string, StoreProgress>>,
): Promise<void> {
  await inUnit(unit)("ret_erasure")
    .where({ controller: erasure.controller, id: erasure.id })
    .whereNot("state", "closed")
    .update({ progress: JSON.stringify(progress) });
}

/** Closes once: false when it was closed already. The plan, its traces and whom it was about go with it. */
export async function markClosed(unit: Unit, erasure: Erasure, at: Instant): Promise<boolean> {
  const changed = await inUnit(unit)("ret_erasure")
    .where({ controller: erasure.controller, id: erasure.id })
    .whereNot("state", "closed")
    .update({ state: "closed", closed_at: at, sealed_plan: null });
  await inUnit(unit)("ret_erasure_subject")
    .where({ controller: erasure.controller, erasure: erasure.id })
    .delete();
  return changed === 1;
}

function fromRow(row: ErasureRow, subjects: readonly SubjectId[]): Erasure {
  return {
    id: row.id as ErasureId,
    controller: row.controller as ControllerId,
    subjects,
    ground: row.ground as Ground,
    clause: row.clause,
    requestedBy: row.requested_by as ActorRole,
    ...(row.instruction === null ? {} : { instruction: row.instruction as InstructionId }),
    requestedAt: instant(row.requested_at),
    dueAt: instant(row.due_at),
    state: row.state as ErasureState,
    ...(row.receipt === null ? {} : { receipt: row.receipt as ReceiptId }),
    ...(row.opened_at === null ? {} : { openedAt: instant(row.opened_at) }),
    ...(row.closed_at === null ? {} : { closedAt: instant(row.closed_at) }),
    progress: JSON.parse(row.progress) as Readonly<Record<string, StoreProgress>>,
  };
}
