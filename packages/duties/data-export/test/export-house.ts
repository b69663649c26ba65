/** What exports need of a hub, over real databases, keys, journal, jobs and directory. No pages: programs use it too. */
import { readdirSync, readFileSync } from "node:fs";
import { type Agreement, oneAgreement, readAgreementFolder, referenceFolder } from "@preau/agreement";
import { localDate } from "@preau/calendar";
import { contractMigrations, makeContracts, openContract, registerController } from "@preau/contracts";
import {
  type Database,
  databaseMigrations,
  makeJobs,
  makeUnitOfWork,
  makeWorker,
  migrate,
  type WorkerOptions,
} from "@preau/database";
import { journalMigrations, makeJournal, makeSigner } from "@preau/journal";
import {
  type Clock,
  controllerId,
  type EventHandlers,
  type ExportSource,
  inMemoryLookAgain,
  inMemoryPersonalDataSource,
  inMemoryStore,
  type Log,
  type LogFields,
  makeEvents,
  makeIds,
  type PreauEvents,
  type RegisteredSource,
  type SubjectId,
} from "@preau/kernel";
import { keyMigrations, openKeyStore } from "@preau/keys";
import { makeSubjectDirectory, subjectMigrations } from "@preau/subjects";
import { paperLedger } from "@preau/testing";
import type { ContentMaker } from "../src/content-of.ts";
import { cancelOnRevocation } from "../src/export-order-revoked.ts";
import type { ExportPorts } from "../src/export-ports.ts";
import { exportJobs } from "../src/jobs/exports.ts";
import { fetches, exports as orders } from "../src/migrations/001-exports.ts";
import { exportInstructions } from "../src/migrations/003-instructions.ts";
import { type ExportOptions, exportOptions } from "../src/options.ts";

export const SCHOOL = controllerId("college-du-hameau");
export const OTHER_SCHOOL = controllerId("lycee-des-acacias");
export const PUPIL_KIND = "school.pupil";

const reference = readAgreementFolder(
  new Map(
    readdirSync(referenceFolder).map((name) => [name, readFileSync(new URL(name, referenceFolder), "utf8")]),
  ),
);

export interface ExportHouseOptions {
  readonly clock: Clock;
  /** Of packages. */
  readonly folder: string;
  readonly makeContent: ContentMaker;
  readonly options?: Partial<ExportOptions>;
  readonly agreement?: (reference: Agreement) => Agreement;
  /** Of the worker, where a test kills it. */
  readonly worker?: Partial<WorkerOptions>;
}

/** The same databases may be given again: a restart, or a second process. */
export async function openExportHouse(
  { database, keysDatabase }: { readonly database: Database; readonly keysDatabase: Database },
  {
    clock,
    folder,
    makeContent,
    options: given,
    agreement = (same) => same,
    worker: working,
  }: ExportHouseOptions,
) {
  const ids = makeIds(clock);
  const lines: string[] = [];
  const write = (event: string, fields: LogFields = {}) => void lines.push(JSON.stringify({ event, fields }));
  const log: Log = { info: write, warn: write, error: write };
  await migrate(keysDatabase, [keyMigrations]);
  await migrate(database, [
    databaseMigrations,
    journalMigrations,
    contractMigrations,
    subjectMigrations,
    { owner: "data-export", migrations: [orders, fetches, exportInstructions] },
  ]);
  const vault = await openKeyStore({ database: keysDatabase, rootKey: Buffer.alloc(32, 7), clock, ids });
  const signer = makeSigner(Buffer.alloc(32, 9));
  const journal = makeJournal({ database, clock, ids, origin: "journal.example", signer, keyStore: vault });
  const subjects = makeSubjectDirectory({ database, keyStore: vault, ids, clock, log });
  const unitOfWork = makeUnitOfWork(database, { log });
  const agreements = oneAgreement(agreement(reference));
  const progress: PreauEvents["export.progressed"][] = [];
  const handlers: EventHandlers[] = [{ "export.progressed": async (event) => void progress.push(event) }];
  const events = makeEvents(handlers);
  const ports = {
    agreements,
    clock,
    contracts: makeContracts({ database, vault, agreements, clock }),
    events,
    ids,
    instructions: paperLedger({ clock, ids, events }).ledger,
    jobs: makeJobs({ clock, ids }),
    journal,
    log,
    sources: new Map<string, RegisteredSource>([["school", schoolStore()]]),
    subjects,
    unitOfWork,
    vault,
  } satisfies ExportPorts;
  handlers.push({ "instruction.revoked": (event, unit) => cancelOnRevocation(unit, ports, event) });
  const options = exportOptions.parse({ folder, lookMs: 20, ...given });
  await openContracts(ports);
  const worker = makeWorker({
    ...{ database, clock, ids, log, handlers: exportJobs(ports, options, makeContent) },
    ...working,
  });
  return {
    ...{ ports, options, worker, database, lines, progress },
    identify: (pupil: number, controller = SCHOOL): Promise<SubjectId> =>
      unitOfWork.transaction((unit) =>
        subjects.identify(unit, controller, { kind: PUPIL_KIND, value: String(pupil) }),
      ),
    /** Types of the journal's entries, oldest first. */
    journalled: async (controller = SCHOOL) => {
      const entries = await unitOfWork.transaction((unit) =>
        journal.entries(unit, { controller, limit: 500 }),
      );
      return entries
        .map(({ type, log: of }) => `${of} ${type}`)
        .filter((line) => line.includes("data-export"))
        .reverse();
    },
  };
}

async function openContracts(ports: Pick<ExportPorts, "unitOfWork"> & { readonly contracts: unknown }) {
  const means = ports as unknown as Parameters<typeof openContract>[1];
  const edit = { actor: { role: "controllerDpo" } as const, version: "current" as const };
  await ports.unitOfWork.transaction(async (unit) => {
    if ((await (ports as ExportPorts).contracts.controller(unit, SCHOOL)) !== undefined) return;
    for (const controller of [SCHOOL, OTHER_SCHOOL]) {
      const values = {
        kind: "school",
        name: controller,
        legalForm: "EPLE",
        seat: "1, rue du Hameau",
        place: { region: "metropole", zone: "Europe/Paris" },
      } as const;
      await registerController(unit, means, { ...edit, controller }, values);
      const contract = { reference: "HAM-1", products: ["plume"], startsOn: localDate("2019-09-01") };
      await openContract(unit, means, { ...edit, controller }, contract);
    }
  });
}

/** A store of SCHOOL's out of which classes and a dump can be handed. */
function schoolStore(): RegisteredSource {
  const store = inMemoryStore([
    { name: "pupil", category: "name", purpose: "runPlatform", verdict: "erase" },
  ]);
  const source = inMemoryPersonalDataSource({ store, id: "school", kind: PUPIL_KIND });
  const exports: ExportSource = {
    projectKinds: ["class", "school"],
    projects: async (controller, kind) =>
      controller === SCHOOL && kind === "class" ? [{ kind, id: "12", title: "6e A" }] : [],
    collectProject: () => (async function* () {})(),
    restitution: async () => undefined,
    rows: () => (async function* () {})(),
  };
  return {
    source: { ...source, describe: () => ({ ...source.describe(), controller: SCHOOL }) },
    second: inMemoryLookAgain(store),
    exports,
  };
}
