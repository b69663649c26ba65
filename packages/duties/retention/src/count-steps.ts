/** Adds up the steps of a run, table by table, in the order in which tables were first touched. */
import type { TableCount } from "@preau/kernel";

export function addStep(
  tables: readonly TableCount[],
  { table, erased, anonymised, kept }: TableCount,
): readonly TableCount[] {
  const before = tables.find((each) => each.table === table);
  if (before === undefined) return [...tables, { table, erased, anonymised, kept }];
  const sum = {
    table,
    erased: before.erased + erased,
    anonymised: before.anonymised + anonymised,
    kept: Math.max(before.kept, kept),
  };
  return tables.map((each) => (each === before ? sum : each));
}

/**
 * What was really done when a step may have been committed but not noted, as after a crash: planned less what the plan
 * still finds, and never less than what was noted. Exact as long as nobody else touches the rows: rows that the person
 * adds meanwhile can only lower it, rows that somebody else deletes are counted as gone.
 */
export function settleCounts(
  planned: readonly TableCount[],
  remaining: readonly TableCount[],
  noted: readonly TableCount[],
): readonly TableCount[] {
  const left = new Map(remaining.map((each) => [each.table, each]));
  const seen = new Map(noted.map((each) => [each.table, each]));
  const settled = planned.map((each) => {
    const rest = left.get(each.table);
    const done = seen.get(each.table);
    return {
      table: each.table,
      erased: Math.max(each.erased - (rest?.erased ?? 0), done?.erased ?? 0),
      anonymised: Math.max(each.anonymised - (rest?.anonymised ?? 0), done?.anonymised ?? 0),
      kept: done?.kept ?? 0,
    };
  });
  const names = new Set(planned.map(({ table }) => table));
  return [...settled, ...noted.filter(({ table }) => !names.has(table))].filter(
    ({ erased, anonymised }) => erased + anonymised > 0,
  );
}

/** What a receipt lists: every planned table, the untouched ones too (searched, nothing found), then what came beside. */
export function countedTables(
  planned: readonly TableCount[],
  done: readonly TableCount[],
): readonly TableCount[] {
  const start = planned.map(({ table, kept }) => ({ table, erased: 0, anonymised: 0, kept }));
  return done.reduce(addStep, start);
}
