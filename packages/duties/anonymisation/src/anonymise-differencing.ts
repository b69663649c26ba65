/**
 * Two releases of overlapping persons, one taken from the other: where fewer than k persons came, went or changed, the difference
 * is theirs. Both are brought to the finest classes that can be read off either; a column that only one of them has, or that
 * was generalised otherwise, is summed over. @clause D13.2
 */
import type { CellColumn, Cells } from "./anonymise-cells.ts";
import { ladderText, type ReleaseClasses } from "./anonymise-classes.ts";
import { type CellGroups, type Coded, groupCells, personsLeft, splitGroups } from "./anonymise-groups.ts";
import { type Label, parentsOf } from "./equivalence-classes.ts";
import { labelAt } from "./generalise.ts";
import { foldedOf } from "./generalise-groups.ts";

interface IsolatedGroups extends CellGroups {
  /** 1 for a group that a difference would isolate. */
  readonly isolated: Uint8Array;
}

export interface Differencing {
  readonly releases: number;
  /** Groups of cells that must not be released at these levels; one for each earlier release that isolates any. */
  isolated(levels: readonly number[], kept: Uint8Array): readonly IsolatedGroups[];
  /** Fewest persons that any difference concerns; undefined when there is none. */
  fewest(levels: readonly number[], kept: Uint8Array): number | undefined;
}

export function differencingOf(
  cells: Cells,
  controllerIds: readonly string[],
  earlier: readonly ReleaseClasses[],
  k: number,
): Differencing {
  const compared = (levels: readonly number[], kept: Uint8Array) =>
    earlier.map((release) => compare({ cells, controllerIds, levels, kept }, release));
  return {
    releases: earlier.length,
    isolated: (levels, kept) =>
      compared(levels, kept).flatMap(({ groups, moved, persons }) => {
        const isolated = Uint8Array.from(moved, (many, group) =>
          many > 0 && many < k && (persons[group] as number) > 0 ? 1 : 0,
        );
        return isolated.includes(1) ? [{ ...groups, isolated }] : [];
      }),
    fewest: (levels, kept) => {
      const all = compared(levels, kept).flatMap(({ moved, gone }) =>
        [...moved, ...gone].filter((many) => many > 0),
      );
      return all.length === 0 ? undefined : all.reduce((least, many) => Math.min(least, many));
    },
  };
}

interface Now {
  readonly cells: Cells;
  readonly controllerIds: readonly string[];
  readonly levels: readonly number[];
  readonly kept: Uint8Array;
}

/** A column of both, at the coarser of its two levels. */
interface Shared {
  readonly column: CellColumn;
  /** Its place among the earlier release's columns. */
  readonly then: number;
  readonly level: number;
}

function compare(now: Now, release: ReleaseClasses) {
  const { cells, controllerIds, kept } = now;
  const known = sharedOf(now, release.columns, (role) => role !== "sensitive");
  const sensitive = sharedOf(now, release.sensitive, (role) => role === "sensitive");
  // Two releases that have no column in common tell nothing of each other.
  if (known.length + sensitive.length === 0) return NOTHING;
  const groups = groupCells(cells, [
    { codes: cells.controllers, labels: { length: cells.controllerCount } },
    ...known.map(codedAt),
  ]);
  const persons = personsLeft(groups, cells, kept);
  const numbers = new Map<string, number>();
  for (let cell = 0; cell < cells.count; cell += 1) {
    const words = known.map(({ column, level }) => wordAt(column, level, baseOf(column, cell)));
    numbers.set(
      keyOf([controllerIds[cells.controllers[cell] as number] as string, ...words]),
      groups.of[cell] as number,
    );
  }
  const before = new Float64Array(groups.count);
  const goneBefore = new Map<string, number>();
  const valuesBefore = sensitive.map(() => new Map<string, number>());
  for (const { controller, persons: count, bases, values } of release.classes) {
    const words = known.map(({ column, level, then }) => wordAt(column, level, bases[then] ?? null));
    const key = keyOf([controller, ...words]);
    const group = numbers.get(key);
    if (group === undefined) {
      goneBefore.set(key, (goneBefore.get(key) ?? 0) + count);
      continue;
    }
    before[group] = (before[group] as number) + count;
    for (const [at, { column, level, then }] of sensitive.entries())
      for (const [base, many] of values[then] as ReleaseClasses["classes"][number]["values"][number]) {
        const value = keyOf([group, wordAt(column, level, base)]);
        const counts = valuesBefore[at] as Map<string, number>;
        counts.set(value, (counts.get(value) ?? 0) + many);
      }
  }
  const moved = Float64Array.from(persons, (count, group) => Math.abs(count - (before[group] as number)));
  for (const [at, shared] of sensitive.entries()) {
    const changes = changesOf(now, groups, shared, valuesBefore[at] as Map<string, number>);
    for (let group = 0; group < moved.length; group += 1)
      moved[group] = Math.max(moved[group] as number, changes[group] as number);
  }
  return { groups, persons, moved, gone: [...goneBefore.values()] };
}

const NOTHING = {
  groups: { of: new Uint32Array(0), count: 0 },
  persons: new Uint32Array(0),
  moved: new Float64Array(0),
  gone: [] as readonly number[],
};

/** Persons in each group that have a value more, or one less, than before: the greater of the two. */
function changesOf(
  { cells, kept }: Now,
  groups: CellGroups,
  shared: Shared,
  before: ReadonlyMap<string, number>,
): Float64Array {
  const values = splitGroups(cells, groups, codedAt(shared));
  const count = personsLeft(values, cells, kept);
  const parents = parentsOf(values, groups);
  const more = new Float64Array(groups.count);
  const fewer = new Float64Array(groups.count);
  const left = new Map(before);
  const seen = new Uint8Array(values.count);
  for (let cell = 0; cell < cells.count; cell += 1) {
    const value = values.of[cell] as number;
    if (seen[value] === 1) continue;
    seen[value] = 1;
    const group = parents[value] as number;
    const key = keyOf([group, wordAt(shared.column, shared.level, baseOf(shared.column, cell))]);
    const difference = (count[value] as number) - (left.get(key) ?? 0);
    left.delete(key);
    if (difference > 0) more[group] = (more[group] as number) + difference;
    else fewer[group] = (fewer[group] as number) - difference;
  }
  for (const [key, many] of left) {
    const group = (JSON.parse(key) as [number])[0];
    fewer[group] = (fewer[group] as number) + many;
  }
  return more.map((many, group) => Math.max(many, fewer[group] as number));
}

function sharedOf(
  { cells, levels }: Now,
  columns: ReleaseClasses["columns"],
  isOfRole: (role: string) => boolean,
): readonly Shared[] {
  return cells.columns.flatMap((column, at) => {
    if (!isOfRole(column.base.role)) return [];
    const then = columns.findIndex(
      ({ source, ladder }) => source === column.base.source && ladder === ladderText(column),
    );
    const found = columns[then];
    return found === undefined ? [] : [{ column, then, level: Math.max(found.level, levels[at] as number) }];
  });
}

function codedAt({ column, level }: Shared): Coded {
  const found = column.levels[Math.min(level, column.levels.length - 1)];
  if (found === undefined) throw new RangeError("a column without levels");
  return found;
}

function baseOf({ base, cellCodes }: CellColumn, cell: number): Label {
  return base.bases[cellCodes[cell] as number] ?? null;
}

/** Of values that come as they are, one word for all spellings: another may be the most frequent this time. */
function wordAt({ base }: CellColumn, level: number, value: Label): Label {
  const label = labelAt(base.ladder, level, value);
  return typeof label === "string" ? foldedOf(label) : label;
}

function keyOf(parts: readonly Label[]): string {
  return JSON.stringify(parts);
}
