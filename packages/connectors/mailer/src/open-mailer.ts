/**
 * The mailer alone, in any application: SQLite (or MariaDB), a worker, a transport, and the agreement that is asked when a message
 * leaves. No hub is needed. @clause DC, D4.1
 */
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { oneAgreement, readAgreementFolder, referenceFolder } from "@preau/agreement";
import {
  databaseMigrations,
  makeJobs,
  makeUnitOfWork,
  makeWorker,
  migrate,
  openDatabase,
  type Worker,
} from "@preau/database";
import {
  type Clock,
  type EventHandlers,
  type GateCheck,
  type Log,
  type Message,
  type MessageId,
  type MessageTemplate,
  makeEvents,
  makeGate,
  makeIds,
  type RegisteredSource,
  silentLog,
  systemClock,
  type UnitOfWork,
} from "@preau/kernel";
import { type KeyStore, keyMigrations, openKeyStore, readOrCreateRootKey } from "@preau/keys";
import { hookJobs } from "./jobs/hook-jobs.ts";
import { mailJobs } from "./jobs/mail-jobs.ts";
import { type DatabaseMailer, makeMailer } from "./make-mailer.ts";
import type { MessageLine } from "./message-line.ts";
import { messagePersonalData } from "./message-personal-data.ts";
import { mailerMigrations } from "./migrations/index.ts";
import { mailerOptions } from "./options.ts";
import { makePost } from "./post.ts";
import { type Rendered, renderMessage } from "./render-message.ts";
import { openMessage } from "./seal-message.ts";
import { listMessages, readMessage } from "./store/messages.ts";

export interface OpenMailerOptions {
  /** Of the database, the keys' database and the root key; made with mode 0700. */
  readonly folder: string;
  readonly templates: readonly MessageTemplate[];
  /** As `plugins.mailer` of `preau.yaml`; the catcher where no transport is named. */
  readonly mailer?: Readonly<Record<string, unknown>>;
  /** Folder of the agreement; the one that ships with Préau when none is named. */
  readonly agreement?: string;
  /** `mysql://user@host:port/name` in place of SQLite in the folder. */
  readonly databaseUrl?: string;
  readonly databasePassword?: string;
  /** `mail.settled`: what became of each message, in the transaction that records it. */
  readonly on?: EventHandlers;
  /** Checks that the gate asks beside the agreement. */
  readonly checks?: readonly GateCheck[];
  readonly clock?: Clock;
  readonly log?: Log;
}

export interface OpenedMailer {
  /** Queues one message in a transaction of its own. */
  send(message: Message): Promise<MessageId>;
  /** To queue in a transaction with other changes: `unitOfWork.transaction((unit) => mailer.send(unit, …))`. */
  readonly mailer: DatabaseMailer;
  readonly unitOfWork: UnitOfWork;
  /** The latest messages, and what became of them. */
  messages(limit?: number): Promise<readonly MessageLine[]>;
  /** What a message says, as long as its text stands and nothing leaves (the catcher). */
  read(id: MessageId): Promise<(Rendered & Pick<Message, "to">) | undefined>;
  /** Of a person: what the log holds, to collect, restrict and erase. */
  readonly personalData: RegisteredSource;
  readonly vault: KeyStore;
  readonly worker: Worker;
  close(): Promise<void>;
}

/** @throws MAIL_BAD_OPTIONS, and every error of an agreement or a database that cannot be used */
export async function openMailer(given: OpenMailerOptions): Promise<OpenedMailer> {
  const { folder, templates, on = {}, checks = [], clock = systemClock, log = silentLog } = given;
  const options = mailerOptions.parse({ demonstration: true, ...given.mailer });
  const agreements = oneAgreement(readAgreementFolder(textsOf(given.agreement)));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const url = given.databaseUrl ?? `sqlite:${path.join(folder, "mail.sqlite")}`;
  const database = await openDatabase({ url, password: given.databasePassword, log });
  const keysDatabase = await openDatabase({ url: `sqlite:${path.join(folder, "keys.sqlite")}`, log });
  const closeBoth = async () => {
    await database.close();
    await keysDatabase.close();
  };
  try {
    await migrate(keysDatabase, [keyMigrations], { clock });
    await migrate(database, [databaseMigrations, { owner: "mailer", migrations: mailerMigrations }], {
      clock,
    });
    const ids = makeIds(clock);
    const rootKey = readOrCreateRootKey(path.join(folder, "root.key"));
    const vault = await openKeyStore({ database: keysDatabase, rootKey, clock, ids });
    const unitOfWork = makeUnitOfWork(database, { log });
    const wake: { worker?: Worker } = {};
    const jobs = makeJobs({ clock, ids, onEnqueued: () => wake.worker?.wake() });
    const post = makePost(options, templates, clock);
    const gate = makeGate({ clock, checks, tableFor: (controller) => agreements.tableOf(controller) });
    const ports = {
      ...{ agreements, clock, events: makeEvents([on]), gate, ids, jobs, log, post, unitOfWork, vault },
    };
    const handlers = [...mailJobs(ports, options), ...hookJobs(ports, options)];
    const worker = makeWorker({ database, handlers, clock, ids, log });
    wake.worker = worker;
    worker.start();
    const mailer = makeMailer({ clock, ids, jobs, vault });
    return {
      ...{ mailer, unitOfWork, vault, worker, personalData: messagePersonalData(ports) },
      send: (message) => unitOfWork.transaction((unit) => mailer.send(unit, message)),
      messages: (limit = 100) =>
        unitOfWork.transaction((unit) => listMessages(unit, { scope: "all", limit })),
      read: async (id) => {
        const found = await unitOfWork.transaction((unit) => readMessage(unit, "all", id));
        const template = found && post.templates.get(found.line.template);
        if (post.transport?.name !== "catcher" || template === undefined || found?.sealed == null)
          return undefined;
        const part = await openMessage(vault, found.line, found.sealed);
        if (part === undefined) return undefined;
        const { language, controller } = found.line;
        const publisher = agreements.of(controller).annexA.processor.name;
        const { publicUrl } = options;
        const { variables, to } = part;
        return { to, ...renderMessage({ template, variables, language, publisher, publicUrl }) };
      },
      close: async () => {
        await worker.stop();
        post.close();
        vault.close();
        await closeBoth();
      },
    };
  } catch (error) {
    await closeBoth();
    throw error;
  }
}

/** The files of an agreement's folder, by name. */
function textsOf(folder: string | undefined): ReadonlyMap<string, string> {
  const from = folder ?? fileURLToPath(referenceFolder);
  const names = readdirSync(from).filter((name) => /^(?:agreement\.yaml|text\.(?:fr|en)\.md)$/.test(name));
  return new Map(names.map((name) => [name, readFileSync(path.join(from, name), "utf8")]));
}
