/**
 * A large plan names thousands of persons in every condition, and most columns hold but a few of them: those that stand
 * in a column now take their place. So the cost of planning grows with the rows there are, not with persons by tables.
 */
import type { Dialect } from "@preau/database";
import type { CompiledTable } from "./compile-map.ts";
import { type Sql, type SubjectKeys, unions } from "./condition.ts";
import { exactly, type Runner, rowsOf } from "./query.ts";

/** Fewer persons are named as they are. */
const FEW = 200;
/** A column with more values than this is compared with all persons. */
const MOST_VALUES = 5_000;
const COLUMNS_A_STATEMENT = 40;

/** The planned persons that stand in each column of whole numbers, by `table.column`; undefined for a small plan. */
export async function narrowKeys(
  runner: Runner,
  tables: readonly CompiledTable[],
  { keys, dialect }: { readonly keys: SubjectKeys; readonly dialect: Dialect },
): Promise<ReadonlyMap<string, SubjectKeys> | undefined> {
  if (keys.length <= FEW) return undefined;
  const ends = new Map<string, { readonly table: string; readonly column: string }>();
  for (const { keep, erase, anonymise } of tables) {
    for (const { end } of [...keep.map(({ rule }) => rule), ...erase, ...anonymise.map(({ rule }) => rule)])
      if (end?.is === "number") ends.set(`${end.table}.${end.column}`, end);
  }
  const places = [...ends];
  const parts = places.map(([, { table, column }], place): Sql => {
    const read = exactly(column, "number", dialect);
    return {
      text: `select ${place} as place, person from (select distinct ${read.text} as person from ?? limit ${MOST_VALUES + 1}) as column_${place}`,
      bindings: [...read.bindings, table],
    };
  });
  const planned = new Map(keys.map((key) => [String(key), key]));
  const narrowed = new Map<string, SubjectKeys>();
  let first = 0;
  for (const statement of unions(parts, COLUMNS_A_STATEMENT)) {
    const values = new Map<number, string[]>();
    for (const row of await rowsOf(runner, statement)) {
      const place = Number(row["place"]);
      const list = values.get(place) ?? [];
      list.push(String(row["person"]));
      values.set(place, list);
    }
    for (let place = first; place < first + statement.parts; place += 1) {
      const found = values.get(place) ?? [];
      const name = places[place]?.[0];
      if (name === undefined || found.length > MOST_VALUES) continue;
      narrowed.set(
        name,
        found.flatMap((value) => planned.get(value) ?? []),
      );
    }
    first += statement.parts;
  }
  return narrowed;
}
