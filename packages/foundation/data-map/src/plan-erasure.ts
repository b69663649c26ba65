/**
 * The dry run: reads, counts, and refuses before anything is written. What it finds is sealed by its caller: traces and
 * state name persons.
 */
import type { Dialect } from "@preau/database";
import type {
  ErasurePlan,
  Ids,
  KeptRows,
  NotCovered,
  PlanRequest,
  SubjectId,
  SubjectTarget,
  TableCount,
} from "@preau/kernel";
import { type PersonToken, tokenFrom } from "./anonymise.ts";
import { checkDrift } from "./check-drift.ts";
import type { CompiledTable } from "./compile-map.ts";
import { compileMap } from "./compile-map.ts";
import { concerning, countKept, countRows, type FateScope } from "./count-rows.ts";
import { creationMarksOf } from "./creation-marks.ts";
import { fault } from "./errors.ts";
import { mentionFinder } from "./find-mentions.ts";
import { existingKeys, gatherTraces } from "./gather-traces.ts";
import type { DataMap } from "./map-schema.ts";
import { narrowKeys } from "./narrow-keys.ts";
import { occupiedTables } from "./occupied-tables.ts";
import type { PlanState } from "./plan-state.ts";
import { exactly, type Runner, rowsOf } from "./query.ts";
import { readLookups } from "./read-lookups.ts";
import type { DatabaseSchema } from "./read-schema.ts";
import { restrictedKeys } from "./restriction.ts";
import type { RunScope } from "./run-scope.ts";
import { knownTable, type Mention, mentionsIn, unknownTable } from "./scan-mentions.ts";
import { mapEntry, type UnknownHolding, unknownReferences } from "./search-unknown.ts";

export interface PlanContext {
  readonly runner: Runner;
  readonly dialect: Dialect;
  readonly map: DataMap;
  readonly schema: DatabaseSchema;
  readonly prefix: string;
  readonly sourceId: string;
  readonly ids: Ids;
  readonly batchRows: number;
  /** Whether a person without a row of its own stops the plan. */
  readonly missing: "refuse" | "plan";
}

/** Clause of the right to restriction, which stops an erasure (GDPR art. 18). */
const RESTRICTION_CLAUSE = "D10.1a";

/**
 * Plans the erasure of some persons.
 * @throws DATA_MAP_NO_SUBJECT, DATA_MAP_UNKNOWN_TABLE with the map entry to add, DATA_MAP_MISFIT
 */
export async function planErasure(context: PlanContext, request: PlanRequest): Promise<ErasurePlan> {
  const { runner, dialect, map, schema, prefix } = context;
  const { signal } = request;
  const persons = await personsOf(context, request.subjects);
  const restricted = await restrictedKeys(runner, map, {
    schema,
    prefix,
    keys: persons.map(({ key }) => key),
  });
  const held = new Map(request.held?.map(({ subject, clause }) => [subject, clause]));
  const blocked: ErasurePlan["blocked"][number][] = [];
  const free = persons.filter(({ subject, key }) => {
    const clause = held.get(subject);
    if (clause !== undefined) blocked.push({ subject, reason: "held", clause });
    else if (restricted.has(String(key)))
      blocked.push({ subject, reason: "restricted", clause: RESTRICTION_CLAUSE });
    else return true;
    return false;
  });
  const keys = free.map(({ key }) => key);
  const tables = compileMap(map, schema, prefix, request.ground);
  const tokens = new Map<string, PersonToken>(
    keys.map((key) => [String(key), tokenFrom(context.ids.next("anon"))]),
  );
  const lookups = await readLookups(runner, map, schema, prefix);
  const named = await stillNamed(runner, map, tables, { keys, prefix, lookups }, dialect);
  const gathered = await gatherTraces(runner, map, {
    schema,
    prefix,
    dialect,
    keys: keys.filter((key) => named.has(String(key))),
    planned: keys,
  });
  const traces = free.map(({ subject, key }) => ({
    subject,
    references: [{ kind: map.subject.kind, value: String(key) }],
    texts: gathered.texts.get(String(key)) ?? [],
  }));
  const mentions = mentionFinder(traces.flatMap(({ texts }) => texts));
  const occupied = keys.length === 0 ? new Set<string>() : await occupiedTables(runner, schema);
  const here = tables.filter(({ name }) => occupied.has(name));
  const narrowed = await narrowKeys(runner, here, { keys, dialect });
  const scope: RunScope = {
    keys,
    prefix,
    narrowed,
    dialect,
    tokens,
    lookups,
    mentions,
    batchRows: context.batchRows,
  };

  const known = new Set(tables.map(({ name }) => name));
  const searched = [
    ...[...schema.values()].filter(({ name }) => !known.has(name) && occupied.has(name)).map(unknownTable),
    ...here.map((table) => knownTable(table, scope)),
  ];
  // Texts are read while rows are counted: the server does the one, this process the other.
  const [mentioned, [references, counts, keptCounts]] = await Promise.all([
    mentionsIn(runner, searched, { mentions, dialect, signal }),
    inTurn(
      () => unknownReferences(runner, { map, schema, tables, scope, occupied }),
      () => countRows(runner, here, scope),
      () => countKept(runner, here, scope),
    ),
  ]);
  const stray = countStray(here, mentioned);
  const unknown = [
    ...references,
    ...[...mentioned].flatMap(([table, rows]) =>
      known.has(table) ? [] : [{ table, references: [], texts: columnsOf(rows), mapped: false }],
    ),
    ...stray.unknown,
  ];
  if (unknown.length > 0 && request.leaveUnknown !== true) throw unknownTableFault(unknown, prefix);

  const creationMarks = await creationMarksOf(runner, map, {
    ...{ schema, prefix, dialect, keys },
    sourceId: context.sourceId,
  });
  const kept = keptCounts.map(({ table, rows, reason }) => keptRows(table, rows, reason));
  const state: PlanState = {
    map: map.id,
    prefix,
    keys,
    tokens: [...tokens].map(([key, token]) => ({ key, ...token })),
    lookups: [...lookups].map(([key, value]) => ({ key, value })),
    redactions: [...stray.redactions.keys()],
  };
  return {
    source: context.sourceId,
    controller: request.controller,
    ground: request.ground,
    subjects: free.map(({ subject }) => subject),
    blocked,
    tables: [
      ...tables.map(({ name }) =>
        tableCount(name, counts.get(name), stray.redactions.get(name), stray.keptByTable.get(name)),
      ),
      // Searched and nothing found: a table of zeros.
      ...checkDrift(map, schema, prefix).unknownTables.map((table) => tableCount(table)),
    ],
    kept: [
      ...kept,
      ...stray.kept.map(({ where, rows }) =>
        keptRows(where, rows, map.mentions ?? { reason: "", clause: "" }),
      ),
    ],
    notCovered: [
      ...gathered.notCovered,
      ...withoutTraces(keys.length - named.size),
      ...unknown.map(leftUnknown),
    ],
    traces: { subjects: traces },
    ...(creationMarks === undefined ? {} : { creationMarks }),
    state: { ...state },
  };
}

/** Whose row is gone or nameless already can be searched for by number alone, and the receipt must not say more. */
function withoutTraces(persons: number): readonly NotCovered[] {
  if (persons <= 0) return [];
  return [
    {
      what: `texts that may name ${persons} person(s) whose account is gone or nameless already`,
      why: "nothing is left that says by which name, address or login they would be searched for",
      remedy: "an earlier receipt about them lists what was kept or found in texts",
    },
  ];
}

/** Persons whose own row still says who they are. A row that an erasure left nameless has no traces to give. */
async function stillNamed(
  runner: Runner,
  map: DataMap,
  tables: readonly CompiledTable[],
  scope: FateScope,
  dialect: Dialect,
): Promise<ReadonlySet<string>> {
  const own = tables.find((table) => table.own);
  if (own === undefined) return new Set();
  const condition = concerning(own, scope);
  const key = exactly(map.subject.key, own.schema.columns.get(map.subject.key)?.is, dialect);
  const rows = await rowsOf(runner, {
    text: `select ${key.text} as row_subject from ?? where ${condition.text}`,
    bindings: [...key.bindings, own.name, ...condition.bindings],
  });
  return new Set(rows.map((row) => String(row["row_subject"])));
}

interface Person {
  readonly subject: SubjectId;
  readonly key: number | string;
}

/** The persons of the request by key. One without a row of its own may still be referred to, so it is planned too. */
async function personsOf(
  context: PlanContext,
  targets: readonly SubjectTarget[],
): Promise<readonly Person[]> {
  const { runner, map, schema, prefix, dialect } = context;
  const persons = targets.flatMap((target): readonly Person[] => {
    const key = keyOf(map, schema, prefix, target);
    return key === undefined ? [] : [{ subject: target.subject, key }];
  });
  if (context.missing === "refuse") {
    const there = await existingKeys(runner, map, {
      ...{ schema, prefix, dialect },
      keys: persons.map(({ key }) => key),
    });
    const absent = targets.length - persons.filter(({ key }) => there.has(String(key))).length;
    if (absent > 0) {
      throw fault("DATA_MAP_NO_SUBJECT", {
        place: prefix + map.subject.table,
        log: { absent, of: targets.length },
      });
    }
  }
  return persons;
}

/** The key of one person as the person table writes it; undefined when no identifier is of the map's kind. */
export function keyOf(
  map: DataMap,
  schema: DatabaseSchema,
  prefix: string,
  target: SubjectTarget,
): number | string | undefined {
  const value = target.identifiers.find(({ kind }) => kind === map.subject.kind)?.value;
  if (value === undefined) return undefined;
  const column = schema.get(prefix + map.subject.table)?.columns.get(map.subject.key);
  if (column?.is !== "number") return value === "" ? undefined : value;
  // 0 is nobody in every application, and stands in many rows.
  if (!/^[1-9]\d{0,19}$/.test(value)) return undefined;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

interface Stray {
  /** Rows to redact, by table. */
  readonly redactions: ReadonlyMap<string, number>;
  readonly kept: readonly { readonly where: string; readonly rows: number }[];
  readonly keptByTable: ReadonlyMap<string, number>;
  readonly unknown: readonly UnknownHolding[];
}

/** Texts that name a person in rows that are not about that person. */
function countStray(
  tables: readonly CompiledTable[],
  mentioned: ReadonlyMap<string, readonly Mention[]>,
): Stray {
  const redactions = new Map<string, number>();
  const kept: { where: string; rows: number }[] = [];
  const keptByTable = new Map<string, number>();
  const unknown: UnknownHolding[] = [];
  for (const table of tables) {
    const rows = mentioned.get(table.name);
    if (rows === undefined) continue;
    const said = new Map(table.texts.map(({ column, mention }) => [column, mention]));
    const silent = columnsOf(rows).filter((column) => said.get(column) === undefined);
    if (silent.length > 0) unknown.push({ table: table.name, references: [], texts: silent, mapped: true });
    const redacted = rows.filter(({ columns }) =>
      columns.some((column) => said.get(column) === "redact"),
    ).length;
    if (redacted > 0) redactions.set(table.name, redacted);
    const stays = new Map<string, number>();
    for (const { columns } of rows) {
      const place = columns.filter((column) => said.get(column) === "keep").join("+");
      if (place !== "") stays.set(place, (stays.get(place) ?? 0) + 1);
    }
    for (const [place, count] of stays) kept.push({ where: `${table.name}.${place}`, rows: count });
    if (stays.size > 0)
      keptByTable.set(
        table.name,
        [...stays.values()].reduce((sum, count) => sum + count, 0),
      );
  }
  return { redactions, kept, keptByTable, unknown };
}

function columnsOf(rows: readonly Mention[]): readonly string[] {
  return [...new Set(rows.flatMap(({ columns }) => columns))];
}

async function inTurn<A, B, C>(
  first: () => Promise<A>,
  second: () => Promise<B>,
  third: () => Promise<C>,
): Promise<readonly [A, B, C]> {
  const one = await first();
  const two = await second();
  return [one, two, await third()];
}

function unknownTableFault(unknown: readonly UnknownHolding[], prefix: string) {
  const entry = unknown.map((holding) => mapEntry(holding, prefix)).join("\n");
  return fault("DATA_MAP_UNKNOWN_TABLE", {
    place: unknown
      .flatMap(({ table, references, texts }) =>
        [...references, ...texts].map((column) => `${table}.${column}`),
      )
      .join(", "),
    remedy: {
      en: `Add to the map, or to a file given by --map-extra, under tables, with the verdict that fits:\n${entry}`,
      fr: `Ajoutez à la carte, ou à un fichier donné par --map-extra, sous tables, avec le verdict qui convient :\n${entry}`,
    },
  });
}

function leftUnknown({ table, references, texts }: UnknownHolding): NotCovered {
  return {
    what: `${table} (${[...references, ...texts].join(", ")})`,
    places: [...references, ...texts].map((column) => `${table}.${column}`),
    why: "the map does not know it, and it holds a person of this plan",
    remedy: "add it to the map and plan again",
  };
}

function keptRows(
  where: string,
  rows: number,
  { reason, clause, until }: { reason: string; clause: string; until?: string | undefined },
): KeptRows {
  return { where, rows, reason, clause, ...(until === undefined ? {} : { until }) };
}

function tableCount(
  table: string,
  count: { erased: number; anonymised: number; kept: number } = { erased: 0, anonymised: 0, kept: 0 },
  redacted = 0,
  mentionsKept = 0,
): TableCount {
  return {
    table,
    erased: count.erased,
    anonymised: count.anonymised + redacted,
    kept: count.kept + mentionsKept,
  };
}
