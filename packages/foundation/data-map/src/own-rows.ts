/**
 * Which rows are about one person, as conditions with plain keys: the keys of parents are read first, all of one depth by
 * one statement, so that every table is then searched by its own indexes.
 */
import type { Dialect } from "@preau/database";
import { stillNeeds } from "./anonymise.ts";
import type { CompiledTable } from "./compile-map.ts";
import {
  allOf,
  anyOf,
  isOneOf,
  type Located,
  type Sql,
  type SubjectKeys,
  unions,
  whereParts,
} from "./condition.ts";
import type { FateScope } from "./count-rows.ts";
import type { Parent } from "./map-schema.ts";
import { exactly, type Row, type Runner, rowKeyClass, rowsOf, rowsWith } from "./query.ts";
import type { ColumnClass, DatabaseSchema } from "./read-schema.ts";

/** More keys than this stay a subquery. */
const MOST_KEYS = 5_000;
const PARTS_A_STATEMENT = 25;

export interface OwnRowsSite {
  readonly runner: Runner;
  readonly dialect: Dialect;
  readonly schema: DatabaseSchema;
  readonly scope: FateScope;
  /** Tables that hold rows at all. */
  readonly occupied: ReadonlySet<string>;
}

/** A table to search, with selectors beside its rules. */
export interface Searched {
  readonly table: CompiledTable;
  readonly more: readonly Located[];
}

interface Conditions {
  readonly table: CompiledTable;
  /** A reference alone. */
  readonly plain: readonly Sql[];
  /** With values beside it. */
  readonly narrow: readonly Sql[];
}

/** A table in which the person can have rows. */
export interface OwnTable {
  readonly table: CompiledTable;
  readonly where: Sql;
}

export async function ownRows(
  site: OwnRowsSite,
  searched: readonly Searched[],
): Promise<readonly OwnTable[]> {
  const { schema, scope, occupied } = site;
  const [person = 0] = scope.keys;
  const here = searched.filter(({ table }) => occupied.has(table.name));
  // Conditions that need no parent are asked while parents are read: those of the largest tables are among them.
  const [direct, others] = [here.filter(isDirect), here.filter((each) => !isDirect(each))];
  let parents: ReadonlyMap<string, SubjectKeys> = new Map();
  const begun = withKeys(site, direct.map(conditionsOf));
  begun.catch(() => undefined);
  parents = await keysOfParents(site, others.flatMap(selectorsOf));
  const found = [...(await withKeys(site, others.map(conditionsOf))), ...(await begun)];
  const byTable = new Map(found.map((each) => [each.table, each]));
  return here.flatMap(({ table }) => byTable.get(table) ?? []);

  /** The condition of a selector or parent; undefined when no row can be found. */
  function selected(selector: Located | Parent, is: ColumnClass | undefined): Sql | undefined {
    const keys = selector.of === undefined ? [person] : parents.get(JSON.stringify(selector.of));
    if (keys?.length === 0) return undefined;
    const own =
      keys === undefined && selector.of !== undefined
        ? subquery(selector.by, selector.of)
        : isOneOf(selector.by, keys ?? [], is);
    return own.text === "1 = 0" ? undefined : allOf([own, ...whereParts(selector.where)]);
  }

  function subquery(by: string, parent: Parent): Sql {
    const inner =
      parent.of === undefined
        ? isOneOf(parent.by, [person], schema.get(scope.prefix + parent.table)?.columns.get(parent.by)?.is)
        : subquery(parent.by, parent.of);
    const condition = allOf([inner, ...whereParts(parent.where)]);
    return {
      text: `?? in (select ?? from ?? where ${condition.text})`,
      bindings: [by, parent.column, scope.prefix + parent.table, ...condition.bindings],
    };
  }

  function conditionsOf({ table, more }: Searched): Conditions {
    const plain: Sql[] = [];
    const narrow: Sql[] = [];
    const add = (rule: Located, rest: readonly Sql[] = []) => {
      const own = selected(rule, table.schema.columns.get(rule.by)?.is);
      if (own === undefined) return;
      (rule.where === undefined ? plain : narrow).push(rest.length === 0 ? own : allOf([own, ...rest]));
    };
    for (const rule of [...table.keep.map(({ rule: kept }) => kept), ...table.erase, ...more]) add(rule);
    // Rows that a finished erasure left nameless are nobody's.
    for (const each of table.anonymise)
      add(each.rule, stillNeeds(each, { table: table.schema, lookups: scope.lookups }));
    return { table, plain, narrow };
  }

  /** Keys of parents' rows that are the person's, the innermost first; absent when they are too many to name. */
  async function keysOfParents(
    { runner, dialect }: OwnRowsSite,
    selectors: readonly Located[],
  ): Promise<ReadonlyMap<string, SubjectKeys>> {
    const keys = new Map<string, SubjectKeys>();
    const byDepth: Map<string, Parent>[] = [];
    for (const { of } of selectors)
      for (let parent = of; parent !== undefined; parent = parent.of)
        (byDepth[depthOf(parent)] ??= new Map()).set(JSON.stringify(parent), parent);
    for (const level of byDepth) {
      const parts: Sql[] = [];
      const names: string[] = [];
      for (const [name, parent] of level) {
        const table = schema.get(scope.prefix + parent.table);
        keys.set(name, []);
        if (table === undefined || !occupied.has(table.name)) continue;
        const inner = parent.of === undefined ? [person] : keys.get(JSON.stringify(parent.of));
        const is = table.columns.get(parent.by)?.is;
        const own =
          inner === undefined && parent.of !== undefined
            ? subquery(parent.by, parent.of)
            : isOneOf(parent.by, inner ?? [], is);
        if (inner?.length === 0 || own.text === "1 = 0") continue;
        const condition = allOf([own, ...whereParts(parent.where)]);
        const key = exactly(parent.column, table.columns.get(parent.column)?.is, dialect);
        parts.push({
          text: `select ${names.length} as place, ${asText(dialect)} as own_key from (select distinct ${key.text} as parent_key from ?? where ${condition.text} limit ${MOST_KEYS + 1}) as parent_${names.length}`,
          bindings: [...key.bindings, table.name, ...condition.bindings],
        });
        names.push(name);
      }
      const found = await valuesByPlace(runner, parts);
      for (const [place, name] of names.entries()) {
        const values = found.get(place) ?? [];
        if (values.length > MOST_KEYS) keys.delete(name);
        else keys.set(name, values);
      }
    }
    return keys;
  }
}

/**
 * A server searches by several indexes at once only where every condition has one. Those with values beside the reference
 * mostly have none: their rows are named by key first, so that the others keep their indexes.
 */
async function withKeys(
  { runner, dialect }: OwnRowsSite,
  tables: readonly Conditions[],
): Promise<readonly OwnTable[]> {
  const parts: Sql[] = [];
  const places = new Map<CompiledTable, number>();
  for (const { table, plain, narrow } of tables) {
    const { rowKey } = table.schema;
    if (dialect === "sqlite" || rowKey === undefined || plain.length === 0 || narrow.length === 0) continue;
    const key = exactly(rowKey, rowKeyClass(table.schema), dialect);
    const condition = anyOf(narrow);
    places.set(table, parts.length);
    parts.push({
      text: `select ${parts.length} as place, ${asText(dialect)} as own_key from (select ${key.text} as parent_key from ?? where ${condition.text} limit ${MOST_KEYS + 1}) as rows_${parts.length}`,
      bindings: [...key.bindings, table.name, ...condition.bindings],
    });
  }
  const found = await valuesByPlace(runner, parts);
  return tables.flatMap(({ table, plain, narrow }) => {
    if (plain.length + narrow.length === 0) return [];
    const place = places.get(table);
    const keys = place === undefined ? undefined : (found.get(place) ?? []);
    if (keys === undefined || keys.length > MOST_KEYS)
      return [{ table, where: anyOf([...plain, ...narrow]) }];
    return [{ table, where: anyOf(keys.length === 0 ? plain : [...plain, rowsWith(table.schema, keys)]) }];
  });
}

function isDirect(searched: Searched): boolean {
  return selectorsOf(searched).every(({ of }) => of === undefined);
}

function selectorsOf({ table, more }: Searched): readonly Located[] {
  return [
    ...table.keep.map(({ rule }) => rule),
    ...table.erase,
    ...table.anonymise.map(({ rule }) => rule),
    ...more,
  ];
}

function depthOf(parent: Parent): number {
  return parent.of === undefined ? 0 : 1 + depthOf(parent.of);
}

/** Keys of several tables stand in one column: as texts, lest numbers and texts be compared. */
function asText(dialect: Dialect): string {
  return dialect === "sqlite"
    ? "cast(parent_key as text)"
    : "convert(parent_key using utf8mb4) collate utf8mb4_bin";
}

async function valuesByPlace(
  runner: Runner,
  parts: readonly Sql[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  const values = new Map<number, string[]>();
  for (const statement of unions(parts, PARTS_A_STATEMENT)) {
    for (const row of await rowsOf(runner, statement)) {
      const value = textOf(row);
      const place = Number(row["place"]);
      if (value === "") continue;
      const list = values.get(place) ?? [];
      list.push(value);
      values.set(place, list);
    }
  }
  return values;
}

function textOf(row: Row): string {
  const value = row["own_key"];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
