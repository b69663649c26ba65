/**
 * The three questions of the working party of the supervisory authorities (WP 216, opinion 05/2014): can somebody be singled out,
 * can records be linked, can something be inferred? Answered with figures measured on the rows that would leave, not on
 * what the search believes. One that does not hold, and the rows are pseudonymised at most. @clause D13.1, D13.2
 */

import { combinations } from "./anonymise-evaluate.ts";
import { type CodeTable, classesOf, personsIn } from "./equivalence-classes.ts";
import { kOf } from "./k-anonymity.ts";
import { lOf } from "./l-diversity.ts";
import type { Thresholds } from "./release-plan.ts";

type Question = "singlingOut" | "linkability" | "inference";

type FigureName =
  | "k"
  | "highestRisk"
  | "aloneInKnown"
  | "aloneInPairs"
  | "aloneInTriples"
  | "fewestOfAValue"
  | "leftOut"
  | "stableKeys"
  | "earlierReleases"
  | "fewestInADifference"
  | "l"
  | "entropyL"
  | "t"
  | "homogeneousClasses"
  | "surestGuess"
  | "personsToldApart"
  | "findings";

export interface Figure {
  readonly name: FigureName;
  /** The sensitive column of it, by its name in the release. */
  readonly column?: string;
  /** Null where there is nothing to measure. */
  readonly value: number | null;
  /** Absent for a figure that is told and not judged. */
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly holds: boolean;
}

export interface Answer {
  readonly question: Question;
  /** True when it cannot be done: all figures hold. */
  readonly holds: boolean;
  readonly figures: readonly Figure[];
}

/** Rows that would leave, by their names in the release. */
export interface Leaving {
  readonly table: CodeTable;
  /** What others may know, with the controller's column. */
  readonly known: readonly string[];
  readonly sensitive: readonly string[];
  /** Every column that comes out. */
  readonly released: readonly string[];
  /** Persons of rows that are left out. */
  readonly leftOut: number;
  readonly earlierReleases: number;
  readonly fewestInADifference: number | undefined;
  /** Whether it is known whose the rows are. */
  readonly personsToldApart: boolean;
  /** Columns that cannot leave whatever the figures. */
  readonly findings: number;
}

/** @clause D13.1, D13.2 */
export function answerQuestions(leaving: Leaving, thresholds: Thresholds): readonly Answer[] {
  return [
    answer("singlingOut", singlingOut(leaving, thresholds)),
    answer("linkability", linkability(leaving, thresholds)),
    answer(
      "inference",
      leaving.sensitive.flatMap((column) => inference(leaving, column, thresholds)),
    ),
  ];
}

function singlingOut(leaving: Leaving, { k: least, occurrences }: Thresholds): readonly Figure[] {
  const { table, known, released, sensitive, leftOut } = leaving;
  const { k, alone } = kOf(table, known);
  return [
    figure("personsToldApart", leaving.personsToldApart ? 1 : 0, { atLeast: 1 }),
    figure("findings", leaving.findings, { atMost: 0 }),
    figure("k", k, { atLeast: least }),
    figure("highestRisk", k === 0 ? 1 : 1 / k, { atMost: 1 / least }),
    figure("aloneInKnown", alone, { atMost: 0 }),
    figure("aloneInPairs", aloneIn(table, released, 2), { atMost: 0 }),
    figure("aloneInTriples", aloneIn(table, released, 3), { atMost: 0 }),
    ...sensitive.map((column) =>
      figure("fewestOfAValue", kOf(table, [column]).k, { atLeast: occurrences, column }),
    ),
    // Nobody left out, or enough of them.
    { ...figure("leftOut", leftOut, { atLeast: least }), holds: leftOut === 0 || leftOut >= least },
  ];
}

function linkability(leaving: Leaving, { k, occurrences }: Thresholds): readonly Figure[] {
  const { fewestInADifference: fewest, earlierReleases, table, released } = leaving;
  // A number, a hash or a rare value by which the same few persons would be found again in another set.
  const keys = released.filter((column) => kOf(table, [column]).k < occurrences);
  return [
    figure("stableKeys", keys.length, { atMost: 0 }),
    figure("earlierReleases", earlierReleases, {}),
    fewest === undefined
      ? { name: "fewestInADifference", value: null, atLeast: k, holds: true }
      : figure("fewestInADifference", fewest, { atLeast: k }),
  ];
}

function inference(
  { table, known }: Leaving,
  column: string,
  { l, entropy, t }: Thresholds,
): readonly Figure[] {
  const found = lOf(table, known, column);
  return [
    figure("l", found.distinct, { atLeast: l, column }),
    figure("entropyL", found.entropy, { atLeast: entropy, column }),
    figure("t", found.t, { atMost: t, column }),
    figure("homogeneousClasses", found.homogeneous, { atMost: 0, column }),
    figure("surestGuess", found.surest, { column }),
  ];
}

/** Share of the rows in which somebody is alone with some choice of so many columns. */
function aloneIn(table: CodeTable, released: readonly string[], size: number): number {
  const isAlone = new Uint8Array(table.rows);
  for (const names of combinations(released, size)) {
    const classes = classesOf(table, names);
    const persons = personsIn(classes, table.persons);
    if (!persons.includes(1)) continue;
    for (let row = 0; row < table.rows; row += 1)
      if (persons[classes.of[row] as number] === 1) isAlone[row] = 1;
  }
  const alone = isAlone.reduce((sum, each) => sum + each, 0);
  return table.rows === 0 ? 0 : alone / table.rows;
}

interface Bounds {
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly column?: string;
}

function figure(name: FigureName, value: number, bounds: Bounds): Figure {
  const { atLeast, atMost } = bounds;
  const slack = 1e-9;
  const holds =
    (atLeast === undefined || value >= atLeast - slack) && (atMost === undefined || value <= atMost + slack);
  return { name, value, ...bounds, holds };
}

function answer(question: Question, figures: readonly Figure[]): Answer {
  return { question, holds: figures.every(({ holds }) => holds), figures };
}
