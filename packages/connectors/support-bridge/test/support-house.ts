/** What the bridge needs of a hub, over real databases, keys, journal, directory, register, rights desk and jobs, behind HTTP. */
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { compileGateTable, oneAgreement, readAgreementFolder, referenceFolder } from "@preau/agreement";
import { contractMigrations, makeContracts } from "@preau/contracts";
import { dataSubjectRequestsPlugin, makeRightsDesk } from "@preau/data-subject-requests";
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
  controllerId,
  type LogFields,
  makeGate,
  makeIds,
  millisOf,
  type SubjectId,
  type Unit,
} from "@preau/kernel";
import { keyMigrations, openKeyStore } from "@preau/keys";
import { makeSubjectDirectory, subjectMigrations } from "@preau/subjects";
import { type DatabaseKind, freshDatabase } from "@preau/testing";
import { makeApp, makeSessions, memorySessionRows, mountRoutes, webMigrations } from "@preau/web";
import { hookRoutes } from "../src/http/hook-routes.ts";
import { supportJobs } from "../src/jobs/support-jobs.ts";
import { makeSupport } from "../src/make-support.ts";
import { supportBridgeMigrations } from "../src/migrations/index.ts";
import { type SupportBridgeOptions, supportBridgeOptions } from "../src/options.ts";
import type { SupportPorts } from "../src/support-ports.ts";
import type { SupportPerson } from "../src/wall.ts";

export const [SCHOOL, OTHER_SCHOOL] = [controllerId("college-du-hameau"), controllerId("lycee-des-acacias")];
export const WEBSITE = "5f0c2b9e-7a41-4d36-9f18-2c6e8d03b7a5";
export const SECRET = "e0c1b7d94f6a4c0f8e21d5a7b3906c55";
export const NEXT_SECRET = "77a0e4c2b95d4f1ea3c86d20f1b4e9a8";

export const agreement = readAgreementFolder(
  new Map(
    readdirSync(referenceFolder).map((name) => [name, readFileSync(new URL(name, referenceFolder), "utf8")]),
  ),
);

export interface HouseDatabases {
  readonly database: Database;
  readonly keysDatabase: Database;
}

export type Row = Record<string, unknown>;
export type SupportHouse = Awaited<ReturnType<typeof openSupportHouse>>;

const WIPED = ["spt_event", "spt_words", "spt_case", "spt_known_word", "dsr_inquiry", "db_job"];

/** The same databases may be given again: a restart, or a second process. */
export async function openSupportHouse(
  { database, keysDatabase }: HouseDatabases,
  clock: Clock,
  given: Partial<SupportBridgeOptions> = {},
  { port = 0, leaseMs }: { readonly port?: number; readonly leaseMs?: number } = {},
) {
  const ids = makeIds(clock);
  await migrate(keysDatabase, [keyMigrations]);
  await migrate(database, [
    databaseMigrations,
    journalMigrations,
    subjectMigrations,
    contractMigrations,
    { owner: "web", migrations: webMigrations },
    { owner: "data-subject-requests", migrations: dataSubjectRequestsPlugin.migrations },
    { owner: "support-bridge", migrations: supportBridgeMigrations },
  ]);
  const lines: string[] = [];
  const write = (event: string, fields: LogFields = {}) => void lines.push(JSON.stringify({ event, fields }));
  const log = { info: write, warn: write, error: write };
  const vault = await openKeyStore({ database: keysDatabase, rootKey: Buffer.alloc(32, 7), clock, ids });
  const signer = makeSigner(Buffer.alloc(32, 9));
  const journal = makeJournal({ database, clock, ids, origin: "journal.example", signer, keyStore: vault });
  const unitOfWork = makeUnitOfWork(database, { log });
  const subjects = makeSubjectDirectory({ database, keyStore: vault, ids, clock, log });
  const agreements = oneAgreement(agreement);
  const contracts = makeContracts({ database, vault, agreements, clock });
  const table = compileGateTable(agreement);
  const gate = makeGate({ clock, tableFor: () => table });
  const jobs = makeJobs({ clock, ids });
  const options = supportBridgeOptions.parse({
    ...{ desk: "crisp", website: WEBSITE, hookSecret: `${SECRET}\n${NEXT_SECRET}` },
    ...given,
  });
  const support = makeSupport(options, { agreements, clock, gate, subjects, unitOfWork, vault });
  const base = { agreements, clock, contracts, ids, jobs, journal, log, subjects, unitOfWork, vault };
  const ports: SupportPorts = { ...base, support, rightsDesk: makeRightsDesk(base) };
  const sessions = makeSessions({ rows: memorySessionRows(), clock, ids });
  const app = makeApp({
    ...{ log, clock, ids, sessions, publicUrl: "http://127.0.0.1", title: "Préau", menu: [] },
  });
  mountRoutes(app, hookRoutes(ports, options));
  const server = createServer(app);
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const worker = makeWorker({
    ...{ database, clock, ids, log, handlers: supportJobs(ports, options) },
    // Of a worker whose death is soon noticed.
    ...(leaseMs === undefined ? {} : { leaseMs, pollMs: 50, backoff: { first: 50, factor: 1, most: 50 } }),
  });
  const inUnit = <T>(work: (unit: Unit) => Promise<T>) => unitOfWork.transaction(work);
  const { knex } = database;
  const rowsOf = async (name: string, by: string): Promise<Row[]> =>
    (await knex(name).orderBy(by).orderBy("id")) as Row[];

  return {
    ...{ ports, options, lines, url, worker, inUnit, database, subjects, gate },
    /** Somebody of the directory, as a sign-in would leave them. */
    person: async (
      given: Partial<SupportPerson> & { readonly kind?: string } = {},
    ): Promise<SupportPerson> => {
      const { kind = "lms.account", ...rest } = given;
      const controller = rest.controller ?? SCHOOL;
      const subject: SubjectId = await inUnit((unit) =>
        subjects.identify(unit, controller, { kind, value: ids.next("acc") }),
      );
      return { product: "plume", origin: "outsideGar", role: "teacher", ...rest, controller, subject };
    },
    post: (hook: PostedHook, path = "/support/hooks/crisp") =>
      fetch(`${url}${path}`, { method: "POST", body: hook.body, headers: hook.headers }),
    events: async (): Promise<Row[]> =>
      (await rowsOf("spt_event", "received_at")).filter(({ state }) => state !== "mark"),
    cases: (): Promise<Row[]> => rowsOf("spt_case", "opened_at"),
    words: (): Promise<Row[]> => rowsOf("spt_words", "received_at"),
    /** Everything that rests in the tables of the bridge and of jobs, as bytes. */
    resting: async () => {
      const rows: unknown[] = [];
      for (const name of ["spt_event", "spt_case", "spt_words", "db_job", "jrn_entry"])
        rows.push(await knex(name));
      return JSON.stringify(rows, (_key, value: unknown) =>
        value !== null && typeof value === "object" && "type" in value && "data" in value
          ? Buffer.from((value as { data: number[] }).data).toString("latin1")
          : value,
      );
    },
    wipe: async () => {
      for (const name of WIPED) if (await knex.schema.hasTable(name)) await knex(name).delete();
      lines.length = 0;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await worker.stop();
      vault.close();
    },
  };
}

export interface PostedHook {
  readonly body: string;
  readonly headers: Record<string, string>;
}

export const sessionOf = (number: number) =>
  `session_${number.toString(16).padStart(8, "0")}-1111-4222-8333-944444444444`;

/** A body of Crisp's, as its hooks write it. */
export function crispBody(
  event: string,
  data: Readonly<Record<string, unknown>>,
  { at = 0, website = WEBSITE }: { readonly at?: number; readonly website?: string } = {},
) {
  return {
    website_id: website,
    event,
    data: { website_id: website, session_id: sessionOf(1), ...data },
    timestamp: at,
  };
}

/** What a visitor wrote. */
export function written(
  content: string,
  { at, fingerprint = at, ...data }: { at: number; fingerprint?: number } & Record<string, unknown>,
) {
  return crispBody(
    "message:send",
    {
      ...{ type: "text", from: "user", origin: "chat", content, fingerprint, timestamp: at, stamped: true },
      ...{ user: { nickname: "visitor42", user_id: sessionOf(1) } },
      ...data,
    },
    { at },
  );
}

/** Signed at that moment, as Crisp signs a plugin's hooks. */
export function signed(
  body: string | object,
  at: number,
  { secret = SECRET, stamp = at }: { readonly secret?: string; readonly stamp?: number } = {},
): PostedHook {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const signature = createHmac("sha256", secret).update(`[${at};${text}]`).digest("hex");
  return {
    body: text,
    headers: {
      "content-type": "application/json",
      "x-crisp-request-timestamp": String(stamp),
      "x-crisp-signature": signature,
    },
  };
}

export function nowOf(clock: Clock): number {
  return millisOf(clock.now());
}

/** A house for the tests of a suite, over new databases of that kind. */
export async function freshSupportHouse(
  kind: DatabaseKind,
  clock: Clock,
  given: Partial<SupportBridgeOptions> = {},
) {
  const data = await freshDatabase(kind);
  const both = await openHouseDatabases(data.url);
  const house = await openSupportHouse(both, clock, given);
  return {
    ...{ house, both },
    remove: async () => {
      await house.close();
      await Promise.all([both.database.close(), both.keysDatabase.close()]);
      await data.remove();
    },
  };
}

/** Databases of a house, on these addresses. */
export async function openHouseDatabases(url: string, keysUrl = "sqlite::memory:"): Promise<HouseDatabases> {
  return { database: await openDatabase({ url }), keysDatabase: await openDatabase({ url: keysUrl }) };
}
