/**
 * Runs an erasure to its receipt. The order matters and is the whole point:
 *
 *   1. plan in every store (dry run); a refusal ends here, nothing written
 *   2. seal the plans and open the receipt, in one transaction, before the first deletion
 *   3. erase store by store in small committed steps, noting each; after a crash, settle the counts and go on
 *   4. look again in every store, with code that shares nothing with step 3
 *   5. close the receipt with what was verified, and no more; destroy the plans with their traces
 *
 * Any step may be the last before a `kill -9`: running it again goes on, and no receipt exists that says more than
 * what was verified. @clause D12.2
 */
import type { ErasurePlan, ReceiptId, RegisteredSource, TableCount } from "@preau/kernel";
import { closeErasure, type FinishedStore } from "./close-erasure.ts";
import { addStep, settleCounts } from "./count-steps.ts";
import type { Erasure, StoreProgress } from "./erasure.ts";
import { fault } from "./errors.ts";
import { planStores, targetsOf } from "./plan-stores.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { openPlans, sealPlans } from "./sealed-plan.ts";
import { markPlanned, readErasure, readSealedPlan, saveProgress } from "./store/erasures.ts";

export interface RunOptions {
  readonly sources: ReadonlyMap<string, RegisteredSource>;
  readonly leaveUnknown?: boolean;
  /** Plans made already for exactly these persons; made now otherwise. */
  readonly plans?: readonly ErasurePlan[];
  readonly signal?: AbortSignal;
  /** Called after each committed step: for progress on a terminal. */
  readonly onStep?: (store: string, table: string) => void;
  /** Statements sent to the stores so far, when somebody counts them. */
  readonly statements?: () => number;
}

export type RunOutcome =
  | { readonly closed: true; readonly receipt: ReceiptId }
  /** A store failed: the receipt stays open, and running again goes on where it stopped. */
  | {
      readonly closed: false;
      readonly failed: readonly { readonly store: string; readonly code: string }[];
      readonly cause: unknown;
    };

type OpenErasure = Erasure & { readonly receipt: ReceiptId };

/**
 * @throws RETENTION_NO_ERASURE, RETENTION_PLAN_LOST, and a store's refusal to plan
 * @clause D12.2
 */
export async function runErasure(
  ports: RetentionPorts,
  order: Pick<Erasure, "id" | "controller">,
  options: RunOptions,
): Promise<RunOutcome> {
  const startedAt = ports.clock.monotonic();
  const found = await ports.unitOfWork.transaction((unit) => readErasure(unit, order.controller, order.id));
  if (found === undefined) throw fault("RETENTION_NO_ERASURE", { place: order.id });
  if (found.state === "closed" && found.receipt !== undefined)
    return { closed: true, receipt: found.receipt };

  const resumed = found.receipt !== undefined;
  const { erasure, plans } = resumed
    ? await reopen(ports, { ...found, receipt: found.receipt })
    : await open(ports, found, options);
  const { progress, cause } = await eraseStores(ports, erasure, plans, resumed, options);
  const failed = Object.entries(progress).flatMap(([store, each]) =>
    each.failed === undefined ? [] : [{ store, code: each.failed }],
  );
  if (failed.length > 0) return { closed: false, failed, cause };

  const stores: FinishedStore[] = [];
  for (const plan of plans) {
    const registered = options.sources.get(plan.source);
    const report = await registered?.second.lookAgain(erasure.controller, plan.traces, options.signal);
    stores.push({ plan, registered, report, tables: progress[plan.source]?.tables ?? [] });
  }
  await closeErasure(ports, erasure, stores, {
    statements: options.statements?.() ?? 0,
    ms: Math.round(ports.clock.monotonic() - startedAt),
  });
  return { closed: true, receipt: erasure.receipt };
}

interface Opened {
  readonly erasure: OpenErasure;
  readonly plans: readonly ErasurePlan[];
}

async function reopen(ports: RetentionPorts, erasure: OpenErasure): Promise<Opened> {
  const sealed = await ports.unitOfWork.transaction((unit) => readSealedPlan(unit, erasure));
  return { erasure, plans: await openPlans(ports, erasure, sealed) };
}

async function open(ports: RetentionPorts, erasure: Erasure, options: RunOptions): Promise<Opened> {
  const { controller, ground } = erasure;
  const plans = options.plans ?? (await planNow(ports, erasure, options));
  const sealedPlan = await sealPlans(ports, erasure, plans);
  const receipt = await ports.unitOfWork.transaction(async (unit) => {
    const id = await ports.receipts.openReceipt(unit, controller, {
      ground,
      clause: erasure.clause,
      dueAt: erasure.dueAt,
      agreement: ports.agreements.hashOf(controller),
      stores: plans.map((plan) => plan.source),
      actor: { role: erasure.requestedBy },
    });
    await markPlanned(unit, erasure, { at: ports.clock.now(), receipt: id, sealedPlan });
    return id;
  });
  return { erasure: { ...erasure, receipt }, plans };
}

async function planNow(
  ports: RetentionPorts,
  { controller, ground, subjects }: Erasure,
  options: RunOptions,
): Promise<readonly ErasurePlan[]> {
  const targets = await ports.unitOfWork.transaction((unit) => targetsOf(ports, unit, controller, subjects));
  return planStores(options.sources, targets, {
    controller,
    ground,
    leaveUnknown: options.leaveUnknown,
    signal: options.signal,
  });
}

interface Erased {
  readonly progress: Readonly<Record<string, StoreProgress>>;
  readonly cause: unknown;
}

/** One store's failure does not keep the others from being erased. */
async function eraseStores(
  ports: RetentionPorts,
  erasure: Erasure,
  plans: readonly ErasurePlan[],
  resumed: boolean,
  options: RunOptions,
): Promise<Erased> {
  const progress: Record<string, StoreProgress> = { ...erasure.progress };
  let cause: unknown;
  const note = async (store: string, entry: StoreProgress) => {
    progress[store] = entry;
    await ports.unitOfWork.transaction((unit) => saveProgress(unit, erasure, progress));
  };
  for (const plan of plans) {
    const registered = options.sources.get(plan.source);
    const before = progress[plan.source];
    if (before?.done === true) continue;
    let tables: readonly TableCount[] = before?.tables ?? [];
    try {
      if (registered === undefined) throw fault("RETENTION_STORE_FAILED", { place: plan.source });
      if (resumed) tables = await settle(registered, plan, tables);
      for await (const step of registered.source.erase(
        plan,
        options.signal === undefined ? {} : { signal: options.signal },
      )) {
        tables = addStep(tables, step);
        await note(plan.source, { tables, done: false });
        options.onStep?.(plan.source, step.table);
      }
      await note(plan.source, { tables, done: true });
    } catch (error) {
      cause = error;
      await note(plan.source, { tables, done: false, failed: codeOf(error) });
    }
    options.signal?.throwIfAborted();
  }
  return { progress, cause };
}

/** After a crash: what the plan counted, less what is still there. */
async function settle(
  registered: RegisteredSource,
  plan: ErasurePlan,
  noted: readonly TableCount[],
): Promise<readonly TableCount[]> {
  const rest = await registered.source.remaining(plan);
  return settleCounts(plan.tables, rest, noted);
}

function codeOf(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") return error.code;
  return "UNEXPECTED";
}
