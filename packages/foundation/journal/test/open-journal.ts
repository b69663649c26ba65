/** A journal with its key store on new databases, for the tests of this package. */
import { existsSync } from "node:fs";
import { type Database, makeUnitOfWork, migrate, openDatabase } from "@preau/database";
import {
  type Clock,
  controllerId,
  type JournalEvent,
  makeIds,
  type SubjectId,
  systemClock,
} from "@preau/kernel";
import { keyMigrations, makeHighWaterMarks, openKeyStore } from "@preau/keys";
import { type DatabaseKind, freshDatabase } from "@preau/testing";
import {
  journalMigrations,
  makeJournal,
  makeLogKeeping,
  makeReceipts,
  makeSequencer,
  makeSigner,
} from "../src/index.ts";

export const school = controllerId("college-1");
export const signer = makeSigner(new Uint8Array(32).fill(2));
const rootKey = new Uint8Array(32).fill(1);

/** On the databases at these addresses, which must be empty or of an earlier call. */
export async function openJournalAt(urls: { data: string; keys: string }, clock: Clock = systemClock) {
  const ids = makeIds(clock);
  const database: Database = await openDatabase({ url: urls.data });
  const keysDatabase: Database = await openDatabase({ url: urls.keys });
  await migrate(database, [journalMigrations]);
  await migrate(keysDatabase, [keyMigrations]);
  const keyStore = await openKeyStore({ database: keysDatabase, rootKey, clock, ids });
  const marks = makeHighWaterMarks(keysDatabase);
  const options = { database, clock, ids, origin: "journal.example", signer, marks };
  const sequencer = makeSequencer(options);
  const journal = makeJournal({ ...options, keyStore, recorded: () => sequencer.wake() });
  const keeping = makeLogKeeping({ ...options, keyStore, journal });
  return {
    ...options,
    keeping,
    keysDatabase,
    keyStore,
    journal,
    sequencer,
    receipts: makeReceipts({ database, journal, clock, ids }),
    unitOfWork: makeUnitOfWork(database),
    close: async () => {
      await Promise.all([database.close(), keysDatabase.close()]);
    },
  };
}

export type OpenJournal = Awaited<ReturnType<typeof openJournalAt>>;

export async function openFreshJournal(kind: DatabaseKind | "memory", clock?: Clock) {
  if (kind === "memory") return openJournalAt({ data: "sqlite::memory:", keys: "sqlite::memory:" }, clock);
  const [data, keys] = [await freshDatabase(kind), await freshDatabase(kind)];
  const opened = await openJournalAt({ data: data.url, keys: keys.url }, clock);
  return {
    ...opened,
    close: async () => {
      await opened.close();
      await Promise.all([data.remove(), keys.remove()]);
    },
  };
}

export function about(subject: SubjectId, change: Partial<JournalEvent> = {}): JournalEvent {
  return {
    log: "activity",
    type: "test.changed",
    clause: "DD.7",
    controller: school,
    actor: { role: "support", id: "act_1", payload: { from: "desk" } },
    subject: { id: subject, payload: { name: "Zoé Martin" } },
    payload: { count: 3 },
    ...change,
  };
}

/** The files of a SQLite database: itself, its write-ahead log, its shared memory. */
export function filesOf(path: string): readonly string[] {
  return ["", "-wal", "-shm", "-journal"].map((end) => path + end).filter(existsSync);
}
