/** What changed in a store between two snapshots, in the counts of a plan. */
import type { TableCount } from "@preau/kernel";

/** Rows of the whole store: by table, by row key, the row's content in any stable spelling. */
export type Snapshot = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** The three counts over all tables. */
export function totalOf(tables: readonly TableCount[]) {
  const sum = { erased: 0, anonymised: 0, kept: 0 };
  for (const { erased, anonymised, kept } of tables) {
    sum.erased += erased;
    sum.anonymised += anonymised;
    sum.kept += kept;
  }
  return sum;
}

type Changes = ReadonlyMap<string, { readonly erased: number; readonly anonymised: number }>;

/** Rows erased and anonymised by table; tables with neither are left out. */
export function changesOf(tables: readonly TableCount[]): Changes {
  const changes = new Map<string, { erased: number; anonymised: number }>();
  for (const { table, erased, anonymised } of tables) {
    if (erased + anonymised === 0) continue;
    const sum = changes.get(table) ?? { erased: 0, anonymised: 0 };
    changes.set(table, { erased: sum.erased + erased, anonymised: sum.anonymised + anonymised });
  }
  return changes;
}

/** What really happened between two snapshots: rows gone are erased, rows with another content anonymised. */
export function differences(before: Snapshot, after: Snapshot): Changes {
  const counts: TableCount[] = [];
  for (const [table, rows] of before) {
    const now = after.get(table);
    let [erased, anonymised] = [0, 0];
    for (const [key, content] of rows) {
      if (now?.has(key) !== true) erased += 1;
      else if (now.get(key) !== content) anonymised += 1;
    }
    counts.push({ table, erased, anonymised, kept: 0 });
  }
  return changesOf(counts);
}
