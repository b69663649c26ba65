/** Closes an erasure: one verdict a store, the whole never better than its parts, filed once. @clause D12.2 @figure D12.3 */
import type { Receipt, ReceiptClosing, StoreResult } from "@preau/journal";
import {
  type ErasurePlan,
  type Instant,
  type LookAgainReport,
  type NotCovered,
  type ReceiptId,
  type RegisteredSource,
  type TableCount,
} from "@preau/kernel";
import type { OpenedErasure } from "./erasure.ts";
import { fault } from "./errors.ts";
import { dropPastMarks, orderDropping } from "./jobs/drop-marks.ts";
import { judgeStore } from "./judge-store.ts";
import { lastCopyOf } from "./last-copy.ts";
import { orderLaterLook, type Pending, sealPending } from "./later-look.ts";
import { holdsDataOf } from "./plan-stores.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { codeOf } from "./run-options.ts";
import { destroyPlans } from "./sealed-plan.ts";
import { markClosed } from "./store/erasures.ts";

export interface FinishedStore {
  readonly plan: ErasurePlan;
  readonly registered: RegisteredSource | undefined;
  readonly report: LookAgainReport | undefined;
  readonly tables: readonly TableCount[];
}

export interface Effort {
  /** The stores as they are registered now: one that no plan knows is not covered. */
  readonly sources: ReadonlyMap<string, RegisteredSource>;
  readonly statements: number;
  readonly ms: number;
}

/**
 * Judges every store, files the receipt, and forgets the plans.
 * @throws RETENTION_RUN_OVERTAKEN, RETENTION_CLOCK_BEHIND
 * @clause D12.2 @figure D12.3
 */
export async function closeErasure(
  ports: RetentionPorts,
  erasure: OpenedErasure,
  finished: readonly FinishedStore[],
  { sources, statements, ms }: Effort,
): Promise<Receipt> {
  const endedAt = ports.clock.now();
  const stores = finished.map((each) =>
    judgeStore({
      store: each.plan.source,
      tables: each.tables,
      report: each.report,
      blocked: each.plan.blocked.length,
      kept: each.plan.kept,
      notCovered: notCoveredOf(each),
      documentedDelayHours: each.registered?.source.describe().documentedDelayHours ?? "unknown",
      endedAt,
    }),
  );
  const planned = new Set(finished.map(({ plan }) => plan.source));
  const late = [...sources]
    .filter(([store, { source }]) => !planned.has(store) && holdsDataOf(erasure.controller, source))
    .map(([what]) => ({
      what,
      why: "this store was registered after the plan",
      remedy: "order the erasure again",
    }));
  const pending = await sealPending(
    ports,
    erasure,
    stores,
    finished.map(({ plan }) => plan),
  );
  const closing = {
    stores,
    kept: finished.flatMap((each) => each.plan.kept),
    notCovered: onceEach([...finished.flatMap(notCoveredOf), ...late]),
    lastCopy: await lastCopyOf(ports, erasure.controller, endedAt, stores),
    statements,
    ms,
  };
  return file(ports, erasure, { endedAt, closing, pending });
}

/**
 * Closes an erasure whose plan cannot be opened any more: nobody can say what was to be erased nor look for its traces,
 * so every store is UNKNOWN. The way is then free for a new order, which plans anew.
 * @throws RETENTION_RUN_OVERTAKEN, RETENTION_CLOCK_BEHIND
 * @clause D12.2
 */
export async function closeWithoutPlans(ports: RetentionPorts, erasure: OpenedErasure): Promise<ReceiptId> {
  const endedAt = ports.clock.now();
  ports.log.error("retention.planLost", { erasure: erasure.id, receipt: erasure.receipt });
  const why = "the sealed plan was lost with its key";
  const remedy = "order the erasure again";
  const stores = Object.entries(erasure.progress).map(
    ([store, { tables }]): StoreResult => ({ store, verdict: "UNKNOWN", why, remedy, tables }),
  );
  const closing = {
    stores,
    kept: [],
    notCovered: [{ what: "plan", why, remedy }],
    lastCopy: await lastCopyOf(ports, erasure.controller, endedAt, []),
    statements: 0,
    ms: 0,
  };
  const { id } = await file(ports, erasure, { endedAt, closing, pending: undefined });
  return id;
}

interface Filing {
  readonly endedAt: Instant;
  readonly closing: ReceiptClosing;
  readonly pending: Pending | undefined;
}

/** One transaction; the key of the plans goes after it, by a job if this process does not live to do it. */
async function file(
  ports: RetentionPorts,
  erasure: OpenedErasure,
  { endedAt, closing, pending }: Filing,
): Promise<Receipt> {
  const { controller, id } = erasure;
  // A receipt that closes before it opens would prove that one of its two times is wrong.
  if (endedAt < erasure.openedAt) throw fault("RETENTION_CLOCK_BEHIND", { log: { erasure: id } });
  // Before the receipt is filed: a run that dies here does it again, and the last day told counts.
  await ports.replay.settle(erasure.receipt, closing.lastCopy.date);
  const receipt = await ports.unitOfWork.transaction(async (unit) => {
    await markClosed(unit, erasure, endedAt);
    if (pending !== undefined) await orderLaterLook(unit, ports, erasure, pending);
    await orderDropping(unit, ports, erasure, { receipt: erasure.receipt, date: closing.lastCopy.date });
    const closed = await ports.receipts.closeReceipt(unit, controller, erasure.receipt, closing);
    for (const subject of erasure.subjects) {
      const { verdict } = closed;
      await ports.events.emit(unit, "erasure.closed", {
        ...{ controller, subject, receipt: closed.id, verdict },
        ...(erasure.instruction === undefined ? {} : { instruction: erasure.instruction }),
      });
    }
    await ports.jobs.enqueue(unit, {
      name: "retention.destroyPlans",
      controller,
      key: id,
      payload: { erasure: id },
    });
    return closed;
  });
  try {
    await destroyPlans(ports, erasure);
    await dropPastMarks(ports);
  } catch (error) {
    ports.log.warn("retention.plansNotDestroyed", { erasure: id, code: codeOf(error) });
  }
  return receipt;
}

/** What one store does not cover: always, by this plan, and by its second look. */
function notCoveredOf({ plan, registered, report }: FinishedStore): readonly NotCovered[] {
  return onceEach([
    ...plan.notCovered,
    ...(registered?.source.describe().notCovered ?? []),
    ...(report?.notCovered ?? []),
  ]);
}

function onceEach(places: readonly NotCovered[]): readonly NotCovered[] {
  return [...new Map(places.map((each) => [`${each.what} ${each.why}`, each])).values()];
}
