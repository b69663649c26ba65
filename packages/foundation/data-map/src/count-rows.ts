/** How many rows a run would erase, change and leave, by table: one statement for many tables. */
import { stillNeeds } from "./anonymise.ts";
import type { AnonymiseRule, CompiledTable } from "./compile-map.ts";
import { allOf, anyOf, joinSql, notTrue, refersTo, type Selector, type Sql } from "./condition.ts";
import type { KeepReason } from "./map-schema.ts";
import { type Runner, rowsOf } from "./query.ts";
import type { RunScope } from "./run-scope.ts";

export interface RowCount {
  erased: number;
  anonymised: number;
  kept: number;
}

/** Tables counted by one statement. */
const TABLES_A_STATEMENT = 25;

/** Rows of a table by what becomes of them. */
export interface Fates {
  readonly keep: Sql;
  readonly erase: Sql;
  readonly anonymise: Sql;
}

/** The conditions of one table; a row is kept before it is erased, and erased before it is anonymised. */
export function fatesOf(table: CompiledTable, scope: RunScope): Fates {
  const matches = (selector: Selector) => refersTo(selector, scope.keys, scope.prefix);
  return {
    keep: anyOf(table.keep.map(({ rule }) => matches(rule))),
    erase: anyOf(table.erase.map(matches)),
    anonymise: anyOf(table.anonymise.map((each) => anonymiseCondition(each, table, scope))),
  };
}

/** Rows that one anonymise rule has still to change. */
export function anonymiseCondition(
  each: AnonymiseRule,
  table: CompiledTable,
  scope: Pick<RunScope, "keys" | "prefix" | "lookups">,
): Sql {
  const found = refersTo(each.rule, scope.keys, scope.prefix);
  return allOf([found, ...stillNeeds(each, { table: table.schema, lookups: scope.lookups })]);
}

/** Rows that a run would write: erased or anonymised, and not kept. */
export function touched(table: CompiledTable, scope: RunScope): Sql {
  const { keep, erase, anonymise } = fatesOf(table, scope);
  const parts = [anyOf([erase, anonymise])];
  return allOf(table.keep.length === 0 ? parts : [...parts, notTrue(keep)]);
}

/** Rows that refer to a person, for collecting: kept ones too, but not those that a finished erasure left nameless. */
export function concerning(table: CompiledTable, scope: Pick<RunScope, "keys" | "prefix" | "lookups">): Sql {
  const matches = [...table.keep.map(({ rule }) => rule), ...table.erase].map((rule) =>
    refersTo(rule, scope.keys, scope.prefix),
  );
  const changing = table.anonymise.map((each) => anonymiseCondition(each, table, scope));
  const parts = [...matches, ...changing];
  return parts.length === 0
    ? { text: "1 = 0", bindings: [] }
    : {
        text: `((${parts.map((part) => part.text).join(") or (")}))`,
        bindings: parts.flatMap((part) => part.bindings),
      };
}

/** Counts of all tables, by name. */
export async function countRows(
  runner: Runner,
  tables: readonly CompiledTable[],
  scope: RunScope,
): Promise<ReadonlyMap<string, RowCount>> {
  const counts = new Map<string, RowCount>();
  const withRules = tables.filter(
    ({ keep, erase, anonymise }) => keep.length + erase.length + anonymise.length > 0,
  );
  for (const { name } of tables) counts.set(name, { erased: 0, anonymised: 0, kept: 0 });
  if (scope.keys.length === 0) return counts;
  for (let start = 0; start < withRules.length; start += TABLES_A_STATEMENT) {
    const some = withRules.slice(start, start + TABLES_A_STATEMENT);
    const statement = joinSql(
      some.map((table, index) => countOne(table, start + index, scope)),
      " union all ",
    );
    for (const row of await rowsOf(runner, statement)) {
      const name = withRules[Number(row["place"])]?.name ?? "";
      const count = counts.get(name);
      const fate = String(row["fate"]) as keyof RowCount;
      if (count !== undefined) count[fate] = Number(row["amount"]);
    }
  }
  return counts;
}

function countOne(table: CompiledTable, place: number, scope: RunScope): Sql {
  const { keep, erase, anonymise } = fatesOf(table, scope);
  const fate: Sql = {
    text: `case when ${keep.text} then 'kept' when ${erase.text} then 'erased' else 'anonymised' end`,
    bindings: [...keep.bindings, ...erase.bindings],
  };
  const any = anyOf([keep, erase, anonymise]);
  return {
    text: `select ${place} as place, fate, count(*) as amount from (select ${fate.text} as fate from ?? where ${any.text}) as rows_${place} group by fate`,
    bindings: [...fate.bindings, table.name, ...any.bindings],
  };
}

/** Rows that stay, by table and reason, for the receipt. */
export async function countKept(
  runner: Runner,
  tables: readonly CompiledTable[],
  scope: RunScope,
): Promise<readonly { readonly table: string; readonly rows: number; readonly reason: KeepReason }[]> {
  const found = [];
  if (scope.keys.length === 0) return [];
  for (const table of tables) {
    for (const [index, { rule, keep }] of table.keep.entries()) {
      const before = table.keep
        .slice(0, index)
        .map((earlier) => refersTo(earlier.rule, scope.keys, scope.prefix));
      const condition = allOf([refersTo(rule, scope.keys, scope.prefix), ...before.map(notTrue)]);
      const [row] = await rowsOf(runner, {
        text: `select count(*) as amount from ?? where ${condition.text}`,
        bindings: [table.name, ...condition.bindings],
      });
      const rows = Number(row?.["amount"] ?? 0);
      if (rows > 0) found.push({ table: table.name, rows, reason: keep });
    }
  }
  return found;
}
