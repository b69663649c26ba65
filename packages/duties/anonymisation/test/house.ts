/** What releases need of a hub, over real databases, keys, journal and register. Programs use it too. */
import { readdirSync, readFileSync } from "node:fs";
import { oneAgreement, readAgreementFolder, referenceFolder } from "@preau/agreement";
import { localDate } from "@preau/calendar";
import { contractMigrations, makeContracts, openContract, registerController } from "@preau/contracts";
import { type Database, databaseMigrations, makeUnitOfWork, migrate } from "@preau/database";
import { journalMigrations, makeJournal, makeSequencer, makeSigner } from "@preau/journal";
import {
  type Clock,
  type ControllerId,
  controllerId,
  makeIds,
  type RegisteredSource,
  silentLog,
  type Unit,
} from "@preau/kernel";
import { keyMigrations, openKeyStore } from "@preau/keys";
import { objections, standings } from "../src/migrations/001-objections.ts";
import { handOvers, releaseControllers, releases } from "../src/migrations/002-releases.ts";
import type { ReleasePorts } from "../src/release-ports.ts";

export const [HAMEAU, ACACIAS, TILLEULS] = [
  controllerId("college-du-hameau"),
  controllerId("lycee-des-acacias"),
  controllerId("ecole-des-tilleuls"),
];
export const DPO = { role: "controllerDpo" } as const;
export const PUBLISHER_DPO = { role: "publisherDpo" } as const;

export const referenceAgreement = readAgreementFolder(
  new Map(
    readdirSync(referenceFolder).map((name) => [name, readFileSync(new URL(name, referenceFolder), "utf8")]),
  ),
);
/** What the ledger says of a plan of that id. */
export function planOf(id: string) {
  const title = { fr: `Usages de ${id}`, en: `Uses of ${id}` };
  return { plan: id, planHash: `sha256:${"a".repeat(64)}`, title, purpose: "statistics" };
}

export interface HouseDatabases {
  readonly database: Database;
  readonly keysDatabase: Database;
}

/** The same databases may be given again: a restart, or a second process. */
export async function makeHouse({ database, keysDatabase }: HouseDatabases, clock: Clock) {
  const ids = makeIds(clock);
  await migrate(keysDatabase, [keyMigrations]);
  await migrate(database, [
    databaseMigrations,
    journalMigrations,
    contractMigrations,
    { owner: "anonymisation", migrations: [objections, standings, releases, releaseControllers, handOvers] },
  ]);
  const vault = await openKeyStore({ database: keysDatabase, rootKey: Buffer.alloc(32, 7), clock, ids });
  const making = { database, clock, ids, origin: "journal.example", signer: makeSigner(Buffer.alloc(32, 9)) };
  const sequencer = makeSequencer(making);
  const journal = makeJournal({ ...making, keyStore: vault });
  const unitOfWork = makeUnitOfWork(database);
  const agreements = oneAgreement(referenceAgreement);
  const sources = new Map<string, RegisteredSource>();
  const ports = {
    ...{ agreements, clock, ids, journal, log: silentLog, sources, unitOfWork, vault },
    contracts: makeContracts({ database, vault, agreements, clock }),
  } satisfies ReleasePorts;
  const inUnit = <T>(work: (unit: Unit) => Promise<T>) => unitOfWork.transaction(work);

  return {
    ...{ ports, sources, database, sequencer, inUnit },
    /** Registers a school, and opens its contract unless it is to have none. */
    register: async (controller: ControllerId, contract: "contract" | "noContract" = "contract") => {
      const edit = { controller, actor: DPO, version: "current" } as const;
      const place = { region: "metropole", zone: "Europe/Paris" } as const;
      await inUnit(async (unit) => {
        await registerController(unit, ports, edit, {
          ...{
            kind: "school",
            name: `École ${controller}`,
            legalForm: "EPLE",
            seat: "1, rue du Préau",
            place,
          },
        });
        if (contract === "noContract") return;
        await openContract(unit, ports, edit, {
          ...{ reference: `${controller}-1`, products: ["plume"], startsOn: localDate("2019-09-01") },
        });
      });
    },
    entries: (controller: ControllerId, type: string) =>
      inUnit((unit) => journal.entries(unit, { controller, type })),
  };
}
