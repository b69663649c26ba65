/** Closes an erasure: one verdict a store, the whole never better than its parts, filed once. @clause D12.2, D12.3 */
import { dueAfter, durationOf } from "@preau/agreement";
import type { Receipt } from "@preau/journal";
import type {
  ErasurePlan,
  LookAgainReport,
  NotCovered,
  ReceiptId,
  RegisteredSource,
  TableCount,
} from "@preau/kernel";
import type { Erasure } from "./erasure.ts";
import { judgeStore } from "./judge-store.ts";
import type { RetentionPorts } from "./retention-ports.ts";
import { destroyPlans } from "./sealed-plan.ts";
import { markClosed } from "./store/erasures.ts";

export interface FinishedStore {
  readonly plan: ErasurePlan;
  readonly registered: RegisteredSource | undefined;
  readonly report: LookAgainReport | undefined;
  readonly tables: readonly TableCount[];
}

const LAST_COPY_CLAUSE = "D12.3";

/**
 * Files the receipt and forgets the plans. Undefined when another worker filed it meanwhile.
 * @clause D12.2, D12.3
 */
export async function closeErasure(
  ports: RetentionPorts,
  erasure: Erasure & { readonly receipt: ReceiptId },
  finished: readonly FinishedStore[],
  effort: { readonly statements: number; readonly ms: number },
): Promise<Receipt | undefined> {
  const endedAt = ports.clock.now();
  const agreement = ports.agreements.of(erasure.controller);
  const lastCopyAt = dueAfter(endedAt, durationOf(agreement, LAST_COPY_CLAUSE), "binds");
  const stores = finished.map((each) =>
    judgeStore({
      store: each.plan.source,
      tables: each.tables,
      report: each.report,
      blocked: each.plan.blocked.length,
      notCovered: notCoveredOf([each]),
      documentedDelayHours: each.registered?.source.describe().documentedDelayHours ?? "unknown",
      endedAt,
    }),
  );
  const receipt = await ports.unitOfWork.transaction(async (unit) => {
    if (!(await markClosed(unit, erasure, endedAt))) return undefined;
    const closed = await ports.receipts.closeReceipt(unit, erasure.controller, erasure.receipt, {
      stores,
      kept: finished.flatMap((each) => each.plan.kept),
      notCovered: notCoveredOf(finished),
      lastCopy: { date: lastCopyAt.slice(0, 10), basis: "agreement" },
      ...effort,
    });
    for (const subject of erasure.subjects) {
      await ports.events.emit(unit, "erasure.closed", {
        controller: erasure.controller,
        subject,
        receipt: closed.id,
        verdict: closed.verdict,
      });
    }
    return closed;
  });
  await destroyPlans(ports, erasure);
  return receipt;
}

/** What no store covered, once each. */
function notCoveredOf(stores: readonly Pick<FinishedStore, "plan" | "report">[]): readonly NotCovered[] {
  const all = stores.flatMap((each) => [...each.plan.notCovered, ...(each.report?.notCovered ?? [])]);
  return [...new Map(all.map((each) => [`${each.what} ${each.why}`, each])).values()];
}
