/**
 * The journal as a store of personal data. Erasing a person destroys the key of their slots: rows, numbers and proofs
 * stay, what was sealed is gone. Final only when the key store's own last backup is. @clause D10.1a, D12.2, DD.7
 */
import { type Database, makeUnitOfWork } from "@preau/database";
import type {
  ControllerId,
  ErasurePlan,
  NotCovered,
  PersonalDataSource,
  RegisteredSource,
  SubjectId,
  TableCount,
} from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import type { DatabaseJournal } from "./journal.ts";
import { lookAgainInJournal } from "./look-again.ts";
import { subjectScope } from "./record-slots.ts";
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
/** Entries a page. */
const PAGE = 500;

export function journalPersonalData(options: JournalPersonalDataOptions): RegisteredSource {
  return { source: journalSource(options), second: lookAgainInJournal(options) };
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
  const sealedRows = async (controller: ControllerId, subject: SubjectId): Promise<number> => {
    const key = await keyOf(controller, subject);
    return key === undefined ? 0 : countSealed(database.knex, controller, key);
  };
  const counted = async (controller: ControllerId, subjects: readonly SubjectId[]) => {
    let rows = 0;
    for (const subject of subjects) rows += await sealedRows(controller, subject);
    return [countOf(rows)];
  };

  return {
    describe: () => ({
      id: STORE,
      title: { en: "Journal of actions and evidence", fr: "Journal des actions et des preuves" },
      categories: ["connectionAndUsage"],
      documentedDelayHours: keyBackupHours,
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
        if (page.length < PAGE || before === undefined) return;
      }
    },

    erase: async function* (plan, { signal } = {}) {
      for (const subject of plan.subjects) {
        signal?.throwIfAborted();
        const rows = await sealedRows(plan.controller, subject);
        if (rows === 0) continue;
        await journal.forget(plan.controller, subject);
        yield { ...countOf(rows), cursor: null };
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

function countOf(rows: number): TableCount {
  return { table: TABLE, erased: 0, anonymised: rows, kept: 0 };
}
