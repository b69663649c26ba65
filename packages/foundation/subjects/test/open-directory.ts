import { randomBytes } from "node:crypto";
import { type Database, makeUnitOfWork, migrate, openDatabase } from "@preau/database";
import { type ManualClock, makeIds, manualClock, type UnitOfWork } from "@preau/kernel";
import { type KeyStore, keyMigrations, openKeyStore } from "@preau/keys";
import { type DatabaseKind, describeOnMariaDb, freshDatabaseUrl } from "@preau/testing";
import { describe } from "vitest";
import { makeSubjectDirectory, type StoredSubjectDirectory, subjectMigrations } from "../src/index.ts";

export interface OpenDirectory {
  readonly database: Database;
  readonly keyStore: KeyStore;
  readonly directory: StoredSubjectDirectory;
  readonly unitOfWork: UnitOfWork;
  readonly clock: ManualClock;
  readonly close: () => Promise<void>;
}

/** A directory over a fresh database of that kind, its keys in another. */
export async function openDirectory(kind: DatabaseKind): Promise<OpenDirectory> {
  const [database, keys] = [
    await openDatabase({ url: await freshDatabaseUrl(kind) }),
    await openDatabase({ url: await freshDatabaseUrl("sqlite") }),
  ];
  await migrate(database, [subjectMigrations]);
  await migrate(keys, [keyMigrations]);
  const clock = manualClock();
  const ids = makeIds(clock);
  const keyStore = await openKeyStore({ database: keys, rootKey: randomBytes(32), clock, ids });
  const directory = makeSubjectDirectory({ database, keyStore, clock, ids });
  return {
    database,
    keyStore,
    directory,
    unitOfWork: makeUnitOfWork(database),
    clock,
    close: async () => {
      await directory.finishForgetting(); // what a forgetting began in the background has ended then
      keyStore.close();
      await database.close();
      await keys.close();
    },
  };
}

/** A suite on both databases whose tests open them themselves. */
export function describeKinds(suite: (kind: DatabaseKind) => void): void {
  describe("on SQLite", () => suite("sqlite"));
  describeOnMariaDb("on MariaDB", () => suite("mariadb"));
}
