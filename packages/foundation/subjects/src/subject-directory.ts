/**
 * The kernel's directory over two tables: a subject is an opaque id, its identifiers are hashes and sealed values.
 *
 * Forgetting deletes the rows with the caller's unit, and destroys the subject's key once that has committed: the key
 * store is another database and knows no rollback. Until the key is gone its subject stands in `sbj_key_to_destroy`, so
 * that a crash between the two loses nothing; the next forgetting, or `finishForgetting` at start, goes on.
 */
import { afterCommit, type Database, inUnit, makeUnitOfWork } from "@preau/database";
import {
  type Clock,
  type ControllerId,
  faultsOf,
  type Identifier,
  type Ids,
  isFault,
  errors as kernelErrors,
  type Log,
  type SubjectDirectory,
  type SubjectId,
  silentLog,
  type Unit,
} from "@preau/kernel";
import type { KeyStore } from "@preau/keys";
import { finishForgetting } from "./finish-forgetting.ts";
import { hashIdentifier, openValues, sealValue } from "./seal-identifier.ts";
import {
  deleteIdentifiers,
  deleteSubjects,
  identifiersOf,
  insertIdentifier,
  insertSubject,
  lockSubjects,
  subjectOfHash,
  subjectsAfter,
} from "./store/subject-rows.ts";

export interface SubjectDirectoryOptions {
  /** Migrated with `subjectMigrations`; not the key store's. */
  readonly database: Database;
  readonly keyStore: KeyStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log?: Log;
}

export interface StoredSubjectDirectory extends SubjectDirectory {
  /** Destroys the keys of forgotten subjects that a crash left; at start. How many. */
  finishForgetting(): Promise<number>;
}

const kernelFault = faultsOf(kernelErrors);
/** Rounds of a race between making and forgetting one identifier before the unit gives up. */
const ROUNDS = 5;

/** The directory. Identifiers are compared as they are: whoever reads them normalises them. */
export function makeSubjectDirectory(options: SubjectDirectoryOptions): StoredSubjectDirectory {
  const { database, keyStore, clock, ids, log = silentLog } = options;
  const units = makeUnitOfWork(database, { log });

  /** Adds the identifier to the subject; false when it belongs to somebody already. */
  const add = async (
    unit: Unit,
    {
      controller,
      subject,
      identifier,
    }: { controller: ControllerId; subject: SubjectId; identifier: Identifier },
    hash: string,
  ): Promise<boolean> => {
    const { kind, value } = identifier;
    const row = { id: ids.next("sid"), controller, subject, kind, hash, linked_at: clock.now() };
    const sealed = await sealValue(keyStore, row, value);
    try {
      await insertIdentifier(inUnit(unit), { ...row, sealed });
      return true;
    } catch (error) {
      if (isFault(error, "DATABASE_DUPLICATE")) return false;
      throw error;
    }
  };

  return {
    find: async (unit, controller, identifier) => {
      const queries = inUnit(unit);
      return subjectOfHash(
        queries,
        controller,
        identifier.kind,
        await hashIdentifier(keyStore, controller, identifier),
      );
    },

    identify: async (unit, controller, identifier) => {
      const queries = inUnit(unit);
      const hash = await hashIdentifier(keyStore, controller, identifier);
      for (let round = 0; round < ROUNDS; round += 1) {
        const known = await subjectOfHash(queries, controller, identifier.kind, hash);
        if (known !== undefined) return known;
        const subject = ids.next("sub");
        if (await add(unit, { controller, subject, identifier }, hash)) {
          await insertSubject(queries, { id: subject, controller, since: clock.now(), restricted_at: null });
          return subject;
        }
        // Somebody else was first, and has committed: READ COMMITTED shows theirs.
      }
      throw kernelFault("SUBJECT_UNKNOWN", { place: "sbj_identifier" });
    },

    link: async (unit, controller, subject, identifier) => {
      const queries = inUnit(unit);
      const [known] = await lockSubjects(unit, controller, [subject]);
      if (known === undefined) throw kernelFault("SUBJECT_UNKNOWN", { place: "link" });
      const hash = await hashIdentifier(keyStore, controller, identifier);
      const owner = await subjectOfHash(queries, controller, identifier.kind, hash);
      if (owner === subject) return;
      if (owner === undefined && (await add(unit, { controller, subject, identifier }, hash))) return;
      if ((await subjectOfHash(queries, controller, identifier.kind, hash)) === subject) return;
      throw kernelFault("SUBJECT_LINK_TAKEN");
    },

    list: (unit, controller, page) => subjectsAfter(inUnit(unit), controller, page),

    identifiers: async (unit, controller, subject) => {
      const rows = await identifiersOf(inUnit(unit), controller, [subject]);
      const opened = await openValues(keyStore, controller, rows);
      return opened.flatMap(({ row, value }) => (value === undefined ? [] : [{ kind: row.kind, value }]));
    },

    forget: async (unit, controller, subject) => {
      const [known] = await lockSubjects(unit, controller, [subject]);
      if (known === undefined) return;
      await deleteIdentifiers(unit, controller, [subject]);
      await deleteSubjects(unit, controller, [subject]);
      afterCommit(unit, () => {
        finishForgetting(database, units, keyStore).catch((error: unknown) => {
          log.warn("subjects.keyNotYetDestroyed", { code: isFault(error) ? error.code : "UNKNOWN" });
        });
      });
    },

    finishForgetting: () => finishForgetting(database, units, keyStore),
  };
}
