/** Step 3 of a run: erase store by store, noting each committed step. @clause D12.2 */
import { type ErasurePlan, isFault, type RegisteredSource, type TableCount } from "@preau/kernel";
import { addStep, settleCounts } from "./count-steps.ts";
import type { OpenedErasure, Progress, StoreProgress } from "./erasure.ts";
import { fault } from "./errors.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { codeOf, type RunOptions, type StoreFailure } from "./run-options.ts";
import { saveProgress } from "./store/erasures.ts";

/**
 * The directory holds the identifiers by which every other store finds the person, and the journal destroys the key
 * under which they are sealed: while another store is not done, they wait, so that an erasure can be ordered again.
 */
const FINDERS: ReadonlySet<string> = new Set(["journal", "subjects"]);

export interface ErasedStores {
  readonly progress: Progress;
  readonly failures: readonly StoreFailure[];
}

export interface EraseStoresOptions extends RunOptions {
  /** An earlier run may have committed a step that it did not note. */
  readonly resumed: boolean;
}

/**
 * Erases every planned store that is not done. One store's failure does not keep the others from being erased, but for
 * those that find the person, and but for a restriction, which is the person's and stops the run.
 * @throws RETENTION_RUN_OVERTAKEN, and the signal's reason
 * @clause D12.2
 */
export async function eraseStores(
  ports: RetentionPorts,
  erasure: OpenedErasure,
  plans: readonly ErasurePlan[],
  options: EraseStoresOptions,
): Promise<ErasedStores> {
  const progress: Record<string, StoreProgress> = { ...erasure.progress };
  const failures: StoreFailure[] = [];
  const isFinder = ({ source }: ErasurePlan) => FINDERS.has(source);
  const inOrder = [...plans.filter((plan) => !isFinder(plan)), ...plans.filter(isFinder)];
  for (const plan of inOrder) {
    if (progress[plan.source]?.done === true) continue;
    if (failures.length > 0 && isFinder(plan)) break;
    const cause = await eraseStore(plan, options, progress[plan.source]?.tables ?? [], async (entry) => {
      progress[plan.source] = entry;
      await ports.unitOfWork.transaction((unit) => saveProgress(unit, erasure, progress));
    });
    if (cause === undefined) continue;
    failures.push({ store: plan.source, code: codeOf(cause), cause });
    if (isRestriction(cause)) break;
  }
  return { progress, failures };
}

type Note = (entry: StoreProgress) => Promise<void>;

/** Undefined when the store is done; otherwise why it is not. */
async function eraseStore(
  plan: ErasurePlan,
  options: EraseStoresOptions,
  noted: readonly TableCount[],
  note: Note,
): Promise<unknown> {
  const { resumed, signal } = options;
  let tables = noted;
  try {
    const { source } = registeredIn(options, plan.source);
    for await (const step of source.erase(plan, signal === undefined ? {} : { signal })) {
      tables = addStep(tables, step);
      await note({ tables, done: false });
      options.onStep?.(plan.source, step.table);
    }
    signal?.throwIfAborted();
    // At the end, not before: a run that was overtaken may commit its last step after this one began.
    if (resumed) tables = settleCounts(plan.tables, await source.remaining(plan), tables);
    await note({ tables, done: true });
    return undefined;
  } catch (error) {
    if (signal?.aborted === true || isFault(error, "RETENTION_RUN_OVERTAKEN")) throw error;
    await note({ tables, done: false, failed: codeOf(error) });
    return error;
  }
}

/** @throws RETENTION_STORE_FAILED when the store was planned and is gone */
function registeredIn({ sources }: RunOptions, store: string): RegisteredSource {
  const registered = sources.get(store);
  if (registered === undefined) throw fault("RETENTION_STORE_FAILED", { place: store, clause: "D12.2" });
  return registered;
}

function isRestriction(cause: unknown): boolean {
  return isFault(cause) && (cause.code === "SOURCE_SUBJECT_RESTRICTED" || cause.clause === "D10.1a");
}
