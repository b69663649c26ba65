/**
 * What the map does not know is searched before anything is written: tables that it does not name, columns of its
 * tables that it does not name, and texts for which it has no word.
 *
 * A column counts as a reference to a person by its name, and holds a person when one of its values is the key of one.
 * A number that is equal by chance in a column of another name is no reference: it stops nothing.
 */
import type { CompiledTable } from "./compile-map.ts";
import { isOneOf, type Sql, type SubjectKeys, unions } from "./condition.ts";
import type { DataMap } from "./map-schema.ts";
import { type Runner, rowsOf } from "./query.ts";
import type { DatabaseSchema, SchemaColumn } from "./read-schema.ts";
import type { RunScope } from "./run-scope.ts";

export interface UnknownHolding {
  readonly table: string;
  /** Columns whose values are keys of planned persons. */
  readonly references: readonly string[];
  /** Columns whose texts name planned persons. */
  readonly texts: readonly string[];
  /** The map names the table, but not these columns. */
  readonly mapped: boolean;
}

const COLUMNS_A_STATEMENT = 60;

/** Words for persons, as database designers write them; then `id`, or nothing more. */
const PERSON =
  "(?:user|usr|person|member|account|student|pupil|learner|teacher|author|owner|creator|grader|reviewer|recipient|sender|guardian|parent_user|eleve|enseignant|utilisateur)";
const BY_NAME = new RegExp(
  `^(?:.*_)?${PERSON}_?(?:id|no|num|ref|fk|key)?(?:_?(?:from|to|by))?$|userid|user_id$|^user(?:modified|created)$|^(?:created|modified|updated|edited|graded|overrid(?:e|den)|assigned|approved|deleted)_?by(?:_?id)?$`,
  "i",
);

/** Whether a column refers to a person by its name: the common names, this map's own, and its `referenceNames`. */
export function referenceNames(map: DataMap): (column: string) => boolean {
  const own = new Set<string>();
  for (const table of Object.values(map.tables)) {
    for (const rule of table.rows)
      if (rule.of === undefined && rule.where === undefined) own.add(rule.by.toLowerCase());
  }
  own.delete(map.subject.key.toLowerCase());
  const patterns = map.referenceNames.map((glob) => new RegExp(`^${glob.replaceAll("*", ".*")}$`, "i"));
  return (column) =>
    own.has(column.toLowerCase()) || BY_NAME.test(column) || patterns.some((pattern) => pattern.test(column));
}

export interface UnknownSearch {
  readonly map: DataMap;
  readonly schema: DatabaseSchema;
  readonly tables: readonly CompiledTable[];
  readonly scope: Pick<RunScope, "keys">;
  /** Tables that hold rows. */
  readonly occupied: ReadonlySet<string>;
}

/** Unknown tables and columns that hold a planned person by reference; one statement for many columns. */
export async function unknownReferences(
  runner: Runner,
  search: UnknownSearch,
): Promise<readonly UnknownHolding[]> {
  const { map, schema, tables, scope, occupied } = search;
  const known = new Map(tables.map((table) => [table.name, table]));
  const looksLikeOne = referenceNames(map);
  const suspects = [...schema.values()].flatMap((table) =>
    !occupied.has(table.name)
      ? []
      : [...table.columns.values()]
          .filter(
            (column) =>
              looksLikeOne(column.name) && known.get(table.name)?.knownReferences.has(column.name) !== true,
          )
          .map((column) => ({ table: table.name, column })),
  );
  const held = new Map<string, string[]>();
  const parts = suspects.map(({ table, column }, place) => existsIn(table, column, scope.keys, place));
  for (const statement of unions(parts, COLUMNS_A_STATEMENT)) {
    for (const row of await rowsOf(runner, statement)) {
      const suspect = suspects[Number(row["place"])];
      if (suspect === undefined || Number(row["held"]) === 0) continue;
      held.set(suspect.table, [...(held.get(suspect.table) ?? []), suspect.column.name]);
    }
  }
  return [...held].map(([table, references]) => ({ table, references, texts: [], mapped: known.has(table) }));
}

function existsIn(table: string, column: SchemaColumn, keys: SubjectKeys, place: number): Sql {
  const condition = isOneOf(column.name, keys, column.is);
  return {
    text: `select ${place} as place, exists(select 1 from ?? where ${condition.text}) as held`,
    bindings: [table, ...condition.bindings],
  };
}

/** The lines to add to the map for a table or for columns that it does not know. */
export function mapEntry({ table, references, texts, mapped }: UnknownHolding, prefix: string): string {
  const name = table.startsWith(prefix) ? table.slice(prefix.length) : table;
  const rows = references.map((column) => `      - { by: ${column}, verdict: erase }`);
  const lines = [
    ...(mapped ? [`  ${name}: # beside what is there`] : [`  ${name}:`, "    category: …", "    purpose: …"]),
    ...(rows.length === 0 ? [] : ["    rows:", ...rows]),
    ...(texts.length === 0 ? [] : ["    texts:", ...texts.map((column) => `      ${column}: redact`)]),
  ];
  return lines.join("\n");
}
