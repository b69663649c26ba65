/**
 * What becomes of a column: a value is brought to a base (the finest that may come out), and a ladder of levels widens the
 * base. Each level is a coarsening of the one before. The last level of a column that others may know is one value for all.
 */
import type { Label } from "./equivalence-classes.ts";
import { dateLadder } from "./generalise-date.ts";
import { groupLadder, listLadder, plainLadder } from "./generalise-groups.ts";
import type { Ladder } from "./generalise-ladder.ts";
import { bandLadder, roundLadder } from "./generalise-number.ts";
import { placeLadder } from "./generalise-place.ts";
import { columnsOf, type NamedColumn, type ReleasePlan } from "./release-plan.ts";

/** What stands where a column has been widened to one value for all. */
const ANYTHING = "*";

export function ladderOf({ generalise, values }: NamedColumn): Ladder {
  switch (generalise?.kind) {
    case undefined:
      return values === undefined ? plainLadder : listLadder(values);
    case "bands":
      return bandLadder(generalise);
    case "roundDown":
      return roundLadder(generalise.to);
    case "date":
      return dateLadder(generalise);
    case "postcode":
      return placeLadder(generalise.levels);
    case "groups":
      return groupLadder(generalise);
  }
}

/** Levels of a column, with the last one: what is sensitive has none, for it would say nothing. */
export function levelsOf(column: NamedColumn): number {
  return ladderOf(column).height + (column.role === "sensitive" ? 0 : 1);
}

/** Combinations of levels. */
export function nodesOf(plan: ReleasePlan): number {
  return columnsOf(plan).reduce((nodes, column) => nodes * levelsOf(column), 1);
}

export function labelAt(ladder: Ladder, level: number, base: Label): Label {
  if (level >= ladder.height) return ANYTHING;
  return base === null ? null : ladder.at(level, base);
}
