/** A map, a site's schema and a ground made into what the engine works on: tables in order, rules that exist here. */
import type { Ground } from "@preau/kernel";
import type { Located } from "./condition.ts";
import { fault } from "./errors.ts";
import type { DataMap, KeepReason, MapRule, Mention, Parent, Strategy } from "./map-schema.ts";
import type { DatabaseSchema, SchemaTable } from "./read-schema.ts";
import { tableOrder } from "./table-order.ts";

/** A rule of the map with what the schema says of the column that holds the persons' keys. */
export type SiteRule = MapRule & Located;

export interface AnonymiseRule {
  readonly rule: SiteRule;
  readonly set: Readonly<Record<string, Strategy>>;
}

interface KeepRule {
  readonly rule: SiteRule;
  readonly keep: KeepReason;
}

export interface CompiledTable {
  /** The site's name of the table, prefix included. */
  readonly name: string;
  readonly schema: SchemaTable;
  readonly category: string;
  readonly purpose: string;
  /** A row is kept if a keep rule finds it, else erased if an erase rule does, else anonymised. */
  readonly keep: readonly KeepRule[];
  readonly erase: readonly SiteRule[];
  readonly anonymise: readonly AnonymiseRule[];
  /** Text columns with what the map says of mentions in them; absent when it says nothing. */
  readonly texts: readonly { readonly column: string; readonly mention: Mention | undefined }[];
  /** Columns that the map knows to be references, or to be none. */
  readonly knownReferences: ReadonlySet<string>;
  /** The person's own row is here. */
  readonly own: boolean;
}

/**
 * The tables of the map that this site has, children before parents. What the site lacks is left out; see `checkDrift`.
 * @throws DATA_MAP_MISFIT when the person table or its key is not there
 */
export function compileMap(
  map: DataMap,
  schema: DatabaseSchema,
  prefix: string,
  ground: Ground,
): readonly CompiledTable[] {
  const person = schema.get(prefix + map.subject.table);
  if (person?.columns.has(map.subject.key) !== true) {
    throw fault("DATA_MAP_MISFIT", { place: `${prefix}${map.subject.table}.${map.subject.key}` });
  }
  return tableOrder(map).tables.flatMap((name) => {
    // A plugin may have named a table without the site's prefix; its entry names it as it is.
    const table = schema.get(prefix + name) ?? schema.get(name);
    const described = map.tables[name];
    if (table === undefined || described === undefined) return [];
    const rules = described.rows
      .filter((rule) => exists(rule, table, schema, prefix))
      .map((rule): SiteRule => ({ ...rule, end: endOf(rule, table, schema, prefix) }));
    const keep: KeepRule[] = [];
    const erase: SiteRule[] = [];
    const anonymise: AnonymiseRule[] = [];
    for (const rule of rules) {
      const verdict = rule.grounds?.[ground] ?? rule.verdict;
      if (verdict === "erase") erase.push(rule);
      else if ("keep" in verdict) keep.push({ rule, keep: verdict.keep });
      else anonymise.push({ rule, set: presentColumns(verdict.anonymise, table) });
    }
    const known = [...described.notReferences, ...rules.map((rule) => rule.by)];
    const own = name === map.subject.table;
    return [
      {
        name: table.name,
        schema: table,
        category: described.category,
        purpose: described.purpose,
        keep,
        erase,
        anonymise,
        texts: textColumns(table).map((column) => ({
          column,
          mention: typeof described.texts === "object" ? described.texts[column] : described.texts,
        })),
        knownReferences: new Set(own ? [...known, map.subject.key] : known),
        own,
      },
    ];
  });
}

/** Columns in which a text about a person can stand. */
export function textColumns(table: SchemaTable): readonly string[] {
  return [...table.columns.values()]
    .filter(({ is }) => is === "text" || is === "any" || is === "binary")
    .map(({ name }) => name);
}

function exists(
  selector: MapRule | Parent,
  table: SchemaTable | undefined,
  schema: DatabaseSchema,
  prefix: string,
): boolean {
  if (table === undefined) return false;
  const columns = [selector.by, ...Object.keys(selector.where ?? {})];
  if (!columns.every((column) => table.columns.has(column))) return false;
  if (selector.of === undefined) return true;
  const parent = schema.get(prefix + selector.of.table);
  return parent?.columns.has(selector.of.column) === true && exists(selector.of, parent, schema, prefix);
}

/** The column at the end of a chain of parents: the one that holds the persons' keys. */
function endOf(
  rule: MapRule,
  table: SchemaTable,
  schema: DatabaseSchema,
  prefix: string,
): NonNullable<Located["end"]> {
  let [last, place]: [MapRule | Parent, SchemaTable] = [rule, table];
  while (last.of !== undefined) {
    place = schema.get(prefix + last.of.table) ?? place;
    last = last.of;
  }
  return { table: place.name, column: last.by, is: place.columns.get(last.by)?.is ?? "any" };
}

function presentColumns(
  set: Readonly<Record<string, Strategy>>,
  table: SchemaTable,
): Readonly<Record<string, Strategy>> {
  return Object.fromEntries(Object.entries(set).filter(([column]) => table.columns.has(column)));
}
