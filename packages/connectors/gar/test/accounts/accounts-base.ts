/** The half of a house that needs no pages: programs that Node reads from their sources use it too. */
import { readdirSync, readFileSync } from "node:fs";
import { compileGateTable, oneAgreement, readAgreementFolder, referenceFolder } from "@preau/agreement";
import { contractMigrations, makeContracts } from "@preau/contracts";
import { type Database, makeUnitOfWork, migrate } from "@preau/database";
import { journalMigrations, makeJournal, makeReceipts, makeSequencer, makeSigner } from "@preau/journal";
import {
  type Clock,
  controllerId,
  type GateTable,
  makeGate,
  makeIds,
  type RegisteredSource,
  silentLog,
} from "@preau/kernel";
import { keyMigrations, openKeyStore } from "@preau/keys";
import { makeSubjectDirectory, subjectMigrations } from "@preau/subjects";
import { restrictedCheck } from "../../src/accounts/restricted-check.ts";
import { garMigrations } from "../../src/migrations/index.ts";

export const MINISTRY = controllerId("ministry");
export const SCHOOL = controllerId("college-des-ajoncs");
export const UAI = "0999999F";
export const OTHER_UAI = "0999998E";

const agreement = readAgreementFolder(
  new Map(
    readdirSync(referenceFolder).map((name) => [name, readFileSync(new URL(name, referenceFolder), "utf8")]),
  ),
);
const table = compileGateTable(agreement);
/** An agreement that lists for everybody what the reference lists for teachers through the GAR. */
const openToAll: GateTable = {
  agreement: table.agreement,
  row: (flow) => table.row({ ...flow, role: "teacher", origin: "gar", product: "plume" }),
};

export interface Databases {
  readonly database: Database;
  readonly keysDatabase: Database;
}

/** The same databases may be given again: a second process. */
export async function makeBase(
  { database, keysDatabase }: Databases,
  clock: Clock,
  { migrated = "all" }: { readonly migrated?: "all" | "own" } = {},
) {
  const ids = makeIds(clock);
  await migrate(keysDatabase, [keyMigrations]);
  const own = [subjectMigrations, { owner: "gar", migrations: garMigrations }];
  await migrate(database, migrated === "own" ? own : [...own, journalMigrations, contractMigrations]);
  const vault = await openKeyStore({ database: keysDatabase, rootKey: Buffer.alloc(32, 7), clock, ids });
  const making = { database, clock, ids, origin: "journal.example", signer: makeSigner(Buffer.alloc(32, 9)) };
  const journal = makeJournal({ ...making, keyStore: vault });
  const agreements = oneAgreement(agreement);
  const sources = new Map<string, RegisteredSource>();
  return {
    sequencer: makeSequencer(making),
    ports: {
      agreements,
      clock,
      contracts: makeContracts({ database, vault, agreements, clock }),
      gate: makeGate({ tableFor: () => openToAll, clock, checks: [restrictedCheck()] }),
      ids,
      journal,
      log: silentLog,
      receipts: makeReceipts({ database, journal, clock, ids }),
      sources,
      subjects: makeSubjectDirectory({ database, keyStore: vault, ids, clock }),
      unitOfWork: makeUnitOfWork(database),
      vault,
    },
  };
}
