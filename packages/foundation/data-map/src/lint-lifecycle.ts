/** What a map's lifecycle says of tables that the map does not describe, and of conditions that nobody reaches. */
import type { PersonCondition } from "./lifecycle-schema.ts";
import type { DataMap } from "./map-schema.ts";
import type { MapFinding } from "./parse-map.ts";

/** Empty for a lifecycle that holds together, or none. */
export function lintLifecycle(map: DataMap): readonly MapFinding[] {
  const { lifecycle, subject } = map;
  if (lifecycle === undefined) return [];
  const findings: MapFinding[] = [];
  const at = (...path: readonly PropertyKey[]) => ["lifecycle", ...path];
  if (subject.created !== undefined && lifecycle.created === undefined)
    findings.push({ path: at("created"), message: `is needed: how is ${subject.created} written?` });
  const described = (table: string | undefined, path: readonly PropertyKey[]) => {
    if (table === undefined || table in map.tables) return;
    const near = nearest(table, Object.keys(map.tables));
    const hint = near === undefined ? "" : `; did you mean ${near}?`;
    findings.push({ path, message: `${table} is not described under tables${hint}` });
  };
  lifecycle.lastActivity.forEach(({ table }, index) => described(table, at("lastActivity", index, "table")));
  lifecycle.activityLog.forEach(({ table }, index) => described(table, at("activityLog", index, "table")));
  described(lifecycle.deletionRequests?.table, at("deletionRequests", "table"));
  for (const list of ["roles", "origins"] as const) {
    const conditions: readonly PersonCondition[] = lifecycle[list];
    const always = conditions.findIndex(({ where, rows }) => where === undefined && rows === undefined);
    if (always !== -1 && always < conditions.length - 1)
      findings.push({
        path: at(list, always + 1),
        message: "is never reached: the one before holds for everybody",
      });
  }
  return findings;
}

/** The name that differs by the fewest letters, when that is few. */
function nearest(name: string, names: readonly string[]): string | undefined {
  const scored = names.map((each) => [distance(name, each), each] as const).sort(([a], [b]) => a - b);
  const [best] = scored;
  return best !== undefined && best[0] <= 2 ? best[1] : undefined;
}

/** Edits from one word to the other (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_each, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
