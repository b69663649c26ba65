/**
 * The in-memory reference of a source of personal data. One row is one step of an erasure; a step that was done is not
 * found again, so a run may stop anywhere and start over. @clause D10.1a, D12.2
 */
import { fault } from "./errors.ts";
import type { ControllerId, SubjectId } from "./ids.ts";
import type { InMemoryRow, InMemoryStore, InMemoryTable } from "./in-memory-store.ts";
import type {
  ActionResult,
  ErasurePlan,
  ErasureStep,
  PersonalDataSource,
  PlanRequest,
  SourceDescription,
  SubjectTarget,
  TableCount,
} from "./personal-data-source.ts";

export interface InMemorySourceOptions {
  readonly store: InMemoryStore;
  /** The `store` of receipts; `memory` by default. */
  readonly id?: string;
  /** Kind of the identifiers that are this store's own ids of persons; `memory.person` by default. */
  readonly kind?: string;
}

/** A source over an in-memory store. */
export function inMemoryPersonalDataSource(options: InMemorySourceOptions): PersonalDataSource {
  const { store, id = "memory", kind = "memory.person" } = options;

  const personsOf = (target: SubjectTarget) =>
    target.identifiers.filter((each) => each.kind === kind).map((each) => each.value);
  const rowsOf = (controller: ControllerId, table: InMemoryTable, persons: readonly string[]) =>
    (store.rows.get(table.name) ?? []).filter(
      (row) => row.controller === controller && row.person !== "" && persons.includes(row.person),
    );
  const allRowsOf = (controller: ControllerId, persons: readonly string[]) =>
    store.tables.flatMap((table) => rowsOf(controller, table, persons).map((row) => ({ table, row })));
  const isRestricted = (controller: ControllerId, persons: readonly string[]) =>
    persons.some((person) => store.restricted.has(`${controller} ${person}`));

  const describe = (): SourceDescription => ({
    id,
    title: { en: "Store in memory", fr: "Stockage en mémoire" },
    categories: [...new Set(store.tables.map((table) => table.category))],
    documentedDelayHours: 0,
    notCovered: [],
  });

  const mark = async (
    controller: ControllerId,
    target: SubjectTarget,
    change: (key: string) => boolean,
  ): Promise<ActionResult> => {
    let changed = 0;
    for (const person of personsOf(target)) {
      const rows = allRowsOf(controller, [person]).length;
      if (rows > 0 && change(`${controller} ${person}`)) changed += rows;
    }
    return { changed, refused: [] };
  };

  return {
    describe,
    plan: async (request) => {
      request.signal?.throwIfAborted();
      const blocked = blockedOf(request, (target) => isRestricted(request.controller, personsOf(target)));
      const free = request.subjects.filter(
        (target) => !blocked.some((each) => each.subject === target.subject),
      );
      const persons = free.flatMap(personsOf);
      const found = store.tables
        .map((table) => ({ table, rows: rowsOf(request.controller, table, persons).length }))
        .filter(({ rows }) => rows > 0);
      const unknown = found.filter(({ table }) => table.verdict === "unknown");
      if (unknown.length > 0 && request.leaveUnknown !== true) {
        throw fault("SOURCE_UNKNOWN_TABLE", { clause: "D12.2", place: unknown[0]?.table.name });
      }
      return {
        source: id,
        controller: request.controller,
        ground: request.ground,
        subjects: free.map((target) => target.subject),
        blocked,
        tables: found.map(({ table, rows }) => countOf(table, rows)),
        kept: found.flatMap(({ table, rows }) =>
          typeof table.verdict === "string" ? [] : [{ where: table.name, rows, ...table.verdict }],
        ),
        notCovered: unknown.map(({ table }) => ({
          what: table.name,
          why: "a table that nobody has described",
        })),
        traces: {
          subjects: free.map((target) => ({
            subject: target.subject,
            references: target.identifiers.filter((each) => each.kind === kind),
            texts: target.identifiers.filter((each) => each.kind !== kind),
          })),
        },
        state: persons,
      };
    },
    collect: async function* ({ controller, subject, others, signal }) {
      const mine = personsOf(subject);
      const strangers = others === "withhold" ? othersIn(store, controller, mine) : undefined;
      for (const { table, row } of allRowsOf(controller, mine)) {
        signal?.throwIfAborted();
        const { name, category, purpose } = table;
        const { fields, withheld } = withoutOthers(row.fields, strangers);
        yield {
          where: name,
          category,
          purpose,
          row: { id: row.id, ...fields },
          ...(withheld.length === 0 ? {} : { withheld }),
        };
      }
    },
    erase: async function* (plan, { signal } = {}) {
      for (const { table, row } of allRowsOf(plan.controller, plan.state as readonly string[])) {
        signal?.throwIfAborted();
        if (isRestricted(plan.controller, [row.person]))
          throw fault("SOURCE_SUBJECT_RESTRICTED", { place: id });
        const step = eraseRow(store, table, row);
        if (step !== undefined) yield step;
      }
    },
    remaining: async (plan) =>
      plan.tables.map(({ table: name, kept }) => {
        const table = store.tables.find((each) => each.name === name);
        const rows =
          table === undefined ? [] : rowsOf(plan.controller, table, plan.state as readonly string[]);
        return { table: name, erased: 0, anonymised: 0, ...(table && countOf(table, rows.length)), kept };
      }),
    rectify: async ({ controller, subject, changes }) => {
      const refused: { what: string; why: string }[] = [];
      let changed = 0;
      for (const { where, field, value } of changes) {
        const rows = allRowsOf(controller, personsOf(subject)).filter(
          ({ table, row }) => table.name === where && Object.hasOwn(row.fields, field),
        );
        if (rows.length === 0 || typeof value !== "string") {
          refused.push({ what: `${where}.${field}`, why: "no such text about this person" });
          continue;
        }
        for (const { row } of rows) {
          store.beforeWrite();
          row.fields[field] = value;
        }
        changed += rows.length;
      }
      return { changed, refused };
    },
    restrict: (controller, target) =>
      mark(controller, target, (key) => !store.restricted.has(key) && store.restricted.add(key).has(key)),
    isRestricted: async (controller, target) => isRestricted(controller, personsOf(target)),
    lift: (controller, target) => mark(controller, target, (key) => store.restricted.delete(key)),
  };
}

/** Every text that stands for another person of the controller: keys, and whatever their own rows hold that mine do not. */
function othersIn(
  store: InMemoryStore,
  controller: ControllerId,
  mine: readonly string[],
): readonly string[] {
  const rows = [...store.rows.values()].flat().filter((row) => row.controller === controller);
  const own = new Set(
    rows.filter(({ person }) => mine.includes(person)).flatMap(({ fields }) => Object.values(fields)),
  );
  const theirs = rows
    .filter(({ person }) => person !== "" && !mine.includes(person))
    .flatMap(({ person, fields }) => [person, ...Object.values(fields)]);
  return [...new Set(theirs)]
    .filter((text) => text.length > 2 && !own.has(text))
    .sort((a, b) => b.length - a.length);
}

function withoutOthers(
  fields: Readonly<Record<string, string>>,
  strangers: readonly string[] = [],
): { readonly fields: Readonly<Record<string, string>>; readonly withheld: readonly string[] } {
  const kept = Object.entries(fields).map(
    ([field, text]) => [field, strangers.reduce((left, name) => left.replaceAll(name, "…"), text)] as const,
  );
  return {
    fields: Object.fromEntries(kept),
    withheld: kept.filter(([field, text]) => text !== fields[field]).map(([field]) => field),
  };
}

function blockedOf(
  request: PlanRequest,
  restricted: (target: SubjectTarget) => boolean,
): ErasurePlan["blocked"] {
  const held = new Map<SubjectId, string>((request.held ?? []).map((each) => [each.subject, each.clause]));
  return request.subjects.flatMap((target): ErasurePlan["blocked"] => {
    const { subject } = target;
    const clause = held.get(subject);
    if (clause !== undefined) return [{ subject, reason: "held", clause }];
    return restricted(target) ? [{ subject, reason: "restricted", clause: "D10.1a" }] : [];
  });
}

function countOf(table: InMemoryTable, rows: number): TableCount {
  const { name, verdict } = table;
  return {
    table: name,
    erased: verdict === "erase" ? rows : 0,
    anonymised: verdict === "anonymise" ? rows : 0,
    kept: verdict === "erase" || verdict === "anonymise" ? 0 : rows,
  };
}

function eraseRow(store: InMemoryStore, table: InMemoryTable, row: InMemoryRow): ErasureStep | undefined {
  if (table.verdict !== "erase" && table.verdict !== "anonymise") return undefined;
  store.beforeWrite();
  if (table.verdict === "erase") {
    const rows = store.rows.get(table.name) ?? [];
    rows.splice(rows.indexOf(row), 1);
  } else {
    row.person = "";
    row.fields = Object.fromEntries(Object.keys(row.fields).map((field) => [field, ""]));
  }
  return { ...countOf(table, 1), cursor: { table: table.name, row: row.id } };
}
