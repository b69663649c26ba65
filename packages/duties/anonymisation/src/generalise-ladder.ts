/** The levels of one column, from the finest to the coarsest. */
import type { Label } from "./equivalence-classes.ts";

/** A value as it may stand in a row; null is a value of its own: there is none. */
export type Raw = string | number | boolean | null;

/** A value that cannot be read as what the plan says it is: the row is left out. */
export const UNREADABLE = Symbol("unreadable");

export interface Ladder {
  /** Levels, without the last one that is the same for all. */
  readonly height: number;
  base(value: Raw): Label | typeof UNREADABLE;
  /** What a base is called at a level; different bases of one name are alike from there on. */
  at(level: number, base: Label): Label;
}
