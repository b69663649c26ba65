/** How a map and a live database differ. */
import type { DataMap, Parent } from "./map-schema.ts";
import type { DatabaseSchema, SchemaTable } from "./read-schema.ts";

export interface Drift {
  /** Tables of the map that this site does not have: skipped. */
  readonly missingTables: readonly string[];
  /** `table.column` of the map that this site does not have: skipped. */
  readonly missingColumns: readonly string[];
  /** Tables of the site, under its prefix or not, that the map does not name: searched like any other. */
  readonly unknownTables: readonly string[];
}

/** Compares a map with a schema, under a table prefix. Names in the answer are the site's own. */
export function checkDrift(map: DataMap, schema: DatabaseSchema, tablePrefix = map.tablePrefix): Drift {
  const missingTables = new Set<string>();
  const missingColumns = new Set<string>();
  const need = (name: string, columns: readonly string[]) => {
    const table = schema.get(tablePrefix + name) ?? schema.get(name);
    if (table === undefined) missingTables.add(tablePrefix + name);
    else for (const each of columns) if (!has(table, each)) missingColumns.add(`${table.name}.${each}`);
  };
  const needParents = (parent: Parent | undefined) => {
    if (parent === undefined) return;
    need(parent.table, [parent.column, parent.by, ...Object.keys(parent.where ?? {})]);
    needParents(parent.of);
  };
  need(map.subject.table, [map.subject.key]);
  for (const each of map.subject.identity) {
    if ("table" in each) need(each.table, [each.by, each.column]);
    else need(map.subject.table, "columns" in each ? each.columns : [each.column]);
  }
  for (const [name, table] of Object.entries(map.tables)) {
    need(name, [
      ...(typeof table.texts === "object" ? Object.keys(table.texts) : []),
      ...table.notReferences,
    ]);
    for (const rule of table.rows) {
      need(name, [rule.by, ...Object.keys(rule.where ?? {})]);
      needParents(rule.of);
      for (const verdict of [rule.verdict, ...Object.values(rule.grounds ?? {})]) {
        if (typeof verdict === "object" && "anonymise" in verdict) need(name, Object.keys(verdict.anonymise));
      }
    }
  }
  const known = new Set(Object.keys(map.tables).flatMap((name) => [tablePrefix + name, name]));
  return {
    missingTables: [...missingTables],
    missingColumns: [...missingColumns],
    unknownTables: [...schema.keys()].filter((name) => !known.has(name)),
  };
}

function has(table: SchemaTable, column: string): boolean {
  return table.columns.has(column);
}
