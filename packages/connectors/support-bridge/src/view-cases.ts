/** The list of cases, on its page and at the terminal: states and clocks, no word of anybody's. */

import { type CaseScope, type CaseView, countCases, type ListedCase, listCases } from "./store/case-list.ts";
import type { SupportPorts } from "./support-ports.ts";

const PAGE = 50;

export interface CasesShown {
  readonly rows: readonly ListedCase[];
  /** There is a next page. */
  readonly more: boolean;
  readonly counts: Readonly<Record<CaseView, number>>;
}

/** One page of a scope's cases; the first is 1. */
export function viewCases(
  { unitOfWork }: Pick<SupportPorts, "unitOfWork">,
  scope: CaseScope,
  { view, page = 1 }: { readonly view: CaseView; readonly page?: number },
): Promise<CasesShown> {
  return unitOfWork.transaction(async (unit) => {
    const rows = await listCases(unit, scope, { view, limit: PAGE + 1, offset: (page - 1) * PAGE });
    return {
      rows: rows.slice(0, PAGE),
      more: rows.length > PAGE,
      counts: await countCases(unit, scope),
    };
  });
}
