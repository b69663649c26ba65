/**
 * Erasing and changing the rows of a table without a single row key: no row can be named, so a condition names them, and
 * a limit keeps a transaction short where the database has one.
 */
import { emptyOf, replacement } from "./anonymise.ts";
import type { AnonymiseRule, CompiledTable } from "./compile-map.ts";
import { allOf, isOneOf, joinSql, notTrue, type Sql, type SubjectKeys } from "./condition.ts";
import { anonymiseCondition, fatesOf } from "./count-rows.ts";
import { fault } from "./errors.ts";
import { changedBy, exactly, type Pool, rowsOf } from "./query.ts";
import type { RunScope } from "./run-scope.ts";
import type { Cell } from "./update-rows.ts";
import { whenNotChosen } from "./when-not-chosen.ts";
import type { StepCount, WriteOptions } from "./write-by-key.ts";

/** Persons whose tokens are written by one statement. */
const PERSONS_A_STATEMENT = 200;
/** A table in which this many statements in a row leave rows to change is not changed by them. */
const MOST_STATEMENTS = 1_000_000;

export async function* writeWithoutKey(
  knex: Pool,
  table: CompiledTable,
  { scope, signal }: WriteOptions,
): AsyncGenerator<StepCount, void> {
  const fates = fatesOf(table, scope);
  const notKept = table.keep.length === 0 ? [] : [notTrue(fates.keep)];
  if (table.erase.length > 0) {
    const gone = someOf(table, allOf([fates.erase, ...notKept]), scope);
    for await (const erased of repeated(
      knex,
      table,
      { scope, signal },
      {
        text: `delete from ?? where ${gone.text}`,
        bindings: [table.name, ...gone.bindings],
      },
    ))
      yield { erased, anonymised: 0 };
  }
  const notGone = table.erase.length === 0 ? [] : [notTrue(fates.erase)];
  for (const each of table.anonymise) {
    const found = allOf([anonymiseCondition(each, table, scope), ...notGone, ...notKept]);
    for (const persons of await personsIn(knex, table, each, found, scope)) {
      const set = assignments(table, each, persons, scope);
      const own = each.rule.of === undefined ? [isOneOf(each.rule.by, persons, classOf(table, each))] : [];
      const some = someOf(table, allOf([found, ...own]), scope);
      for await (const anonymised of repeated(
        knex,
        table,
        { scope, signal },
        {
          text: `update ?? set ${set.text} where ${some.text}`,
          bindings: [table.name, ...set.bindings, ...some.bindings],
        },
      ))
        yield { erased: 0, anonymised };
    }
  }
}

/** At most a batch of the rows. */
function someOf(table: CompiledTable, condition: Sql, { dialect, batchRows }: RunScope): Sql {
  const limit = ` limit ${batchRows}`;
  if (dialect === "mysql") return { text: `${condition.text}${limit}`, bindings: condition.bindings };
  const key = table.schema.key.map(() => "??").join(", ");
  return {
    text: `(${key}) in (select ${key} from ?? where ${condition.text}${limit})`,
    bindings: [...table.schema.key, ...table.schema.key, table.name, ...condition.bindings],
  };
}

/** Runs a statement until it finds less than a batch; gives the rows of each time. */
async function* repeated(
  knex: Pool,
  table: CompiledTable,
  { scope, signal }: Pick<WriteOptions, "scope" | "signal">,
  statement: Sql,
): AsyncGenerator<number, void> {
  for (let times = 0; times < MOST_STATEMENTS; times += 1) {
    if (signal?.aborted === true) return;
    const rows = await whenNotChosen(() => changedBy(knex, statement));
    if (rows > 0) yield rows;
    if (rows < scope.batchRows) return;
  }
  throw fault("DATA_MAP_STEP_FAILED", { place: table.name });
}

/** The persons of a rule that stand in the table now, in groups; one empty group where a parent says whose row it is. */
async function personsIn(
  knex: Pool,
  table: CompiledTable,
  { rule }: AnonymiseRule,
  found: Sql,
  { dialect }: RunScope,
): Promise<readonly SubjectKeys[]> {
  if (rule.of !== undefined) return [[]];
  const read = exactly(rule.by, table.schema.columns.get(rule.by)?.is, dialect);
  const rows = await rowsOf(knex, {
    text: `select distinct ${read.text} as person from ?? where ${found.text}`,
    bindings: [...read.bindings, table.name, ...found.bindings],
  });
  const persons = rows.map((row) => row["person"] as string | number);
  const groups: SubjectKeys[] = [];
  for (let start = 0; start < persons.length; start += PERSONS_A_STATEMENT)
    groups.push(persons.slice(start, start + PERSONS_A_STATEMENT));
  return groups;
}

function classOf(table: CompiledTable, { rule }: AnonymiseRule) {
  return table.schema.columns.get(rule.by)?.is;
}

function assignments(table: CompiledTable, each: AnonymiseRule, persons: SubjectKeys, scope: RunScope): Sql {
  const context = { table: table.schema, tokens: scope.tokens, lookups: scope.lookups };
  const { by } = each.rule;
  // MySQL gives a later assignment the new value of an earlier one: the reference itself goes last.
  const entries = Object.entries(each.set).sort(([a], [b]) => Number(a === by) - Number(b === by));
  return joinSql(
    entries.map(([column, strategy]): Sql => {
      const change = replacement(strategy, column, context);
      // Without a row key the old text cannot be rewritten row by row: it goes.
      const valueFor = (person: string | number | undefined): Cell =>
        change.reads ? emptyOf(table.schema.columns.get(column)) : change.value(undefined, person);
      const values = new Set(persons.map(valueFor));
      const [only = valueFor(undefined)] = values;
      if (values.size <= 1) return { text: "?? = ?", bindings: [column, only] };
      const branches = joinSql(
        persons.map((person): Sql => {
          const own = isOneOf(by, [person], classOf(table, each));
          return { text: ` when ${own.text} then ?`, bindings: [...own.bindings, valueFor(person)] };
        }),
        "",
      );
      return {
        text: `?? = case${branches.text} else ?? end`,
        bindings: [column, ...branches.bindings, column],
      };
    }),
    ", ",
  );
}
