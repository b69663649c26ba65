/**
 * Rows of one table for a release, each with columns of the person whom it is about. No key and no reference to a person
 * comes along, no secret, and no row of whoever is restricted (art. 18), deleted, or nobody.
 * @clause D13.1
 */
import type { Database } from "@preau/database";
import {
  type ControllerId,
  faultsOf,
  type JsonObject,
  errors as kernelErrors,
  type RowsRequest,
} from "@preau/kernel";
import { allOf, bindable, joinSql, notTrue, type Sql, whereParts } from "./condition.ts";
import { jsonCell } from "./json-cell.ts";
import type { DataMap, MapRule, Parent } from "./map-schema.ts";
import { givenColumns, type ProjectSite, siteTable } from "./project-rows.ts";
import { pagesOf } from "./query.ts";
import { readSchema, type SchemaTable } from "./read-schema.ts";
import { referenceNames } from "./search-unknown.ts";

const kernelFault = faultsOf(kernelErrors);
const PAGE_ROWS = 500;
const MOST_ROWS = 5_000;

export interface ReleaseRowsOptions {
  readonly database: Pick<Database, "knex" | "dialect">;
  readonly map: DataMap;
  readonly controller: ControllerId;
  readonly prefix: string;
}

/** Another controller is given nothing. @throws SOURCE_NO_TABLE for what map or schema lacks, a key or a reference */
export async function* releaseRows(
  { database, map, controller, prefix }: ReleaseRowsOptions,
  { controller: of, table: name, columns, by, person = [], token, signal }: RowsRequest,
): AsyncGenerator<JsonObject> {
  signal?.throwIfAborted();
  if (of !== controller) return;
  const site: ProjectSite = { map, prefix, schema: await readSchema(database) };
  const table = givenTable(site, name, columns);
  const persons = givenTable(site, map.subject.table, person);
  const rule = by === undefined ? ownRule(site, name) : map.tables[name]?.rows.find((each) => each.by === by);
  if (rule === undefined) throw noTable(`${name}.${by ?? map.subject.key}`);
  const who = personOf(site, { rule, table, persons });
  const more = person.map((column, index): Sql => {
    const value = who(column);
    return { text: `${value.text} as ??`, bindings: [...value.bindings, `person_${index}`] };
  });
  if (token !== undefined) {
    const key = who(map.subject.key);
    more.push({ text: `${key.text} as ??`, bindings: [...key.bindings, "person_key"] });
  }
  const tokens = new Map<string, number>();
  /** A number in the order of appearance: it says nothing of the key. */
  const tokenOf = (key: unknown): number => {
    const known = tokens.get(String(key));
    if (known !== undefined) return known;
    tokens.set(String(key), tokens.size);
    return tokens.size - 1;
  };
  const pages = pagesOf(database.knex, table, {
    columns,
    dialect: database.dialect,
    where: who(undefined),
    size: PAGE_ROWS,
    most: MOST_ROWS,
    ...(more.length === 0 ? {} : { more: joinSql(more, ", ") }),
  });
  for await (const page of pages) {
    signal?.throwIfAborted();
    for (const cells of page)
      yield Object.fromEntries([
        ...columns.map((column) => [column, jsonCell(cells[column])] as const),
        ...person.map((column, index) => [`person.${column}`, jsonCell(cells[`person_${index}`])] as const),
        ...(token === undefined ? [] : [[token, tokenOf(cells["person_key"])] as const]),
      ]);
  }
}

/** A table that map and site have, with columns that may leave it. */
function givenTable(site: ProjectSite, name: string, columns: readonly string[]): SchemaTable {
  const { map } = site;
  const described = Object.hasOwn(map.tables, name) ? map.tables[name] : undefined;
  const table = siteTable(site, name);
  if (described === undefined || table === undefined || map.projects?.leaveOut.tables.includes(name) === true)
    throw noTable(name);
  const given = new Set(givenColumns(table, name, map.projects));
  const none = new Set(described.notReferences);
  const byRule = new Set(described.rows.map((rule) => rule.by));
  const looksLikeOne = referenceNames(map);
  for (const column of columns)
    if (
      !given.has(column) ||
      table.primary.includes(column) ||
      byRule.has(column) ||
      (looksLikeOne(column) && !none.has(column))
    )
      throw noTable(`${name}.${column}`);
  return table;
}

function ownRule({ map }: ProjectSite, name: string): MapRule | undefined {
  if (name !== map.subject.table) return undefined;
  return map.tables[name]?.rows.find(({ by, of }) => by === map.subject.key && of === undefined);
}

interface Reference {
  readonly rule: MapRule;
  readonly table: SchemaTable;
  readonly persons: SchemaTable;
}

/** A column of the person of a row, or, without one, whether the row has a person whose rows may leave. */
function personOf(site: ProjectSite, { rule, table, persons }: Reference) {
  const { map, prefix, schema } = site;
  const { key } = map.subject;
  const joins: Sql[] = [{ text: "?? as ??", bindings: [persons.name, "release_person"] }];
  const conditions: Sql[] = [];
  const parents: { readonly name: string; readonly alias: string; readonly parent: Parent }[] = [];
  for (let parent = rule.of; parent !== undefined; parent = parent.of)
    parents.push({ name: prefix + parent.table, alias: `release_${parents.length}`, parent });
  // From the person down to the row: each parent's `by` names the one above it.
  let above = { alias: "release_person", column: key };
  for (const { name, alias, parent } of parents.toReversed()) {
    if (schema.get(name)?.columns.has(parent.by) !== true) throw noTable(parent.table);
    joins.push({
      text: " join ?? as ?? on ??.?? = ??.??",
      bindings: [name, alias, alias, parent.by, above.alias, above.column],
    });
    conditions.push(...valuesOf(alias, parent.where));
    above = { alias, column: parent.column };
  }
  const link: Sql = { text: "??.?? = ??.??", bindings: [above.alias, above.column, table.name, rule.by] };
  const from = joinSql(joins, "");
  const where = allOf([link, ...conditions]);
  return (column: string | undefined): Sql => {
    if (column !== undefined)
      return {
        text: `(select ??.?? from ${from.text} where ${where.text} limit 1)`,
        bindings: ["release_person", column, ...from.bindings, ...where.bindings],
      };
    const all = allOf([where, mayLeave(site)]);
    return joinSql(
      [
        {
          text: `exists (select 1 from ${from.text} where ${all.text})`,
          bindings: [...from.bindings, ...all.bindings],
        },
        ...whereParts(rule.where),
      ],
      " and ",
    );
  };
}

/** Neither restricted nor deleted, and somebody. Columns are those of the person table, as `release_person`. */
function mayLeave({ map, prefix, schema }: ProjectSite): Sql {
  const { subject, lifecycle } = map;
  const { restriction } = subject;
  const not: Sql[] = [];
  if (restriction?.mark !== undefined) {
    const { mark } = restriction;
    if (schema.get(prefix + mark.table)?.columns.has(mark.by) !== true) throw noTable(mark.table);
    const marked = allOf([
      { text: "??.?? = ??.??", bindings: ["release_mark", mark.by, "release_person", subject.key] },
      ...valuesOf("release_mark", mark.values),
    ]);
    not.push({
      text: `exists (select 1 from ?? as ?? where ${marked.text})`,
      bindings: [prefix + mark.table, "release_mark", ...marked.bindings],
    });
  } else if (restriction !== undefined) not.push(allOf(valuesOf("release_person", restriction.set)));
  for (const where of [
    ...(lifecycle?.exclude ?? []),
    ...(lifecycle?.deleted ? [lifecycle.deleted.where] : []),
  ])
    not.push(allOf(valuesOf("release_person", where)));
  return not.length === 0 ? { text: "1 = 1", bindings: [] } : allOf(not.map(notTrue));
}

/** Values of columns behind an alias. */
function valuesOf(alias: string, where: MapRule["where"]): Sql[] {
  return Object.entries(where ?? {}).map(([column, value]) => {
    const values = Array.isArray(value) ? value : [value];
    const parts = values.map(
      (each): Sql =>
        each === null
          ? { text: "??.?? is null", bindings: [alias, column] }
          : { text: "??.?? = ?", bindings: [alias, column, bindable(each)] },
    );
    return {
      text: `(${parts.map(({ text }) => text).join(" or ")})`,
      bindings: parts.flatMap(({ bindings }) => bindings),
    };
  });
}

function noTable(place: string) {
  return kernelFault("SOURCE_NO_TABLE", { clause: "D13.1", place });
}
