/**
 * The only SQL of this package. The controller is an argument of every query, and every write of a run bears its number:
 * one that a later run has overtaken changes nothing and is told so.
 */
import { createHash } from "node:crypto";
import { inUnit } from "@preau/database";
import {
  type ActorRole,
  type ControllerId,
  type Ground,
  type Instant,
  type InstructionId,
  instant,
  isFault,
  type ReceiptId,
  type SubjectId,
  type Unit,
} from "@preau/kernel";
import type { Erasure, ErasureId, ErasureRunner, ErasureState, Progress, TakenErasure } from "../erasure.ts";
import { fault } from "../errors.ts";

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
  readonly runner: string;
  readonly state: string;
  readonly run: number;
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
  "runner",
  "state",
  "run",
  "opened_at",
  "closed_at",
  "progress",
] as const;

type OrderOf = Pick<Erasure, "controller" | "subjects" | "ground" | "runner">;

/** False when an order of the same persons, ground and runner is open already: nothing was written then. */
export async function insertErasure(unit: Unit, erasure: Erasure): Promise<boolean> {
  const trx = inUnit(unit);
  try {
    await trx("ret_erasure").insert({
      id: erasure.id,
      controller: erasure.controller,
      ground: erasure.ground,
      clause: erasure.clause,
      requested_by: erasure.requestedBy,
      instruction: erasure.instruction ?? null,
      requested_at: erasure.requestedAt,
      due_at: erasure.dueAt,
      runner: erasure.runner,
      state: erasure.state,
      open_key: openKeyOf(erasure),
      progress: JSON.stringify(erasure.progress),
    });
  } catch (error) {
    if (isFault(error, "DATABASE_DUPLICATE")) return false;
    throw error;
  }
  await trx("ret_erasure_subject").insert(
    erasure.subjects.map((subject) => ({ controller: erasure.controller, subject, erasure: erasure.id })),
  );
  return true;
}

/** One of that controller, or of any for the publisher's own officer. */
export async function readErasure(
  unit: Unit,
  controller: ControllerId | "all",
  id: ErasureId,
): Promise<TakenErasure | undefined> {
  const trx = inUnit(unit);
  const query = trx("ret_erasure").where({ id });
  if (controller !== "all") void query.where({ controller });
  const row = await query.first<ErasureRow | undefined>(...COLUMNS);
  if (row === undefined) return undefined;
  const subjects = await trx("ret_erasure_subject")
    .where({ controller: row.controller, erasure: id })
    .orderBy("subject")
    .select<{ subject: SubjectId }[]>("subject");
  return fromRow(
    row,
    subjects.map((each) => each.subject),
  );
}

/** The open order of exactly these persons, on that ground, by that runner. */
export async function findOpenErasure(unit: Unit, order: OrderOf): Promise<ErasureId | undefined> {
  const row = await inUnit(unit)("ret_erasure")
    .where({ controller: order.controller, open_key: openKeyOf(order) })
    .first<{ id: ErasureId } | undefined>("id");
  return row?.id;
}

/** Is somebody's erasure ordered and not closed? Whom an erasure is about is forgotten as it closes. */
export async function hasOpenErasure(
  unit: Unit,
  controller: ControllerId,
  subject: SubjectId,
): Promise<boolean> {
  const row = await inUnit(unit)("ret_erasure_subject")
    .where({ controller, subject })
    .first<{ erasure: string } | undefined>("erasure");
  return row !== undefined;
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
    .orderBy(["due_at", "id"])
    .limit(1000)
    .select<ErasureRow[]>(...COLUMNS);
  return rows.map((row) => fromRow(row, []));
}

/** Takes it for a run, which overtakes every earlier one; a closed one is only read. Undefined when there is none. */
export async function takeErasure(
  unit: Unit,
  controller: ControllerId,
  id: ErasureId,
): Promise<TakenErasure | undefined> {
  await inUnit(unit)("ret_erasure").where({ controller, id }).whereNot("state", "closed").increment("run", 1);
  return readErasure(unit, controller, id);
}

/**
 * The plan is sealed beside the row; from here on something may have been deleted.
 * @throws RETENTION_RUN_OVERTAKEN
 */
export async function markPlanned(
  unit: Unit,
  erasure: TakenErasure,
  planned: { readonly at: Instant; readonly receipt: ReceiptId; readonly sealedPlan: Uint8Array },
): Promise<void> {
  await updateOpen(unit, erasure, {
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

/** @throws RETENTION_RUN_OVERTAKEN */
export async function saveProgress(unit: Unit, erasure: TakenErasure, progress: Progress): Promise<void> {
  await updateOpen(unit, erasure, { progress: JSON.stringify(progress) });
}

/** Every store is erased; what follows is the second look. @throws RETENTION_RUN_OVERTAKEN */
export async function markErased(unit: Unit, erasure: TakenErasure): Promise<void> {
  await updateOpen(unit, erasure, { state: "erased" });
}

/**
 * Closes it; the plan, its traces and whom it was about go with that.
 * @throws RETENTION_RUN_OVERTAKEN when it was closed already, or another run has taken it
 */
export async function markClosed(unit: Unit, erasure: TakenErasure, at: Instant): Promise<void> {
  await updateOpen(unit, erasure, { state: "closed", closed_at: at, sealed_plan: null, open_key: null });
  await inUnit(unit)("ret_erasure_subject")
    .where({ controller: erasure.controller, erasure: erasure.id })
    .delete();
}

/** Of one of which nothing was planned: it closes without a receipt. False when a run has begun it. */
export async function cancelOrdered(
  unit: Unit,
  { controller, id }: Pick<Erasure, "controller" | "id">,
  at: Instant,
): Promise<boolean> {
  const own = () =>
    inUnit(unit)("ret_erasure").where({ controller, id, state: "ordered" }).whereNull("receipt");
  const held = await own().forUpdate().first<{ id: string } | undefined>("id");
  if (held === undefined) return false;
  await own().update({ state: "closed", closed_at: at, open_key: null });
  await inUnit(unit)("ret_erasure_subject").where({ controller, erasure: id }).delete();
  return true;
}

async function updateOpen(
  unit: Unit,
  { controller, id, run }: TakenErasure,
  change: Readonly<Record<string, string | Buffer | null>>,
): Promise<void> {
  const own = () => inUnit(unit)("ret_erasure").where({ controller, id, run }).whereNot("state", "closed");
  // The row's lock first: MySQL counts changed rows, and the same progress twice changes none.
  const held = await own().forUpdate().first<{ id: string } | undefined>("id");
  if (held === undefined) throw fault("RETENTION_RUN_OVERTAKEN", { clause: "D12.2", log: { erasure: id } });
  await own().update(change);
}

function openKeyOf({ controller, subjects, ground, runner }: OrderOf): string {
  const words = [controller, ground, runner, ...[...subjects].sort()];
  return createHash("sha256").update(words.join(" ")).digest("hex");
}

function fromRow(row: ErasureRow, subjects: readonly SubjectId[]): TakenErasure {
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
    runner: row.runner as ErasureRunner,
    state: row.state as ErasureState,
    run: row.run,
    ...(row.receipt === null ? {} : { receipt: row.receipt as ReceiptId }),
    ...(row.opened_at === null ? {} : { openedAt: instant(row.opened_at) }),
    ...(row.closed_at === null ? {} : { closedAt: instant(row.closed_at) }),
    progress: JSON.parse(row.progress) as Progress,
  };
}
