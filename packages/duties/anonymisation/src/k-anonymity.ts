import { type Classes, type CodeTable, classesOf, personsIn } from "./equivalence-classes.ts";

export interface KFigure {
  /** Persons in the smallest class; 0 for a table without rows. */
  readonly k: number;
  readonly classes: number;
  readonly rows: number;
  /** Share of classes in which somebody stands alone. */
  readonly alone: number;
}

/** The k of a table: how many persons are alike, at least, in what others may know of them. @clause D13.2 */
export function kOf(table: CodeTable, quasi: readonly string[]): KFigure {
  return kOfClasses(table, classesOf(table, quasi));
}

function kOfClasses({ rows, persons }: CodeTable, classes: Classes): KFigure {
  if (rows === 0) return { k: 0, classes: 0, rows: 0, alone: 0 };
  const counts = personsIn(classes, persons);
  let k = Number.POSITIVE_INFINITY;
  let alone = 0;
  for (const count of counts) {
    if (count < k) k = count;
    if (count === 1) alone += 1;
  }
  return { k, classes: classes.count, rows, alone: alone / classes.count };
}
