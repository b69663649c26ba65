/**
 * What may be said of one store. A store passes only when its run finished, its second look found nothing, nothing was
 * left out and no delay is still running. @clause D12.2
 */
import type { StoreResult } from "@preau/journal";
import {
  addHours,
  type Instant,
  type LookAgainReport,
  type NotCovered,
  type TableCount,
  type Verdict,
} from "@preau/kernel";

export interface StoreFacts {
  readonly store: string;
  readonly tables: readonly TableCount[];
  /** Undefined when the second look could not run. */
  readonly report: LookAgainReport | undefined;
  /** Persons that the plan refused to erase: restricted or held. */
  readonly blocked: number;
  readonly notCovered: readonly NotCovered[];
  readonly documentedDelayHours: number | "unknown";
  readonly endedAt: Instant;
}

/** @clause D12.2 */
export function judgeStore(facts: StoreFacts): StoreResult {
  const { report } = facts;
  const say = (verdict: Verdict, more: Pick<StoreResult, "why" | "remedy" | "until"> = {}): StoreResult => ({
    store: facts.store,
    verdict,
    ...more,
    tables: facts.tables.map(({ table, erased, anonymised, kept }) => ({ table, erased, anonymised, kept })),
    ...(report === undefined ? {} : { lookAgain: countsOf(report) }),
  });

  if (facts.blocked > 0) {
    return say("FAILED", {
      why: `${facts.blocked} person(s) restricted or held: not erased`,
      remedy: "lift the restriction or the hold, then order the erasure again",
    });
  }
  if (report === undefined) return say("UNKNOWN", { why: "the second look did not run" });
  if (report.hits > 0) {
    const places = report.where.map((each) => `${each.place} (${each.hits})`).join(", ");
    return say("FAILED", {
      why: `the second look found ${report.hits} trace(s): ${places}`,
      remedy: "add the places to the data map, then order the erasure again",
    });
  }
  if (facts.notCovered.length > 0) {
    return say("UNKNOWN", {
      why: `${facts.notCovered.length} place(s) not covered`,
      remedy: "see notCovered",
    });
  }
  if (report.referenceColumns + report.textColumns + report.files === 0) {
    return say("UNKNOWN", { why: "the second look had nowhere to look" });
  }
  if (facts.documentedDelayHours === "unknown") {
    return say("UNKNOWN", {
      why: "the store documents no delay",
      remedy: "ask its operator for one in writing",
    });
  }
  if (facts.documentedDelayHours > 0) {
    return say("PENDING", {
      why: `the store documents ${facts.documentedDelayHours} hours`,
      until: addHours(facts.endedAt, facts.documentedDelayHours),
    });
  }
  return say("PASS");
}

function countsOf({ referenceColumns, textColumns, files, hits }: LookAgainReport) {
  return { referenceColumns, textColumns, files, hits };
}
