/** Adds up the steps of a run, table by table, in the order in which tables were first touched. */
import type { TableCount } from "@preau/kernel";

export function addStep(tables: readonly TableCount[], step: TableCount): readonly TableCount[] {
  let found = false;
  const sum = tables.map((each) => {
    if (each.table !== step.table) return each;
    found = true;
    return {
      table: each.table,
      erased: each.erased + step.erased,
      anonymised: each.anonymised + step.anonymised,
      kept: Math.max(each.kept, step.kept),
    };
  });
  const { table, erased, anonymised, kept } = step;
  return found ? sum : [...sum, { table, erased, anonymised, kept }];
}

/**
 * What was really done before a crash, when the last steps may have been committed but not noted: planned less what a
 * fresh plan still finds, never less than what was noted.
 */
export function settleCounts(
  planned: readonly TableCount[],
  remaining: readonly TableCount[],
  noted: readonly TableCount[],
): readonly TableCount[] {
  const left = new Map(remaining.map((each) => [each.table, each]));
  const seen = new Map(noted.map((each) => [each.table, each]));
  return planned.map((each) => {
    const rest = left.get(each.table);
    const done = seen.get(each.table);
    return {
      table: each.table,
      erased: Math.max(each.erased - (rest?.erased ?? 0), done?.erased ?? 0),
      anonymised: Math.max(each.anonymised - (rest?.anonymised ?? 0), done?.anonymised ?? 0),
      kept: each.kept,
    };
  });
}
