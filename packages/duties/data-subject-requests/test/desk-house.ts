/** What the desk needs of a hub, over real databases, keys, journal, directory, register and jobs. The mailer is a box. */
import { readdirSync, readFileSync } from "node:fs";
import {
  type Agreement,
  type AgreementsInForce,
  oneAgreement,
  readAgreementFolder,
  referenceFolder,
} from "@preau/agreement";
import { mainland } from "@preau/calendar";
import {
  appointOfficer,
  contractMigrations,
  makeContracts,
  type OfficerValues,
  registerController,
} from "@preau/contracts";
import {
  type Database,
  databaseMigrations,
  makeJobs,
  makeUnitOfWork,
  makeWorker,
  migrate,
  openDatabase,
} from "@preau/database";
import { journalMigrations, makeJournal, makeSigner } from "@preau/journal";
import {
  type Clock,
  type ControllerId,
  controllerId,
  type Instant,
  type Journal,
  type JournalEvent,
  type LogFields,
  type Mailer,
  type Message,
  type MessageId,
  makeIds,
  manualClock,
  type PreauEvents,
  type ReceivedRequest,
  type RegisteredSource,
  type RequestId,
  type SubjectId,
  type Unit,
} from "@preau/kernel";
import { keyMigrations, openKeyStore } from "@preau/keys";
import { makeSubjectDirectory, subjectMigrations } from "@preau/subjects";
import { type DatabaseKind, freshDatabase } from "@preau/testing";
import { makeLinks, webMigrations } from "@preau/web";
import { afterAll } from "vitest";
import type { DeskPorts } from "../src/desk-ports.ts";
import { alarmJobs } from "../src/jobs/escalate.ts";
import { relayJobs } from "../src/jobs/relay.ts";
import { inquiries, inquiryRequests, requests } from "../src/migrations/001-requests.ts";
import { inaccuracies, latestSeen, relays } from "../src/migrations/002-relays.ts";
import { dataSubjectRequestsOptions } from "../src/options.ts";
import { receiveRequest } from "../src/receive-request.ts";
import { sortJob } from "../src/receive-sort.ts";
import { settleRelay } from "../src/relay-settle.ts";
import { readRequest } from "../src/store/requests.ts";

export const [SCHOOL, OTHER_SCHOOL] = [controllerId("college-du-hameau"), controllerId("lycee-des-acacias")];
export const PUBLISHER_DPO = { role: "publisherDpo" } as const;
export const SCHOOL_DPO = { role: "controllerDpo" } as const;
export const OPTIONS = dataSubjectRequestsOptions.parse({});

export const referenceAgreement = readAgreementFolder(
  new Map(
    readdirSync(referenceFolder).map((name) => [name, readFileSync(new URL(name, referenceFolder), "utf8")]),
  ),
);

const WIPED = [
  ...["dsr_inquiry", "dsr_request", "dsr_inquiry_request", "dsr_relay", "dsr_latest_seen", "dsr_inaccuracy"],
  ...["db_job", "web_link"],
];

export interface Posted extends Message {
  readonly id: MessageId;
}

export interface HouseOptions {
  readonly keysUrl: string;
  readonly agreement?: Agreement | undefined;
}

export type DeskHouse = Awaited<ReturnType<typeof openDeskHouse>>;

/** The database of a hub with two schools; the first has an officer with an address, unless it says otherwise. */
async function openDeskHouse(
  url: string,
  clock: Clock,
  { keysUrl, agreement = referenceAgreement }: HouseOptions,
) {
  const database = await openDatabase({ url });
  const keysDatabase = await openDatabase({ url: keysUrl });
  await migrate(keysDatabase, [keyMigrations]);
  await migrate(database, [
    databaseMigrations,
    journalMigrations,
    subjectMigrations,
    contractMigrations,
    { owner: "web", migrations: webMigrations },
    {
      owner: "data-subject-requests",
      migrations: [inquiries, requests, inquiryRequests, relays, latestSeen, inaccuracies],
    },
  ]);
  return houseOver(database, keysDatabase, clock, oneAgreement(agreement));
}

async function houseOver(
  database: Database,
  keysDatabase: Database,
  clock: Clock,
  agreements: AgreementsInForce,
) {
  const ids = makeIds(clock);
  const lines: string[] = [];
  const write = (event: string, fields: LogFields = {}) => void lines.push(JSON.stringify({ event, fields }));
  const log = { info: write, warn: write, error: write };
  const vault = await openKeyStore({ database: keysDatabase, rootKey: Buffer.alloc(32, 7), clock, ids });
  const signer = makeSigner(Buffer.alloc(32, 9));
  const stored = makeJournal({ database, clock, ids, origin: "journal.example", signer, keyStore: vault });
  const recorded: JournalEvent[] = [];
  const journal: Journal = {
    ...stored,
    record: (unit, event) => {
      recorded.push(event);
      return stored.record(unit, event);
    },
  };
  const subjects = makeSubjectDirectory({ database, keyStore: vault, ids, clock, log });
  const unitOfWork = makeUnitOfWork(database, { log });
  const contracts = makeContracts({ database, vault, agreements, clock });
  const box: Posted[] = [];
  const mailer: Mailer = {
    send: async (_unit, message) => {
      const twin = box.find(({ key }) => key === message.key);
      if (twin !== undefined) return twin.id;
      const id = ids.next("msg");
      box.push({ ...message, id });
      return id;
    },
  };
  const sources = new Map<string, RegisteredSource>();
  const ports: DeskPorts = {
    ...{ agreements, clock, contracts, ids, journal, log, mailer, sources, subjects, unitOfWork, vault },
    jobs: makeJobs({ clock, ids }),
    links: makeLinks({ key: Buffer.alloc(32, 5), clock }),
  };
  const inUnit = <T>(work: (unit: Unit) => Promise<T>) => unitOfWork.transaction(work);
  const worker = makeWorker({
    ...{ database, clock, ids, log },
    handlers: [sortJob(ports, OPTIONS), ...relayJobs(ports), ...alarmJobs(ports)],
  });
  const registry = { agreements, clock, ids, journal, vault };
  const edit = (controller: ControllerId) => ({
    controller,
    actor: PUBLISHER_DPO,
    version: "current" as const,
  });
  const house = {
    /** What was recorded, in that order. */
    recorded,
    ...{ ports, database, keysDatabase, lines, box, sources, worker, inUnit },
    close: async () => {
      await worker.stop();
      vault.close();
      await Promise.all([database.close(), keysDatabase.close()]);
    },
    register: (controller: ControllerId, name: string, uai?: string) =>
      inUnit((unit) =>
        registerController(unit, registry, edit(controller), {
          ...{ kind: "school", name, place: mainland },
          ...(uai === undefined ? {} : { uai }),
        }),
      ),
    appoint: (controller: ControllerId, values: OfficerValues) =>
      inUnit((unit) => appointOfficer(unit, registry, edit(controller), values)),
    identify: (kind: string, value: string, controller = SCHOOL): Promise<SubjectId> =>
      inUnit((unit) => subjects.identify(unit, controller, { kind, value })),
    receive: (request: ReceivedRequest) => inUnit((unit) => receiveRequest(unit, ports, request)),
    read: (id: RequestId) => inUnit((unit) => readRequest(unit, "all", id)),
    settle: (
      key: string,
      outcome: PreauEvents["mail.settled"]["outcome"],
      at: Instant,
      controller = SCHOOL,
    ) =>
      inUnit((unit) => settleRelay(unit, ports, { controller, key, outcome, at, message: ids.next("msg") })),
    entries: (type: string, controller: ControllerId = SCHOOL) =>
      inUnit((unit) => journal.entries(unit, { controller, type: `data-subject-requests.${type}` })),
    /** The token in the link of a mail in the box, the last by default. */
    tokenIn: (index = -1): string => {
      const link = box.at(index)?.variables["link"];
      return typeof link === "string" ? link.replace("/requests/relay/", "") : "";
    },
    /** Nothing of earlier tests: the schools, their officers and the journal stay. */
    wipe: async () => {
      for (const table of WIPED) await database.knex(table).delete();
      box.length = 0;
      lines.length = 0;
      recorded.length = 0;
      sources.clear();
    },
    /** Everything that rests in the tables of the duty, as text. */
    resting: async () => {
      const tables = ["dsr_inquiry", "dsr_request", "dsr_relay", "dsr_inaccuracy", "db_job", "jrn_entry"];
      const rows: unknown[] = [];
      for (const table of tables)
        if (await database.knex.schema.hasTable(table)) rows.push(await database.knex(table));
      return JSON.stringify(rows, (_key, value: unknown) =>
        value !== null && typeof value === "object" && "type" in value && "data" in value
          ? Buffer.from((value as { data: number[] }).data).toString("latin1")
          : value,
      );
    },
  };
  return house;
}

/** A clock that can be exchanged: databases are opened once for many tests. */
function borrowedClock(): Clock & { lend(clock: Clock): void } {
  let lent: Clock = manualClock();
  return { now: () => lent.now(), monotonic: () => lent.monotonic(), lend: (clock) => void (lent = clock) };
}

/** One house of both schools for a file's tests on that database, emptied before each. */
export function sharedHouse(kind: DatabaseKind, agreement?: Agreement) {
  const clock = borrowedClock();
  let opened: Promise<{ readonly house: DeskHouse; readonly remove: () => Promise<void> }> | undefined;
  const open = async () => {
    const [data, keys] = [await freshDatabase(kind), await freshDatabase("sqlite")];
    const house = await openTwoSchools(data.url, clock, { keysUrl: keys.url, agreement });
    const remove = async () => {
      await house.close();
      await Promise.all([data.remove(), keys.remove()]);
    };
    return { house, remove };
  };
  afterAll(async () => (await opened)?.remove());
  return async (lent: Clock): Promise<DeskHouse> => {
    clock.lend(lent);
    opened ??= open();
    const { house } = await opened;
    await house.wipe();
    return house;
  };
}

export const OFFICER: OfficerValues = {
  ...{ role: "dpo", name: "Ondine Verdier", email: "dpo@college-du-hameau.example" },
};

/** With both schools, and an officer of the first. */
export async function openTwoSchools(url: string, clock: Clock, options: HouseOptions): Promise<DeskHouse> {
  const house = await openDeskHouse(url, clock, options);
  await house.register(SCHOOL, "Collège du Hameau", "0123456S");
  await house.register(OTHER_SCHOOL, "Lycée des Acacias", "0654321U");
  await house.appoint(SCHOOL, OFFICER);
  return house;
}
