/** What the ledger needs of a hub, over real databases, keys, journal and register. */
import { readdirSync, readFileSync } from "node:fs";
import { type Agreement, oneAgreement, readAgreementFolder, referenceFolder } from "@preau/agreement";
import { localDate } from "@preau/calendar";
import {
  appointOfficer,
  contractMigrations,
  makeContracts,
  openContract,
  registerController,
} from "@preau/contracts";
import {
  type Database,
  databaseMigrations,
  makeJobs,
  makeUnitOfWork,
  makeWorker,
  migrate,
} from "@preau/database";
import { journalMigrations, makeJournal, makeSequencer, makeSigner } from "@preau/journal";
import {
  type Clock,
  type ControllerId,
  controllerId,
  type EventHandlers,
  type JobDefinition,
  type Message,
  makeEvents,
  makeIds,
  type RegisteredSource,
  silentLog,
  type Unit,
} from "@preau/kernel";
import { keyMigrations, openKeyStore } from "@preau/keys";
import { makeApiTokens, makeLinks, webMigrations } from "@preau/web";
import { instructionsMigrations, makeInstructions } from "../src/index.ts";

export const [HAMEAU, ACACIAS] = [controllerId("college-du-hameau"), controllerId("lycee-des-acacias")];
export const DPO = { role: "controllerDpo" } as const;
export const PUBLISHER_DPO = { role: "publisherDpo" } as const;

export const referenceAgreement = readAgreementFolder(
  new Map(
    readdirSync(referenceFolder).map((name) => [name, readFileSync(new URL(name, referenceFolder), "utf8")]),
  ),
);
export const holdingAgreement: Agreement = {
  ...referenceAgreement,
  doubtfulInstruction: { clause: "D6.2a", then: "hold" },
};

export interface HouseOptions {
  readonly database: Database;
  readonly keysDatabase: Database;
  readonly agreement?: Agreement;
}

/** The same databases may be given again: a restart, or a second process. */
export async function makeHouse(
  { database, keysDatabase, agreement = referenceAgreement }: HouseOptions,
  clock: Clock,
) {
  const ids = makeIds(clock);
  await migrate(keysDatabase, [keyMigrations]);
  await migrate(database, [
    databaseMigrations,
    journalMigrations,
    contractMigrations,
    { owner: "web", migrations: webMigrations },
    instructionsMigrations,
  ]);
  const vault = await openKeyStore({ database: keysDatabase, rootKey: Buffer.alloc(32, 7), clock, ids });
  const making = { database, clock, ids, origin: "journal.example", signer: makeSigner(Buffer.alloc(32, 9)) };
  const sequencer = makeSequencer(making);
  const journal = makeJournal({ ...making, keyStore: vault });
  const unitOfWork = makeUnitOfWork(database);
  const agreements = oneAgreement(agreement);
  const handlers: EventHandlers[] = [];
  const events = makeEvents(handlers);
  const jobs = makeJobs({ clock, ids });
  const contracts = makeContracts({ database, vault, agreements, clock });
  const instructions = makeInstructions({ agreements, clock, events, ids, jobs, journal });
  const sent: Message[] = [];
  const sources = new Map<string, RegisteredSource>();
  const log = silentLog;
  const ports = {
    apiTokens: makeApiTokens({ clock, ids, journal, log, unitOfWork }),
    links: makeLinks({ key: Buffer.alloc(32, 5), clock }),
    mailer: {
      send: (_unit: Unit, message: Message) => {
        if (!sent.some(({ key }) => key === message.key)) sent.push(message);
        return Promise.resolve(ids.next("msg"));
      },
    },
    sources,
    ...{ agreements, clock, contracts, events, ids, instructions, jobs, journal, log },
    ...{ unitOfWork, vault },
  };
  const inUnit = <T>(work: (unit: Unit) => Promise<T>) => unitOfWork.transaction(work);
  return {
    ...{ ports, handlers, database, sequencer, inUnit, sent, sources },
    /** The client's officer, who can be written to. */
    appoint: (controller: ControllerId) =>
      inUnit((unit) =>
        appointOfficer(
          unit,
          ports,
          { controller, actor: DPO, version: "current" },
          { role: "dpo", name: "Odette Marchal", email: `dpo@${controller}.example` },
        ),
      ),
    /** Runs every job of that name that is queued, by the handlers given. */
    work: async (definitions: readonly JobDefinition[]) => {
      const worker = makeWorker({ database, handlers: definitions, clock, ids, log });
      await worker.drain();
      await worker.stop();
    },
    /** Registers a school and opens its contract. */
    register: async (controller: ControllerId) => {
      const edit = { controller, actor: DPO, version: "current" } as const;
      const place = { region: "metropole", zone: "Europe/Paris" } as const;
      await inUnit(async (unit) => {
        await registerController(unit, ports, edit, {
          ...{ kind: "school", name: `École ${controller}`, legalForm: "EPLE" },
          ...{ seat: "1, rue du Préau", place },
        });
        await openContract(unit, ports, edit, {
          ...{ reference: `${controller}-1`, products: ["plume"], startsOn: localDate("2019-09-01") },
        });
      });
    },
    entries: (controller: ControllerId, type: string) =>
      inUnit((unit) => journal.entries(unit, { controller, type })),
  };
}
