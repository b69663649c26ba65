/** Values of the site's own that the map asks for, such as the key of its guest account. */
import { lookupKey } from "./anonymise.ts";
import { bindable } from "./condition.ts";
import { fault } from "./errors.ts";
import type { DataMap, Scalar } from "./map-schema.ts";
import { type Runner, rowsOf } from "./query.ts";
import type { DatabaseSchema } from "./read-schema.ts";

/**
 * Reads every lookup of the map once.
 * @throws DATA_MAP_MISFIT when the site has no such value: guessing one would break the application
 */
export async function readLookups(
  runner: Runner,
  map: DataMap,
  schema: DatabaseSchema,
  prefix: string,
): Promise<ReadonlyMap<string, Scalar>> {
  const values = new Map<string, Scalar>();
  for (const [name, table] of Object.entries(map.tables)) {
    if (!schema.has(prefix + name)) continue;
    for (const rule of table.rows) {
      for (const verdict of [rule.verdict, ...Object.values(rule.grounds ?? {})]) {
        if (typeof verdict !== "object" || !("anonymise" in verdict)) continue;
        for (const strategy of Object.values(verdict.anonymise)) {
          if (typeof strategy !== "object" || strategy === null || !("lookup" in strategy)) continue;
          const { lookup } = strategy;
          const key = lookupKey(lookup);
          if (!values.has(key)) values.set(key, await read(lookup));
        }
      }
    }
  }
  return values;

  async function read(lookup: {
    table: string;
    column: string;
    where: Readonly<Record<string, Scalar | Scalar[]>>;
  }): Promise<Scalar> {
    const place = `${prefix}${lookup.table}.${lookup.column}`;
    const table = schema.get(prefix + lookup.table);
    const columns = Object.keys(lookup.where);
    if (table === undefined || ![lookup.column, ...columns].every((column) => table.columns.has(column))) {
      throw fault("DATA_MAP_MISFIT", { place });
    }
    const values = Object.values(lookup.where).flatMap((value) =>
      Array.isArray(value) ? value.slice(0, 1) : [value],
    );
    const [row] = await rowsOf(runner, {
      text: `select ?? as looked_up from ?? where ${columns.map(() => "?? = ?").join(" and ")}`,
      bindings: [
        lookup.column,
        table.name,
        ...columns.flatMap((column, index) => [column, bindable(values[index] ?? null)]),
      ],
    });
    const value = row?.["looked_up"];
    if (typeof value === "number" || typeof value === "string") return value;
    throw fault("DATA_MAP_MISFIT", { place });
  }
}
