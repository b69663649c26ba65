/**
 * Columns as codes, and the classes of rows that are alike in some of them. Columns are joined one after the other and the
 * classes numbered anew each time, so that the work is one pass a column and the memory a few numbers a row.
 */

/** One column: a row's value is `labels[codes[row]]`. */
export interface CodeColumn {
  readonly codes: Uint32Array;
  readonly labels: readonly Label[];
}
export type Label = string | number | boolean | null;

/** A table by columns; all have `rows` codes. */
export interface CodeTable {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, CodeColumn>;
  /** The person each row is about, where one may have several rows; absent when each row is another person. */
  readonly persons?: Uint32Array;
}

export interface Classes {
  /** Class of each row, numbered from 0 in the order of their first rows. */
  readonly of: Uint32Array;
  readonly count: number;
}

/** Pairs that are numbered by a table of direct access; more are numbered by hashing. */
const DIRECT = 1 << 22;

export function oneClass(rows: number): Classes {
  return { of: new Uint32Array(rows), count: rows === 0 ? 0 : 1 };
}

/** Splits classes by one more column. `values` is more than its greatest code. */
export function splitBy(classes: Classes, codes: Uint32Array, values: number): Classes {
  const { of, count } = classes;
  return count * values <= DIRECT
    ? splitDirectly(of, codes, { values, pairs: count * values })
    : splitByHash(of, codes, values);
}

/** Classes of the rows that are alike in all these columns. */
export function classesOf(table: CodeTable, names: readonly string[]): Classes {
  return names.reduce((classes, name) => {
    const { codes, labels } = columnOf(table, name);
    return splitBy(classes, codes, labels.length);
  }, oneClass(table.rows));
}

/** @throws RangeError when the table has no such column */
export function columnOf(table: CodeTable, name: string): CodeColumn {
  const column = table.columns.get(name);
  if (column === undefined) throw new RangeError("the table has no such column");
  return column;
}

/** Persons in each class: whoever has several rows in it counts once. */
export function personsIn(classes: Classes, persons?: Uint32Array): Uint32Array {
  const counts = new Uint32Array(classes.count);
  const { of } = classes;
  if (persons === undefined) {
    for (const id of of) counts[id] = (counts[id] as number) + 1;
    return counts;
  }
  const pairs = splitBy(classes, persons, mostOf(persons) + 1);
  const seen = new Uint8Array(pairs.count);
  for (let row = 0; row < of.length; row += 1) {
    const pair = pairs.of[row] as number;
    if (seen[pair] === 1) continue;
    seen[pair] = 1;
    const id = of[row] as number;
    counts[id] = (counts[id] as number) + 1;
  }
  return counts;
}

/** For each class of a finer division, its class in the coarser one. */
export function parentsOf(finer: Classes, coarser: Classes): Uint32Array {
  const parents = new Uint32Array(finer.count);
  for (let row = 0; row < finer.of.length; row += 1)
    parents[finer.of[row] as number] = coarser.of[row] as number;
  return parents;
}

function mostOf(numbers: Uint32Array): number {
  let most = 0;
  for (const each of numbers) if (each > most) most = each;
  return most;
}

function splitDirectly(
  of: Uint32Array,
  codes: Uint32Array,
  { values, pairs }: { readonly values: number; readonly pairs: number },
): Classes {
  const numbers = new Uint32Array(pairs); // 0 is a pair not seen yet
  const next = new Uint32Array(of.length);
  let count = 0;
  for (let row = 0; row < of.length; row += 1) {
    const pair = (of[row] as number) * values + (codes[row] as number);
    let number = numbers[pair] as number;
    if (number === 0) {
      count += 1;
      number = count;
      numbers[pair] = number;
    }
    next[row] = number - 1;
  }
  return { of: next, count };
}

/** Open addressing; the table is twice the rows at least, so that it never fills. */
function splitByHash(of: Uint32Array, codes: Uint32Array, values: number): Classes {
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, of.length * 2)));
  const mask = size - 1;
  const keys = new Float64Array(size).fill(-1);
  const numbers = new Uint32Array(size);
  const next = new Uint32Array(of.length);
  let count = 0;
  for (let row = 0; row < of.length; row += 1) {
    const [high, low] = [of[row] as number, codes[row] as number];
    const key = high * values + low; // below 2^53: both are numbers of rows
    let slot = (Math.imul(high, 0x9e3779b1) ^ Math.imul(low, 0x85ebca6b)) >>> 0;
    slot = (slot ^ (slot >>> 15)) & mask;
    while (keys[slot] !== -1 && keys[slot] !== key) slot = (slot + 1) & mask;
    if (keys[slot] === -1) {
      keys[slot] = key;
      numbers[slot] = count;
      count += 1;
    }
    next[row] = numbers[slot] as number;
  }
  return { of: next, count };
}
