/** What a map's projects say of a list that the map does not describe, and of rows that hang on one another in a circle. */
import type { DataMap } from "./map-schema.ts";
import type { MapFinding } from "./parse-map.ts";
import type { ProjectKindMap, ProjectRow } from "./project-schema.ts";

/** Empty for projects that hold together, or none. */
export function lintProjects({ projects, tables }: DataMap): readonly MapFinding[] {
  const findings: MapFinding[] = [];
  for (const [name, kind] of Object.entries(projects?.kinds ?? {})) {
    if (kind === undefined) continue;
    const at = (...path: readonly PropertyKey[]) => ["projects", "kinds", name, ...path];
    const { table } = kind.list;
    if (!Object.hasOwn(tables, table))
      findings.push({ path: at("list", "table"), message: `${table} is not described under tables` });
    if (kind.rows === "everything") continue;
    for (const table of Object.keys(kind.rows)) {
      if (Object.hasOwn(kind.sets, table))
        findings.push({ path: at("sets", table), message: `${table} is a table of rows already` });
    }
    const lines: Readonly<Record<string, readonly ProjectRow[]>> = linesOf(kind);
    for (const [from, rows] of Object.entries(lines)) {
      const path = Object.hasOwn(kind.rows, from) ? at("rows", from) : at("sets", from, "rows");
      rows.forEach(({ of }, index) => {
        if (of !== undefined && !Object.hasOwn(lines, of))
          findings.push({
            path: [...path, index, "of"],
            message: `${of} is neither a table of rows nor a set`,
          });
      });
      if (leadsTo(lines, from, from, new Set()))
        findings.push({ path, message: `${from} hangs on itself: make a set of the rows that do not` });
    }
  }
  return findings;
}

function linesOf({ sets, rows }: ProjectKindMap): Readonly<Record<string, readonly ProjectRow[]>> {
  const ofSets = Object.entries(sets).map(([name, set]) => [name, set.rows] as const);
  return { ...Object.fromEntries(ofSets), ...(rows === "everything" ? {} : rows) };
}

function leadsTo(
  lines: Readonly<Record<string, readonly ProjectRow[]>>,
  from: string,
  to: string,
  seen: Set<string>,
): boolean {
  if (seen.has(from)) return false;
  seen.add(from);
  return (lines[from] ?? []).some(
    ({ of }) => of !== undefined && (of === to || leadsTo(lines, of, to, seen)),
  );
}
