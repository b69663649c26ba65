/**
 * Which rows are about one person, as conditions with plain keys: parents are read first, each once, so that every table
 * is searched by its own index.
 */

import type { Dialect } from "@preau/database";
import { stillNeeds } from "./anonymise.ts";
import type { CompiledTable } from "./compile-map.ts";
import { allOf, anyOf, isOneOf, type Located, type Sql, whereParts } from "./condition.ts";
import type { FateScope } from "./count-rows.ts";
import type { Parent } from "./map-schema.ts";
import { exactly, type Runner, rowKeyClass, rowsOf, rowsWith } from "./query.ts";
import type { DatabaseSchema } from "./read-schema.ts";

/** More keys of parents than this stay a subquery. */
const MOST_KEYS = 5_000;

export interface OwnRowsSite {
  readonly runner: Runner;
  readonly dialect: Dialect;
  readonly schema: DatabaseSchema;
  readonly scope: FateScope;
  /** Tables that hold rows at all. */
  readonly occupied: ReadonlySet<string>;
}

export interface OwnRows {
  /** The person's rows of a table; undefined when there can be none. `more` are selectors beside the table's rules. */
  of(table: CompiledTable, more: readonly Located[]): Promise<Sql | undefined>;
}

export function ownRows(site: OwnRowsSite): OwnRows {
  const { runner, dialect, schema, scope, occupied } = site;
  const [person = 0] = scope.keys;
  const known = new Map<string, Promise<readonly (number | string)[] | undefined>>();

  /** Keys of a parent's rows that are the person's; undefined when they are too many to name. */
  const keysOf = (parent: Parent): Promise<readonly (number | string)[] | undefined> => {
    const name = JSON.stringify(parent);
    const found = known.get(name) ?? read(parent);
    known.set(name, found);
    return found;
  };
  const read = async (parent: Parent): Promise<readonly (number | string)[] | undefined> => {
    const table = schema.get(scope.prefix + parent.table);
    if (table === undefined || !occupied.has(table.name)) return [];
    const condition = await selected(parent, table.columns.get(parent.by)?.is);
    if (condition === undefined) return [];
    const key = exactly(parent.column, table.columns.get(parent.column)?.is, dialect);
    const rows = await rowsOf(runner, {
      text: `select distinct ${key.text} as parent_key from ?? where ${condition.text} limit ${MOST_KEYS + 1}`,
      bindings: [...key.bindings, table.name, ...condition.bindings],
    });
    if (rows.length > MOST_KEYS) return undefined;
    return rows.flatMap((row) => {
      const value = row["parent_key"];
      if (typeof value === "number" || (typeof value === "string" && value !== "")) return [value];
      return typeof value === "bigint" ? [String(value)] : [];
    });
  };

  /** The condition of a selector or parent; undefined when no row can be found. */
  const selected = async (
    selector: Located | Parent,
    is: "number" | "text" | "binary" | "time" | "any" | undefined,
  ): Promise<Sql | undefined> => {
    const keys = selector.of === undefined ? [person] : await keysOf(selector.of);
    if (keys?.length === 0) return undefined;
    const own =
      keys === undefined && selector.of !== undefined
        ? subquery(selector.by, selector.of)
        : isOneOf(selector.by, keys ?? [], is);
    return own.text === "1 = 0" ? undefined : allOf([own, ...whereParts(selector.where)]);
  };
  const subquery = (by: string, parent: Parent): Sql => {
    const inner =
      parent.of === undefined
        ? isOneOf(parent.by, [person], schema.get(scope.prefix + parent.table)?.columns.get(parent.by)?.is)
        : subquery(parent.by, parent.of);
    const condition = allOf([inner, ...whereParts(parent.where)]);
    return {
      text: `?? in (select ?? from ?? where ${condition.text})`,
      bindings: [by, parent.column, scope.prefix + parent.table, ...condition.bindings],
    };
  };

  /**
   * A server searches by several indexes at once only where every condition has one. Those with values beside the
   * reference mostly have none: their rows are named by key first, so that the others keep their indexes.
   */
  const withKeys = async (
    table: CompiledTable,
    plain: readonly Sql[],
    narrow: readonly Sql[],
  ): Promise<Sql> => {
    const whole = anyOf([...plain, ...narrow]);
    const { rowKey } = table.schema;
    if (dialect === "sqlite" || rowKey === undefined || plain.length === 0 || narrow.length === 0)
      return whole;
    const key = exactly(rowKey, rowKeyClass(table.schema), dialect);
    const condition = anyOf(narrow);
    const rows = await rowsOf(runner, {
      text: `select ${key.text} as row_key from ?? where ${condition.text} limit ${MOST_KEYS + 1}`,
      bindings: [...key.bindings, table.name, ...condition.bindings],
    });
    if (rows.length > MOST_KEYS) return whole;
    const keys = rows.map((row) => row["row_key"] as string | number);
    return anyOf(keys.length === 0 ? plain : [...plain, rowsWith(table.schema, keys)]);
  };

  return {
    of: async (table, more) => {
      if (!occupied.has(table.name)) return undefined;
      const plain: Sql[] = [];
      const narrow: Sql[] = [];
      const add = async (rule: Located, rest: readonly Sql[] = []) => {
        const own = await selected(rule, table.schema.columns.get(rule.by)?.is);
        if (own === undefined) return;
        (rule.where === undefined ? plain : narrow).push(rest.length === 0 ? own : allOf([own, ...rest]));
      };
      for (const rule of [...table.keep.map(({ rule }) => rule), ...table.erase, ...more]) await add(rule);
      // Rows that a finished erasure left nameless are nobody's.
      for (const each of table.anonymise)
        await add(each.rule, stillNeeds(each, { table: table.schema, lookups: scope.lookups }));
      return plain.length + narrow.length === 0 ? undefined : withKeys(table, plain, narrow);
    },
  };
}
