/**
 * Erasing and changing the rows of one table that has a row key. A page of row keys is read without a lock; then batch by
 * batch is written in transactions of their own, which ask again. A batch is as large as the server writes in good time.
 */
import type { Clock } from "@preau/kernel";
import { replacement } from "./anonymise.ts";
import type { CompiledTable } from "./compile-map.ts";
import { allOf, joinSql, notTrue, type Sql } from "./condition.ts";
import { anonymiseCondition, fatesOf, touched } from "./count-rows.ts";
import { fault } from "./errors.ts";
import { inLanes } from "./in-lanes.ts";
import { changedBy, exactly, type Pool, type Row, rowKeyClass, rowsOf, rowsWith, textOf } from "./query.ts";
import type { RunScope } from "./run-scope.ts";
import { type Cell, type RowChange, updateRows } from "./update-rows.ts";
import { whenNotChosen } from "./when-not-chosen.ts";

export interface StepCount {
  readonly erased: number;
  readonly anonymised: number;
}

export interface WriteOptions {
  readonly scope: RunScope;
  readonly clock: Pick<Clock, "monotonic">;
  /** Transactions at once. */
  readonly lanes: number;
  /** Once given, no transaction begins. */
  readonly signal?: AbortSignal | undefined;
}

type RowKey = string | number;

/** Row keys read at once. */
const PAGE_KEYS = 10_000;
const FIRST_BATCH = 500;
/** A transaction longer than this makes the next one smaller: others wait for the rows that it holds. */
const LONG_MS = 80;
const SMALLEST_BATCH = 10;

/** @throws DATA_MAP_STEP_FAILED when rows that were written are found again */
export async function* writeByKey(
  knex: Pool,
  table: CompiledTable,
  { scope, clock, lanes, signal }: WriteOptions,
): AsyncGenerator<StepCount, void> {
  const batch = batchSize(scope.batchRows, clock);
  const planned = new Map(scope.keys.map((key) => [String(key), key]));
  let before: ReadonlySet<RowKey> = new Set();
  for (;;) {
    const page = await pageOf(knex, table, scope);
    const all = [...page.gone, ...page.changed];
    if (all.length === 0) return;
    if (all.every(({ key }) => before.has(key))) throw fault("DATA_MAP_STEP_FAILED", { place: table.name });
    for (const [rows, write] of [
      [page.gone, erase],
      [page.changed, change],
    ] as const) {
      const tasks = batch.of(rows, (some) => {
        const ofThese = withPersonsOf(some, scope, planned);
        return whenNotChosen(() =>
          write(
            knex,
            table,
            some.map(({ key }) => key),
            ofThese,
          ),
        );
      });
      for await (const step of inLanes(lanes, tasks, signal))
        if (step.erased + step.anonymised > 0) yield step;
      if (signal?.aborted === true) return;
    }
    if (all.length < PAGE_KEYS) return;
    before = new Set(all.map(({ key }) => key));
  }
}

/** A row to write, with the values of its references; undefined where a parent says whose it is. */
interface FoundRow {
  readonly key: RowKey;
  readonly persons: readonly unknown[] | undefined;
}

/** The same for the persons of a batch alone: its statements name few persons, however many the plan has. */
function withPersonsOf(
  rows: readonly FoundRow[],
  scope: RunScope,
  planned: ReadonlyMap<string, RowKey>,
): RunScope {
  const keys = new Set<RowKey>();
  for (const { persons } of rows) {
    const own = persons?.flatMap((person) => planned.get(String(person)) ?? []) ?? [];
    // A number written in another way than the key: the database knows that it is the same.
    if (own.length === 0) return scope;
    for (const key of own) keys.add(key);
  }
  return { ...scope, keys: [...keys], narrowed: undefined };
}

/** The references of a table that has no rule by a parent; undefined where it has one. */
function directReferences(table: CompiledTable): readonly string[] | undefined {
  const rules = [
    ...table.keep.map(({ rule }) => rule),
    ...table.erase,
    ...table.anonymise.map(({ rule }) => rule),
  ];
  if (rules.some(({ of, end }) => of !== undefined || end?.is !== "number")) return undefined;
  return [...new Set(rules.map(({ by }) => by))];
}

async function pageOf(
  knex: Pool,
  table: CompiledTable,
  scope: RunScope,
): Promise<{ readonly gone: readonly FoundRow[]; readonly changed: readonly FoundRow[] }> {
  const fates = fatesOf(table, scope);
  const both = table.erase.length > 0 && table.anonymise.length > 0;
  const references = directReferences(table);
  const list = joinSql(
    [
      named(exactly(table.schema.rowKey ?? "", rowKeyClass(table.schema), scope.dialect), "row_key"),
      ...(both ? [caseOf(fates.erase, "fate_erase")] : []),
      ...(references ?? []).map((column, index) =>
        named(exactly(column, "number", scope.dialect), `person_${index}`),
      ),
    ],
    ", ",
  );
  const condition = touched(table, scope);
  const rows = await rowsOf(knex, {
    text: `select ${list.text} from ?? where ${condition.text} limit ${PAGE_KEYS}`,
    bindings: [...list.bindings, table.name, ...condition.bindings],
  });
  const gone: FoundRow[] = [];
  const changed: FoundRow[] = [];
  for (const row of rows) {
    const isGone = table.anonymise.length === 0 || (both && Number(row["fate_erase"]) === 1);
    (isGone ? gone : changed).push({
      key: row["row_key"] as RowKey,
      persons: references?.map((_column, index) => row[`person_${index}`]),
    });
  }
  return { gone: inOrder(gone), changed: inOrder(changed) };
}

/** Rows are written in the order in which they lie. */
function inOrder(rows: FoundRow[]): readonly FoundRow[] {
  return rows.sort(({ key: a }, { key: b }) => {
    if (typeof a === "number" && typeof b === "number") return a - b;
    return String(a) < String(b) ? -1 : 1;
  });
}

function caseOf({ text, bindings }: Sql, name: string): Sql {
  return { text: `case when ${text} then 1 else 0 end as ${name}`, bindings };
}

async function erase(
  knex: Pool,
  table: CompiledTable,
  keys: readonly RowKey[],
  scope: RunScope,
): Promise<StepCount> {
  const fates = fatesOf(table, scope);
  const still = allOf([
    rowsWith(table.schema, keys),
    fates.erase,
    ...(table.keep.length === 0 ? [] : [notTrue(fates.keep)]),
  ]);
  const erased = await changedBy(knex, {
    text: `delete from ?? where ${still.text}`,
    bindings: [table.name, ...still.bindings],
  });
  return { erased, anonymised: 0 };
}

async function change(
  knex: Pool,
  table: CompiledTable,
  keys: readonly RowKey[],
  scope: RunScope,
): Promise<StepCount> {
  return knex.transaction(async (transaction) => {
    const fates = fatesOf(table, scope);
    const still = allOf([
      rowsWith(table.schema, keys),
      fates.anonymise,
      ...(table.erase.length === 0 ? [] : [notTrue(fates.erase)]),
      ...(table.keep.length === 0 ? [] : [notTrue(fates.keep)]),
    ]);
    const list = joinSql(
      [
        named(exactly(table.schema.rowKey ?? "", rowKeyClass(table.schema), scope.dialect), "row_key"),
        ...table.anonymise.map((each, index) =>
          caseOf(anonymiseCondition(each, table, scope), `fate_${index}`),
        ),
        ...referencesOf(table).map((column, index) =>
          named(exactly(column, table.schema.columns.get(column)?.is, scope.dialect), `person_${index}`),
        ),
        ...textsToRead(table).map((column): Sql => ({ text: "??", bindings: [column] })),
      ],
      ", ",
    );
    const rows = await rowsOf(transaction, {
      text: `select ${list.text} from ?? where ${still.text}${scope.dialect === "mysql" ? " for update" : ""}`,
      bindings: [...list.bindings, table.name, ...still.bindings],
    });
    await updateRows(transaction, table.schema, changesOf(table, rows, scope), scope.dialect);
    return { erased: 0, anonymised: rows.length };
  });
}

function named({ text, bindings }: Sql, name: string): Sql {
  return { text: `${text} as ${name}`, bindings };
}

/** Columns that say whose token goes where. */
function referencesOf(table: CompiledTable): readonly string[] {
  return [...new Set(table.anonymise.flatMap(({ rule }) => (rule.of === undefined ? [rule.by] : [])))];
}

/** Some strategies and all redactions need the old text. */
function textsToRead(table: CompiledTable): readonly string[] {
  const redacted = table.texts.filter(({ mention }) => mention === "redact").map(({ column }) => column);
  const rewritten = table.anonymise.flatMap(({ set }) =>
    Object.entries(set).flatMap(([column, strategy]) =>
      typeof strategy === "object" && strategy !== null && "jsonRedact" in strategy ? [column] : [],
    ),
  );
  return [...new Set([...redacted, ...rewritten])];
}

function changesOf(table: CompiledTable, rows: readonly Row[], scope: RunScope): readonly RowChange[] {
  const context = { table: table.schema, tokens: scope.tokens, lookups: scope.lookups };
  const references = referencesOf(table);
  const rules = table.anonymise.map(({ rule, set }) => ({
    person: rule.of === undefined ? `person_${references.indexOf(rule.by)}` : undefined,
    set: Object.entries(set).map(
      ([column, strategy]) => [column, replacement(strategy, column, context)] as const,
    ),
  }));
  const redact = table.texts.filter(({ mention }) => mention === "redact").map(({ column }) => column);
  return rows.map((row) => {
    const cells = new Map<string, Cell>();
    rules.forEach(({ person, set }, index) => {
      if (Number(row[`fate_${index}`]) !== 1) return;
      const key = person === undefined ? undefined : (row[person] as RowKey);
      for (const [column, change] of set) cells.set(column, change.value(row[column], key));
    });
    for (const column of redact) {
      const text = textOf(row[column]);
      if (text === undefined || cells.has(column)) continue;
      const redacted = scope.mentions.redact(text);
      if (redacted !== text) cells.set(column, redacted);
    }
    return { rowKey: row["row_key"] as RowKey, cells };
  });
}

/** A batch that took long makes the next one smaller, a short one larger. */
function batchSize(most: number, clock: Pick<Clock, "monotonic">) {
  let size = Math.min(most, FIRST_BATCH);
  const measured = async (write: () => Promise<StepCount>): Promise<StepCount> => {
    const from = clock.monotonic();
    const step = await write();
    const took = clock.monotonic() - from;
    if (took > LONG_MS) size = Math.max(Math.min(most, SMALLEST_BATCH), Math.floor((size * LONG_MS) / took));
    else if (took < LONG_MS / 2) size = Math.min(most, size * 2);
    return step;
  };
  return {
    /** Batches of rows, each cut when its turn has come. */
    of: function* (rows: readonly FoundRow[], write: (some: readonly FoundRow[]) => Promise<StepCount>) {
      for (let start = 0; start < rows.length; ) {
        const some = rows.slice(start, start + size);
        start += some.length;
        yield () => measured(() => write(some));
      }
    },
  };
}
