/** Which rows of which tables are part of one project, as conditions in SQL: one a table, however many rows it has. */
import { allOf, anyOf, isOneOf, joinSql, notTrue, type Sql, whereParts } from "./condition.ts";
import type { DataMap } from "./map-schema.ts";
import type { ProjectKindMap, ProjectRow, ProjectsMap } from "./project-schema.ts";
import type { DatabaseSchema, SchemaTable } from "./read-schema.ts";
import { SECRET } from "./withhold-others.ts";

export interface ProjectTable {
  readonly table: SchemaTable;
  /** Without secrets. */
  readonly columns: readonly string[];
  /** Absent when every row is part of it. */
  readonly where?: Sql;
}

export interface ProjectSite {
  readonly map: DataMap;
  readonly schema: DatabaseSchema;
  readonly prefix: string;
}

/** A table by the map's name. A plugin may have named one without the site's prefix. */
export function siteTable(
  { schema, prefix }: Omit<ProjectSite, "map">,
  name: string,
): SchemaTable | undefined {
  return schema.get(prefix + name) ?? schema.get(name);
}

/** Columns that may leave in a project or a release. */
export function givenColumns(
  table: SchemaTable,
  name: string,
  projects: ProjectsMap | undefined,
): readonly string[] {
  const { columns = {}, columnNames = [] } = projects?.leaveOut ?? {};
  const secrets = columnNames.map((glob) => new RegExp(`^${glob.replaceAll("*", ".*")}$`, "i"));
  const left = new Set(columns[name]);
  return [...table.columns.keys()].filter(
    (column) => !left.has(column) && ![SECRET, ...secrets].some((secret) => secret.test(column)),
  );
}

/** The tables of a project, in the map's order. What the site lacks is left out. */
export function projectTables(site: ProjectSite, kind: ProjectKindMap, id: string): readonly ProjectTable[] {
  const { projects } = site.map;
  const left = new Set(projects?.leaveOut.tables);
  const { rows } = kind;
  const names = rows === "everything" ? describedTables(site.map) : Object.keys(rows);
  return names.flatMap((name): ProjectTable[] => {
    const table = siteTable(site, name);
    if (table === undefined || left.has(name)) return [];
    const only = kind.columns[name];
    const columns = givenColumns(table, name, projects).filter((each) => only?.includes(each) !== false);
    if (rows === "everything") return [{ table, columns }];
    const where = partOf(site, kind, { rows: rows[name] ?? [], table }, id);
    return where === undefined ? [] : [{ table, columns, where }];
  });
}

/** What the map describes, and tables without any person that are part of a smaller project. */
function describedTables({ tables, projects }: DataMap): readonly string[] {
  const parts = Object.values(projects?.kinds ?? {}).flatMap((kind) =>
    kind === undefined || kind.rows === "everything" ? [] : Object.keys(kind.rows),
  );
  return [...new Set([...Object.keys(tables), ...parts])];
}

interface Lines {
  readonly table: SchemaTable;
  readonly rows: readonly ProjectRow[];
}

/** Undefined when no line fits the site. */
function partOf(
  site: ProjectSite,
  kind: ProjectKindMap,
  { table, rows }: Lines,
  id: string,
): Sql | undefined {
  const lines = rows.flatMap((row): Sql[] => {
    const named = [row.by, ...Object.keys(row.where ?? {})];
    if (!named.every((column) => table.columns.has(column))) return [];
    const own =
      row.of === undefined ? isOneOf(row.by, [id], table.columns.get(row.by)?.is) : hangsOn(row, row.of);
    return own === undefined ? [] : [joinSql([own, ...whereParts(row.where)], " and ")];
  });
  return lines.length === 0 ? undefined : anyOf(lines);

  function hangsOn(row: ProjectRow, of: string): Sql | undefined {
    const above = linesOf(site, kind, of);
    if (above?.table.columns.has(row.column) !== true) return undefined;
    const where = partOf(site, kind, above, id);
    if (where === undefined) return undefined;
    return {
      text: `?? in (select ?? from ?? where ${where.text})`,
      bindings: [row.by, row.column, above.table.name, ...where.bindings],
    };
  }
}

function linesOf(site: ProjectSite, kind: ProjectKindMap, name: string): Lines | undefined {
  const set = kind.sets[name];
  const rows = set?.rows ?? (kind.rows === "everything" ? undefined : kind.rows[name]);
  const table = siteTable(site, set?.table ?? name);
  return rows === undefined || table === undefined ? undefined : { table, rows };
}

/** The condition under which a row of the list's table is a project. */
export function listed({ list }: ProjectKindMap): Sql {
  const parts = whereParts(list.where);
  const all = [...parts, ...list.not.map((where) => notTrue(allOf(whereParts(where))))];
  return all.length === 0 ? { text: "1 = 1", bindings: [] } : allOf(all);
}
