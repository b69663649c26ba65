/** A hub with a register, keys and journal over SQLite, for copies; its stores of data are given by the tests. */
import { readdirSync, readFileSync } from "node:fs";
import { type Agreement, oneAgreement, readAgreementFolder, referenceFolder } from "@preau/agreement";
import { localDate } from "@preau/calendar";
import {
  appointOfficer,
  contractMigrations,
  type LegalBasis,
  makeContracts,
  openContract,
  registerController,
  settleLegalBases,
} from "@preau/contracts";
import { databaseMigrations, makeUnitOfWork, migrate, openDatabase } from "@preau/database";
import { journalMigrations, makeJournal, makeSigner } from "@preau/journal";
import {
  controllerId,
  instant,
  makeIds,
  manualClock,
  type RegisteredSource,
  type SubjectTarget,
} from "@preau/kernel";
import { keyMigrations, openKeyStore } from "@preau/keys";
import { inMemoryPorts } from "@preau/testing";
import { onTestFinished } from "vitest";
import type { PersonCopyRequest } from "../src/copy-read.ts";
import type { ExportPorts } from "../src/export-ports.ts";
import { personCopy } from "../src/person-copy.ts";

export const [HAMEAU, ACACIAS] = [controllerId("college-du-hameau"), controllerId("lycee-des-acacias")];
export const NOW = instant("2026-11-23T08:15:00.000Z");

export const referenceAgreement: Agreement = readAgreementFolder(
  new Map(
    readdirSync(referenceFolder).map((name) => [name, readFileSync(new URL(name, referenceFolder), "utf8")]),
  ),
);

export interface HouseOptions {
  readonly agreement?: Agreement;
  readonly sources: readonly RegisteredSource[];
}

export async function makeHouse({ agreement = referenceAgreement, sources }: HouseOptions) {
  const [database, keysDatabase] = [
    await openDatabase({ url: "sqlite::memory:" }),
    await openDatabase({ url: "sqlite::memory:" }),
  ];
  onTestFinished(async () => {
    await database.close();
    await keysDatabase.close();
  });
  const clock = manualClock(NOW);
  const ids = makeIds(clock);
  await migrate(keysDatabase, [keyMigrations]);
  await migrate(database, [databaseMigrations, journalMigrations, contractMigrations]);
  const vault = await openKeyStore({ database: keysDatabase, rootKey: Buffer.alloc(32, 7), clock, ids });
  const signer = makeSigner(Buffer.alloc(32, 9));
  const journal = makeJournal({ database, clock, ids, origin: "journal.example", signer, keyStore: vault });
  const unitOfWork = makeUnitOfWork(database);
  const agreements = oneAgreement(agreement);
  const { log, jobs, events, instructions, subjects } = inMemoryPorts();
  const ports = {
    ...{ agreements, clock, events, ids, instructions, jobs, journal, log, subjects, unitOfWork, vault },
    contracts: makeContracts({ database, vault, agreements, clock }),
    sources: new Map(sources.map((each) => [each.source.describe().id, each])),
  } satisfies ExportPorts;

  return {
    ports,
    /** A school with a data protection officer and a contract on one product. */
    register: (bases: Readonly<Record<string, LegalBasis>> = {}, controller = HAMEAU) =>
      unitOfWork.transaction(async (unit) => {
        const edit = { controller, actor: { role: "controllerDpo" }, version: "current" } as const;
        const place = { region: "metropole", zone: "Europe/Paris" } as const;
        const school = { kind: "school", legalForm: "EPLE", seat: "1, rue du Hameau, 35000 Rennes" } as const;
        await registerController(unit, ports, edit, { ...school, name: "Collège du Hameau", place });
        await appointOfficer(unit, ports, edit, {
          ...{ role: "dpo", name: "Hermine Castagné", email: "dpo@hameau.example" },
        });
        const contract = await openContract(unit, ports, edit, {
          ...{ reference: "HAM-1", products: ["plume"], startsOn: localDate("2024-09-01") },
        });
        const settled = Object.entries(bases).map(([purpose, legalBasis]) => ({
          ...{ product: "plume", purpose, legalBasis },
        }));
        if (settled.length > 0) await settleLegalBases(unit, ports, edit, { contract, bases: settled });
      }),
    copy: (subject: SubjectTarget, more: Partial<PersonCopyRequest> = {}) =>
      personCopy(ports, {
        ...{ kind: "access", controller: HAMEAU, subject, language: "fr", requestedBy: "dataSubject" },
        ...more,
      }),
  };
}
export type House = Awaited<ReturnType<typeof makeHouse>>;
