/**
 * What may be said of one store. A store passes only when its run finished, its second look looked somewhere and found
 * nothing beside what is listed as kept, nothing was left out and no delay is still running. @clause D12.2
 */
import type { StoreResult } from "@preau/journal";
import {
  addHours,
  type Instant,
  type KeptRows,
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
  /** What the plan keeps, with its reasons: the second look finds it, rightly. */
  readonly kept: readonly KeptRows[];
  readonly notCovered: readonly NotCovered[];
  readonly documentedDelayHours: number | "unknown";
  readonly endedAt: Instant;
}

/** The verdict of one store, its reason and its figures. `hits` are those outside what is listed as kept. @clause D12.2 */
export function judgeStore(facts: StoreFacts): StoreResult {
  const { report } = facts;
  const left = report === undefined ? [] : unexplained(report, facts.kept);
  const announced = new Set(facts.notCovered.flatMap((each) => each.places ?? []));
  const surprises = left.filter(({ place }) => !announced.has(place));
  const hits = hitsOf(left);
  const say = (verdict: Verdict, more: Pick<StoreResult, "why" | "remedy" | "until"> = {}): StoreResult => ({
    store: facts.store,
    verdict,
    ...more,
    tables: facts.tables.map(({ table, erased, anonymised, kept }) => ({ table, erased, anonymised, kept })),
    ...(report === undefined ? {} : { lookAgain: { ...columnsOf(report), hits } }),
  });

  if (facts.blocked > 0) {
    return say("FAILED", {
      why: `${facts.blocked} person(s) restricted or held: not erased`,
      remedy: "lift the restriction or the hold, then order the erasure again",
    });
  }
  if (report === undefined) return say("UNKNOWN", { why: "the second look did not run" });
  if (surprises.length > 0) {
    const places = surprises.map((each) => `${each.place} (${each.hits})`).join(", ");
    return say("FAILED", {
      why: `the second look found ${hitsOf(surprises)} trace(s): ${places}`,
      remedy:
        "see to the places by hand, and add them to the data map for the next erasure: a further order no longer knows the names",
    });
  }
  if (facts.notCovered.length > 0) {
    return say("UNKNOWN", {
      why: `${facts.notCovered.length} place(s) not covered${hits > 0 ? `, with ${hits} trace(s) found there` : ""}`,
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

function hitsOf(places: LookAgainReport["where"]): number {
  return places.reduce((sum, each) => sum + each.hits, 0);
}

function columnsOf({ referenceColumns, textColumns, files }: LookAgainReport) {
  return { referenceColumns, textColumns, files };
}

/** Places with hits that no kept rows account for. A total that the places do not explain is a place of its own. */
function unexplained(report: LookAgainReport, kept: readonly KeptRows[]): LookAgainReport["where"] {
  const named = report.where.reduce((sum, each) => sum + each.hits, 0);
  const places = report.where.filter(({ place, hits }) => hits > keptAt(place, kept));
  return report.hits > named ? [...places, { place: "elsewhere", hits: report.hits - named }] : places;
}

/** Rows kept at a place, `table.column`: those of its table, or of columns of it (`table.one+other`) that it is among. */
function keptAt(place: string, kept: readonly KeptRows[]): number {
  const [table, column = ""] = split(place);
  return kept.reduce((rows, each) => {
    const [where, columns] = split(each.where);
    const isThere = where === table && (columns === undefined || columns.split("+").includes(column));
    return isThere ? rows + each.rows : rows;
  }, 0);
}

function split(place: string): readonly [string, string | undefined] {
  const dot = place.indexOf(".");
  return dot === -1 ? [place, undefined] : [place.slice(0, dot), place.slice(dot + 1)];
}
