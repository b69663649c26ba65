/**
 * A plugin is a value: one literal, checked with `satisfies Plugin`, that shows a package on one screen. Importing it
 * does nothing. The hub sorts the list, gives each the ports it requires, and mounts what it declares.
 *
 * Handler types are open (`never` arguments) because the kernel knows neither Express nor knex: the package that
 * provides the mechanism (web, database) has the exact type, and the hub joins them.
 */
import type { BackupCatalogue, ReplayList } from "./backups.ts";
import type { Clock, Instant } from "./clock.ts";
import { type ErrorTable, fault } from "./errors.ts";
import type { EventHandlers, Events } from "./events.ts";
import type { Gate, GateCheck } from "./gate.ts";
import type { ControllerId, Ids } from "./ids.ts";
import type { Instructions } from "./instructions.ts";
import type { Journal } from "./journal.ts";
import type { KnownPersons } from "./known-persons.ts";
import type { Bilingual } from "./language.ts";
import type { Log } from "./log.ts";
import type { Mailer } from "./mailer.ts";
import type { MessageTemplate } from "./message-template.ts";
import type { RegisteredSource } from "./personal-data-source.ts";
import type { RightsDesk } from "./rights-desk.ts";
import type { Who } from "./roles.ts";
import type { SubjectDirectory } from "./subject-directory.ts";
import type { JobHandler, Jobs, UnitOfWork } from "./unit-of-work.ts";

/**
 * The ports, as the hub hands them out. Foundation packages add theirs by declaration merging, so that the kernel
 * need not know them: `declare module "@preau/kernel" { interface Ports { readonly vault: KeyStore } }`.
 */
export interface Ports {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly unitOfWork: UnitOfWork;
  readonly jobs: Jobs;
  readonly events: Events;
  readonly gate: Gate;
  readonly journal: Journal;
  readonly subjects: SubjectDirectory;
  readonly mailer: Mailer;
  /** The ledger of written instructions. */
  readonly instructions: Instructions;
  /** Where data subjects' requests come in. */
  readonly rightsDesk: RightsDesk;
  /** Who must not be known everywhere, by keyed words. */
  readonly knownPersons: KnownPersons;
  /** Every store of personal data, by id, in the order of the plugin list. */
  readonly sources: ReadonlyMap<string, RegisteredSource>;
  /** When the last backup of what was erased is gone. */
  readonly backups: BackupCatalogue;
  /** Whom to erase again after a restore. */
  readonly replay: ReplayList;
}

export type PortName = keyof Ports;

/** One schema change, safe to run again. `id` is `<table prefix><three digits>_<what>`: `jrn_001_entries`. */
export interface Migration {
  readonly id: string;
  readonly up: (database: never) => Promise<void>;
}

/** One line of the route table. */
export interface Route {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  readonly path: string;
  readonly handler: (request: never, response: never) => unknown;
  readonly who: Who;
  readonly clause?: string;
  /** Cross-site by nature (an assertion from the identity provider): why no CSRF token is asked for. */
  readonly csrfExempt?: string;
}

/** A page in the menu. */
export interface Page {
  readonly path: string;
  readonly title: Bilingual;
  readonly who: Who;
}

export interface Command {
  /** Words after `preau`: `erase`, `journal verify`. */
  readonly name: string;
  readonly summary: Bilingual;
  readonly run: (...arguments_: never[]) => Promise<number>;
}

export interface JobDefinition {
  readonly name: string;
  readonly handler: JobHandler;
  /** Attempts before the dead letters; 10 by default. */
  readonly attempts?: number;
  /**
   * For light jobs that come in thousands: so many of this name run side by side in places of their own, so that they neither
   * wait for others nor hold them up. Without it a job shares the worker's places.
   */
  readonly sideBySide?: number;
}

/** Something that must happen by a moment, under a clause: it feeds the home page and the calendar file. */
export interface Due {
  readonly id: string;
  readonly controller: ControllerId;
  readonly clause: string;
  readonly title: Bilingual;
  /** The last instant at which it is still in time. */
  readonly dueAt: Instant;
  readonly href?: string;
}

export interface DueScope {
  /** One controller's, or everybody's for the publisher's own staff. */
  readonly controller: ControllerId | "all";
  /** Due before. */
  readonly before: Instant;
}

// Methods, not function members: a list of plugins holds each with options of its own.
export interface Plugin<O = unknown> {
  /** The package's name without scope: `retention`. */
  readonly id: string;
  /** Clauses that this package serves. */
  readonly clauses: readonly string[];
  /** Reads the plugin's part of `preau.yaml`; every field has a default. */
  readonly options: { parse(input: unknown): O };
  readonly requires: readonly PortName[];
  readonly provides: readonly PortName[];
  /** Prefix of all its tables and migrations, `ret_`; absent when it has none. */
  readonly tablePrefix?: string;
  readonly migrations: readonly Migration[];
  routes(ports: Ports, options: O): readonly Route[];
  readonly pages: readonly Page[];
  readonly commands: readonly Command[];
  jobs(ports: Ports, options: O): readonly JobDefinition[];
  on(ports: Ports, options: O): EventHandlers;
  dues(ports: Ports, options: O): (scope: DueScope) => Promise<readonly Due[]>;
  gateChecks(ports: Ports, options: O): readonly GateCheck[];
  /** Stores of personal data that it answers for. */
  personalData(ports: Ports, options: O): readonly RegisteredSource[];
  /** Templates of its messages. */
  readonly messages: readonly MessageTemplate[];
  /** Types of its journal events, `plugin.whatHappened`. */
  readonly journalEvents: readonly string[];
  readonly errors: ErrorTable;
}

/** A plugin that declares nothing: spread it, then say what is there. */
export const emptyPlugin = {
  clauses: [],
  options: { parse: () => ({}) },
  requires: [],
  provides: [],
  migrations: [],
  routes: () => [],
  pages: [],
  commands: [],
  jobs: () => [],
  on: () => ({}),
  dues: () => () => Promise.resolve([]),
  gateChecks: () => [],
  personalData: () => [],
  messages: [],
  journalEvents: [],
  errors: {},
} as const satisfies Omit<Plugin, "id">;

/**
 * The plugin list in its one order: providers before those who require them, then by id. The order of migrations,
 * event handlers, menus and gate checks follows it. `given` are the ports that the hub itself provides.
 * @throws PLUGIN_BAD_LIST naming the plugin and what it repeats or lacks
 */
export function sortPlugins(plugins: readonly Plugin[], given: readonly PortName[] = []): readonly Plugin[] {
  refuseRepeats(plugins);
  const rest = [...plugins].sort((a, b) => (a.id < b.id ? -1 : 1));
  const have = new Set<PortName>(given);
  const sorted: Plugin[] = [];
  while (rest.length > 0) {
    const next = rest.findIndex((plugin) => plugin.requires.every((port) => have.has(port)));
    const plugin = rest[next];
    if (plugin === undefined) {
      const stuck = rest[0];
      const lacks = stuck?.requires.filter((port) => !have.has(port)).join(", ");
      throw fault("PLUGIN_BAD_LIST", { place: `${stuck?.id ?? ""} requires ${lacks ?? ""}` });
    }
    rest.splice(next, 1);
    for (const port of plugin.provides) have.add(port);
    sorted.push(plugin);
  }
  return sorted;
}

function refuseRepeats(plugins: readonly Plugin[]): void {
  const seen = new Map<string, string>();
  const once = (kind: string, name: string, id: string) => {
    const key = `${kind} ${name}`;
    const owner = seen.get(key);
    if (owner !== undefined) throw fault("PLUGIN_BAD_LIST", { place: `${id} repeats ${key} of ${owner}` });
    seen.set(key, id);
  };
  for (const plugin of plugins) {
    once("id", plugin.id, plugin.id);
    if (plugin.tablePrefix !== undefined) once("table prefix", plugin.tablePrefix, plugin.id);
    for (const migration of plugin.migrations) {
      if (plugin.tablePrefix === undefined || !migration.id.startsWith(plugin.tablePrefix)) {
        throw fault("PLUGIN_BAD_LIST", { place: `${plugin.id}: migration ${migration.id} lacks the prefix` });
      }
      once("migration", migration.id, plugin.id);
    }
    for (const code of Object.keys(plugin.errors)) once("error", code, plugin.id);
    for (const page of plugin.pages) once("page", page.path, plugin.id);
    for (const command of plugin.commands) once("command", command.name, plugin.id);
    for (const port of plugin.provides) once("port", port, plugin.id);
  }
}
