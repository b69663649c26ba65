/** What accounts need of a hub, over real databases, keys, journal, directory and sessions. No provider: messages come verified. */
import { readdirSync, readFileSync } from "node:fs";
import { compileGateTable, oneAgreement, readAgreementFolder, referenceFolder } from "@preau/agreement";
import { contractMigrations, makeContracts } from "@preau/contracts";
import { type Database, makeUnitOfWork, migrate } from "@preau/database";
import {
  journalMigrations,
  makeJournal,
  makeReceipts,
  makeSequencer,
  makeSigner,
  type ReceiptClosing,
} from "@preau/journal";
import {
  type Clock,
  type ControllerId,
  controllerId,
  type EventHandlers,
  type GateTable,
  type JournalEntry,
  makeEvents,
  makeGate,
  makeIds,
  type RegisteredSource,
  type SubjectId,
  silentLog,
} from "@preau/kernel";
import { keyMigrations, openKeyStore } from "@preau/keys";
import { makeSubjectDirectory, subjectMigrations, subjectsPersonalData } from "@preau/subjects";
import { makeSessions, type Session, sessionRows, webMigrations, webPersonalData } from "@preau/web";
import { accountsPersonalData } from "../../src/accounts/accounts-personal-data.ts";
import { closeNotes } from "../../src/accounts/note-destructions.ts";
import { garMigrations } from "../../src/migrations/index.ts";
import type { SignInProvider } from "../../src/provider.ts";
import { sessionOf, signIn } from "../../src/sign-in.ts";

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

export const provider: SignInProvider = {
  id: "gar.saml",
  protocol: "saml",
  origin: "gar",
  basePath: "/gar/saml",
  publicUrl: "http://127.0.0.1:8700",
  controller: MINISTRY,
  controllersBySchool: new Map(),
  product: "plume",
  roles: { National_ens: "teacher", National_elv: "pupil" },
  identifierKind: "gar.ido",
  attributeNames: new Map(),
  declared: new Set(["IDO", "UAI", "PRO", "NOM", "PRE", "DIV"]),
  landingPath: "/me",
  requestMinutes: 30,
  sessionHours: 6,
  clockSkewSeconds: 60,
};

export interface Comer {
  /** Stands for the identifier: any word. */
  readonly ido: string;
  readonly role?: "teacher" | "pupil";
  readonly schools?: readonly string[];
  readonly name?: readonly [given: string, family: string];
  readonly provider?: Partial<SignInProvider>;
}

export interface SignedIn {
  readonly subject: SubjectId;
  readonly session: Session;
  /** The cookie's value. */
  readonly secret: string;
}

export type AccountsHouse = Awaited<ReturnType<typeof makeAccountsHouse>>;

/** The same databases may be given again: a second process. */
export async function makeAccountsHouse(
  { database, keysDatabase }: { readonly database: Database; readonly keysDatabase: Database },
  clock: Clock,
  {
    lean = false,
  }: { /** The connector's own tables and the directory alone. */ readonly lean?: boolean } = {},
) {
  const ids = makeIds(clock);
  await migrate(keysDatabase, [keyMigrations]);
  const own = [subjectMigrations, { owner: "gar", migrations: garMigrations }];
  const others = [journalMigrations, contractMigrations, { owner: "web", migrations: webMigrations }];
  await migrate(database, lean ? own : [...own, ...others]);
  const vault = await openKeyStore({ database: keysDatabase, rootKey: Buffer.alloc(32, 7), clock, ids });
  const making = { database, clock, ids, origin: "journal.example", signer: makeSigner(Buffer.alloc(32, 9)) };
  const sequencer = makeSequencer(making);
  const journal = makeJournal({ ...making, keyStore: vault });
  const unitOfWork = makeUnitOfWork(database);
  const subjects = makeSubjectDirectory({ database, keyStore: vault, ids, clock });
  const sessions = makeSessions({ rows: sessionRows(database), clock, ids });
  const agreements = oneAgreement(agreement);
  const handlers: EventHandlers[] = [];
  const sources = new Map<string, RegisteredSource>();
  const ports = {
    agreements,
    clock,
    contracts: makeContracts({ database, vault, agreements, clock }),
    events: makeEvents(handlers),
    gate: makeGate({ tableFor: () => openToAll, clock, checks: [] }),
    ids,
    journal,
    log: silentLog,
    receipts: makeReceipts({ database, journal, clock, ids }),
    sessions,
    sources,
    subjects,
    unitOfWork,
    vault,
  };
  handlers.push({ "erasure.closed": async (event, unit) => void (await closeNotes(unit, ports, event)) });
  for (const each of [
    accountsPersonalData(ports),
    webPersonalData({ database }),
    subjectsPersonalData({ database, keyStore: vault, clock }),
  ])
    sources.set(each.source.describe().id, each);

  /** From a verified message to a session, in one unit, as every door does it. */
  const comesIn = async ({
    ido,
    role = "pupil",
    schools = [UAI],
    name,
    ...more
  }: Comer): Promise<SignedIn> => {
    const attributes = new Map<string, readonly string[]>([
      ["IDO", [ido.padEnd(128, "0")]],
      ["PRO", [role === "teacher" ? "National_ens" : "National_elv"]],
      ["UAI", schools],
      ...(name === undefined ? [] : [["PRE", [name[0]]] as const, ["NOM", [name[1]]] as const]),
    ]);
    return unitOfWork.transaction(async (unit) => {
      const verified = { attributes, keys: [], issuer: "https://idp.example" };
      const result = await signIn(ports, { ...provider, ...more.provider }, verified, unit);
      if (!result.signedIn) throw result.error;
      const started = await sessions.start(sessionOf(result.identity), unit);
      return { subject: result.identity.subject, ...started };
    });
  };

  /** Erases a person in every store and files a receipt that says so, as the duty of retention does it. */
  const erase = async (
    persons: readonly SubjectId[],
    stores: ReceiptClosing["stores"] = [
      {
        store: "gar",
        verdict: "PASS",
        tables: [],
        lookAgain: { referenceColumns: 3, textColumns: 3, files: 0, hits: 0 },
      },
    ],
    controller: ControllerId = MINISTRY,
  ) => {
    const targets = await unitOfWork.transaction(async (unit) => {
      const found = [];
      for (const subject of persons)
        found.push({ subject, identifiers: await subjects.identifiers(unit, controller, subject) });
      return found;
    });
    for (const { source } of sources.values()) {
      const plan = await source.plan({ controller, subjects: targets, ground: "retention" });
      for await (const _ of source.erase(plan)) continue;
    }
    return { file: () => fileReceipt(persons, stores, controller) };
  };
  const fileReceipt = (
    persons: readonly SubjectId[],
    stores: ReceiptClosing["stores"],
    controller: ControllerId,
  ) =>
    unitOfWork.transaction(async (unit) => {
      const opening = {
        ground: "retention",
        clause: "D12.4",
        dueAt: clock.now(),
        agreement: "sha256:0",
      } as const;
      const { receipts, events } = ports;
      const id = await receipts.openReceipt(unit, controller, {
        ...opening,
        stores: stores.map(({ store }) => store),
      });
      const { verdict } = await receipts.closeReceipt(unit, controller, id, {
        stores,
        ...{ kept: [], notCovered: [], statements: 1, ms: 1 },
        lastCopy: { date: "2027-05-31", basis: "agreement" },
      });
      for (const subject of persons)
        await events.emit(unit, "erasure.closed", { controller, subject, receipt: id, verdict });
      return id;
    });

  return {
    ...ports,
    ports,
    database,
    sequencer,
    comesIn,
    erase,
    rows: async (name: string): Promise<readonly Record<string, unknown>[]> => database.knex(name).select(),
    entries: (type: string, controller = MINISTRY): Promise<readonly JournalEntry[]> =>
      unitOfWork.transaction((unit) => journal.entries(unit, { controller, type, limit: 100 })),
    subjectOf: (ido: string, controller = MINISTRY) =>
      unitOfWork.transaction((unit) =>
        subjects.find(unit, controller, { kind: "gar.ido", value: ido.padEnd(128, "0") }),
      ),
  };
}
