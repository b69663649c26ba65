/** What the mailer needs of a hub, over real databases and keys. Programs use it too. */
import { readdirSync, readFileSync } from "node:fs";
import { compileGateTable, oneAgreement, readAgreementFolder, referenceFolder } from "@preau/agreement";
import {
  type Database,
  databaseMigrations,
  makeJobs,
  makeUnitOfWork,
  makeWorker,
  migrate,
  openDatabase,
} from "@preau/database";
import {
  type Clock,
  controllerId,
  type EventHandlers,
  type Gate,
  type Json,
  type Message,
  type MessageTemplate,
  makeEvents,
  makeGate,
  makeIds,
  type PreauEvents,
  silentLog,
} from "@preau/kernel";
import { keyMigrations, openKeyStore } from "@preau/keys";
import { makeDeliver } from "../src/deliver-message.ts";
import { hookJobs } from "../src/jobs/hook-jobs.ts";
import { mailJobs } from "../src/jobs/mail-jobs.ts";
import { makeMailer } from "../src/make-mailer.ts";
import { mailerMigrations } from "../src/migrations/index.ts";
import { type MailerOptions, mailerOptions } from "../src/options.ts";
import { makePost } from "../src/post.ts";
import { type Report, suppressAddress } from "../src/suppress-address.ts";

export const ACACIAS = controllerId("lycee-des-acacias");
export const TILLEULS = controllerId("ecole-des-tilleuls");

export const agreement = readAgreementFolder(
  new Map(
    readdirSync(referenceFolder).map((name) => [name, readFileSync(new URL(name, referenceFolder), "utf8")]),
  ),
);

function wordOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

/** A message to an officer, as duties send them. */
export const relay: MessageTemplate = {
  name: "desk.relay",
  clause: "D10.1b",
  subject: { fr: "Une demande vous est transmise", en: "A request is passed on to you" },
  compose: ({ path, due }, language) => [
    language === "fr"
      ? "Une personne concernée a écrit à l’éditeur. Sa demande vous revient\u202f: elle vous attend derrière ce lien."
      : "A data subject wrote to the publisher. The request is yours: it waits behind this link.",
    { link: wordOf(path), label: language === "fr" ? "Ouvrir la demande" : "Open the request" },
    { facts: [[language === "fr" ? "À traiter avant" : "Due by", wordOf(due)]] },
  ],
  example: { path: "/desk/example", due: "2026-12-01" },
};

export interface HouseDatabases {
  readonly database: Database;
  readonly keysDatabase: Database;
}

export async function openHouseDatabases(url: string, keysUrl = "sqlite::memory:"): Promise<HouseDatabases> {
  return { database: await openDatabase({ url }), keysDatabase: await openDatabase({ url: keysUrl }) };
}

interface HouseOptions {
  readonly options?: Partial<MailerOptions>;
  readonly gate?: Gate;
  readonly on?: EventHandlers;
  readonly templates?: readonly MessageTemplate[];
  /** Of a worker whose death is soon noticed. */
  readonly leaseMs?: number;
}

/** The same databases may be given again: a restart, or a second process. */
export async function makeMailHouse(
  { database, keysDatabase }: HouseDatabases,
  clock: Clock,
  { options: given = {}, gate: asked, on = {}, templates = [relay], leaseMs }: HouseOptions = {},
) {
  const ids = makeIds(clock);
  await migrate(keysDatabase, [keyMigrations]);
  await migrate(database, [databaseMigrations, { owner: "mailer", migrations: mailerMigrations }]);
  const vault = await openKeyStore({ database: keysDatabase, rootKey: Buffer.alloc(32, 7), clock, ids });
  const unitOfWork = makeUnitOfWork(database);
  const jobs = makeJobs({ clock, ids });
  const settled: PreauEvents["mail.settled"][] = [];
  const note: EventHandlers = { "mail.settled": async (event) => void settled.push(event) };
  const table = compileGateTable(agreement);
  const options = mailerOptions.parse({ publicUrl: "https://preau.example", ...given });
  const ports = {
    agreements: oneAgreement(agreement),
    clock,
    events: makeEvents([on, note]),
    gate: asked ?? makeGate({ clock, tableFor: () => table }),
    ids,
    jobs,
    log: silentLog,
    mailer: makeMailer({ clock, ids, jobs, vault }),
    post: makePost(options, templates, clock),
    unitOfWork,
    vault,
  };
  const worker = makeWorker({
    ...{ database, clock, ids },
    handlers: [...mailJobs(ports, options), ...hookJobs(ports, options)],
    ...(leaseMs === undefined ? {} : { leaseMs, pollMs: 50, backoff: { first: 50, factor: 1, most: 50 } }),
  });
  const house = {
    ...ports,
    ...{ ports, options, database, settled, worker },
    send: (message: Message) => unitOfWork.transaction((unit) => ports.mailer.send(unit, message)),
    row: async (id: string): Promise<Record<string, unknown>> =>
      (await database.knex("mlr_message").where({ id }).first()) as Record<string, unknown>,
    /** An address of ACACIAS comes onto the list of those not written to. */
    suppress: (report: Omit<Report, "controller" | "at">) =>
      unitOfWork.transaction((unit) =>
        suppressAddress(unit, ports, options.suppress, { controller: ACACIAS, at: clock.now(), ...report }),
      ),
    /** One try of one message, outside the queue. */
    tryOnce: (id: string, attempt = 1) =>
      makeDeliver(ports, options)({ controller: ACACIAS, id: id as `msg_${string}`, attempt }),
  };
  return house;
}

export function message(change: Partial<Message> & { readonly subject?: `sub_${string}` } = {}): Message {
  const { subject, ...rest } = change;
  return {
    template: relay.name,
    language: "fr",
    to: { name: "Solveig Amaury-Kern", address: "dpo@acacias.example" },
    variables: { path: "/desk/abcdefgh", due: "1er décembre" },
    flow: {
      ...{ controller: ACACIAS, product: "_agreement", operation: "send", origin: "outsideGar" },
      ...{ role: "officer", categories: ["officerContact"], purpose: "correspondence", recipient: "mailer" },
      ...(subject === undefined ? {} : { subject }),
    },
    key: "relay/rqs_1",
    ...rest,
  };
}
