import { type Database, makeUnitOfWork, migrate, openDatabase } from "@preau/database";
import { makeIds, systemClock } from "@preau/kernel";
import { keyMigrations, openKeyStore } from "@preau/keys";
import { type DatabaseKind, describeOnMariaDb, freshDatabase, journalContract } from "@preau/testing";
import { describe } from "vitest";
import {
  journalMigrations,
  makeJournal,
  makeSequencer,
  makeSigner,
  verifyReceiptOrProof,
} from "../src/index.ts";

const clock = systemClock;
const ids = makeIds(clock);

async function makeBench(kind: DatabaseKind) {
  const [data, keys] = await Promise.all([freshDatabase(kind), freshDatabase(kind)]);
  const [database, keysDatabase]: [Database, Database] = [
    await openDatabase({ url: data.url }),
    await openDatabase({ url: keys.url }),
  ];
  await migrate(database, [journalMigrations]);
  await migrate(keysDatabase, [keyMigrations]);
  const keyStore = await openKeyStore({
    database: keysDatabase,
    rootKey: new Uint8Array(32).fill(1),
    clock,
    ids,
  });
  const signer = makeSigner(new Uint8Array(32).fill(2));
  const options = { database, clock, ids, origin: "journal.example", signer };
  const journal = makeJournal({ ...options, keyStore });
  const sequencer = makeSequencer(options);
  return {
    journal,
    unitOfWork: makeUnitOfWork(database),
    settle: async () => {
      await sequencer.runOnce();
    },
    verify: async (proof: string) =>
      verifyReceiptOrProof(proof, { vkey: journal.vkey("activity") }).result === "TRUE",
    close: async () => {
      await Promise.all([database.close(), keysDatabase.close()]);
      await Promise.all([data.remove(), keys.remove()]);
    },
  };
}

journalContract("journal on SQLite", () => makeBench("sqlite"));
describeOnMariaDb("journal on MariaDB", () => {
  describe("contract", () => journalContract("journal on MariaDB", () => makeBench("mariadb")));
});
