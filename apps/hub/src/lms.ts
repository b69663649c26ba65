/** The LMSs of the configuration: their databases, their sources of personal data, and how a sign-in finds its account. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import {
  type DataMap,
  extendDataMap,
  type MapWords,
  makeDataMapExports,
  makeDataMapLifecycle,
  makeDataMapLookAgain,
  makeDataMapSource,
  mappedReferences,
  parseDataMap,
  parseMapWords,
  recordWordsOf,
} from "@preau/data-map";
import { type Database, dumpDatabase, openDatabase, outsideDump } from "@preau/database";
import {
  type Bilingual,
  type Clock,
  type ControllerId,
  controllerId,
  type EventHandlers,
  type Identifier,
  isFault,
  type Log,
  type PreauEvents,
  type RegisteredSource,
  type Restitution,
  type SubjectDirectory,
  type Unit,
} from "@preau/kernel";
import { makeMoodleSource, moodleMap } from "@preau/moodle";
import { type Config, readSecret } from "./config.ts";
import type { LmsConfig } from "./config-file.ts";
import { fault } from "./errors.ts";

export interface Lms {
  readonly id: string;
  readonly controller: ControllerId;
  /** Kind of its account identifiers. */
  readonly kind: string;
  readonly title: Bilingual;
  readonly database: Database;
  readonly source: RegisteredSource;
  /** The account that a sign-in identifier belongs to, as an identifier of this LMS. */
  accountOf(identifier: Identifier): Promise<Identifier | undefined>;
}

/** A sign-in waits for it: an LMS that is being upgraded must not hold up everybody. */
const ANSWERS_WITHIN_MS = 2_000;
/** Rows that a database takes for the same text. */
const MOST_ALIKE = 20;

/** @throws HUB_FILE_UNREADABLE, DATA_MAP_INVALID, DATABASE_UNREACHABLE */
export async function openLms(config: Config, each: LmsConfig, clock: Clock, log: Log): Promise<Lms> {
  const map = readMapOf(config, each);
  const password = readSecret(
    process.env,
    `PREAU_LMS_${each.id.toUpperCase().replaceAll("-", "_")}_PASSWORD`,
  );
  const database = await openDatabase({ url: urlIn(config, each.database), password, log });
  const controller = controllerId(each.controller);
  return {
    id: each.id,
    database,
    source: facesOf(each, { map, words: readWordsOf(config, each, map), controller, database, clock }),
    controller,
    kind: map.subject.kind,
    title: map.title,
    accountOf: async (identifier) => {
      const { signIn } = each;
      if (signIn?.identifier !== identifier.kind) return undefined;
      const { table, column, key: keyColumn } = signIn;
      const found: readonly Record<string, unknown>[] = await database
        .knex(table)
        .where(column, identifier.value)
        .limit(MOST_ALIKE)
        .select(column, keyColumn)
        .timeout(ANSWERS_WITHIN_MS, { cancel: database.dialect === "mysql" })
        .catch((cause: unknown) => {
          throw fault("HUB_LMS_SILENT", { place: each.id, cause });
        });
      // Databases compare without case or accents, and numbers with texts: here it is the very identifier, once.
      const [row, ...others] = found.filter((one) => String(one[column]) === identifier.value);
      if (others.length > 0) log.warn("hub.lmsAmbiguous", { lms: each.id, accounts: others.length + 1 });
      const key = others.length > 0 ? undefined : row?.[keyColumn];
      if (typeof key !== "string" && typeof key !== "number") return undefined;
      return { kind: map.subject.kind, value: String(key) };
    },
  };
}

/** @throws HUB_FILE_UNREADABLE, DATA_MAP_INVALID */
function readMapOf({ folder }: Config, { map, mapExtra }: LmsConfig): DataMap {
  const read = (file: string) => readMap(path.resolve(folder, file));
  const base = map === undefined ? moodleMap() : parseDataMap(read(map), path.basename(map));
  return mapExtra === undefined ? base : extendDataMap(base, read(mapExtra), path.basename(mapExtra));
}

/** What a reader calls the parts of an application: `X-words.yaml`, beside its map `X.yaml`. @throws DATA_MAP_INVALID */
function readWordsOf({ folder }: Config, { map: file }: LmsConfig, map: DataMap): MapWords | undefined {
  if (file === undefined || !/\.ya?ml$/.test(file)) return undefined;
  const words = path.resolve(folder, file.replace(/(?=\.ya?ml$)/, "-words"));
  return existsSync(words) ? parseMapWords(readMap(words), map, path.basename(words)) : undefined;
}

interface Site {
  readonly map: DataMap;
  readonly words: MapWords | undefined;
  readonly controller: ControllerId;
  readonly database: Database;
  readonly clock: Clock;
}

/** The three faces of an LMS: Moodle's own, or those of an application that its data map alone describes. */
function facesOf({ id, kind, moodledata, tablePrefix }: LmsConfig, site: Site): RegisteredSource {
  const { map, words, controller, database, clock } = site;
  const prefix = tablePrefix ?? map.tablePrefix;
  // Whom an order is about need not have an account in every LMS of the controller.
  const options = {
    ...{ map, controller, database, clock, sourceId: id, tablePrefix: prefix },
    missing: "plan",
    ...(words === undefined ? {} : { words }),
  } as const;
  if (kind === "moodle")
    return makeMoodleSource({ ...options, ...(moodledata === undefined ? {} : { moodledata }) });
  const lifecycle = makeDataMapLifecycle(options);
  const exports = makeDataMapExports({
    ...{ map, controller, database, tablePrefix: prefix },
    ...(words === undefined ? {} : { words: recordWordsOf(words, prefix) }),
    restitution: () => dumpOf(database, prefix),
  });
  return {
    exports,
    source: makeDataMapSource(options),
    second: makeDataMapLookAgain({
      database,
      controller,
      kind: map.subject.kind,
      person: { table: prefix + map.subject.table, key: map.subject.key },
      ...mappedReferences(map, prefix),
    }),
    ...(lifecycle === undefined ? {} : { lifecycle }),
  };
}

/** The whole database of an application, as its data map knows no file archive. @clause S8 */
async function dumpOf(database: Database, tablePrefix: string): Promise<Restitution> {
  return {
    dumps: [dumpDatabase(database, { tablePrefix })],
    // biome-ignore lint/suspicious/useAwait: a stream of nothing
    files: async function* () {},
    notCovered: [
      ...(await outsideDump(database, { tablePrefix })),
      {
        what: "files that the application keeps outside its database",
        why: "a data map describes tables alone",
        remedy: "the application’s operator hands them over",
      },
    ],
  };
}

/**
 * Links the accounts of a person, in every LMS that knows the sign-in identifier: at sign-in, where an LMS that does not
 * answer keeps nobody out, and again before an erasure is ordered, where one that does not answer stops the order: an
 * account that was not looked for must not be taken for one that is not there. @clause D12.2
 */
export function linkAccounts(lmss: readonly Lms[], subjects: SubjectDirectory, log: Log): EventHandlers {
  const linkIn = async (lms: Lms, { controller, subject }: Person, unit: Unit): Promise<void> => {
    for (const identifier of await subjects.identifiers(unit, controller, subject)) {
      const account = await lms.accountOf(identifier);
      if (account !== undefined) await subjects.link(unit, controller, subject, account);
    }
  };
  const lmsOf = ({ controller }: Person) => lmss.filter((each) => each.controller === controller);
  return {
    "account.signedIn": async (event, unit) => {
      for (const lms of lmsOf(event)) {
        try {
          await linkIn(lms, event, unit);
        } catch (error) {
          // An account that is somebody else's already is not this person's: they sign in without it, and may be joined to it.
          if (!isFault(error, "HUB_LMS_SILENT") && !isFault(error, "SUBJECT_LINK_TAKEN")) throw error;
          const what = error.code === "HUB_LMS_SILENT" ? "hub.lmsSilent" : "hub.accountOfAnother";
          log.warn(what, { lms: lms.id, subject: event.subject });
        }
      }
    },
    "account.deletionRequested": async (event, unit) => {
      for (const lms of lmsOf(event)) await linkIn(lms, event, unit);
    },
  };
}

type Person = Pick<PreauEvents["account.signedIn"], "controller" | "subject">;

function readMap(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw fault("HUB_FILE_UNREADABLE", { place: path.basename(file), cause });
  }
}

/** A relative SQLite path starts from the data folder. */
function urlIn(config: Config, url: string): string {
  const match = /^sqlite:(?!:memory:)(.+)$/.exec(url);
  return match?.[1] === undefined ? url : `sqlite:${path.resolve(config.data, match[1])}`;
}
