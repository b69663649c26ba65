/**
 * The directory as a store of personal data: its own identifiers are erased like everybody's. @clause D10.1a, D12.2
 *
 * A run goes by chunks of subjects: identifiers and their keys first, then the subjects' rows.
 */
import { type Database, inUnit, makeUnitOfWork } from "@preau/database";
import {
  type Clock,
  type ControllerId,
  type ErasurePlan,
  exportWords,
  faultsOf,
  type Identifier,
  isFault,
  errors as kernelErrors,
  type PersonalDataSource,
  type PlanRequest,
  type Rectification,
  type RegisteredSource,
  type SubjectId,
  type TableCount,
  type Unit,
} from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import { finishForgetting } from "./finish-forgetting.ts";
import { lookAgainForSubjects } from "./look-again.ts";
import { recordWords } from "./record-words.ts";
import { hashIdentifier, openValues, sealValue } from "./seal-identifier.ts";
import {
  countRows,
  deleteIdentifiers,
  deleteSubjects,
  type IdentifierRow,
  identifiersOf,
  lockSubjects,
  setRestricted,
  subjectsOf,
  updateIdentifier,
} from "./store/subject-rows.ts";

export interface SubjectsPersonalDataOptions {
  readonly database: Database;
  readonly keyStore: KeyStore;
  readonly clock: Clock;
}

const STORE = "subjects";
/** The agreement's words for what an identifier is and is for. */
const CATEGORY = "connectionAndUsage";
const PURPOSE = "runPlatform";
/** Subjects a transaction. */
const CHUNK = 200;

const kernelFault = faultsOf(kernelErrors);

/** Both faces of the directory's own tables. */
export function subjectsPersonalData(options: SubjectsPersonalDataOptions): RegisteredSource {
  const { database, keyStore, clock } = options;
  const units = makeUnitOfWork(database);

  const openedOf = async (controller: ControllerId, subjects: readonly SubjectId[]) =>
    openValues(keyStore, controller, await identifiersOf(database.knex, controller, subjects));

  const plan = async (request: PlanRequest): Promise<ErasurePlan> => {
    const { controller, ground, signal } = request;
    const rows = await subjectsOf(
      database.knex,
      controller,
      request.subjects.map(({ subject }) => subject),
    );
    const restricted = new Set(rows.filter((row) => row.restricted_at !== null).map(({ id }) => id));
    const blocked = blockedOf(request, restricted);
    const subjects = request.subjects
      .map(({ subject }) => subject)
      .filter((subject) => !blocked.some((each) => each.subject === subject));
    const texts = new Map<SubjectId, Identifier[]>();
    for (let start = 0; start < subjects.length; start += CHUNK) {
      signal?.throwIfAborted();
      for (const { row, value } of await openedOf(controller, subjects.slice(start, start + CHUNK))) {
        const known = texts.get(row.subject) ?? [];
        if (value !== undefined) texts.set(row.subject, [...known, { kind: row.kind, value }]);
      }
    }
    const traces = subjects.map((subject) => ({
      subject,
      references: [{ kind: "preau.subject", value: subject }],
      texts: texts.get(subject) ?? [],
    }));
    return {
      source: STORE,
      controller,
      ground,
      subjects,
      blocked,
      tables: tablesOf(await countRows(database.knex, controller, subjects)),
      kept: [],
      notCovered: [],
      traces: { subjects: traces },
      state: null,
    };
  };

  const lockFree = async (unit: Unit, controller: ControllerId, subjects: readonly SubjectId[]) => {
    const rows = await lockSubjects(unit, controller, subjects);
    if (rows.some((row) => row.restricted_at !== null)) {
      throw kernelFault("SOURCE_SUBJECT_RESTRICTED", { place: STORE, clause: "D10.1a" });
    }
  };

  const source: PersonalDataSource = {
    describe: () => ({
      id: STORE,
      title: { en: "Directory of data subjects", fr: "Annuaire des personnes concernées" },
      categories: [CATEGORY],
      documentedDelayHours: 0,
      notCovered: [],
    }),
    plan,
    collect: async function* ({ controller, subject: { subject }, signal }) {
      const [row] = await subjectsOf(database.knex, controller, [subject]);
      signal?.throwIfAborted();
      if (row === undefined) return;
      const about = { category: CATEGORY, purpose: PURPOSE };
      yield { where: "sbj_subject", ...about, row: { subject, since: row.since } };
      for (const each of await openedOf(controller, [subject])) {
        signal?.throwIfAborted();
        const { kind, linked_at } = each.row;
        yield {
          where: "sbj_identifier",
          ...about,
          row: { kind, value: each.value ?? null, linkedAt: linked_at },
        };
      }
    },
    erase: async function* ({ controller, subjects }, { signal } = {}) {
      await finishForgetting(database, units, keyStore);
      for (let start = 0; start < subjects.length; start += CHUNK) {
        const chunk = subjects.slice(start, start + CHUNK);
        const cursor = { done: start + chunk.length };
        signal?.throwIfAborted();
        const identifiers = await units.transaction(async (unit) => {
          await lockFree(unit, controller, chunk);
          return deleteIdentifiers(unit, controller, chunk);
        });
        await finishForgetting(database, units, keyStore);
        yield { ...tableOf("sbj_identifier", identifiers), cursor };
        signal?.throwIfAborted();
        const rows = await units.transaction(async (unit) => {
          await lockFree(unit, controller, chunk);
          return deleteSubjects(unit, controller, chunk);
        });
        yield { ...tableOf("sbj_subject", rows), cursor };
      }
    },
    remaining: async ({ controller, subjects }) =>
      tablesOf(await countRows(database.knex, controller, subjects)),
    rectify: (request) => units.transaction((unit) => rectify(unit, keyStore, request)),
    restrict: async (controller, { subject }) => {
      const now = clock.now();
      const changed = await units.transaction((unit) => setRestricted(unit, controller, subject, now));
      return { changed, refused: [] };
    },
    lift: async (controller, { subject }) => {
      const changed = await units.transaction((unit) => setRestricted(unit, controller, subject, null));
      return { changed, refused: [] };
    },
  };
  return { source, second: lookAgainForSubjects({ database, keyStore }), exports: exportWords(recordWords) };
}

/** Corrects the value of an identifier: `where` is `sbj_identifier`, `field` its kind, of which there must be one. */
async function rectify(unit: Unit, keyStore: KeyStore, { controller, subject, changes }: Rectification) {
  const refused: { what: string; why: string }[] = [];
  let changed = 0;
  for (const { where, field, value } of changes) {
    const rows = (await identifiersOf(inUnit(unit), controller, [subject.subject])).filter(
      ({ kind }) => kind === field,
    );
    const [row] = rows;
    const what = `${where}.${field}`;
    if (where !== "sbj_identifier" || row === undefined || rows.length > 1 || typeof value !== "string") {
      refused.push({ what, why: "not exactly one text of that kind about this person" });
    } else if (await changeValue(unit, keyStore, row, value)) {
      changed += 1;
    } else {
      refused.push({ what, why: "this identifier belongs to another data subject" });
    }
  }
  return { changed, refused };
}

async function changeValue(
  unit: Unit,
  keyStore: KeyStore,
  row: IdentifierRow,
  value: string,
): Promise<boolean> {
  const hash = await hashIdentifier(keyStore, row.controller, { kind: row.kind, value });
  const sealed = await sealValue(keyStore, row, value);
  try {
    await updateIdentifier(inUnit(unit), { ...row, hash, sealed });
    return true;
  } catch (error) {
    if (isFault(error, "DATABASE_DUPLICATE")) return false;
    throw error;
  }
}

function blockedOf(request: PlanRequest, restricted: ReadonlySet<SubjectId>): ErasurePlan["blocked"] {
  const held = new Map<SubjectId, string>((request.held ?? []).map((each) => [each.subject, each.clause]));
  return request.subjects.flatMap(({ subject }): ErasurePlan["blocked"] => {
    const clause = held.get(subject);
    if (clause !== undefined) return [{ subject, reason: "held", clause }];
    return restricted.has(subject) ? [{ subject, reason: "restricted", clause: "D10.1a" }] : [];
  });
}

function tableOf(table: string, erased: number): TableCount {
  return { table, erased, anonymised: 0, kept: 0 };
}

function tablesOf(count: { readonly subjects: number; readonly identifiers: number }): readonly TableCount[] {
  return [tableOf("sbj_identifier", count.identifiers), tableOf("sbj_subject", count.subjects)];
}
