/** What a release has lost against its source, for the reader to judge whether it still says anything. */
import type { Cells } from "./anonymise-cells.ts";
import type { Found } from "./anonymise-search.ts";

interface ColumnLoss {
  /** Its name in the release. */
  readonly column: string;
  /** 0 is the finest that the plan allows. */
  readonly level: number;
  readonly levels: number;
  /** Mean share of the other values that became one with a row's own (normalised certainty penalty): 0 nothing, 1 everything. */
  readonly loss: number;
  /** It has become one value for all. */
  readonly isOneForAll: boolean;
  /**
   * Values of the source, as wide as they are released, that no released row has: a small group left out whole. Who reads
   * figures of a minority looks here first.
   */
  readonly valuesGone: number;
  /** Rows left out because the value could not be read. */
  readonly unreadable: number;
}

export interface Loss {
  readonly given: number;
  readonly released: number;
  /** Share of the rows left out. */
  readonly suppressed: number;
  /** All of it, from 0 to 1: what the search makes small. */
  readonly total: number;
  /** Mean size of the class that a row is in (discernibility by the number of rows); a row left out counts as in one of all. */
  readonly discernibility: number;
  readonly columns: readonly ColumnLoss[];
  readonly search: Found["search"];
  readonly tried: number;
}

/** @param classSizes rows of each class of what is released */
export function lossOf(cells: Cells, { best, search, tried }: Found, classSizes: Iterable<number>): Loss {
  const { given, columns } = cells;
  const out = given - best.released;
  let squares = out * given;
  for (const size of classSizes) squares += size * size;
  return {
    ...{ given, released: best.released, total: best.loss, search, tried },
    suppressed: given === 0 ? 0 : out / given,
    discernibility: given === 0 ? 0 : squares / given,
    columns: columns.map(({ base, levels, cellCodes }, at) => {
      const level = best.levels[at] as number;
      const { lossOfLabel, ofBase } = levels[level] as (typeof levels)[number];
      let sum = 0;
      const [there, left] = [new Set<number>(), new Set<number>()];
      for (let cell = 0; cell < cells.count; cell += 1) {
        const label = ofBase[cellCodes[cell] as number] as number;
        there.add(label);
        if (best.kept[cell] === 0) continue;
        left.add(label);
        sum += (lossOfLabel[label] as number) * (cells.weights[cell] as number);
      }
      return {
        ...{ column: base.as, level, levels: levels.length, unreadable: base.unreadable },
        loss: sum / best.released,
        valuesGone: there.size - left.size,
        isOneForAll: base.role !== "sensitive" && level === levels.length - 1,
      };
    }),
  };
}
