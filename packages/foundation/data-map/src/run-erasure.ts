/**
 * Running a plan: table by table, children before parents, the person's own row last, in small transactions by row key.
 * The database itself is the cursor: what is done no longer matches, so a run that was killed anywhere, or is started
 * twice, goes on with what is left. Nothing of ours is written beside it.
 */
import type { ErasureStep } from "@preau/kernel";
import { replacement } from "./anonymise.ts";
import type { CompiledTable } from "./compile-map.ts";
import { allOf, isOneOf, joinSql, notTrue, type Sql } from "./condition.ts";
import { anonymiseCondition, countRows, fatesOf, touched } from "./count-rows.ts";
import { fault } from "./errors.ts";
import { changedBy, type Pool, type Row, type Runner, rowsOf, textOf } from "./query.ts";
import type { RunScope } from "./run-scope.ts";
import { strayMentions } from "./scan-mentions.ts";
import { type CellChange, updateRows } from "./update-rows.ts";

export interface RunOptions {
  readonly tables: readonly CompiledTable[];
  readonly scope: RunScope;
  /** Tables in which the plan found mentions to redact. */
  readonly redactions: ReadonlySet<string>;
  readonly signal?: AbortSignal | undefined;
  /** Called after every transaction: the place for a pause that lets the application work. */
  readonly throttle: () => Promise<void>;
}

/** Rounds over all tables: a person who was active during the run leaves rows behind the first one. */
const ROUNDS = 3;

/**
 * Runs a plan, one transaction a step.
 * @throws DATA_MAP_STEP_FAILED with the table's name, DATA_MAP_ABORTED between two steps
 */
export async function* runErasure(knex: Pool, options: RunOptions): AsyncGenerator<ErasureStep> {
  const { tables, scope, redactions } = options;
  if (scope.keys.length === 0) return;
  for (let round = 1; round <= ROUNDS; round += 1) {
    const counts = await countRows(knex, tables, scope);
    const busy = tables.filter(({ name }) => {
      const count = counts.get(name);
      return (count?.erased ?? 0) + (count?.anonymised ?? 0) > 0 || (round === 1 && redactions.has(name));
    });
    if (busy.length === 0) return;
    for (const table of busy) {
      for await (const step of runTable(knex, table, options)) {
        yield step;
        await options.throttle();
      }
    }
  }
}

async function* runTable(knex: Pool, table: CompiledTable, options: RunOptions): AsyncGenerator<ErasureStep> {
  const { scope, signal } = options;
  const steps = table.schema.rowKey === undefined ? wholeTable : inBatches;
  const parts = [steps(knex, table, scope)];
  if (options.redactions.has(table.name)) parts.push(redactMentions(knex, table, scope));
  for (const part of parts) {
    for (;;) {
      if (signal?.aborted === true)
        throw fault("DATA_MAP_ABORTED", { place: table.name, cause: signal.reason });
      let next: IteratorResult<StepCount, void>;
      try {
        next = await part.next();
      } catch (cause) {
        throw fault("DATA_MAP_STEP_FAILED", { place: table.name, cause });
      }
      if (next.done === true) break;
      yield { table: table.name, ...next.value, kept: 0, cursor: { table: table.name } };
    }
  }
}

interface StepCount {
  readonly erased: number;
  readonly anonymised: number;
}

async function* inBatches(
  knex: Pool,
  table: CompiledTable,
  scope: RunScope,
): AsyncGenerator<StepCount, void> {
  const condition = touched(table, scope);
  const { erase } = fatesOf(table, scope);
  const rowKey = table.schema.rowKey ?? "";
  const read = columnsToRead(table);
  let last: string | number | undefined;
  for (;;) {
    const step = await knex.transaction(async (transaction) => {
      const flags = joinSql(
        [
          caseOf(erase, "fate_erase"),
          ...table.anonymise.map((each, index) =>
            caseOf(anonymiseCondition(each, table, scope), `fate_${index}`),
          ),
        ],
        ", ",
      );
      const rows = await rowsOf(transaction, {
        text: `select ?? as row_key, ${flags.text}${read.map(() => ", ??").join("")} from ?? where ${condition.text}${last === undefined ? "" : " and ?? > ?"} order by ?? limit ${scope.batchRows}`,
        bindings: [
          rowKey,
          ...flags.bindings,
          ...read,
          table.name,
          ...condition.bindings,
          ...(last === undefined ? [] : [rowKey, last]),
          rowKey,
        ],
      });
      if (rows.length === 0) return undefined;
      last = rows.at(-1)?.["row_key"] as string | number;
      const gone = rows.filter((row) => Number(row["fate_erase"]) === 1);
      const changed = rows.filter((row) => Number(row["fate_erase"]) !== 1);
      const erased = gone.length === 0 ? 0 : await deleteRows(transaction, table, gone);
      await updateRows(transaction, table.schema, changesOf(table, changed, scope));
      return { erased, anonymised: changed.length, read: rows.length };
    });
    if (step === undefined) return;
    yield { erased: step.erased, anonymised: step.anonymised };
    if (step.read < scope.batchRows) return;
  }
}

function caseOf({ text, bindings }: Sql, name: string): Sql {
  return { text: `case when ${text} then 1 else 0 end as ${name}`, bindings };
}

async function deleteRows(runner: Runner, table: CompiledTable, rows: readonly Row[]): Promise<number> {
  const own = isOneOf(
    table.schema.rowKey ?? "",
    rows.map((row) => row["row_key"] as string | number),
  );
  return changedBy(runner, {
    text: `delete from ?? where ${own.text}`,
    bindings: [table.name, ...own.bindings],
  });
}

/** References decide whose token goes where; some strategies and all redactions need the old text. */
function columnsToRead(table: CompiledTable): readonly string[] {
  const columns = new Set<string>();
  for (const { rule, set } of table.anonymise) {
    if (rule.of === undefined) columns.add(rule.by);
    for (const [column, strategy] of Object.entries(set)) {
      if (typeof strategy === "object" && strategy !== null && "jsonRedact" in strategy) columns.add(column);
    }
  }
  if (table.anonymise.length > 0) {
    for (const { column, mention } of table.texts) if (mention === "redact") columns.add(column);
  }
  return [...columns];
}

function changesOf(table: CompiledTable, rows: readonly Row[], scope: RunScope): readonly CellChange[] {
  const context = { table: table.schema, tokens: scope.tokens, lookups: scope.lookups };
  const rules = table.anonymise.map(({ rule, set }) => ({
    by: rule.of === undefined ? rule.by : undefined,
    set: Object.entries(set).map(
      ([column, strategy]) => [column, replacement(strategy, column, context)] as const,
    ),
  }));
  const redact = table.texts.filter(({ mention }) => mention === "redact").map(({ column }) => column);
  return rows.flatMap((row) => {
    const rowKey = row["row_key"] as string | number;
    const cells = new Map<string, string | number | null>();
    rules.forEach(({ by, set }, index) => {
      if (Number(row[`fate_${index}`]) !== 1) return;
      const person = by === undefined ? undefined : (row[by] as string | number);
      for (const [column, change] of set) cells.set(column, change.value(row[column], person));
    });
    for (const column of redact) {
      const text = textOf(row[column]);
      if (text === undefined || cells.has(column)) continue;
      const redacted = scope.mentions.redact(text);
      if (redacted !== text) cells.set(column, redacted);
    }
    return [...cells].map(([column, value]) => ({ rowKey, column, value }));
  });
}

/** A table whose rows have no single key is worked on whole, in one transaction. */
async function* wholeTable(
  knex: Pool,
  table: CompiledTable,
  scope: RunScope,
): AsyncGenerator<StepCount, void> {
  const { keep, erase } = fatesOf(table, scope);
  yield await knex.transaction(async (transaction) => {
    const gone = allOf([erase, notTrue(keep)]);
    const erased = await changedBy(transaction, {
      text: `delete from ?? where ${gone.text}`,
      bindings: [table.name, ...gone.bindings],
    });
    let anonymised = 0;
    for (const each of table.anonymise) {
      for (const key of scope.keys) anonymised += await anonymiseOne(transaction, each, key);
    }
    return { erased, anonymised };

    async function anonymiseOne(
      runner: Runner,
      each: CompiledTable["anonymise"][number],
      key: string | number,
    ): Promise<number> {
      const context = { table: table.schema, tokens: scope.tokens, lookups: scope.lookups };
      const set = Object.entries(each.set).map(([column, strategy]) => {
        const change = replacement(strategy, column, context);
        // Without a row key the old text cannot be rewritten row by row: it goes.
        return [column, change.reads ? null : change.value(undefined, key)] as const;
      });
      const found = allOf([anonymiseCondition(each, table, { ...scope, keys: [key] }), notTrue(keep)]);
      return changedBy(runner, {
        text: `update ?? set ${set.map(() => "?? = ?").join(", ")} where ${found.text}`,
        bindings: [table.name, ...set.flat(), ...found.bindings],
      });
    }
  });
}

/** Rows of the table that only name a person: the name goes, the rest stays. */
async function* redactMentions(
  knex: Pool,
  table: CompiledTable,
  scope: RunScope,
): AsyncGenerator<StepCount, void> {
  const { rowKey } = table.schema;
  if (rowKey === undefined) return;
  const redact = new Set(
    table.texts.filter(({ mention }) => mention === "redact").map(({ column }) => column),
  );
  const { rows } = await strayMentions(knex, table, scope);
  const found = rows.filter(({ columns }) => columns.some((column) => redact.has(column)));
  const columns = [...redact];
  for (let start = 0; start < found.length; start += scope.batchRows) {
    const own = isOneOf(
      rowKey,
      found.slice(start, start + scope.batchRows).map((row) => row.rowKey ?? 0),
    );
    const anonymised = await knex.transaction(async (transaction) => {
      const current = await rowsOf(transaction, {
        text: `select ?? as row_key, ${columns.map(() => "??").join(", ")} from ?? where ${own.text}`,
        bindings: [rowKey, ...columns, table.name, ...own.bindings],
      });
      const changes = current.flatMap((row) =>
        columns.flatMap((column): readonly CellChange[] => {
          const text = textOf(row[column]) ?? "";
          const value = scope.mentions.redact(text);
          return value === text ? [] : [{ rowKey: row["row_key"] as string | number, column, value }];
        }),
      );
      await updateRows(transaction, table.schema, changes);
      return new Set(changes.map((change) => change.rowKey)).size;
    });
    yield { erased: 0, anonymised };
  }
}
