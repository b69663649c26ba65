/** Rows of a page of persons, joined to what the map leads to: up through parents, on through what a column names. */
import type { Dialect } from "@preau/database";
import { anyOf, bindable, isOneOf, type Sql, type SubjectKeys } from "./condition.ts";
import { fault } from "./errors.ts";
import type { LifecycleMap, MapStep } from "./lifecycle-schema.ts";
import type { DataMap, Parent, Where } from "./map-schema.ts";
import { type Runner, rowsOf } from "./query.ts";
import type { DatabaseSchema, SchemaTable } from "./read-schema.ts";

export interface AccountSite {
  readonly runner: Runner;
  readonly dialect: Dialect;
  readonly map: DataMap;
  readonly lifecycle: LifecycleMap;
  readonly schema: DatabaseSchema;
  readonly prefix: string;
}

/** @throws DATA_MAP_MISFIT when a table that is there lacks a column */
export function tableWith(schema: DatabaseSchema, table: string, columns: readonly string[]): SchemaTable {
  const found = schema.get(table);
  const lacking = columns.find((column) => found?.columns.has(column) !== true);
  if (found === undefined || lacking !== undefined)
    throw fault("DATA_MAP_MISFIT", { place: lacking === undefined ? table : `${table}.${lacking}` });
  return found;
}

/** Persons who have such a row. @throws DATA_MAP_MISFIT */
export async function personsWith(
  site: AccountSite,
  keys: SubjectKeys,
  rows: Start & { readonly through: readonly MapStep[] },
): Promise<ReadonlySet<string>> {
  // The condition is on the last table of the way.
  const { where, ...start } = rows;
  const from = fromPersons(site, keys, rows.through.length === 0 ? rows : start, rows.through);
  if (from === undefined) return new Set();
  const last = rows.through.length === 0 ? [] : valuesAt(site, from.last, where);
  const found = await rowsOf(site.runner, {
    text: `select distinct ${from.person.text} as account from ${from.sql.text}${last.map(({ text }) => ` and (${text})`).join("")}`,
    bindings: [...from.person.bindings, ...from.sql.bindings, ...last.flatMap(({ bindings }) => bindings)],
  });
  return new Set(found.map((row) => String(row["account"])));
}

interface Start {
  readonly table?: string | undefined;
  readonly by?: string | undefined;
  readonly where?: Where | undefined;
  readonly of?: Parent | undefined;
}

interface Place {
  readonly table: string;
  readonly alias: string;
}

interface FromPersons {
  /** Tables, joins and the condition on the persons. */
  readonly sql: Sql;
  /** The column that holds the person's key, as text without loss. */
  readonly person: Sql;
  readonly last: Place;
}

/** Rows of the persons, joined to what the map leads to. Undefined when the site lacks one of the tables. */
export function fromPersons(
  site: AccountSite,
  keys: SubjectKeys,
  start: Start,
  through: readonly MapStep[],
): FromPersons | undefined {
  const { map, schema, prefix, dialect } = site;
  const first: Place = { table: prefix + (start.table ?? map.subject.table), alias: "row_0" };
  if (!schema.has(first.table)) return undefined;
  let by = { place: first, column: start.by ?? map.subject.key };
  const joins: Sql[] = [{ text: "?? as ??", bindings: [first.table, first.alias] }];
  const conditions = valuesAt(site, first, start.where);
  tableWith(schema, first.table, [by.column]);
  for (let parent = start.of, depth = 1; parent !== undefined; parent = parent.of, depth += 1) {
    const place: Place = { table: prefix + parent.table, alias: `parent_${depth}` };
    if (!schema.has(place.table)) return undefined;
    tableWith(schema, place.table, [parent.column, parent.by]);
    joins.push(joined(place, parent.column, by.place, by.column));
    conditions.push(...valuesAt(site, place, parent.where));
    by = { place, column: parent.by };
  }
  let last = first;
  for (const [index, { table, from, to }] of through.entries()) {
    const place: Place = { table: prefix + table, alias: `row_${index + 1}` };
    if (!schema.has(place.table)) return undefined;
    tableWith(schema, last.table, [from]);
    tableWith(schema, place.table, [to]);
    joins.push(joined(place, to, last, from));
    last = place;
  }
  const is = schema.get(by.place.table)?.columns.get(by.column)?.is;
  const whole = dialect === "sqlite" && is === "number";
  const column: Sql = { text: "??.??", bindings: [by.place.alias, by.column] };
  const ofPersons = isOneOf("", keys, is);
  // `isOneOf` names a column of one table; here it stands behind an alias.
  const list =
    ofPersons.text === "1 = 0"
      ? ofPersons
      : {
          text: ofPersons.text.replace("??", "??.??"),
          bindings: [by.place.alias, by.column, ...ofPersons.bindings.slice(1)],
        };
  const where = [list, ...conditions].map(({ text }) => `(${text})`).join(" and ");
  return {
    last,
    person: whole ? { text: "cast(??.?? as text)", bindings: column.bindings } : column,
    sql: {
      text: `${joins.map(({ text }) => text).join("")} where ${where}`,
      bindings: [
        ...joins.flatMap(({ bindings }) => bindings),
        ...list.bindings,
        ...conditions.flatMap(({ bindings }) => bindings),
      ],
    },
  };
}

function joined(to: Place, column: string, from: Place, on: string): Sql {
  return {
    text: " join ?? as ?? on ??.?? = ??.??",
    bindings: [to.table, to.alias, to.alias, column, from.alias, on],
  };
}

/** @throws DATA_MAP_MISFIT */
function valuesAt({ schema }: AccountSite, { table, alias }: Place, where: Where | undefined): Sql[] {
  tableWith(schema, table, Object.keys(where ?? {}));
  return Object.entries(where ?? {}).map(([column, value]) => {
    const values = Array.isArray(value) ? value : [value];
    return anyOf(
      values.map(
        (each): Sql =>
          each === null
            ? { text: "??.?? is null", bindings: [alias, column] }
            : { text: "??.?? = ?", bindings: [alias, column, bindable(each)] },
      ),
    );
  });
}
