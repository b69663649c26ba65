/** Which tables hold rows at all: most tables of most sites are empty, and need no further statement. */
import { type Sql, unions } from "./condition.ts";
import { type Runner, rowsOf } from "./query.ts";
import type { DatabaseSchema } from "./read-schema.ts";

const TABLES_A_STATEMENT = 120;

export async function occupiedTables(runner: Runner, schema: DatabaseSchema): Promise<ReadonlySet<string>> {
  const names = [...schema.keys()];
  const parts = names.map(
    (name, place): Sql => ({
      text: `select ${place} as place, exists(select 1 from ??) as occupied`,
      bindings: [name],
    }),
  );
  const occupied = new Set<string>();
  for (const statement of unions(parts, TABLES_A_STATEMENT)) {
    for (const row of await rowsOf(runner, statement)) {
      const name = names[Number(row["place"])];
      if (name !== undefined && Number(row["occupied"]) === 1) occupied.add(name);
    }
  }
  return occupied;
}
