/** What retention needs of a hub, over real databases, keys, journal and directory. No pages: programs use it too. */
import { readdirSync, readFileSync } from "node:fs";
import { oneAgreement, readAgreementFolder, referenceFolder } from "@preau/agreement";
import { contractMigrations, makeContracts } from "@preau/contracts";
import { type Database, databaseMigrations, makeJobs, makeUnitOfWork, migrate } from "@preau/database";
import {
  journalMigrations,
  journalPersonalData,
  makeJournal,
  makeLogKeeping,
  makeReceipts,
  makeSequencer,
  makeSigner,
  type Receipt,
} from "@preau/journal";
import {
  type Clock,
  controllerId,
  inMemoryBackupCatalogue,
  inMemoryReplayList,
  type Log,
  type LogFields,
  makeEvents,
  makeIds,
  type Ports,
  type PreauEvents,
  type ReceiptId,
  type RegisteredSource,
  type SubjectId,
} from "@preau/kernel";
import { keyMigrations, openKeyStore } from "@preau/keys";
import { makeSubjectDirectory, subjectMigrations, subjectsPersonalData } from "@preau/subjects";
import { erasureSubjects, erasures } from "../src/migrations/001-erasures.ts";
import { purgeMigrations } from "../src/migrations/002-purges.ts";
import { laterLooks } from "../src/migrations/003-later-looks.ts";
import { orderErasure } from "../src/order-erasure.ts";
import type { RetentionPorts } from "../src/retention-ports.ts";
import { PUPIL_KIND, schoolSource } from "./school.ts";

export const SCHOOL = controllerId("college-du-hameau");
export const OTHER_SCHOOL = controllerId("lycee-des-acacias");

const referenceAgreement = readAgreementFolder(
  new Map(
    readdirSync(referenceFolder).map((name) => [name, readFileSync(new URL(name, referenceFolder), "utf8")]),
  ),
);

export interface Databases {
  readonly database: Database;
  readonly keysDatabase: Database;
  readonly schoolDatabase: Database;
}

export type House = Awaited<ReturnType<typeof makeHouse>>;

/** The same databases may be given again: a restart, or a second process. */
export async function makeHouse({ database, keysDatabase, schoolDatabase }: Databases, clock: Clock) {
  const ids = makeIds(clock);
  const lines: { readonly event: string; readonly fields: LogFields }[] = [];
  const write = (event: string, fields: LogFields = {}) => void lines.push({ event, fields });
  const log: Log = { info: write, warn: write, error: write };
  await migrate(keysDatabase, [keyMigrations]);
  await migrate(database, [
    databaseMigrations,
    journalMigrations,
    contractMigrations,
    subjectMigrations,
    { owner: "retention", migrations: [erasures, erasureSubjects, ...purgeMigrations, laterLooks] },
  ]);
  const vault = await openKeyStore({ database: keysDatabase, rootKey: Buffer.alloc(32, 7), clock, ids });
  const making = { database, clock, ids, origin: "journal.example", signer: makeSigner(Buffer.alloc(32, 9)) };
  const sequencer = makeSequencer(making);
  const journal = makeJournal({ ...making, keyStore: vault });
  const receipts = makeReceipts({ database, journal, clock, ids });
  const subjects = makeSubjectDirectory({ database, keyStore: vault, ids, clock, log });
  const unitOfWork = makeUnitOfWork(database, { log });
  const closed: PreauEvents["erasure.closed"][] = [];
  const sources = new Map<string, RegisteredSource>();
  const registered = [
    schoolSource(schoolDatabase, SCHOOL, clock),
    journalPersonalData({ database, journal, keyStore: vault, keyBackupHours: 0 }),
    subjectsPersonalData({ database, keyStore: vault, clock }),
  ];
  for (const each of registered) sources.set(each.source.describe().id, each);
  const agreements = oneAgreement(referenceAgreement);
  const ports = {
    agreements,
    backups: inMemoryBackupCatalogue(),
    clock,
    contracts: makeContracts({ database, vault, agreements, clock }),
    events: makeEvents([{ "erasure.closed": async (event) => void closed.push(event) }]),
    ids,
    jobs: makeJobs({ clock, ids }),
    journal,
    logKeeping: makeLogKeeping({ ...making, journal, keyStore: vault }),
    log,
    receipts,
    replay: inMemoryReplayList(),
    sources,
    subjects,
    unitOfWork,
    vault,
  } satisfies RetentionPorts & Pick<Ports, "logKeeping">;

  const identify = (pupil: number, controller = SCHOOL): Promise<SubjectId> =>
    unitOfWork.transaction((unit) =>
      subjects.identify(unit, controller, { kind: PUPIL_KIND, value: String(pupil) }),
    );

  return {
    ports,
    sources,
    database,
    schoolDatabase,
    sequencer,
    closed,
    lines,
    vkey: journal.vkey("evidence"),
    identify,
    /** Orders the erasure of these pupils, all at once. */
    order: async (pupils: readonly number[], run: Parameters<typeof orderErasure>[3] = { by: "caller" }) => {
      const persons: SubjectId[] = [];
      for (const pupil of pupils) persons.push(await identify(pupil));
      return unitOfWork.transaction((unit) =>
        orderErasure(
          unit,
          ports,
          {
            controller: SCHOOL,
            subjects: persons,
            ground: "account-deleted",
            requestedBy: "dataSubject",
            requestedAt: clock.now(),
          },
          run,
        ),
      );
    },
    /** The file of a filed receipt, and what it says. */
    receipt: async (id: ReceiptId): Promise<Receipt & { readonly file: string }> => {
      await sequencer.runOnce();
      const file = await receipts.receiptFile(SCHOOL, id);
      if (file === undefined) throw new Error("no such receipt");
      return { ...(JSON.parse(file) as Receipt), file };
    },
  };
}
