/**
 * The hub composed: databases opened and migrated, ports made, plugins sorted and given what they require. Nothing here
 * decides anything; it joins what the packages declare.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Agreement, agreementHash, oneAgreement, samplesFolder } from "@preau/agreement";
import {
  backupsOptions,
  backupsPlugin,
  type KnownReplayList,
  knownReplayList,
  makeBackupCatalogue,
  openReplayList,
} from "@preau/backups";
import { makeContracts } from "@preau/contracts";
import { makeRightsDesk } from "@preau/data-subject-requests";
import {
  type Database,
  databaseMigrations,
  makeJobs,
  makeUnitOfWork,
  makeWorker,
  migrate,
  openDatabase,
  type Worker,
} from "@preau/database";
import { makeInstructions } from "@preau/instructions";
import {
  type DatabaseJournal,
  journalMigrations,
  journalPersonalData,
  makeJournal,
  makeLogKeeping,
  makeReceipts,
  makeSequencer,
  openSigner,
  type Sequencer,
} from "@preau/journal";
import {
  type Clock,
  type EventHandlers,
  type Events,
  type GateCheck,
  type Ids,
  type Log,
  makeEvents,
  makeGate,
  makeIds,
  type Plugin,
  type Ports,
  type RegisteredSource,
  sortPlugins,
} from "@preau/kernel";
import {
  keyMigrations,
  makeHighWaterMarks,
  openKeyStore,
  readOrCreateRootKey,
  readOrCreateSecret,
} from "@preau/keys";
import { mailerOptions, mailerPlugin, makeMailer, makePost } from "@preau/mailer";
import { makeSubjectDirectory, subjectMigrations, subjectsPersonalData } from "@preau/subjects";
import { announcedSubprocessors } from "@preau/subprocessors";
import { makeSupport, supportBridgeOptions, supportBridgePlugin } from "@preau/support-bridge";
import {
  countAttempts,
  makeApiTokens,
  makeLinks,
  makeSessions,
  type Sessions,
  sessionRows,
  webMigrations,
  webPersonalData,
} from "@preau/web";
import { ZodError } from "zod";
import type { Config } from "./config.ts";
import { placeOfIssue } from "./config-file.ts";
import { readDeclaredControllers, registerDeclared } from "./declared-controllers.ts";
import { fault } from "./errors.ts";
import { type Lms, linkAccounts, openLms } from "./lms.ts";
import { makeFolder } from "./make-folder.ts";
import { plugins } from "./plugins.ts";
import { readAgreement } from "./read-agreement.ts";

export interface Hub {
  readonly config: Config;
  readonly agreement: Agreement;
  /** `sha256:…` */
  readonly agreementHash: string;
  readonly ports: Ports;
  readonly journal: DatabaseJournal;
  readonly sequencer: Sequencer;
  readonly sessions: Sessions;
  readonly worker: Worker;
  /** The plugins in their one order, each with its options read. */
  readonly plugins: readonly { readonly plugin: Plugin; readonly options: unknown }[];
  readonly lms: readonly Lms[];
  /** The list of whom to erase again after a restore, as this installation knows it. */
  readonly replay: KnownReplayList;
  close(): Promise<void>;
}

export interface HubOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** Stores of personal data beside the configured ones: the LMS that a command names. Replaces them. */
  readonly sources?: readonly RegisteredSource[];
}

/** Ports that the hub itself provides. */
const GIVEN = [
  "agreements",
  "apiTokens",
  "attempts",
  "backups",
  "clock",
  "contracts",
  "events",
  "gate",
  "ids",
  "instructions",
  "jobs",
  "journal",
  "knownPersons",
  "links",
  "log",
  "logKeeping",
  "mailer",
  "post",
  "receipts",
  "replay",
  "rightsDesk",
  "sessions",
  "sources",
  "subjects",
  "support",
  "unitOfWork",
  "vault",
] as const;

/**
 * Opens everything. What was opened is closed again when something fails.
 * @throws every error of a configuration, an agreement, a data map or a database that cannot be used
 */
export async function openHub(config: Config, options: HubOptions): Promise<Hub> {
  const { clock, log } = options;
  const agreement = readAgreement(config.agreement && path.resolve(config.folder, config.agreement));
  const sorted = sortPlugins(plugins, GIVEN);
  refuseUnknownPlugins(config, sorted);
  const configured = sorted.map((plugin) => ({ plugin, options: readOptions(config, plugin) }));
  const declared = readDeclaredControllers(config, agreement);
  makeDataFolder(config);

  const opened: Database[] = [];
  const opening = async (url: string, password?: string) => {
    const database = await openDatabase({ url, password, log });
    opened.push(database);
    return database;
  };
  const closeAll = async () => {
    await Promise.all(opened.map((each) => each.close()));
  };
  try {
    const database = await opening(config.databaseUrl, config.databasePassword);
    const keysDatabase = await opening(config.keysUrl, config.keysPassword);
    await migrate(keysDatabase, [keyMigrations], { clock });
    await migrate(database, migrationLists(sorted), { clock });
    const lms: Lms[] = [];
    if (options.sources === undefined) {
      for (const each of config.lms) {
        const one = await openLms(config, each, clock, log);
        opened.push(one.database);
        refuseSameAccounts(lms, one);
        lms.push(one);
      }
    }
    const hub = await compose({
      config,
      agreement,
      configured,
      database,
      keysDatabase,
      lms,
      options,
      closeAll,
    });
    await registerDeclared(hub.ports, declared);
    return hub;
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/**
 * An account is known by its kind and its number: two LMSs of one controller whose accounts are of one kind would share
 * them, and whoever is erased in one would be somebody else in the other.
 * @throws HUB_CONFIG_INVALID
 */
function refuseSameAccounts(known: readonly Lms[], { id, controller, kind }: Lms): void {
  const same = known.find((each) => each.controller === controller && each.kind === kind);
  if (same !== undefined)
    throw fault("HUB_CONFIG_INVALID", {
      place: `lms: ${same.id} and ${id} have accounts of one kind, ${kind}: give one a map with another subject.kind`,
    });
}

interface Parts {
  readonly config: Config;
  readonly agreement: Agreement;
  readonly configured: Hub["plugins"];
  readonly database: Database;
  readonly keysDatabase: Database;
  readonly lms: readonly Lms[];
  readonly options: HubOptions;
  readonly closeAll: () => Promise<void>;
}

async function compose(parts: Parts): Promise<Hub> {
  const { config, agreement, configured, database, keysDatabase, lms } = parts;
  const { clock, log } = parts.options;
  const ids: Ids = makeIds(clock);
  const rootKey = readOrCreateRootKey(path.join(config.data, "root.key"));
  const vault = await openKeyStore({ database: keysDatabase, rootKey, clock, ids });
  const signer = openSigner(path.join(config.data, "journal.key"));
  const origin = config.name;
  const marks = makeHighWaterMarks(keysDatabase);
  const sequencer = makeSequencer({ database, clock, ids, origin, signer, marks, log });
  const journal = makeJournal({
    database,
    keyStore: vault,
    clock,
    ids,
    origin,
    signer,
    marks,
    recorded: () => sequencer.wake(),
  });
  const unitOfWork = makeUnitOfWork(database, { log });
  const subjects = makeSubjectDirectory({ database, keyStore: vault, ids, clock, log });
  await subjects.finishForgetting();
  const sessions = makeSessions({ rows: sessionRows(database), clock, ids });
  // The policy on samples and client data settles what surrounds a contract; the one that ships is in force.
  const agreements = oneAgreement(agreement, readAgreement(fileURLToPath(samplesFolder)));
  const contracts = makeContracts({ database, vault, agreements, clock });
  await contracts.finishRemovals();
  const checks: GateCheck[] = [];
  const handlers: EventHandlers[] = [linkAccounts(lms, subjects, log)];
  const events: Events = makeEvents(handlers);
  const sources = new Map<string, RegisteredSource>();
  const wake: { worker?: Worker } = {};
  const jobs = makeJobs({ clock, ids, onEnqueued: () => wake.worker?.wake() });
  const announced = announcedSubprocessors({ agreements, clock, unitOfWork });
  await announced.load();
  const replay = knownReplayList(openReplayList(config.replayFolder), { unitOfWork, clock });
  const post = makePost(
    mailerOptions.parse(configured.find(({ plugin }) => plugin.id === mailerPlugin.id)?.options),
    configured.flatMap(({ plugin }) => plugin.messages),
  );
  const attempts = countAttempts({ clock, journal, log, unitOfWork });
  const gate = makeGate({
    tableFor: (controller) => agreements.tableOf(controller),
    checks,
    clock,
    renew: (flow, unit) => announced.renew(flow, unit),
  });
  const support = makeSupport(
    supportBridgeOptions.parse(
      configured.find(({ plugin }) => plugin.id === supportBridgePlugin.id)?.options,
    ),
    { agreements, clock, gate, subjects, unitOfWork, vault },
  );
  const ports: Ports = {
    agreements,
    allDues: async (scope) =>
      (await Promise.all(configured.map(({ plugin, options }) => plugin.dues(ports, options)(scope)))).flat(),
    apiTokens: makeApiTokens({ attempts, clock, ids, journal, log, unitOfWork }),
    attempts,
    backups: makeBackupCatalogue({
      stores: backupsOptions.parse(configured.find(({ plugin }) => plugin.id === backupsPlugin.id)?.options)
        .stores,
      from: config.folder,
      environment: process.env,
      ...{ agreements, contracts, unitOfWork, clock, log },
    }),
    clock,
    contracts,
    events,
    gate,
    ids,
    instructions: makeInstructions({ agreements, clock, events, ids, jobs, journal }),
    jobs,
    journal,
    knownPersons: support.known,
    links: makeLinks({ key: readOrCreateSecret(path.join(config.data, "link.key")), clock }),
    logKeeping: makeLogKeeping({ database, journal, keyStore: vault, clock, ids, origin, signer }),
    log,
    mailer: makeMailer({ clock, ids, jobs, vault }),
    post,
    receipts: makeReceipts({ database, journal, clock, ids }),
    replay,
    rightsDesk: makeRightsDesk({
      ...{ agreements, clock, contracts, ids, jobs, journal, log, subjects, unitOfWork, vault },
    }),
    sessions,
    sources,
    subjects,
    support,
    unitOfWork,
    vault,
  };
  // The LMS first, what finds the person in it last: a run that stops can still go on.
  const own = [
    webPersonalData({ database }),
    journalPersonalData({ database, journal, keyStore: vault, keyBackupHours: config.keyBackupHours }),
    subjectsPersonalData({ database, keyStore: vault, clock }),
  ];
  const declared = configured.flatMap(({ plugin, options }) => plugin.personalData(ports, options));
  const foreign = parts.options.sources ?? lms.map((each) => each.source);
  for (const each of [...foreign, ...declared, ...own]) sources.set(each.source.describe().id, each);
  for (const { plugin, options } of configured) {
    handlers.push(plugin.on(ports, options));
    checks.push(...plugin.gateChecks(ports, options));
  }
  const worker = makeWorker({
    database,
    handlers: configured.flatMap(({ plugin, options }) => plugin.jobs(ports, options)),
    clock,
    ids,
    log,
  });
  wake.worker = worker;
  return {
    config,
    agreement,
    agreementHash: agreementHash(agreement),
    ports,
    journal,
    sequencer,
    sessions,
    worker,
    plugins: configured,
    lms,
    replay,
    close: async () => {
      await worker.stop();
      post.close();
      // Refusals that were counted and have no entry yet.
      await attempts.settle().catch(() => log.warn("hub.attemptsNotJournalled", {}));
      await sequencer.stop();
      // A person forgotten a moment ago: the key goes before its store is closed. What fails is done at the next start.
      await subjects.finishForgetting().catch(() => undefined);
      await contracts.finishRemovals().catch(() => undefined);
      vault.close();
      await parts.closeAll();
    },
  };
}

/** Migrations of the foundation, then the plugins' in their order. */
function migrationLists(sorted: readonly Plugin[]): Parameters<typeof migrate>[1] {
  return [
    databaseMigrations,
    journalMigrations,
    subjectMigrations,
    { owner: "web", migrations: webMigrations },
    ...sorted.map((plugin) => ({
      owner: plugin.id,
      // The kernel leaves open what a migration is given; the database package says it.
      migrations: plugin.migrations,
    })),
  ];
}

function readOptions(config: Config, plugin: Plugin): unknown {
  try {
    const written = config.plugins[plugin.id] ?? {};
    return plugin.options.parse({ ...written, ...config.overrides[plugin.id] });
  } catch (cause) {
    const at = ["plugins", plugin.id];
    const place = cause instanceof ZodError ? placeOfIssue(config.placeOf, cause, at) : config.placeOf(at);
    throw fault("HUB_CONFIG_INVALID", { place, cause });
  }
}

/** @throws HUB_CONFIG_INVALID at the first key of `plugins` that is no plugin's name */
function refuseUnknownPlugins(config: Config, sorted: readonly Plugin[]): void {
  const unknown = Object.keys(config.plugins).find((name) => !sorted.some(({ id }) => id === name));
  if (unknown === undefined) return;
  throw fault("HUB_CONFIG_INVALID", { place: config.placeOf(["plugins"], unknown) });
}

function makeDataFolder(config: Config): void {
  try {
    makeFolder(config.data);
  } catch (cause) {
    throw fault("HUB_FILE_UNREADABLE", { place: "PREAU_DATA", cause });
  }
}
