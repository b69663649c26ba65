/**
 * The journal as a store of personal data. Erasing a person destroys the key of their slots: rows, numbers and proofs
 * stay, what was sealed is gone. Final only when the key store's own last backup is. @clause D10.1a, D12.2, DD.7
 */
import { type Database, makeUnitOfWork } from "@preau/database";
import {
  type ControllerId,
  type ErasurePlan,
  exportWords,
  type NotCovered,
  type PersonalDataSource,
  type RegisteredSource,
  type SubjectId,
  type TableCount,
} from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import { archivedOfKeys } from "./archived-of-keys.ts";
import type { DatabaseJournal } from "./journal.ts";
import { lookAgainInJournal } from "./look-again.ts";
import { openEntries } from "./open-entries.ts";
import { subjectScope } from "./record-slots.ts";
import { recordWords } from "./record-words.ts";
import { countSealed } from "./store/sealed-rows.ts";

export interface JournalPersonalDataOptions {
  readonly database: Database;
  readonly journal: DatabaseJournal;
  readonly keyStore: KeyStore;
  /** Hours until the last backup of the key store from before an erasure is gone; 0 when none is made. */
  readonly keyBackupHours: number | "unknown";
}

const STORE = "journal";
/** Kind of a trace: the id of the destroyed key, which opaque rows still bear. */
const KEY_TRACE = "journal.key";
const TABLE = "jrn_entry";
const ARCHIVE = "jrn_archive";
/** Entries a page. */
const PAGE = 500;

export function journalPersonalData(options: JournalPersonalDataOptions): RegisteredSource {
  return {
    source: journalSource(options),
    second: lookAgainInJournal(options),
    exports: exportWords(recordWords),
  };
}

function journalSource({
  database,
  journal,
  keyStore,
  keyBackupHours,
}: JournalPersonalDataOptions): PersonalDataSource {
  const units = makeUnitOfWork(database);

  const keyOf = (controller: ControllerId, subject: SubjectId): Promise<string | undefined> => {
    const scope = subjectScope(controller, subject);
    return keyStore.withKeys([scope], (held) => held(scope)?.id, { create: false });
  };
  /** Entries by key, in one reading of the archive for all of them. */
  const countArchived = async (controller: ControllerId, keys: ReadonlySet<string>) => {
    const counts = new Map<string, number>();
    for await (const { slots } of archivedOfKeys({ database, keyStore }, controller, keys)) {
      for (const key of new Set([slots.subject?.key, slots.actor?.key]))
        if (typeof key === "string" && keys.has(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  };
  const keysOf = async (controller: ControllerId, subjects: readonly SubjectId[]) => {
    const keys = new Map<SubjectId, string>();
    for (const subject of subjects) {
      const key = await keyOf(controller, subject);
      if (key !== undefined) keys.set(subject, key);
    }
    return keys;
  };
  const counted = async (controller: ControllerId, subjects: readonly SubjectId[]) => {
    let rows = 0;
    const keys = new Set((await keysOf(controller, subjects)).values());
    for (const key of keys) rows += await countSealed(database.knex, controller, key);
    const archived = [...(await countArchived(controller, keys)).values()].reduce((sum, n) => sum + n, 0);
    return [countOf(TABLE, rows), ...(archived === 0 ? [] : [countOf(ARCHIVE, archived)])];
  };

  return {
    describe: () => ({
      id: STORE,
      title: { en: "Journal of actions and evidence", fr: "Journal des actions et des preuves" },
      categories: ["connectionAndUsage"],
      documentedDelayHours: keyBackupHours,
      restriction: "unused",
      notCovered: [],
    }),

    plan: async ({ controller, subjects, ground, held = [], signal }) => {
      const clauses = new Map(held.map((each) => [each.subject, each.clause]));
      const blocked = held.flatMap(({ subject, clause }) =>
        subjects.some((each) => each.subject === subject)
          ? [{ subject, reason: "held" as const, clause }]
          : [],
      );
      const planned = subjects.map(({ subject }) => subject).filter((subject) => !clauses.has(subject));
      const traces: ErasurePlan["traces"]["subjects"][number][] = [];
      for (const subject of planned) {
        signal?.throwIfAborted();
        const key = await keyOf(controller, subject);
        const references = key === undefined ? [] : [{ kind: KEY_TRACE, value: key }];
        traces.push({ subject, references, texts: [] });
      }
      return {
        ...{ source: STORE, controller, ground, subjects: planned, blocked },
        tables: await counted(controller, planned),
        ...{ kept: [], notCovered: [], traces: { subjects: traces }, state: null },
      };
    },

    collect: async function* ({ controller, subject: { subject }, signal }) {
      let before: Awaited<ReturnType<typeof journal.entries>>[number]["id"] | undefined;
      for (;;) {
        signal?.throwIfAborted();
        const query = { controller, subject, limit: PAGE, ...(before === undefined ? {} : { before }) };
        const page = await units.transaction((unit) => journal.entries(unit, query));
        for (const { recordedAt, type, subject: about } of page) {
          const row = { recordedAt, type, payload: about?.payload ?? null };
          yield { where: TABLE, category: "connectionAndUsage", purpose: "traceability", row };
        }
        before = page.at(-1)?.id;
        if (page.length < PAGE || before === undefined) break;
      }
      // The archive is closed to readers, and not to the person whom it is about (art. 15).
      const key = await keyOf(controller, subject);
      const keys = new Set(key === undefined ? [] : [key]);
      for await (const row of archivedOfKeys({ database, keyStore }, controller, keys)) {
        signal?.throwIfAborted();
        const [entry] = await openEntries(keyStore, controller, [row]);
        if (entry === undefined) continue;
        const { recordedAt, type, subject: about } = entry;
        yield {
          ...{ where: ARCHIVE, category: "connectionAndUsage", purpose: "traceability" },
          row: { recordedAt, type, payload: about?.payload ?? null },
        };
      }
    },

    erase: async function* (plan, { signal } = {}) {
      const keys = await keysOf(plan.controller, plan.subjects);
      const inArchive = await countArchived(plan.controller, new Set(keys.values()));
      for (const [subject, key] of keys) {
        signal?.throwIfAborted();
        const rows = await countSealed(database.knex, plan.controller, key);
        const archived = inArchive.get(key) ?? 0;
        // One key holds both: what is archived opens no more either.
        await journal.forget(plan.controller, subject);
        if (rows > 0) yield { ...countOf(TABLE, rows), cursor: null };
        if (archived > 0) yield { ...countOf(ARCHIVE, archived), cursor: null };
      }
    },

    remaining: (plan) => counted(plan.controller, plan.subjects),

    rectify: async () => ({ changed: 0, refused: [UNCHANGEABLE] }),
    restrict: async () => ({ changed: 0, refused: [UNUSED] }),
    lift: async () => ({ changed: 0, refused: [UNUSED] }),
  };
}

const UNCHANGEABLE: NotCovered = {
  what: TABLE,
  why: "an entry says what happened, and is never rewritten",
  remedy: "record a correction as an entry of its own",
};
const UNUSED: NotCovered = {
  what: TABLE,
  why: "entries are kept as evidence and used for nothing else",
};

function countOf(table: string, rows: number): TableCount {
  return { table, erased: 0, anonymised: rows, kept: 0 };
}
