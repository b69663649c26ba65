/** Different values for many rows of one table in one statement. */
import { isOneOf, joinSql, type Sql } from "./condition.ts";
import { changedBy, type Runner } from "./query.ts";
import type { SchemaTable } from "./read-schema.ts";

export interface CellChange {
  readonly rowKey: string | number;
  readonly column: string;
  readonly value: string | number | null;
}

/** Rows changed by one statement; each changed cell is a branch of a CASE. */
const ROWS_A_STATEMENT = 250;

/** Writes the changes: one statement for up to 250 rows. */
export async function updateRows(
  runner: Runner,
  table: SchemaTable,
  changes: readonly CellChange[],
): Promise<void> {
  const { rowKey } = table;
  if (rowKey === undefined || changes.length === 0) return;
  const rows = new Map<string | number, CellChange[]>();
  for (const change of changes) rows.set(change.rowKey, [...(rows.get(change.rowKey) ?? []), change]);
  const keys = [...rows.keys()];
  for (let start = 0; start < keys.length; start += ROWS_A_STATEMENT) {
    const some = keys.slice(start, start + ROWS_A_STATEMENT);
    const columns = new Map<string, Map<string | number | null, (string | number)[]>>();
    for (const { rowKey: key, column, value } of some.flatMap((each) => rows.get(each) ?? [])) {
      const values = columns.get(column) ?? new Map<string | number | null, (string | number)[]>();
      columns.set(column, values.set(value, [...(values.get(value) ?? []), key]));
    }
    const set = [...columns].map(([column, values]) => assignment(rowKey, some.length, column, values));
    const assignments = joinSql(set, ", ");
    const own = isOneOf(rowKey, some);
    await changedBy(runner, {
      text: `update ?? set ${assignments.text} where ${own.text}`,
      bindings: [table.name, ...assignments.bindings, ...own.bindings],
    });
  }
}

function assignment(
  rowKey: string,
  rows: number,
  column: string,
  values: ReadonlyMap<string | number | null, readonly (string | number)[]>,
): Sql {
  const [only] = values;
  if (only !== undefined && values.size === 1 && only[1].length === rows)
    return { text: "?? = ?", bindings: [column, only[0]] };
  const branches = joinSql(
    [...values].map(([value, keys]) => {
      const own = isOneOf(rowKey, keys);
      return { text: ` when ${own.text} then ?`, bindings: [...own.bindings, value] };
    }),
    "",
  );
  return { text: `?? = case${branches.text} else ?? end`, bindings: [column, ...branches.bindings, column] };
}
