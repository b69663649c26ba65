/**
 * One combination of levels: what must be left out so that every class holds, and what it costs. Leaving rows out makes
 * other classes small, so it is repeated until nothing changes.
 * @clause D13.1, D13.2
 */
import type { CellLevel, Cells } from "./anonymise-cells.ts";
import type { Differencing } from "./anonymise-differencing.ts";
import { type CellGroups, groupCells, personsLeft, personsOut, splitGroups } from "./anonymise-groups.ts";
import { parentsOf } from "./equivalence-classes.ts";
import type { Thresholds } from "./release-plan.ts";

export interface Evaluation {
  /** Level of each column. */
  readonly levels: readonly number[];
  /** 1 for a cell that is released. */
  readonly kept: Uint8Array;
  readonly released: number;
  /** From 0 to 1; a row that is left out is lost wholly. */
  readonly loss: number;
}

export interface Judge {
  readonly cells: Cells;
  readonly thresholds: Thresholds;
  readonly differencing: Differencing;
}

/** Undefined when more would be left out than the plan allows. */
export function evaluate(judge: Judge, levels: readonly number[]): Evaluation | undefined {
  const { cells, thresholds } = judge;
  const most = Math.floor(thresholds.suppression * cells.given + 1e-9);
  const work = new Work(judge, levels);
  for (;;) {
    const changed = work.dropNext() !== undefined;
    if (cells.given - work.released > most || work.released === 0) return undefined;
    if (!changed) break;
  }
  return { levels, kept: work.kept, released: work.released, loss: work.loss() };
}

/** Everything as fine as the plan allows, with nothing left out: what is shown of rows that do not pass. */
export function evaluateNothing({ cells }: Pick<Judge, "cells">): Evaluation {
  return {
    levels: cells.columns.map(() => 0),
    kept: new Uint8Array(cells.count).fill(1),
    released: cells.given - cells.unread,
    loss: 1,
  };
}

/** Rows that each of the rules takes out at the coarsest levels, in their order: why nothing is left. */
export function takenOut(judge: Judge): Readonly<Record<Rule, number>> {
  const { cells } = judge;
  const work = new Work(
    judge,
    cells.columns.map(({ levels }) => levels.length - 1),
  );
  const taken = { small: 0, telling: 0, rare: 0, unique: 0, differences: 0, cover: 0 };
  for (;;) {
    const before = work.released;
    const rule = work.dropNext();
    if (rule === undefined || work.released === 0)
      return rule === undefined ? taken : { ...taken, [rule]: taken[rule] + before };
    taken[rule] += before - work.released;
  }
}

export type Rule = "small" | "telling" | "rare" | "unique" | "differences" | "cover";

class Work {
  readonly kept: Uint8Array;
  released: number;
  readonly #judge: Judge;
  readonly #at: readonly CellLevel[];
  readonly #levels: readonly number[];
  readonly #classes: CellGroups;
  #sensitive:
    | readonly {
        readonly groups: CellGroups;
        readonly classes: Uint32Array;
        readonly values: Uint32Array;
        readonly count: number;
      }[]
    | undefined;
  #triples: readonly CellGroups[] | undefined;

  constructor(judge: Judge, levels: readonly number[]) {
    const { cells } = judge;
    this.#judge = judge;
    this.#levels = levels;
    this.kept = new Uint8Array(cells.count).fill(1);
    this.released = cells.weights.reduce((sum, each) => sum + each, 0);
    this.#at = cells.columns.map(({ levels: all }, at) => all[levels[at] as number] as CellLevel);
    this.#classes = groupCells(cells, [
      { codes: cells.controllers, labels: { length: cells.controllerCount } },
      ...this.#at.filter((_, at) => this.#roleOf(at) !== "sensitive"),
    ]);
  }

  /** The first rule that takes something out; undefined when all hold. */
  dropNext(): Rule | undefined {
    if (this.dropSmall()) return "small";
    if (this.dropTelling()) return "telling";
    if (this.dropRare()) return "rare";
    if (this.dropUnique()) return "unique";
    if (this.dropDifferences()) return "differences";
    return this.dropToCover() ? "cover" : undefined;
  }

  /** Classes of fewer than k persons, in each school. */
  dropSmall(): boolean {
    const { cells, thresholds } = this.#judge;
    const counts = personsLeft(this.#classes, cells, this.kept);
    return this.#drop(this.#classes, (group) => (counts[group] as number) < thresholds.k);
  }

  /** Classes that tell a sensitive value of those in it. */
  dropTelling(): boolean {
    const { cells, thresholds } = this.#judge;
    const telling = new Uint8Array(this.#classes.count);
    for (const { groups, classes, values, count } of this.#valueGroups()) {
      const inGroup = personsLeft(groups, cells, this.kept);
      const figures = figuresOf({
        inGroup,
        classes,
        values,
        classCount: this.#classes.count,
        valueCount: count,
      });
      for (let id = 0; id < telling.length; id += 1) {
        if ((figures.sums[id] as number) === 0) continue;
        const holds =
          (figures.distinct[id] as number) >= thresholds.l &&
          Math.exp(figures.entropy[id] as number) >= thresholds.entropy - 1e-9 &&
          (figures.t[id] as number) <= thresholds.t + 1e-9;
        if (!holds) telling[id] = 1;
      }
    }
    return this.#drop(this.#classes, (group) => telling[group] === 1);
  }

  /** Rows of sensitive values that too few have. */
  dropRare(): boolean {
    const { cells, thresholds } = this.#judge;
    let dropped = false;
    for (const [at, level] of this.#at.entries()) {
      if (this.#roleOf(at) !== "sensitive") continue;
      const groups = groupCells(cells, [level]);
      const counts = personsLeft(groups, cells, this.kept);
      dropped = this.#drop(groups, (group) => (counts[group] as number) < thresholds.occurrences) || dropped;
    }
    return dropped;
  }

  /** Rows of somebody who is alone with three released values. Those of quasi-identifiers alone are in classes of k. */
  dropUnique(): boolean {
    const { cells } = this.#judge;
    this.#triples ??= this.#tripleGroups();
    let dropped = false;
    for (const groups of this.#triples) {
      const counts = personsLeft(groups, cells, this.kept);
      dropped = this.#drop(groups, (group) => counts[group] === 1) || dropped;
    }
    return dropped;
  }

  /** Classes that an earlier release would cut down to fewer than k persons. */
  dropDifferences(): boolean {
    const { differencing } = this.#judge;
    let dropped = false;
    for (const groups of differencing.isolated(this.#levels, this.kept))
      dropped = this.#drop(groups, (group) => groups.isolated[group] === 1) || dropped;
    return dropped;
  }

  /** Fewer than k persons left out would stand out by being absent: one class more goes with them. */
  dropToCover(): boolean {
    const { cells, thresholds } = this.#judge;
    const absent = personsOut(cells, this.kept);
    if (absent === 0 || absent >= thresholds.k) return false;
    const counts = personsLeft(this.#classes, cells, this.kept);
    let smallest: number | undefined;
    for (const [group, count] of counts.entries())
      if (count > 0 && (smallest === undefined || count < (counts[smallest] as number))) smallest = group;
    return this.#drop(this.#classes, (group) => group === smallest);
  }

  loss(): number {
    const { cells } = this.#judge;
    const { columns, given } = cells;
    let lost = given - this.released;
    for (let cell = 0; cell < cells.count; cell += 1) {
      if (this.kept[cell] === 0) continue;
      let sum = 0;
      for (let at = 0; at < columns.length; at += 1) sum += this.#lossAt(at, cell);
      lost += (sum / columns.length) * (cells.weights[cell] as number);
    }
    return given === 0 ? 1 : lost / given;
  }

  #lossAt(at: number, cell: number): number {
    const { lossOfLabel, codes } = this.#at[at] as CellLevel;
    return lossOfLabel[codes[cell] as number] as number;
  }

  #roleOf(at: number) {
    return this.#judge.cells.columns[at]?.base.role;
  }

  #drop({ of }: CellGroups, is: (group: number) => boolean): boolean {
    const { weights, count } = this.#judge.cells;
    let dropped = false;
    for (let cell = 0; cell < count; cell += 1) {
      if (this.kept[cell] === 0 || !is(of[cell] as number)) continue;
      this.kept[cell] = 0;
      this.released -= weights[cell] as number;
      dropped = true;
    }
    return dropped;
  }

  #valueGroups() {
    this.#sensitive ??= this.#at.flatMap((level, at) => {
      if (this.#roleOf(at) !== "sensitive") return [];
      const groups = splitGroups(this.#judge.cells, this.#classes, level);
      const values = parentsOf(groups, { of: level.codes, count: level.labels.length });
      return [{ groups, classes: parentsOf(groups, this.#classes), values, count: level.labels.length }];
    });
    return this.#sensitive;
  }

  #tripleGroups(): readonly CellGroups[] {
    const told = this.#at
      .map((level, at) => ({ level, isSensitive: this.#roleOf(at) === "sensitive" }))
      .filter(({ level }) => level.labels.length > 1);
    return combinations(told, 3)
      .filter((triple) => triple.some(({ isSensitive }) => isSensitive))
      .map((triple) =>
        groupCells(
          this.#judge.cells,
          triple.map(({ level }) => level),
        ),
      );
  }
}

/** Every choice of so many; all of them when there are no more. */
export function combinations<T>(of: readonly T[], size: number): readonly (readonly T[])[] {
  if (of.length <= size) return of.length === 0 ? [] : [of];
  if (size === 1) return of.map((each) => [each]);
  return of
    .slice(0, of.length - size + 1)
    .flatMap((first, at) => combinations(of.slice(at + 1), size - 1).map((others) => [first, ...others]));
}

interface Counted {
  readonly inGroup: Uint32Array;
  readonly classes: Uint32Array;
  readonly values: Uint32Array;
  readonly classCount: number;
  readonly valueCount: number;
}

function figuresOf({ inGroup, classes, values, classCount, valueCount }: Counted) {
  const sums = new Float64Array(classCount);
  const whole = new Float64Array(valueCount);
  let all = 0;
  for (let group = 0; group < inGroup.length; group += 1) {
    const count = inGroup[group] as number;
    sums[classes[group] as number] = (sums[classes[group] as number] as number) + count;
    whole[values[group] as number] = (whole[values[group] as number] as number) + count;
    all += count;
  }
  const distinct = new Uint32Array(classCount);
  const entropy = new Float64Array(classCount);
  const t = new Float64Array(classCount);
  for (let group = 0; group < inGroup.length; group += 1) {
    const count = inGroup[group] as number;
    if (count === 0) continue;
    const id = classes[group] as number;
    const share = count / (sums[id] as number);
    distinct[id] = (distinct[id] as number) + 1;
    entropy[id] = (entropy[id] as number) - share * Math.log(share);
    t[id] = (t[id] as number) + Math.max(0, share - (whole[values[group] as number] as number) / all);
  }
  return { sums, distinct, entropy, t };
}
