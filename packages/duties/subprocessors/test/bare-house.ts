/** What subprocessors need of a hub, over real databases, keys, journal, jobs and register; links are given. Programs use it too. */
import { readdirSync, readFileSync } from "node:fs";
import {
  type Agreement,
  oneAgreement,
  readAgreementFolder,
  referenceFolder,
  type Subprocessor,
} from "@preau/agreement";
import { localDate, type Place, placeOfRegion } from "@preau/calendar";
import {
  appointOfficer,
  contractInForce,
  contractMigrations,
  makeContracts,
  openContract,
  type RegistryPorts,
  registerController,
} from "@preau/contracts";
import {
  afterCommit,
  type Database,
  databaseMigrations,
  makeJobs,
  makeUnitOfWork,
  makeWorker,
  migrate,
} from "@preau/database";
import { journalMigrations, makeJournal, makeSigner } from "@preau/journal";
import {
  type Clock,
  type ControllerId,
  controllerId,
  type Flow,
  isFault,
  type Message,
  makeEvents,
  makeGate,
  makeIds,
  silentLog,
  type Unit,
} from "@preau/kernel";
import { keyMigrations, openKeyStore } from "@preau/keys";
import { paperLedger } from "@preau/testing";
import { announceChange } from "../src/announce-change.ts";
import { announcedSubprocessors } from "../src/announced-subprocessors.ts";
import { lookJob } from "../src/jobs/look.ts";
import { tellJob } from "../src/jobs/tell.ts";
import { annexes, changes, notices, objections, subprocessors } from "../src/migrations/001-subprocessors.ts";
import { openCheck } from "../src/open-check.ts";
import { type SubprocessorsOptions, subprocessorsOptions } from "../src/options.ts";
import type { SubprocessorPorts } from "../src/ports.ts";
import { proposeChange } from "../src/propose-change.ts";
import type { ChangeGiven } from "../src/read-change.ts";

export const [HAMEAU, ACACIAS, TILLEULS] = [
  controllerId("college-du-hameau"),
  controllerId("lycee-des-acacias"),
  controllerId("ecole-des-tilleuls"),
];
export const OFFICER = { role: "publisherDpo" } as const;
export const DPO = { role: "controllerDpo" } as const;
export const PARIS: Place = placeOfRegion("metropole");
export const MOSELLE: Place = placeOfRegion("alsace-moselle", "holiday");

export const reference: Agreement = readAgreementFolder(
  new Map(
    readdirSync(referenceFolder).map((name) => [name, readFileSync(new URL(name, referenceFolder), "utf8")]),
  ),
);
export const supportDesk = reference.annexC.find(
  ({ recipient }) => recipient === "supportDesk",
) as Subprocessor;
const { fr, en } = { fr: "Hébergement de secours", en: "Spare hosting" };

/** The entry of somebody new, as `agreement.yaml` would have it. */
export const NEWCOMER = {
  ...{
    recipient: "spareHost",
    clause: "DC",
    name: "Nuage Exemple",
    register: "HRB 1234 Exempelstadt",
    fr,
    en,
  },
  ...{ origins: "everyOrigin", transfers: "none", deletionDelay: "hours(24)", operations: ["store"] },
};
export const addition: ChangeGiven = {
  ...{ kind: "add", entry: NEWCOMER, startsOn: "2026-01-01" },
  content: {
    purpose: { fr: "Garder une copie du service.", en: "Keep a copy of the service." },
    places: { storage: ["FR"], processing: ["FR", "DE"] },
    retention: { fr: "La durée du contrat.", en: "As long as the contract." },
    guarantees: { fr: "Mesures examinées en mars 2026.", en: "Measures reviewed in March 2026." },
  },
};
/** What the newcomer is for. */
export function storing(controller: ControllerId, over: Partial<Flow> = {}): Flow {
  return {
    ...{ controller, product: "plume", operation: "store", origin: "outsideGar", role: "teacher" },
    ...{ categories: ["name"], purpose: "runPlatform", recipient: "spareHost", ...over },
  };
}

/** What programs cannot import: its pages are not stripped by Node. */
export interface Web {
  readonly links: SubprocessorPorts["links"];
  readonly migrations: Parameters<typeof migrate>[1];
}
export interface HouseOptions {
  readonly agreement?: Agreement;
  readonly options?: Partial<SubprocessorsOptions>;
}

export interface HouseGiven {
  readonly database: Database;
  readonly keysDatabase: Database;
}

/** The same databases may be given again: a restart, a second replica, or a hub with the next agreement. */
export async function makeBareHouse(
  { database, keysDatabase }: HouseGiven,
  clock: Clock,
  web: Web,
  { agreement = reference, options: given = {} }: HouseOptions = {},
) {
  const ids = makeIds(clock);
  await migrate(keysDatabase, [keyMigrations]);
  await migrate(database, [
    databaseMigrations,
    journalMigrations,
    contractMigrations,
    ...web.migrations,
    { owner: "subprocessors", migrations: [annexes, subprocessors, changes, notices, objections] },
  ]);
  const vault = await openKeyStore({ database: keysDatabase, rootKey: Buffer.alloc(32, 7), clock, ids });
  const signer = makeSigner(Buffer.alloc(32, 9));
  const journal = makeJournal({ database, keyStore: vault, clock, ids, origin: "journal.example", signer });
  const unitOfWork = makeUnitOfWork(database);
  const agreements = oneAgreement(agreement);
  const contracts = makeContracts({ database, vault, agreements, clock });
  const outbox: Message[] = [];
  const paper = paperLedger({ clock, ids, events: makeEvents([]) });
  const ports = {
    ...{ agreements, clock, contracts, ids, journal, log: silentLog, unitOfWork, vault },
    instructions: paper.ledger,
    jobs: makeJobs({ clock, ids }),
    links: web.links,
    mailer: {
      send: async (unit, message) => {
        afterCommit(unit, () => void outbox.push(message));
        return ids.next("msg");
      },
    },
  } satisfies SubprocessorPorts;
  const options = subprocessorsOptions.parse(given);
  const announced = announcedSubprocessors(ports);
  await announced.load();
  const gate = makeGate({
    tableFor: (controller) => agreements.tableOf(controller),
    checks: [contractInForce(contracts), openCheck(ports)],
    clock,
    renew: (flow, unit) => announced.renew(flow, unit),
  });
  const inUnit = <T>(work: (unit: Unit) => Promise<T>) => unitOfWork.transaction(work);
  const jobs = [tellJob(ports, options), lookJob(ports, options)];

  return {
    ...{ ports, options, outbox, ledger: paper.written, gate, inUnit, announced, database, jobs },
    worker: () => makeWorker({ database, clock, ids, log: silentLog, handlers: jobs }),
    /** Runs what is due, until nothing is. */
    work: async () => {
      const worker = makeWorker({ database, clock, ids, log: silentLog, handlers: jobs });
      await worker.drain();
      await worker.stop();
    },
    register: (controller: ControllerId, how: Registered = {}) =>
      inUnit((unit) => register(unit, ports, controller, how)),
    /** Drafts and announces it: its id. */
    announce: (change: ChangeGiven = addition, to: "all" | readonly ControllerId[] = "all") =>
      inUnit(async (unit) => {
        const id = await proposeChange(unit, ports, { change, by: OFFICER });
        await announceChange(unit, ports, { id, version: 1, to, by: OFFICER });
        return id;
      }),
    /** `open`, or the clause and the reason of the refusal. */
    ask: (flow: Flow): Promise<string> =>
      inUnit((unit) => gate.permit(flow, unit)).then(
        () => "open",
        (error: unknown) => {
          if (!isFault(error, "GATE_REFUSED")) throw error;
          return `${error.detail.clause ?? ""} ${String(error.detail.log?.["reason"])}`;
        },
      ),
    entries: (controller: ControllerId, type: string) =>
      inUnit((unit) => journal.entries(unit, { controller, type: `subprocessors.${type}`, limit: 500 })),
  };
}
export type House = Awaited<ReturnType<typeof makeBareHouse>>;

export interface Registered {
  readonly place?: Place;
  /** False for a controller without an officer. */
  readonly officer?: boolean;
  readonly contract?: boolean;
  readonly reference?: string;
}

async function register(
  unit: Unit,
  ports: SubprocessorPorts & RegistryPorts,
  controller: ControllerId,
  { place = PARIS, officer = true, contract = true, reference: number = `${controller}-1` }: Registered,
): Promise<void> {
  const edit = { controller, actor: DPO, version: "current" } as const;
  if ((await ports.contracts.controller(unit, controller)) === undefined) {
    const seat = "1, rue du Préau";
    await registerController(unit, ports, edit, {
      ...{ kind: "school", name: `École ${controller}`, legalForm: "EPLE", seat, place },
    });
    const email = `dpo@${controller}.example`;
    if (officer) await appointOfficer(unit, ports, edit, { role: "dpo", name: "Odile Sarment", email });
  }
  if (!contract) return;
  const values = { reference: number, products: ["plume", "jardin"], startsOn: localDate("2025-09-01") };
  await openContract(unit, ports, edit, values);
}

/** The token in the newest mail to a controller. */
export function tokenIn(outbox: readonly Message[], controller: ControllerId, template = "notice"): string {
  const message = outbox.findLast(
    ({ flow, template: name }) => flow.controller === controller && name === `subprocessors.${template}`,
  );
  const path = message?.variables["path"];
  if (typeof path !== "string") throw new Error(`no mail ${template} to ${controller}`);
  return path.split("/").at(-1) ?? "";
}
