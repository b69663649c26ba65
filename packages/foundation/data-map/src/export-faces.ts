/**
 * What can be handed out of a mapped database beyond one person's rows: words for readers, projects, and rows for a
 * release, all from the map; a restitution where the caller can make one.
 * @clause DD.2, S8, D13.1
 */
import type { Database } from "@preau/database";
import type { ControllerId, ExportSource, RecordWords, Restitution } from "@preau/kernel";
import type { DataMap } from "./map-schema.ts";
import { collectProject, listProjects, type ProjectFiles, projectKinds } from "./project-face.ts";
import { releaseRows } from "./release-rows.ts";

export interface DataMapExportsOptions {
  readonly database: Pick<Database, "knex" | "dialect">;
  readonly map: DataMap;
  /** The controller whose data the database holds. Others are given nothing. */
  readonly controller: ControllerId;
  /** The site's prefix of table names; the map's own when absent. */
  readonly tablePrefix?: string;
  readonly words?: RecordWords;
  /** Made anew for each project that is collected. Without it files are rows alone. */
  readonly files?: () => ProjectFiles;
  /** Of the controller whose data it is; without it the database cannot be dumped from here. */
  readonly restitution?: () => Promise<Restitution | undefined>;
}

/** Makes the face. Nothing is read before the first call. */
export function makeDataMapExports(options: DataMapExportsOptions): ExportSource {
  const { database, map, controller, words, restitution } = options;
  const site = {
    database,
    map,
    controller,
    prefix: options.tablePrefix ?? map.tablePrefix,
    files: options.files,
  };
  return {
    ...(words === undefined ? {} : { words }),
    projectKinds: projectKinds(map),
    projects: (of, kind) => listProjects(site, of, kind),
    collectProject: (request) => collectProject(site, request),
    restitution: async (of) => (of === controller ? restitution?.() : undefined),
    categoryOf: (table) => (Object.hasOwn(map.tables, table) ? map.tables[table]?.category : undefined),
    rows: (request) => releaseRows(site, request),
  };
}
