/** Step 4 of a run: the second look in every planned store. @clause D12.2 */
import type { ErasurePlan } from "@preau/kernel";
import type { FinishedStore } from "./close-erasure.ts";
import { countedTables } from "./count-steps.ts";
import type { OpenedErasure, StoreProgress } from "./erasure.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { codeOf, type RunOptions, type StoreFailure } from "./run-options.ts";
import { saveProgress } from "./store/erasures.ts";

export interface LookedAgain {
  readonly finished: readonly FinishedStore[];
  readonly failures: readonly StoreFailure[];
}

/**
 * Looks again everywhere. A look that fails is noted and leaves the erasure open; one that cannot be made, because the
 * store is gone from the list, gives no report, and its store is UNKNOWN.
 * @throws RETENTION_RUN_OVERTAKEN, and the signal's reason
 * @clause D12.2
 */
export async function lookAgainInStores(
  ports: RetentionPorts,
  erasure: OpenedErasure,
  plans: readonly ErasurePlan[],
  { sources, signal }: RunOptions,
): Promise<LookedAgain> {
  const progress: Record<string, StoreProgress> = { ...erasure.progress };
  const finished: FinishedStore[] = [];
  const failures: StoreFailure[] = [];
  for (const plan of plans) {
    const registered = sources.get(plan.source);
    const tables = progress[plan.source]?.tables ?? [];
    try {
      const report = await registered?.second.lookAgain(erasure.controller, plan.traces, signal);
      progress[plan.source] = { tables, done: true };
      finished.push({ plan, registered, report, tables: countedTables(plan.tables, tables) });
    } catch (cause) {
      signal?.throwIfAborted();
      progress[plan.source] = { tables, done: true, failed: codeOf(cause) };
      failures.push({ store: plan.source, code: codeOf(cause), cause });
    }
  }
  await ports.unitOfWork.transaction((unit) => saveProgress(unit, erasure, progress));
  return { finished, failures };
}
