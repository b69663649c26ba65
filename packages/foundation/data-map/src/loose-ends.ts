/**
 * What of a live schema the map has no word for, person or no person: columns that refer to somebody by their name, and
 * texts. A plan stops at them only when they hold one of its persons; whoever keeps the map wants to know before.
 */
import { compileMap } from "./compile-map.ts";
import type { DataMap } from "./map-schema.ts";
import type { DatabaseSchema } from "./read-schema.ts";
import { mapEntry, referenceNames } from "./search-unknown.ts";

export interface LooseEnd {
  /** The site's own name of the table. */
  readonly table: string;
  /** The map names the table, but not these columns. */
  readonly mapped: boolean;
  /** Columns that refer to a person by their name. */
  readonly references: readonly string[];
  /** Text columns for which the map has no word. */
  readonly texts: readonly string[];
  /** The lines to add under `tables:`. */
  readonly entry: string;
}

export function looseEnds(
  map: DataMap,
  schema: DatabaseSchema,
  tablePrefix = map.tablePrefix,
): readonly LooseEnd[] {
  const isReference = referenceNames(map);
  const known = new Map(
    compileMap(map, schema, tablePrefix, "account-deleted").map((table) => [table.name, table]),
  );
  return [...schema.values()].flatMap((table): readonly LooseEnd[] => {
    const mapped = known.has(table.name);
    const own =
      (table.name.startsWith(tablePrefix) ? map.tables[table.name.slice(tablePrefix.length)] : undefined) ??
      map.tables[table.name];
    const references: string[] = [];
    const texts: string[] = [];
    for (const column of table.columns.values()) {
      const looksLikeOne = isReference(column.name) && column.is !== "time";
      if (looksLikeOne && known.get(table.name)?.knownReferences.has(column.name) !== true)
        references.push(column.name);
      // A table without a word for texts has none to answer for where every row that may name a person goes with it.
      else if (
        column.is === "text" &&
        (!mapped || (typeof own?.texts === "object" && !(column.name in own.texts)))
      )
        texts.push(column.name);
    }
    if (references.length + texts.length === 0) return [];
    return [
      {
        table: table.name,
        mapped,
        references,
        texts,
        entry: mapEntry({ table: table.name, references, texts, mapped }, tablePrefix),
      },
    ];
  });
}
