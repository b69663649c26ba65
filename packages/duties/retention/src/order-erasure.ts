/**
 * Orders an erasure: deleting an account deletes its data, and counts as an instruction. The clock starts at the
 * request, not at the run.
 */

import { durationOf } from "@preau/agreement";
import { deadlineOf } from "@preau/calendar";
import {
  type ActorRole,
  type ControllerId,
  type Ground,
  type Instant,
  type InstructionId,
  isFault,
  type SubjectId,
  type Unit,
} from "@preau/kernel";
import type { ErasureId } from "./erasure.ts";
import { fault } from "./errors.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { findOpenErasure, insertErasure } from "./store/erasures.ts";

export interface ErasureOrder {
  readonly controller: ControllerId;
  readonly subjects: readonly SubjectId[];
  readonly ground: Ground;
  readonly requestedBy: ActorRole;
  readonly requestedAt: Instant;
  readonly instruction?: InstructionId;
  /** The clause of the rule behind a purge; that of the ground when absent. */
  readonly clause?: string;
  /** Sooner than the clock of the ground: the last instant of a period that ends. One that is over changes nothing. */
  readonly dueBy?: Instant;
}

/** Who runs it: the hub's worker, not before that instant (nor later than due); or the caller, with stores of its own. */
export type ErasureRun = { readonly by: "worker"; readonly at: Instant } | { readonly by: "caller" };

/** The clause whose clock an erasure runs under: the ground decides. */
const CLAUSE_OF: Readonly<Record<Ground, string>> = {
  "account-deleted": "D12.2",
  instruction: "D12.2",
  retention: "D12.4",
  "contract-end": "D6.2c",
};
/** Every ground runs under the agreement's figure for a deleted account, the only one that it gives in hours. */
const CLOCK_CLAUSE = "D12.2";

/**
 * Writes the order, its 24-hour clock and its evidence with the caller's change. While an order of the same persons,
 * ground and runner is open, its id is given instead of a second: pressing twice is pressing once. A caller's order and
 * the worker's are two: they run over different stores, and neither may close for the other.
 * @throws RETENTION_NOBODY
 * @clause D12.1, D12.2
 */
export async function orderErasure(
  unit: Unit,
  ports: RetentionPorts,
  order: ErasureOrder,
  run: ErasureRun = { by: "worker", at: order.requestedAt },
): Promise<ErasureId> {
  const wanted = { ...order, runner: run.by, subjects: [...new Set(order.subjects)] };
  if (wanted.subjects.length === 0) throw fault("RETENTION_NOBODY", { clause: CLAUSE_OF[order.ground] });
  const open = await findOpenErasure(unit, wanted);
  if (open !== undefined) return open;
  const agreement = ports.agreements.of(order.controller);
  const clause = order.clause ?? CLAUSE_OF[order.ground];
  const id = ports.ids.next("era");
  const place = await ports.contracts.placeOf(unit, order.controller);
  const period = durationOf(agreement, CLOCK_CLAUSE);
  const clock = deadlineOf(order.requestedAt, period, { rounding: "binds", place }).dueAt;
  const { dueBy } = order;
  const dueAt = dueBy !== undefined && dueBy > order.requestedAt && dueBy < clock ? dueBy : clock;
  const isNew = await insertErasure(unit, { id, ...wanted, clause, dueAt, state: "ordered", progress: {} });
  if (!isNew) return (await findOpenErasure(unit, wanted)) ?? orderErasure(unit, ports, order, run);
  const { instruction } = order;
  if (instruction !== undefined)
    await linkErasure(unit, ports, { controller: order.controller, instruction, id });
  const named = instruction === undefined ? {} : { instruction };
  for (const subject of wanted.subjects) {
    await ports.journal.record(unit, {
      log: "evidence",
      type: "retention.erasureOrdered",
      clause,
      controller: order.controller,
      actor: { role: order.requestedBy },
      subject: { id: subject, payload: { erasure: id, ground: order.ground } },
      payload: { erasure: id, ground: order.ground, ...named },
    });
  }
  if (run.by === "worker") {
    await ports.jobs.enqueue(unit, {
      name: "retention.erase",
      controller: order.controller,
      key: id,
      payload: { erasure: id },
      runAt: run.at < dueAt ? run.at : dueAt,
      priority: 10,
    });
  }
  return id;
}

/** A word that stands in the journal alone has no line in the ledger to hang on. */
async function linkErasure(
  unit: Unit,
  { instructions }: Pick<RetentionPorts, "instructions">,
  {
    controller,
    instruction,
    id,
  }: {
    readonly controller: ControllerId;
    readonly instruction: InstructionId;
    readonly id: ErasureId;
  },
): Promise<void> {
  try {
    await instructions?.link(unit, controller, instruction, id);
  } catch (error) {
    if (!isFault(error, "INSTRUCTION_UNKNOWN")) throw error;
  }
}
