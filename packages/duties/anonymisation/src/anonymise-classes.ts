/**
 * What a release keeps of its classes for the next ones, `preau.release-classes/1`: no row and no person, but a count for each
 * class of each school. Sealed by who keeps them: beside the next release they would be a key to it. @clause D13.2
 */

import { canonicalJson, type Json } from "@preau/kernel";
import { z } from "zod";
import type { CellColumn, Cells } from "./anonymise-cells.ts";
import type { Evaluation } from "./anonymise-evaluate.ts";
import { type Coded, groupCells, personsLeft, splitGroups } from "./anonymise-groups.ts";
import { type Label, parentsOf } from "./equivalence-classes.ts";

const label = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const keptColumn = z.strictObject({
  source: z.string(),
  /** How it is generalised: two ladders that differ in anything are not compared. */
  ladder: z.string(),
  level: z.int().min(0),
});

export const classesSchema = z.strictObject({
  format: z.literal("preau.release-classes/1"),
  plan: z.string(),
  columns: z.array(keptColumn),
  sensitive: z.array(keptColumn),
  classes: z.array(
    z.strictObject({
      controller: z.string(),
      persons: z.int().min(1),
      /** A base of each column: any of those that the class has. */
      bases: z.array(label),
      /** Of each sensitive column, a base of each value and the persons that have it. */
      values: z.array(z.array(z.tuple([label, z.int().min(1)]))),
    }),
  ),
});

export type ReleaseClasses = z.output<typeof classesSchema>;

export function ladderText({ base: { generalise, values } }: CellColumn): string {
  return canonicalJson(
    JSON.parse(JSON.stringify({ generalise: generalise ?? null, values: values ?? null })) as Json,
  );
}

/** The classes of what is released. */
export function classesOfRelease(
  plan: string,
  cells: Cells,
  controllerIds: readonly string[],
  { levels, kept }: Evaluation,
): ReleaseClasses {
  const numbered = cells.columns.map((column, at) => ({
    column,
    at,
    level: column.levels[levels[at] as number] as Coded,
  }));
  const known = numbered.filter(({ column }) => column.base.role !== "sensitive");
  const sensitive = numbered.filter(({ column }) => column.base.role === "sensitive");
  const groups = groupCells(cells, [
    { codes: cells.controllers, labels: { length: cells.controllerCount } },
    ...known.map(({ level }) => level),
  ]);
  const persons = personsLeft(groups, cells, kept);
  const anyCell = new Int32Array(groups.count).fill(-1);
  for (let cell = 0; cell < cells.count; cell += 1) {
    const group = groups.of[cell] as number;
    if (kept[cell] === 1 && anyCell[group] === -1) anyCell[group] = cell;
  }
  const valuesOf = sensitive.map(({ column, level }) => {
    const cellsOfValue = splitGroups(cells, groups, level);
    const inValue = personsLeft(cellsOfValue, cells, kept);
    const parents = parentsOf(cellsOfValue, groups);
    const bases = new Map<number, Label>();
    for (let cell = 0; cell < cells.count; cell += 1)
      if (kept[cell] === 1) bases.set(cellsOfValue.of[cell] as number, baseAt(column, cell));
    const values = Array.from({ length: groups.count }, (): [Label, number][] => []);
    for (const [group, count] of inValue.entries())
      if (count > 0) values[parents[group] as number]?.push([bases.get(group) ?? null, count]);
    return values;
  });
  const described = ({ column, at }: (typeof numbered)[number]) => ({
    source: column.base.source,
    ladder: ladderText(column),
    level: levels[at] as number,
  });
  return {
    ...{ format: "preau.release-classes/1", plan },
    columns: known.map(described),
    sensitive: sensitive.map(described),
    classes: [...persons.entries()]
      .filter(([, count]) => count > 0)
      .map(([group, count]) => {
        const cell = anyCell[group] as number;
        return {
          controller: controllerIds[cells.controllers[cell] as number] as string,
          persons: count,
          bases: known.map(({ column }) => baseAt(column, cell)),
          values: valuesOf.map((values) => values[group] ?? []),
        };
      }),
  };
}

function baseAt({ base, cellCodes }: CellColumn, cell: number): Label {
  return base.bases[cellCodes[cell] as number] ?? null;
}
