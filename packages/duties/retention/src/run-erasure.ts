/**
 * Runs an erasure to its receipt. The order matters and is the whole point:
 *
 *   1. plan in every store (dry run); a refusal ends here, nothing written
 *   2. seal the plans and open the receipt, in one transaction, before the first deletion; put on the list of whom to
 *      erase again after a restore who is about to go
 *   3. erase store by store in small committed steps, noting each; after a crash, go on and settle the counts
 *   4. look again in every store, with code that shares nothing with step 3
 *   5. close the receipt with what was verified, and no more; destroy the plans with their traces
 *
 * Any step may be the last before a `kill -9`: running it again goes on, and no receipt exists that says more than
 * what was verified. Two runs at once: the later one overtakes the earlier, which stops at its next note. @clause D12.2
 */
import type { ErasurePlan, ReceiptId } from "@preau/kernel";
import { closeErasure, closeWithoutPlans } from "./close-erasure.ts";
import { eraseStores } from "./erase-stores.ts";
import type { Erasure, OpenedErasure, TakenErasure } from "./erasure.ts";
import { fault } from "./errors.ts";
import { lookAgainInStores } from "./look-again-in-stores.ts";
import { blockedIn, planStores, targetsOf } from "./plan-stores.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import type { RunOptions, RunOutcome, StoreFailure } from "./run-options.ts";
import { openPlans, sealPlans } from "./sealed-plan.ts";
import { markErased, markPlanned, readSealedPlan, takeErasure } from "./store/erasures.ts";

/**
 * Runs it, or goes on with it. A closed one is left as it is.
 * @throws RETENTION_NO_ERASURE, RETENTION_NEWLY_RESTRICTED, RETENTION_RUN_OVERTAKEN, RETENTION_CLOCK_BEHIND, and a store's
 *   refusal to plan
 * @clause D12.2
 */
export async function runErasure(
  ports: RetentionPorts,
  order: Pick<Erasure, "id" | "controller">,
  options: RunOptions,
): Promise<RunOutcome> {
  const startedAt = ports.clock.monotonic();
  const found = await ports.unitOfWork.transaction((unit) => takeErasure(unit, order.controller, order.id));
  if (found === undefined) throw fault("RETENTION_NO_ERASURE", { place: order.id });
  if (found.state === "closed") {
    // Without a receipt it was cancelled before it began.
    if (found.receipt === undefined) throw fault("RETENTION_NO_ERASURE", { place: order.id });
    return closedWith(found.receipt);
  }

  const resumed = isOpened(found);
  const erasure = resumed ? found : await open(ports, found, options);
  const plans = await plansOf(ports, erasure);
  if (plans === undefined) return closedWith(await closeWithoutPlans(ports, erasure));
  if (resumed) await refuseNewlyBlocked(ports, erasure, plans, options);
  await rememberMarks(ports, erasure, plans);

  const erased = await eraseStores(ports, erasure, plans, { ...options, resumed });
  if (erased.failures.length > 0) return openWith(erased.failures);
  await ports.unitOfWork.transaction((unit) => markErased(unit, erasure));
  const looked = await lookAgainInStores(ports, { ...erasure, progress: erased.progress }, plans, options);
  if (looked.failures.length > 0) return openWith(looked.failures);
  await closeErasure(ports, erasure, looked.finished, {
    sources: options.sources,
    statements: options.statements?.() ?? 0,
    ms: Math.round(ports.clock.monotonic() - startedAt),
  });
  return closedWith(erasure.receipt);
}

function closedWith(receipt: ReceiptId): RunOutcome {
  return { closed: true, receipt };
}

function openWith(failures: readonly StoreFailure[]): RunOutcome {
  const failed = failures.map(({ store, code }) => ({ store, code }));
  return { closed: false, failed, cause: failures.at(-1)?.cause };
}

function isOpened(erasure: TakenErasure): erasure is OpenedErasure {
  return erasure.receipt !== undefined && erasure.openedAt !== undefined;
}

/** Steps 1 and 2. Overtaken meanwhile, it leaves nothing: neither a plan nor a receipt. */
async function open(
  ports: RetentionPorts,
  erasure: TakenErasure,
  options: RunOptions,
): Promise<OpenedErasure> {
  const { controller, ground } = erasure;
  const plans = options.plans ?? (await planNow(ports, erasure, options));
  await refuseWithoutList(ports, erasure, plans);
  const sealedPlan = await sealPlans(ports, erasure, plans);
  return ports.unitOfWork.transaction(async (unit) => {
    const receipt = await ports.receipts.openReceipt(unit, controller, {
      ground,
      clause: erasure.clause,
      dueAt: erasure.dueAt,
      agreement: ports.agreements.hashOf(controller),
      stores: plans.map((plan) => plan.source),
      actor: { role: erasure.requestedBy },
    });
    const openedAt = ports.clock.now();
    await markPlanned(unit, erasure, { at: openedAt, receipt, sealedPlan });
    return { ...erasure, receipt, openedAt };
  });
}

/**
 * Whoever is about to go is on the list before: nothing is erased that a restore would bring back unseen. A run that goes
 * on says it again, which is once. @clause D12.3
 */
async function rememberMarks(
  ports: RetentionPorts,
  { controller, receipt, ground }: OpenedErasure,
  plans: readonly ErasurePlan[],
): Promise<void> {
  for (const { source, creationMarks: marks } of plans)
    if (marks !== undefined && marks.length > 0)
      await ports.replay.remember({ receipt, controller, source, ground, marks });
}

/** A list that cannot be written is found before a receipt is opened: nothing was written then. */
async function refuseWithoutList(
  ports: RetentionPorts,
  { controller, ground }: TakenErasure,
  plans: readonly ErasurePlan[],
): Promise<void> {
  const marked = plans.find(({ creationMarks }) => creationMarks !== undefined && creationMarks.length > 0);
  if (marked === undefined) return;
  await ports.replay.remember({ receipt: "ers_", controller, source: marked.source, ground, marks: [] });
}

async function plansOf(
  ports: RetentionPorts,
  erasure: OpenedErasure,
): Promise<readonly ErasurePlan[] | undefined> {
  const sealed = await ports.unitOfWork.transaction((unit) => readSealedPlan(unit, erasure));
  return openPlans(ports, erasure, sealed);
}

async function planNow(
  ports: RetentionPorts,
  { controller, ground, subjects }: Erasure,
  { sources, leaveUnknown, signal }: RunOptions,
): Promise<readonly ErasurePlan[]> {
  const targets = await ports.unitOfWork.transaction((unit) => targetsOf(ports, unit, controller, subjects));
  return planStores(sources, targets, { controller, ground, leaveUnknown, signal });
}

/**
 * A run that goes on may do so days after its plan: the stores that it has not touched yet are asked again whether they
 * restrict somebody now. One that it has touched refuses by itself. Towards D10.1a.
 */
async function refuseNewlyBlocked(
  ports: RetentionPorts,
  erasure: OpenedErasure,
  plans: readonly ErasurePlan[],
  options: RunOptions,
): Promise<void> {
  const planned = new Set(plans.map(({ source }) => source));
  const untouched = [...options.sources].filter(
    ([store]) => planned.has(store) && erasure.progress[store] === undefined,
  );
  if (untouched.length === 0) return;
  const fresh = await planNow(ports, erasure, {
    ...options,
    sources: new Map(untouched),
    leaveUnknown: true,
  });
  const known = new Set(blockedIn(plans).map(({ subject }) => subject));
  const newly = blockedIn(fresh).filter(({ subject }) => !known.has(subject));
  const [first] = newly;
  if (first === undefined) return;
  throw fault("RETENTION_NEWLY_RESTRICTED", {
    clause: first.clause,
    log: { erasure: erasure.id, persons: newly.length },
  });
}
