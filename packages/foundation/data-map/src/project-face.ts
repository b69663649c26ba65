/**
 * The projects of a mapped database, and everything that is part of one: a statement or a few a table, pages of flat
 * memory. Other persons stay in: it is all the controller's own data. What only runs the application stays out.
 * @clause DD.2
 */
import type { Database } from "@preau/database";
import {
  type ControllerId,
  faultsOf,
  type JsonObject,
  errors as kernelErrors,
  type Project,
  type ProjectKind,
  type ProjectRecord,
  type ProjectRequest,
  type RecordFile,
} from "@preau/kernel";
import { allOf, isOneOf } from "./condition.ts";
import { fault } from "./errors.ts";
import { jsonCell } from "./json-cell.ts";
import type { DataMap } from "./map-schema.ts";
import { occupiedTables } from "./occupied-tables.ts";
import { listed, type ProjectSite, projectTables, siteTable } from "./project-rows.ts";
import type { ProjectKindMap } from "./project-schema.ts";
import { exactly, pagesOf, rowsOf } from "./query.ts";
import { readSchema } from "./read-schema.ts";
import { withoutSecretEntry } from "./withhold-others.ts";

const kernelFault = faultsOf(kernelErrors);
const PAGE_ROWS = 500;
/** Pages grow up to so many rows where these are short. */
const MOST_ROWS = 5_000;

/** The application's table of files, and what gives the file of each of its rows. */
export interface ProjectFiles {
  /** By the map's name. */
  readonly table: string;
  /** In the order of the rows; undefined for a row that is no file: a folder. `name` may hold folders, with `/`. */
  filesOf(rows: readonly JsonObject[]): Promise<readonly (RecordFile | undefined)[]>;
}

export interface ProjectFaceOptions {
  readonly database: Pick<Database, "knex" | "dialect">;
  readonly map: DataMap;
  readonly controller: ControllerId;
  readonly prefix: string;
  readonly files?: (() => ProjectFiles) | undefined;
}

export function projectKinds({ projects }: DataMap): readonly ProjectKind[] {
  return (["class", "course", "school"] as const).filter((kind) => projects?.kinds[kind] !== undefined);
}

/** Projects by title. Another controller is given none. @throws DATA_MAP_MISFIT when the site lacks the list's table */
export async function listProjects(
  options: ProjectFaceOptions,
  of: ControllerId,
  kind: ProjectKind,
): Promise<readonly Project[]> {
  const described = options.map.projects?.kinds[kind];
  if (of !== options.controller || described === undefined) return [];
  const site = { ...options, schema: await readSchema(options.database) };
  const projects = await projectsOf(options, site, { kind, described });
  return projects.toSorted(
    (a, b) => a.title.localeCompare(b.title, "fr", { numeric: true }) || (a.id < b.id ? -1 : 1),
  );
}

/** @throws SOURCE_NO_PROJECT, DATA_MAP_MISFIT */
export async function* collectProject(
  options: ProjectFaceOptions,
  { controller: of, kind, id, tables: only, signal }: ProjectRequest,
): AsyncGenerator<ProjectRecord> {
  signal?.throwIfAborted();
  const { database, map, controller } = options;
  const described = map.projects?.kinds[kind];
  if (of !== controller || described === undefined)
    throw kernelFault("SOURCE_NO_PROJECT", { clause: "DD.2" });
  const schema = await readSchema(database);
  const site: ProjectSite = { map, schema, prefix: options.prefix };
  if ((await projectsOf(options, site, { kind, described, id })).length === 0)
    throw kernelFault("SOURCE_NO_PROJECT", { clause: "DD.2" });
  const tables = projectTables(site, described, id).filter(
    ({ table }) => only?.includes(table.name) !== false,
  );
  const occupied = await occupiedTables(
    database.knex,
    new Map(tables.map(({ table }) => [table.name, table])),
  );
  const files = options.files?.();
  const filesTable = files === undefined ? undefined : siteTable(site, files.table)?.name;
  for (const { table, columns, where } of tables) {
    if (!occupied.has(table.name)) continue;
    const pages = pagesOf(database.knex, table, {
      columns,
      dialect: database.dialect,
      where,
      size: PAGE_ROWS,
      most: MOST_ROWS,
    });
    for await (const page of pages) {
      signal?.throwIfAborted();
      const rows = page.map((cells) =>
        withoutSecretEntry(
          Object.fromEntries(columns.map((column) => [column, jsonCell(cells[column])] as const)),
        ),
      );
      const found = table.name === filesTable ? await files?.filesOf(rows) : undefined;
      for (const [index, row] of rows.entries()) {
        const file = found?.[index];
        yield { where: table.name, row, ...(file === undefined ? {} : { file }) };
      }
    }
  }
}

interface Listing {
  readonly kind: ProjectKind;
  readonly described: ProjectKindMap;
  /** One alone. */
  readonly id?: string;
}

async function projectsOf(
  { database }: ProjectFaceOptions,
  site: Omit<ProjectSite, "map">,
  { kind, described, id }: Listing,
): Promise<readonly Project[]> {
  const { list } = described;
  const table = siteTable(site, list.table);
  const is = table?.columns.get(list.key)?.is;
  if (table === undefined || is === undefined || !table.columns.has(list.title))
    throw fault("DATA_MAP_MISFIT", { place: `${site.prefix}${list.table}.${list.key}` });
  const where = allOf([listed(described), ...(id === undefined ? [] : [isOneOf(list.key, [id], is)])]);
  const key = exactly(list.key, is, database.dialect);
  const rows = await rowsOf(database.knex, {
    text: `select ${key.text} as project, ?? as title from ?? where ${where.text}`,
    bindings: [...key.bindings, list.title, table.name, ...where.bindings],
  });
  return rows.map((row) => ({ kind, id: String(row["project"]), title: titleIn(row["title"]) }));
}

function titleIn(cell: unknown): string {
  return typeof cell === "string" || typeof cell === "number" ? String(cell) : "";
}
