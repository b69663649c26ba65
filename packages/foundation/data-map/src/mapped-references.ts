/** What a map tells the second look: where it says references stand, and where it says there are none. Data, no code. */

import type { ReferenceColumn } from "./look-again.ts";
import type { DataMap } from "./map-schema.ts";

/** Direct references of the map, under a table prefix; rows reached through a parent have none of their own. */
export function mappedReferences(
  map: DataMap,
  tablePrefix = map.tablePrefix,
): { readonly references: readonly ReferenceColumn[]; readonly notReferences: readonly string[] } {
  const references: ReferenceColumn[] = [];
  const notReferences: string[] = [];
  for (const [name, table] of Object.entries(map.tables)) {
    const full = tablePrefix + name;
    notReferences.push(...table.notReferences.map((column) => `${full}.${column}`));
    for (const { by, of, where } of table.rows) {
      if (of !== undefined || (name === map.subject.table && by === map.subject.key)) continue;
      for (const when of conditionsOf(where))
        references.push({ table: full, column: by, ...(when === undefined ? {} : { when }) });
    }
  }
  return { references, notReferences };
}

type Condition = Readonly<Record<string, string | number | null>>;

/** `where` with lists, as conditions without: one for each combination. */
function conditionsOf(
  where: DataMap["tables"][string]["rows"][number]["where"],
): readonly (Condition | undefined)[] {
  if (where === undefined) return [undefined];
  let conditions: Condition[] = [{}];
  for (const [column, value] of Object.entries(where)) {
    const values = (Array.isArray(value) ? value : [value]).map((each) =>
      typeof each === "boolean" ? Number(each) : each,
    );
    conditions = conditions.flatMap((condition) => values.map((each) => ({ ...condition, [column]: each })));
  }
  return conditions;
}
