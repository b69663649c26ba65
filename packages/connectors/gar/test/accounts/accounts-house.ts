/** What accounts need of a hub, over real databases, keys, journal, directory and sessions. No provider: messages come verified. */
import { migrate } from "@preau/database";
import type { ReceiptClosing } from "@preau/journal";
import {
  type Clock,
  type ControllerId,
  type EventHandlers,
  type JournalEntry,
  makeEvents,
  type SubjectId,
} from "@preau/kernel";
import { subjectsPersonalData } from "@preau/subjects";
import { makeSessions, type Session, sessionRows, webMigrations, webPersonalData } from "@preau/web";
import { accountsPersonalData } from "../../src/accounts/accounts-personal-data.ts";
import { closeNotes } from "../../src/accounts/note-destructions.ts";
import type { SignInProvider } from "../../src/provider.ts";
import { sessionOf, signIn } from "../../src/sign-in.ts";
import { type Databases, MINISTRY, makeBase, UAI } from "./accounts-base.ts";

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

/** `lean`: the connector's own tables and the directory alone. */
export async function makeAccountsHouse(
  databases: Databases,
  clock: Clock,
  { lean = false }: { readonly lean?: boolean } = {},
) {
  const { database } = databases;
  const { sequencer, ports: base } = await makeBase(databases, clock, { migrated: lean ? "own" : "all" });
  if (!lean) await migrate(database, [{ owner: "web", migrations: webMigrations }]);
  const { journal, sources, subjects, unitOfWork, vault } = base;
  const handlers: EventHandlers[] = [];
  const sessions = makeSessions({ rows: sessionRows(database), clock, ids: base.ids });
  const ports = { ...base, events: makeEvents(handlers), sessions };
  handlers.push({
    "erasure.closed": async (event, unit) => {
      await closeNotes(unit, ports, event);
    },
  });
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
