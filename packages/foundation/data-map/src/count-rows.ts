/** How many rows a run would erase, change and leave, by table: one statement for many tables. */
import { stillNeeds } from "./anonymise.ts";
import type { AnonymiseRule, CompiledTable, SiteRule } from "./compile-map.ts";
import { allOf, anyOf, type KeyScope, notTrue, refersTo, type Sql, unions } from "./condition.ts";
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

/** Whom rows are about, and the site's values that a changed row has. */
export type FateScope = KeyScope & Pick<RunScope, "lookups">;

/** Rows of a table by what becomes of them. */
export interface Fates {
  readonly keep: Sql;
  readonly erase: Sql;
  readonly anonymise: Sql;
}

/** The conditions of one table; a row is kept before it is erased, and erased before it is anonymised. */
export function fatesOf(table: CompiledTable, scope: FateScope): Fates {
  const matches = (rule: SiteRule) => refersTo(rule, scope);
  return {
    keep: anyOf(table.keep.map(({ rule }) => matches(rule))),
    erase: anyOf(table.erase.map(matches)),
    anonymise: anyOf(table.anonymise.map((each) => anonymiseCondition(each, table, scope))),
  };
}

/** Rows that one anonymise rule has still to change. */
export function anonymiseCondition(each: AnonymiseRule, table: CompiledTable, scope: FateScope): Sql {
  const found = refersTo(each.rule, scope);
  return allOf([found, ...stillNeeds(each, { table: table.schema, lookups: scope.lookups })]);
}

/** Rows that a run would write: erased or anonymised, and not kept. */
export function touched(table: CompiledTable, scope: FateScope): Sql {
  const { keep, erase, anonymise } = fatesOf(table, scope);
  const parts = [anyOf([erase, anonymise])];
  return allOf(table.keep.length === 0 ? parts : [...parts, notTrue(keep)]);
}

/** Rows that refer to a person, for collecting: kept ones too, but not those that a finished erasure left nameless. */
export function concerning(table: CompiledTable, scope: FateScope): Sql {
  const matches = [...table.keep.map(({ rule }) => rule), ...table.erase].map((rule) =>
    refersTo(rule, scope),
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

/** Whether a rule of the table can find a row: none can where no planned person stands in the columns they end at. */
export function canHold({ keep, erase, anonymise }: CompiledTable, { keys, narrowed }: KeyScope): boolean {
  const rules = [...keep.map(({ rule }) => rule), ...erase, ...anonymise.map(({ rule }) => rule)];
  return rules.some(({ end }) => {
    const here = end && narrowed?.get(`${end.table}.${end.column}`);
    return (here ?? keys).length > 0;
  });
}

/** Counts of all tables, by name. */
export async function countRows(
  runner: Runner,
  tables: readonly CompiledTable[],
  scope: RunScope,
): Promise<ReadonlyMap<string, RowCount>> {
  const counts = new Map<string, RowCount>();
  const withRules = tables.filter((table) => canHold(table, scope));
  for (const { name } of tables) counts.set(name, { erased: 0, anonymised: 0, kept: 0 });
  if (scope.keys.length === 0) return counts;
  const parts = lazily(withRules, (table, place) => countOne(table, place, scope));
  for (const statement of unions(parts, TABLES_A_STATEMENT)) {
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
  const fates = fatesOf(table, scope);
  const kinds = (
    [
      ["kept", table.keep, fates.keep],
      ["erased", table.erase, fates.erase],
      ["anonymised", table.anonymise, fates.anonymise],
    ] as const
  ).filter(([, rules]) => rules.length > 0);
  const any = anyOf(kinds.map(([, , condition]) => condition));
  const [last = "anonymised"] = kinds.at(-1) ?? [];
  const first = kinds.slice(0, -1);
  const fate: Sql = {
    text:
      first.length === 0
        ? `'${last}'`
        : `case ${first.map(([kind, , condition]) => `when ${condition.text} then '${kind}'`).join(" ")} else '${last}' end`,
    bindings: first.flatMap(([, , condition]) => condition.bindings),
  };
  return {
    text: `select ${place} as place, fate, count(*) as amount from (select ${fate.text} as fate from ?? where ${any.text}) as rows_${place} group by fate`,
    bindings: [...fate.bindings, table.name, ...any.bindings],
  };
}

/** Rows that stay, by table and reason, for the receipt. */
export async function countKept(
  runner: Runner,
  tables: readonly CompiledTable[],
  scope: FateScope,
): Promise<readonly { readonly table: string; readonly rows: number; readonly reason: KeepReason }[]> {
  if (scope.keys.length === 0) return [];
  const rules = tables.flatMap((table) =>
    table.keep.map(({ rule, keep }, index) => ({ table, rule, keep, before: table.keep.slice(0, index) })),
  );
  const parts = lazily(rules, ({ table, rule, before }, place): Sql => {
    const condition = allOf([
      refersTo(rule, scope),
      ...before.map((earlier) => notTrue(refersTo(earlier.rule, scope))),
    ]);
    return {
      text: `select ${place} as place, count(*) as amount from ?? where ${condition.text}`,
      bindings: [table.name, ...condition.bindings],
    };
  });
  const found = [];
  for (const statement of unions(parts, TABLES_A_STATEMENT)) {
    for (const row of await rowsOf(runner, statement)) {
      const rule = rules[Number(row["place"])];
      const rows = Number(row["amount"]);
      if (rule !== undefined && rows > 0) found.push({ table: rule.table.name, rows, reason: rule.keep });
    }
  }
  return found;
}

/** Statements of a large plan are long: one is written when its turn has come. */
function* lazily<T>(items: readonly T[], write: (item: T, place: number) => Sql): Generator<Sql> {
  for (const [place, item] of items.entries()) yield write(item, place);
}
