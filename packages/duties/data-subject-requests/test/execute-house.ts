/** What acting on requests needs of a hub, over real databases, keys, journal, directory, jobs and sessions. */
import { readdirSync, readFileSync } from "node:fs";
import { oneAgreement, readAgreementFolder, referenceFolder } from "@preau/agreement";
import {
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
  type EventHandlers,
  type InMemoryStore,
  inMemoryLookAgain,
  inMemoryPersonalDataSource,
  inMemoryStore,
  type Log,
  type LogFields,
  makeEvents,
  makeGate,
  makeIds,
  type PreauEvents,
  type RegisteredSource,
  type RequestId,
  type RequestMatter,
  type SubjectId,
  type Unit,
} from "@preau/kernel";
import { keyMigrations, openKeyStore } from "@preau/keys";
import { makeSubjectDirectory, subjectMigrations } from "@preau/subjects";
import { paperLedger } from "@preau/testing";
import { makeSessions, sessionRows, webMigrations } from "@preau/web";
import { executeChecks, executeHandlers, executeJobs, executeMigrations } from "../src/execute-parts.ts";
import type { ExecutePorts } from "../src/execute-ports.ts";
import { inquiries, inquiryRequests, requests } from "../src/migrations/001-requests.ts";
import { inaccuracies, latestSeen, relays } from "../src/migrations/002-relays.ts";
import { insertRequest } from "../src/store/requests.ts";

export const [SCHOOL, OTHER_SCHOOL] = [controllerId("college-du-hameau"), controllerId("lycee-des-acacias")];
export const DPO = { role: "controllerDpo" } as const;
export const KIND = "school.pupil";

const referenceAgreement = readAgreementFolder(
  new Map(
    readdirSync(referenceFolder).map((name) => [name, readFileSync(new URL(name, referenceFolder), "utf8")]),
  ),
);

/** A store of pupils, one row each. */
export function pupilStore(id: string): {
  readonly store: InMemoryStore;
  readonly registered: RegisteredSource;
} {
  const store = inMemoryStore([
    { name: "pupil", category: "name", purpose: "runPlatform", verdict: "erase" },
  ]);
  return {
    store,
    registered: {
      source: inMemoryPersonalDataSource({ store, id, kind: KIND }),
      second: inMemoryLookAgain(store),
    },
  };
}

export interface HouseDatabases {
  readonly database: Database;
  readonly keysDatabase: Database;
}

/** The same databases may be given again: a restart, or another replica. */
export async function openExecuteHouse({ database, keysDatabase }: HouseDatabases, clock: Clock) {
  const ids = makeIds(clock);
  const lines: string[] = [];
  const write = (event: string, fields: LogFields = {}) => void lines.push(JSON.stringify({ event, fields }));
  const log: Log = { info: write, warn: write, error: write };
  await migrate(keysDatabase, [keyMigrations]);
  await migrate(database, [
    databaseMigrations,
    journalMigrations,
    subjectMigrations,
    { owner: "web", migrations: webMigrations },
    {
      owner: "data-subject-requests",
      migrations: [
        inquiries,
        requests,
        inquiryRequests,
        relays,
        latestSeen,
        inaccuracies,
        ...executeMigrations,
      ],
    },
  ]);
  const vault = await openKeyStore({ database: keysDatabase, rootKey: Buffer.alloc(32, 7), clock, ids });
  const signer = makeSigner(Buffer.alloc(32, 9));
  const journal = makeJournal({ database, clock, ids, origin: "journal.example", signer, keyStore: vault });
  const subjects = makeSubjectDirectory({ database, keyStore: vault, ids, clock, log });
  const unitOfWork = makeUnitOfWork(database, { log });
  const emitted: { readonly name: string; readonly event: unknown }[] = [];
  const note =
    <N extends keyof PreauEvents>(name: N) =>
    async (event: PreauEvents[N]) =>
      void emitted.push({ name, event });
  const handlers: EventHandlers[] = [
    {
      "account.deletionRequested": note("account.deletionRequested"),
      "subject.restricted": note("subject.restricted"),
      "subject.restrictionLifted": note("subject.restrictionLifted"),
    },
  ];
  const events = makeEvents(handlers);
  const paper = paperLedger({ clock, ids, events });
  const sources = new Map<string, RegisteredSource>();
  const ports = {
    agreements: oneAgreement(referenceAgreement),
    ...{ clock, events, ids, journal, log, sources, subjects, unitOfWork, vault },
    instructions: paper.ledger,
    jobs: makeJobs({ clock, ids }),
    sessions: makeSessions({ rows: sessionRows(database), clock, ids }),
  } satisfies ExecutePorts;
  handlers.push(executeHandlers(ports));
  const inUnit = <T>(work: (unit: Unit) => Promise<T>) => unitOfWork.transaction(work);
  const gate = makeGate({
    clock,
    tableFor: (controller) => ports.agreements.tableOf(controller),
    checks: executeChecks(ports),
  });
  return {
    ...{ ports, sources, database, lines, emitted, inUnit, gate, write: paper.write },
    worker: makeWorker({ database, clock, ids, log, handlers: executeJobs(ports) }),
    identify: (pupil: number | string, controller: ControllerId = SCHOOL): Promise<SubjectId> =>
      inUnit((unit) => subjects.identify(unit, controller, { kind: KIND, value: String(pupil) })),
    /** An open request about a person. */
    request: async (
      matter: RequestMatter,
      subject: SubjectId | undefined,
      controller: ControllerId = SCHOOL,
      requester?: SubjectId,
    ): Promise<RequestId> => {
      const id = ids.next("rqs");
      const now = clock.now();
      await inUnit((unit) =>
        insertRequest(unit, {
          ...{ id, controller, inquiry: ids.next("inq"), matter, state: "open", language: "fr" },
          ...{ role: "pupil", identity: "signedIn", authority: "self", receivedAt: now, forwardDueAt: now },
          ...{ level: 0, bounces: 0, textHeld: false },
          ...(subject === undefined ? {} : { subject }),
          ...(requester === undefined ? {} : { requester }),
        }),
      );
      return id;
    },
    entries: (type: string, controller: ControllerId = SCHOOL) =>
      inUnit((unit) => journal.entries(unit, { controller, type: `data-subject-requests.${type}` })),
  };
}
