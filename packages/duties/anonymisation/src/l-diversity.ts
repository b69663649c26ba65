/**
 * What a class tells of those in it, although nobody in it is told apart: how many sensitive values it has (distinct l), as
 * how many equally frequent ones they count (entropy l, the exponential of Shannon's entropy), how far it is from the whole
 * table (t, total variation). Persons are counted, not rows: who has many rows does not hide others.
 */
import {
  type Classes,
  type CodeTable,
  classesOf,
  columnOf,
  parentsOf,
  personsIn,
  splitBy,
} from "./equivalence-classes.ts";

export interface LFigure {
  /** Different values in the poorest class; 0 for a table without rows. */
  readonly distinct: number;
  /** Between 1 and `distinct`; of the class whose values are the most uneven. */
  readonly entropy: number;
  /** From 0, every class is as the whole, to 1. */
  readonly t: number;
  /** Share of classes that have one value alone. */
  readonly homogeneous: number;
  /** Greatest share of one value in a class: how sure a guess is. */
  readonly surest: number;
}

/** @clause D13.2 */
export function lOf(table: CodeTable, quasi: readonly string[], sensitive: string): LFigure {
  const figures = lByClass(table, classesOf(table, quasi), sensitive);
  if (figures.distinct.length === 0) return { distinct: 0, entropy: 0, t: 0, homogeneous: 0, surest: 0 };
  let [distinct, entropy, t, homogeneous, surest] = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    0,
    0,
    0,
  ];
  for (let id = 0; id < figures.distinct.length; id += 1) {
    distinct = Math.min(distinct, figures.distinct[id] as number);
    entropy = Math.min(entropy, figures.entropy[id] as number);
    t = Math.max(t, figures.t[id] as number);
    surest = Math.max(surest, figures.surest[id] as number);
    if (figures.distinct[id] === 1) homogeneous += 1;
  }
  return { distinct, entropy, t, surest, homogeneous: homogeneous / figures.distinct.length };
}

interface LByClass {
  readonly distinct: Uint32Array;
  readonly entropy: Float64Array;
  readonly t: Float64Array;
  readonly surest: Float64Array;
}

/** The same for each class. */
function lByClass(table: CodeTable, classes: Classes, sensitive: string): LByClass {
  const { codes, labels } = columnOf(table, sensitive);
  const cells = splitBy(classes, codes, labels.length);
  const parents = parentsOf(cells, classes);
  const values = parentsOf(cells, { of: codes, count: labels.length });
  const inCell = personsIn(cells, table.persons);
  const sums = new Float64Array(classes.count);
  const whole = new Float64Array(labels.length);
  let all = 0;
  for (let cell = 0; cell < cells.count; cell += 1) {
    const count = inCell[cell] as number;
    sums[parents[cell] as number] = (sums[parents[cell] as number] as number) + count;
    whole[values[cell] as number] = (whole[values[cell] as number] as number) + count;
    all += count;
  }
  const distinct = new Uint32Array(classes.count);
  const entropy = new Float64Array(classes.count);
  const t = new Float64Array(classes.count);
  const surest = new Float64Array(classes.count);
  for (let cell = 0; cell < cells.count; cell += 1) {
    const id = parents[cell] as number;
    const share = (inCell[cell] as number) / (sums[id] as number);
    distinct[id] = (distinct[id] as number) + 1;
    entropy[id] = (entropy[id] as number) - share * Math.log(share);
    // Of two distributions, what one has more than the other is half of all that differs.
    t[id] = (t[id] as number) + Math.max(0, share - (whole[values[cell] as number] as number) / all);
    if (share > (surest[id] as number)) surest[id] = share;
  }
  for (let id = 0; id < classes.count; id += 1) entropy[id] = Math.exp(entropy[id] as number);
  return { distinct, entropy, t, surest };
}
