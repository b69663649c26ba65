/**
 * Running a plan: table by table, children before parents, the person's own row last, in small transactions by row key.
 * The database itself is the cursor: what is done no longer matches, so a run that was killed anywhere, or is started
 * twice, goes on with what is left. Nothing of ours is written beside it. Every statement that writes asks again whether
 * its rows are still the persons': two workers on one plan count each row once.
 */
import type { Clock, ErasureStep } from "@preau/kernel";
import type { CompiledTable } from "./compile-map.ts";
import { canHold, countRows } from "./count-rows.ts";
import { fault } from "./errors.ts";
import { narrowKeys } from "./narrow-keys.ts";
import type { Pool } from "./query.ts";
import { redactMentions } from "./redact-mentions.ts";
import type { RunScope } from "./run-scope.ts";
import { type StepCount, writeByKey } from "./write-by-key.ts";
import { writeWithoutKey } from "./write-without-key.ts";

export interface RunOptions {
  readonly tables: readonly CompiledTable[];
  readonly scope: RunScope;
  /** Tables in which the plan found rows to erase or change. */
  readonly planned: ReadonlySet<string>;
  /** Tables in which the plan found mentions to redact. */
  readonly redactions: ReadonlySet<string>;
  readonly clock: Pick<Clock, "monotonic">;
  /** Transactions at once. */
  readonly lanes: number;
  readonly signal?: AbortSignal | undefined;
  /** Called after every transaction: the place for a pause that lets the application work. */
  readonly throttle: () => Promise<void>;
}

/** Rounds over all tables: a person who was active during the run leaves rows behind the first one. */
const ROUNDS = 3;
/** Persons named by one statement: each of its rows is compared with them. */
const PERSONS_A_ROUND = 2_500;

/**
 * Runs a plan, one transaction a step.
 * @throws DATA_MAP_STEP_FAILED with the table's name, DATA_MAP_ABORTED between two steps
 */
export async function* runErasure(knex: Pool, options: RunOptions): AsyncGenerator<ErasureStep> {
  const { tables, scope, redactions } = options;
  for (let start = 0; start < scope.keys.length; start += PERSONS_A_ROUND) {
    yield* runPersons(knex, {
      ...options,
      scope: { ...scope, keys: scope.keys.slice(start, start + PERSONS_A_ROUND) },
    });
  }
  if (scope.keys.length === 0) return;
  for (const table of tables.filter(({ name }) => redactions.has(name)))
    yield* stepsOf(table.name, redactMentions(knex, table, options), options);
}

async function* runPersons(knex: Pool, options: RunOptions): AsyncGenerator<ErasureStep> {
  const { tables, planned } = options;
  let busy: readonly CompiledTable[] = tables.filter(({ name }) => planned.has(name));
  for (let round = 1; round <= ROUNDS; round += 1) {
    const scope = await narrowed(knex, busy, options);
    for (const table of busy.filter((each) => canHold(each, scope))) {
      const write = table.schema.rowKey === undefined ? writeWithoutKey : writeByKey;
      yield* stepsOf(table.name, write(knex, table, { ...options, scope }), options);
    }
    if (round === ROUNDS) return;
    busy = await stillBusy(knex, options);
    if (busy.length === 0) return;
  }
}

/** Tables in which something is left: what the persons did meanwhile, or what somebody else wrote. */
async function stillBusy(knex: Pool, options: RunOptions): Promise<readonly CompiledTable[]> {
  const { tables, signal } = options;
  if (signal?.aborted === true) throw fault("DATA_MAP_ABORTED", { cause: signal.reason });
  try {
    const counts = await countRows(knex, tables, await narrowed(knex, tables, options));
    return tables.filter(({ name }) => {
      const count = counts.get(name);
      return (count?.erased ?? 0) + (count?.anonymised ?? 0) > 0;
    });
  } catch (cause) {
    throw fault("DATA_MAP_STEP_FAILED", { place: "count", cause });
  }
}

/** The persons of a run as they stand in the tables now; who comes into one later is found by the next round. */
async function narrowed(
  knex: Pool,
  tables: readonly CompiledTable[],
  { scope }: RunOptions,
): Promise<RunScope> {
  return { ...scope, narrowed: await narrowKeys(knex, tables, scope) };
}

/** What one table's writing commits, as steps; its errors with the table's name. */
async function* stepsOf(
  table: string,
  work: AsyncGenerator<StepCount, void>,
  { signal, throttle }: RunOptions,
): AsyncGenerator<ErasureStep> {
  const stop = () => {
    if (signal?.aborted === true) throw fault("DATA_MAP_ABORTED", { place: table, cause: signal.reason });
  };
  stop();
  try {
    for (;;) {
      let next: IteratorResult<StepCount, void>;
      try {
        next = await work.next();
      } catch (cause) {
        throw fault("DATA_MAP_STEP_FAILED", { place: table, cause });
      }
      if (next.done === true) break;
      yield { table, ...next.value, kept: 0, cursor: { table } };
      await throttle();
    }
  } finally {
    // A caller that stops waits for what has begun.
    await work.return();
  }
  stop();
}
