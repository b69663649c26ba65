/** Rows that are alike in every base, counted together: the search works on them, whatever the number of rows. */
import type { BaseColumn, BaseTable } from "./anonymise-read.ts";
import { type Classes, type Label, oneClass, splitBy } from "./equivalence-classes.ts";
import { labelAt, levelsOf } from "./generalise.ts";

export interface Cells {
  readonly count: number;
  /** Rows in each. */
  readonly weights: Uint32Array;
  /** The person of each, where persons may have several rows. */
  readonly persons?: Uint32Array;
  readonly personCount: number;
  readonly controllers: Uint32Array;
  readonly controllerCount: number;
  readonly columns: readonly CellColumn[];
  /** Cell of each row of the table. */
  readonly of: Uint32Array;
  /** Rows that were given: those that could not be read are lost already. */
  readonly given: number;
  readonly unread: number;
}

export interface CellColumn {
  readonly base: BaseColumn;
  /** Base of each cell. */
  readonly cellCodes: Uint32Array;
  readonly levels: readonly CellLevel[];
}

/** A column at a level. */
export interface CellLevel {
  readonly labels: readonly Label[];
  /** Label of each base. */
  readonly ofBase: Uint32Array;
  /** Label of each cell. */
  readonly codes: Uint32Array;
  /** What each label loses: the share of all other bases that became one in it. */
  readonly lossOfLabel: Float64Array;
  /** Mean of it over the rows. */
  readonly loss: number;
}

export function cellsOf(table: BaseTable): Cells {
  let classes = splitBy(oneClass(table.rows), table.controllers, Math.max(1, table.controllerIds.length));
  for (const { codes, bases } of table.columns) classes = splitBy(classes, codes, Math.max(1, bases.length));
  const personCount =
    table.persons === undefined ? 0 : 1 + table.persons.reduce((most, each) => Math.max(most, each), 0);
  if (table.persons !== undefined) classes = splitBy(classes, table.persons, personCount);
  const { of, count } = classes;
  const weights = new Uint32Array(count);
  for (const cell of of) weights[cell] = (weights[cell] as number) + 1;
  const first = (codes: Uint32Array) => firstOf(classes, codes);
  return {
    ...{ count, weights, of, personCount, given: table.given, unread: table.given - table.rows },
    ...(table.persons === undefined ? {} : { persons: first(table.persons) }),
    controllers: first(table.controllers),
    controllerCount: Math.max(1, table.controllerIds.length),
    columns: table.columns.map((base) => {
      const codes = first(base.codes);
      return {
        base,
        cellCodes: codes,
        levels: Array.from({ length: levelsOf(base) }, (_, level) =>
          levelOf(base, level, { codes, weights }),
        ),
      };
    }),
  };
}

function firstOf({ of, count }: Classes, codes: Uint32Array): Uint32Array {
  const first = new Uint32Array(count);
  for (let row = 0; row < of.length; row += 1) first[of[row] as number] = codes[row] as number;
  return first;
}

function levelOf(
  { ladder, bases }: BaseColumn,
  level: number,
  cells: { readonly codes: Uint32Array; readonly weights: Uint32Array },
): CellLevel {
  const numbers = new Map<Label, number>();
  const ofBase = new Uint32Array(bases.length);
  for (const [code, base] of bases.entries()) {
    const label = labelAt(ladder, level, base);
    if (!numbers.has(label)) numbers.set(label, numbers.size);
    ofBase[code] = numbers.get(label) as number;
  }
  const members = new Float64Array(numbers.size);
  for (const label of ofBase) members[label] = (members[label] as number) + 1;
  const lossOfLabel = members.map((many) => (bases.length < 2 ? 0 : (many - 1) / (bases.length - 1)));
  const codes = new Uint32Array(cells.codes.length);
  let [sum, rows] = [0, 0];
  for (let cell = 0; cell < codes.length; cell += 1) {
    const label = ofBase[cells.codes[cell] as number] as number;
    codes[cell] = label;
    sum += (lossOfLabel[label] as number) * (cells.weights[cell] as number);
    rows += cells.weights[cell] as number;
  }
  return { labels: [...numbers.keys()], ofBase, codes, lossOfLabel, loss: rows === 0 ? 0 : sum / rows };
}
