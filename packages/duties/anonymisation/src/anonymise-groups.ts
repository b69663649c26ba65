/** Cells grouped by some of their columns, and the persons left in each group: counted anew whenever cells are left out. */
import type { Cells } from "./anonymise-cells.ts";
import { type Classes, oneClass, splitBy } from "./equivalence-classes.ts";

export interface CellGroups extends Classes {
  /** Group and person, where a person may have several cells. */
  readonly pairs?: Classes;
}

export interface Coded {
  readonly codes: Uint32Array;
  readonly labels: { readonly length: number };
}

export function groupCells(cells: Cells, columns: readonly Coded[]): CellGroups {
  let groups = oneClass(cells.count);
  for (const { codes, labels } of columns) groups = splitBy(groups, codes, Math.max(1, labels.length));
  return withPairs(cells, groups);
}

export function splitGroups(cells: Cells, groups: Classes, { codes, labels }: Coded): CellGroups {
  return withPairs(cells, splitBy(groups, codes, Math.max(1, labels.length)));
}

function withPairs({ persons, personCount }: Cells, groups: Classes): CellGroups {
  return persons === undefined ? groups : { ...groups, pairs: splitBy(groups, persons, personCount) };
}

/** Persons in each group, of the cells that are kept. */
export function personsLeft(groups: CellGroups, cells: Cells, kept: Uint8Array): Uint32Array {
  const counts = new Uint32Array(groups.count);
  const { pairs } = groups;
  const seen = pairs === undefined ? undefined : new Uint8Array(pairs.count);
  for (let cell = 0; cell < cells.count; cell += 1) {
    if (kept[cell] === 0) continue;
    const group = groups.of[cell] as number;
    if (seen === undefined || pairs === undefined) {
      counts[group] = (counts[group] as number) + (cells.weights[cell] as number);
      continue;
    }
    const pair = pairs.of[cell] as number;
    if (seen[pair] === 1) continue;
    seen[pair] = 1;
    counts[group] = (counts[group] as number) + 1;
  }
  return counts;
}

/** Persons of whom something is left out. Of a row that could not be read nobody knows whose it is: each may be another's. */
export function personsOut(cells: Cells, kept: Uint8Array): number {
  const out = kept.map((each) => 1 - each);
  return (personsLeft(groupCells(cells, []), cells, out)[0] ?? 0) + cells.unread;
}
