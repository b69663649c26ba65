/**
 * From rows to rows that identify nobody, or to the reasons why they still would. Pure: no clock, no file, and of chance only
 * what is given. @clause D13.1, D13.2
 */
import { type CellLevel, type Cells, cellsOf } from "./anonymise-cells.ts";
import { classesOfRelease, type ReleaseClasses } from "./anonymise-classes.ts";
import { differencingOf } from "./anonymise-differencing.ts";
import { type Evaluation, evaluateNothing, type Judge } from "./anonymise-evaluate.ts";
import { personsOut } from "./anonymise-groups.ts";
import { type BaseTable, type ReleaseRows, readTable } from "./anonymise-read.ts";
import { type Reason, reasonsOf } from "./anonymise-reasons.ts";
import { leastLoss } from "./anonymise-search.ts";
import { type CodeColumn, type CodeTable, classesOf } from "./equivalence-classes.ts";
import { type Loss, lossOf } from "./loss.ts";
import { columnsOf, type ReleasePlan } from "./release-plan.ts";
import { type Answer, answerQuestions } from "./three-questions.ts";

export interface AnonymiseContext {
  /** A whole number from 0 to below `below`, each as likely: the order of the rows is drawn with it. */
  readonly randomBelow: (below: number) => number;
  /** Classes of the releases that overlap with this one, the oldest first. */
  readonly earlier?: readonly ReleaseClasses[];
  /** Key of a row by which rows of one person are known again, where the plan names no column for it. */
  readonly person?: string;
}

interface Both {
  readonly rowsIn: number;
  /** Rows that each controller gave. */
  readonly rowsOf: ReadonlyMap<string, number>;
  /** Columns that came and are not in the plan. */
  readonly leftOutColumns: readonly string[];
  readonly answers: readonly Answer[];
}
export type Anonymised = Both & {
  readonly kind: "anonymised";
  /** In the order in which they come out. */
  readonly table: CodeTable;
  readonly columns: readonly string[];
  readonly classes: ReleaseClasses;
  readonly loss: Loss;
};
export type NotAnonymised = Both & { readonly kind: "pseudonymised"; readonly reasons: readonly Reason[] };

/** Name of the controller's column: no column of a plan is called so. */
const CONTROLLER = "\u0000controller";

export async function anonymise(
  plan: ReleasePlan,
  parts: Iterable<ReleaseRows>,
  context: AnonymiseContext,
): Promise<Anonymised | NotAnonymised> {
  const person = context.person ?? plan.data.person;
  const table = await readTable(plan, parts, person);
  const cells = cellsOf(table);
  const { thresholds } = plan;
  const differencing = differencingOf(cells, table.controllerIds, context.earlier ?? [], thresholds.k);
  const judge: Judge = { cells, thresholds, differencing };
  const personsToldApart = person !== undefined || isOnePerPerson(plan);
  const canLeave = personsToldApart && table.findings.length === 0 && table.rows > 0;
  const found = canLeave ? leastLoss(judge) : undefined;
  const evaluation = found?.best ?? evaluateNothing({ cells });
  const leaving = leavingOf(table, cells, evaluation);
  const known = columnsOf(plan)
    .filter(({ role }) => role !== "sensitive")
    .map(({ as }) => as);
  const sensitive = columnsOf(plan)
    .filter(({ role }) => role === "sensitive")
    .map(({ as }) => as);
  const answers = answerQuestions(
    {
      ...{ table: leaving, known: [CONTROLLER, ...known], sensitive, personsToldApart },
      released: columnsOf(plan).map(({ as }) => as),
      leftOut: personsOut(cells, evaluation.kept),
      earlierReleases: differencing.releases,
      fewestInADifference: differencing.fewest(evaluation.levels, evaluation.kept),
      findings: table.findings.length,
    },
    thresholds,
  );
  const both: Both = {
    ...{ rowsIn: table.given, rowsOf: table.givenOf, answers },
    leftOutColumns: table.others,
  };
  if (found === undefined || answers.some(({ holds }) => !holds))
    return { kind: "pseudonymised", ...both, reasons: reasonsOf({ judge, table, personsToldApart, found }) };
  const columns = columnsOf(plan).map(({ as }) => as);
  const sizes = sizesOf(leaving, [CONTROLLER, ...known]);
  return {
    ...{ kind: "anonymised", ...both, columns },
    table: shuffled(leaving, columns, context.randomBelow),
    classes: classesOfRelease(plan.id, cells, table.controllerIds, found.best),
    loss: lossOf(cells, found, sizes),
  };
}

/** A table of persons, or a file of which it is said. */
function isOnePerPerson({ data }: ReleasePlan): boolean {
  return data.rows === "onePerPerson" || (data.table !== undefined && data.by === undefined);
}

/** The rows that are kept, at their levels, by their names in the release. */
function leavingOf(table: BaseTable, cells: Cells, { levels, kept }: Evaluation): CodeTable {
  const rows: number[] = [];
  for (let row = 0; row < table.rows; row += 1) if (kept[cells.of[row] as number] === 1) rows.push(row);
  const pick = (codes: (row: number) => number) => Uint32Array.from(rows, codes);
  const columns = new Map<string, CodeColumn>([
    [CONTROLLER, { codes: pick((row) => table.controllers[row] as number), labels: table.controllerIds }],
  ]);
  for (const [at, { base, levels: all }] of cells.columns.entries()) {
    const { ofBase, labels } = all[levels[at] as number] as CellLevel;
    columns.set(base.as, { codes: pick((row) => ofBase[base.codes[row] as number] as number), labels });
  }
  const { persons } = table;
  return {
    ...{ rows: rows.length, columns },
    ...(persons === undefined ? {} : { persons: pick((row) => persons[row] as number) }),
  };
}

function sizesOf(table: CodeTable, known: readonly string[]): Uint32Array {
  const { of, count } = classesOf(table, known);
  const sizes = new Uint32Array(count);
  for (const id of of) sizes[id] = (sizes[id] as number) + 1;
  return sizes;
}

/** In an order that has nothing of the source's; what only served to count is gone. */
function shuffled(
  { rows, columns }: CodeTable,
  names: readonly string[],
  randomBelow: (below: number) => number,
): CodeTable {
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  for (let at = rows - 1; at > 0; at -= 1) {
    const other = randomBelow(at + 1);
    // A row drawn from nowhere would be another's twice.
    if (!Number.isInteger(other) || other < 0 || other > at)
      throw new RangeError("randomBelow is out of bounds");
    [order[at], order[other]] = [order[other] as number, order[at] as number];
  }
  return {
    rows,
    columns: new Map(
      names.map((name) => {
        const { codes, labels } = columns.get(name) as CodeColumn;
        return [name, { codes: Uint32Array.from(order, (row) => codes[row] as number), labels }];
      }),
    ),
  };
}
