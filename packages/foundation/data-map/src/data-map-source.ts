/**
 * A store of personal data in a foreign database, known by its data map alone. No table of ours is made there.
 * @clause D10.1a, D12.2
 */
import type { Database } from "@preau/database";
import {
  type Clock,
  type ControllerId,
  type ErasurePlan,
  type Ids,
  makeIds,
  type NotCovered,
  type PersonalDataSource,
  type SourceDescription,
  type SubjectTarget,
} from "@preau/kernel";
import { collectPerson, type RowFiles } from "./collect-person.ts";
import { type CompiledTable, compileMap } from "./compile-map.ts";
import { allOf, notTrue } from "./condition.ts";
import { countRows, fatesOf } from "./count-rows.ts";
import { fault } from "./errors.ts";
import { mentionFinder } from "./find-mentions.ts";
import { freshPersons } from "./fresh-persons.ts";
import { freshSchema } from "./fresh-schema.ts";
import type { DataMap } from "./map-schema.ts";
import { keyOf, planErasure } from "./plan-erasure.ts";
import { readPlanState } from "./plan-state.ts";
import { pagesOf } from "./query.ts";
import { readLookups } from "./read-lookups.ts";
import { type DatabaseSchema, readSchema } from "./read-schema.ts";
import type { MapWords } from "./record-words-schema.ts";
import { rectifyPerson } from "./rectify-person.ts";
import { redactedColumns } from "./redact-mentions.ts";
import { liftPerson, restrictedKeys, restrictPerson } from "./restriction.ts";
import { runErasure } from "./run-erasure.ts";
import type { RunScope } from "./run-scope.ts";
import { knownTable, mentionsIn } from "./scan-mentions.ts";
import { referenceNames } from "./search-unknown.ts";
import { readOwnNames } from "./site-persons.ts";
import { tableSecrecy } from "./withhold-others.ts";
import { textWithholder } from "./withhold-texts.ts";

export interface DataMapSourceOptions {
  readonly database: Pick<Database, "knex" | "dialect">;
  readonly map: DataMap;
  /** The `store` of receipts: `moodle`, `school`. */
  readonly sourceId: string;
  /** The controller whose data the database holds. Others are given nothing. */
  readonly controller: ControllerId;
  readonly clock: Clock;
  /** Maker of the random tokens; from the clock and the system's chance when absent. */
  readonly ids?: Ids;
  /** The site's prefix of table names; the map's own when absent. */
  readonly tablePrefix?: string;
  /** Rows a transaction; 1,000 when absent. */
  readonly batchRows?: number;
  /** Transactions at once; 2 when absent, 1 on SQLite, which has one writer. */
  readonly lanes?: number;
  /** Awaited after every transaction: a pause that lets the application work. */
  readonly throttle?: () => Promise<void>;
  /** A person without a row of its own: `plan` searches for what refers to it all the same, `refuse` stops the plan. */
  readonly missing?: "refuse" | "plan";
  /** Elapsed hours that an erasure takes at most; 0 when absent, it is done when it returns. */
  readonly documentedDelayHours?: number;
  /** What lies outside the database: files, caches, search indexes. */
  readonly notCovered?: readonly NotCovered[];
  /** What the map's tables are called, and what of them is in no copy. */
  readonly words?: MapWords;
  /** The files that rows stand for. */
  readonly files?: RowFiles;
}

export interface DataMapSource extends PersonalDataSource {
  /** Values of one column in the rows of a table that a plan would erase now: content hashes of files, for example. */
  valuesToErase(plan: ErasurePlan, table: string, column: string): AsyncIterable<string>;
}

const MOST_NAMES = 10_000;
/** Statements of a copy at once. */
const COLLECT_LANES = 4;

/** Makes the source. Nothing is read before the first call. */
export function makeDataMapSource(options: DataMapSourceOptions): DataMapSource {
  const { database, map, sourceId, controller } = options;
  const { knex, dialect } = database;
  const prefix = options.tablePrefix ?? map.tablePrefix;
  const batchRows = options.batchRows ?? 1000;
  const lanes = dialect === "sqlite" ? 1 : (options.lanes ?? 2);
  const ids = options.ids ?? makeIds(options.clock);
  const schemaNow = () => readSchema(database);

  const describe = (): SourceDescription => ({
    id: sourceId,
    title: map.title,
    controller,
    categories: [...new Set(Object.values(map.tables).map(({ category }) => category))],
    documentedDelayHours: options.documentedDelayHours ?? 0,
    notCovered: options.notCovered ?? [],
  });

  /** The run of a plan, with what the site looks like now. */
  const scopeOf = (plan: ErasurePlan): { scope: RunScope; redactions: ReadonlySet<string> } => {
    const state = readPlanState(plan, sourceId, map.id);
    return {
      redactions: new Set(state.redactions),
      scope: {
        keys: state.keys,
        prefix: state.prefix,
        dialect,
        tokens: new Map(state.tokens.map(({ key, text, number }) => [key, { text, number }])),
        lookups: new Map(state.lookups.map(({ key, value }) => [key, value])),
        mentions: mentionFinder(plan.traces.subjects.flatMap(({ texts }) => texts)),
        batchRows,
      },
    };
  };

  const schemaOf = freshSchema(database);
  const compiled = new WeakMap<DatabaseSchema, readonly CompiledTable[]>();
  /** One person's key and rows; undefined for another controller's, or for an identifier of another kind. */
  const personOf = async (of: ControllerId, target: SubjectTarget) => {
    if (of !== controller) return undefined;
    const schema = await schemaOf();
    const key = keyOf(map, schema, prefix, target);
    if (key === undefined) return undefined;
    const lookups = await readLookups(knex, map, schema, prefix);
    const tables = compiled.get(schema) ?? compileMap(map, schema, prefix, "instruction");
    compiled.set(schema, tables);
    return { schema, key, tables, scope: { keys: [key], prefix, lookups } };
  };

  const personsOf = freshPersons();
  const isReference = remembering(referenceNames(map));
  const secrecy = tableSecrecy(map, options.words, isReference);
  const withholderFor = async (schema: DatabaseSchema, key: number | string) => {
    const { words } = options;
    const site = { runner: knex, map, schema, prefix, dialect, words };
    const [persons, own] = await Promise.all([personsOf(site), readOwnNames(site, key)]);
    return textWithholder(persons, own, {
      isReference,
      keysInTexts: words?.keysInTexts ?? [],
    });
  };

  return {
    describe,

    plan: async (request) => {
      const schema = await schemaNow();
      const subjects = request.controller === controller ? request.subjects : [];
      const missing = request.controller === controller ? (options.missing ?? "plan") : "plan";
      const context = { runner: knex, dialect, map, schema, prefix, sourceId, ids, batchRows, missing };
      const plan = await planErasure(context, { ...request, subjects });
      return { ...plan, notCovered: [...plan.notCovered, ...(options.notCovered ?? [])] };
    },

    collect: async function* ({ controller: of, subject, others, signal }) {
      signal?.throwIfAborted();
      const person = await personOf(of, subject);
      if (person === undefined) return;
      const { schema, key, tables, scope } = person;
      const { words, files } = options;
      // Read while the person's rows are looked for; a failure is met where it is awaited.
      const texts = others === "withhold" ? withholderFor(schema, key) : undefined;
      texts?.catch(() => undefined);
      yield* collectPerson(knex, {
        map,
        words,
        secrecy,
        schema,
        tables,
        scope,
        dialect,
        lanes: dialect === "sqlite" ? 1 : COLLECT_LANES,
        texts,
        files,
        signal,
      });
    },

    erase: async function* (plan, { signal } = {}) {
      if (plan.controller !== controller) return;
      const { scope, redactions } = scopeOf(plan);
      const schema = await schemaNow();
      const restricted = await restrictedKeys(knex, map, { schema, prefix: scope.prefix, keys: scope.keys });
      if (restricted.size > 0)
        throw fault("DATA_MAP_RESTRICTED", { clause: "D10.1a", log: { restricted: restricted.size } });
      const tables = compileMap(map, schema, scope.prefix, plan.ground);
      const throttle = options.throttle ?? (() => Promise.resolve());
      const planned = new Set(
        plan.tables.filter(({ erased, anonymised }) => erased + anonymised > 0).map(({ table }) => table),
      );
      yield* runErasure(knex, {
        tables,
        scope,
        planned,
        redactions,
        clock: options.clock,
        lanes,
        signal,
        throttle,
      });
    },

    remaining: async (plan) => {
      const { scope, redactions } = scopeOf(plan);
      const tables = compileMap(map, await schemaNow(), scope.prefix, plan.ground);
      const counts = await countRows(knex, tables, scope);
      const redacted = tables.filter(({ name }) => redactions.has(name));
      const stray = await mentionsIn(
        knex,
        redacted.map((table) => ({ ...knownTable(table, scope), columns: redactedColumns(table) })),
        scope,
      );
      for (const [table, rows] of stray) {
        const count = counts.get(table);
        if (count !== undefined) count.anonymised += rows.length;
      }
      return plan.tables.map(({ table, kept }) => {
        const count = counts.get(table);
        return { table, erased: count?.erased ?? 0, anonymised: count?.anonymised ?? 0, kept };
      });
    },

    valuesToErase: async function* (plan, tableName, column) {
      const { scope } = scopeOf(plan);
      const tables = compileMap(map, await schemaNow(), scope.prefix, plan.ground);
      const table = tables.find(({ name }) => name === tableName);
      if (table?.schema.columns.has(column) !== true || scope.keys.length === 0) return;
      const { keep, erase } = fatesOf(table, scope);
      const where = allOf([erase, notTrue(keep)]);
      for await (const page of pagesOf(knex, table.schema, {
        columns: [column],
        dialect,
        where,
        size: batchRows,
      })) {
        for (const row of page) yield String(row[column]);
      }
    },

    rectify: async ({ controller: of, subject, changes }) => {
      const person = await personOf(of, subject);
      if (person === undefined) return { changed: 0, refused: [] };
      return rectifyPerson(knex, person.tables, person.scope, changes);
    },

    restrict: async (of, target) => {
      const person = await personOf(of, target);
      if (person === undefined) return { changed: 0, refused: [] };
      return restrictPerson(knex, map, { schema: person.schema, prefix, key: person.key });
    },

    isRestricted: async (of, target) => {
      if (of !== controller) return false;
      const schema = await schemaNow();
      const key = keyOf(map, schema, prefix, target);
      if (key === undefined) return false;
      return (await restrictedKeys(knex, map, { schema, prefix, keys: [key] })).size > 0;
    },

    lift: async (of, target) => {
      const person = await personOf(of, target);
      if (person === undefined) return { changed: 0, refused: [] };
      return liftPerson(knex, map, { schema: person.schema, prefix, key: person.key });
    },
  };
}

/** Names of columns and members are few, and asked for in every row. */
function remembering(is: (name: string) => boolean): (name: string) => boolean {
  const known = new Map<string, boolean>();
  return (name) => {
    const answer = known.get(name) ?? is(name);
    if (known.size < MOST_NAMES) known.set(name, answer);
    return answer;
  };
}
