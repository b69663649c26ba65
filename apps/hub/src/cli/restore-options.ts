/** `preau restore …`: the restored database, its map, its list, checked before anything is opened. */
import path from "node:path";
import { openReplayList, type RestoredStore } from "@preau/backups";
import { type DataMap, makeDataMapLookAgain, makeDataMapSource, mappedReferences } from "@preau/data-map";
import { type Database, openDatabase } from "@preau/database";
import { controllerId, type RegisteredSource } from "@preau/kernel";
import { makeMoodleSource } from "@preau/moodle";
import { readSecret } from "../config.ts";
import { fault } from "../errors.ts";
import { type CommandContext, configOf, logOf } from "./command-context.ts";
import { readMoodleMap } from "./moodle-map-file.ts";

export interface RestoreArguments {
  readonly db?: string;
  readonly lms?: string;
  readonly map?: string;
  readonly mapExtra?: string;
  readonly tablePrefix?: string;
  readonly moodledata?: string;
  readonly controller?: string;
  readonly source?: string;
  readonly list?: string;
  readonly dryRun?: boolean;
  readonly leaveUnknown?: boolean;
  readonly json?: boolean;
}

export interface Restored {
  readonly store: RestoredStore;
  /** The context of the hub, with the list that was named. */
  readonly context: CommandContext;
  readonly list: ReturnType<typeof openReplayList>;
}

/** Opens the restored database for one command, and closes it again. @throws HUB_BAD_ARGUMENT, HUB_PASSWORD_GIVEN */
export async function withRestored<T>(
  context: CommandContext,
  given: RestoreArguments,
  work: (restored: Restored) => Promise<T>,
): Promise<T> {
  if ((given.lms === undefined) === (given.map === undefined) || (given.lms ?? "moodle") !== "moodle")
    throw fault("HUB_BAD_ARGUMENT", { place: "--lms moodle | --map" });
  if (given.tablePrefix !== undefined && !/^[A-Za-z0-9_]{0,30}$/.test(given.tablePrefix))
    throw fault("HUB_BAD_ARGUMENT", { place: "--table-prefix" });
  const url = urlOf(context, given.db);
  const controller = controllerId(given.controller ?? "");
  const told: CommandContext =
    given.list === undefined
      ? context
      : {
          ...context,
          environment: { ...context.environment, PREAU_REPLAY_LIST: path.resolve(context.cwd, given.list) },
        };
  const list = openReplayList(configOf(told).replayFolder);
  // Without the list nothing else is worth opening.
  await list.sources(controller);
  const password = readSecret(context.environment, "PREAU_LMS_PASSWORD") ?? context.environment["MYSQL_PWD"];
  const database = await openDatabase({ url, password, log: logOf(context, "error") });
  try {
    const map = readMoodleMap(context, given);
    const store: RestoredStore = {
      ...{ database, map, controller },
      registered: sourceOf(context, given, { database, map, controller }),
      ...(given.tablePrefix === undefined ? {} : { tablePrefix: given.tablePrefix }),
      ...(given.source === undefined ? {} : { source: given.source }),
    };
    return await work({ store, context: told, list });
  } finally {
    await database.close();
  }
}

function sourceOf(
  context: CommandContext,
  given: RestoreArguments,
  {
    database,
    map,
    controller,
  }: { readonly database: Database; readonly map: DataMap } & Pick<RestoredStore, "controller">,
): RegisteredSource {
  const { clock } = context;
  const prefix = given.tablePrefix ?? map.tablePrefix;
  const common = { database, controller, clock, tablePrefix: prefix };
  if (given.map === undefined)
    return makeMoodleSource({
      ...common,
      map,
      sourceId: given.source ?? "moodle",
      ...(given.moodledata === undefined ? {} : { moodledata: given.moodledata }),
    });
  return {
    source: makeDataMapSource({ ...common, map, sourceId: given.source ?? map.id, missing: "plan" }),
    second: makeDataMapLookAgain({
      ...{ database, controller, kind: map.subject.kind },
      person: { table: prefix + map.subject.table, key: map.subject.key },
      ...mappedReferences(map, prefix),
    }),
  };
}

/** An embedded file, or a server without its password: a command line is read by others. */
function urlOf({ cwd }: CommandContext, db: string | undefined): string {
  const file = /^sqlite:(?!:memory:)(.+)$/.exec(db ?? "")?.[1];
  if (file !== undefined) return `sqlite:${path.resolve(cwd, file)}`;
  const user = /^(?:mysql|mariadb):\/\/([^/]*)@/.exec(db ?? "")?.[1];
  if (user === undefined || db === undefined)
    throw fault("HUB_BAD_ARGUMENT", { place: "--db mysql://user@host:port/name | sqlite:FILE" });
  if (user.includes(":")) throw fault("HUB_PASSWORD_GIVEN", { place: "--db" });
  return db;
}
