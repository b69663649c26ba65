/** What the shape alone cannot see: a map whose parts do not fit together. */

import { lintLifecycle } from "./lint-lifecycle.ts";
import type { DataMap, MapRule, MapVerdict, Parent } from "./map-schema.ts";
import type { MapFinding } from "./parse-map.ts";
import { lintProjects } from "./project-lint.ts";
import { tableOrder } from "./table-order.ts";

/** All findings, in the order of the map. Empty for a map that holds together. */
export function lintMap(map: DataMap): readonly MapFinding[] {
  const findings: MapFinding[] = [];
  const own = map.tables[map.subject.table];
  if (own === undefined) {
    findings.push({ path: ["subject", "table"], message: "is not described under tables" });
  } else if (!own.rows.some((rule) => rule.by === map.subject.key && rule.of === undefined)) {
    const path = ["tables", map.subject.table, "rows"];
    findings.push({
      path,
      message: `no rule says what becomes of the person's own row, by ${map.subject.key}`,
    });
  }
  let keepsMentions = false;
  for (const [name, table] of Object.entries(map.tables)) {
    keepsMentions ||= table.texts === "keep" || Object.values(table.texts ?? {}).includes("keep");
    table.rows.forEach((rule, index) => {
      const path = ["tables", name, "rows", index];
      for (const { verdict, at } of verdictsOf(rule)) {
        if (!endsItself(rule, verdict, name === map.subject.table && rule.by === map.subject.key)) {
          const message = `anonymise must change ${rule.by}, or the rows would be found again for ever`;
          findings.push({ path: [...path, ...at], message });
        }
      }
      if (rule.of !== undefined && mentionsTable(rule.of, name)) {
        findings.push({ path: [...path, "of"], message: "a table cannot be its own parent" });
      }
    });
  }
  if (keepsMentions && map.mentions === undefined) {
    findings.push({
      path: ["mentions"],
      message: "is needed: some texts are kept, and the receipt says why",
    });
  }
  findings.push(...lintLifecycle(map), ...lintProjects(map));
  const cycle = tableOrder(map).cycle;
  if (cycle !== undefined) {
    findings.push({ path: ["tables", cycle], message: "stands in a circle of parents" });
  }
  return findings;
}

function verdictsOf(rule: MapRule): readonly { verdict: MapVerdict; at: readonly string[] }[] {
  const grounds = Object.entries(rule.grounds ?? {}).flatMap(([ground, verdict]) =>
    verdict === undefined ? [] : [{ verdict, at: ["grounds", ground] }],
  );
  return [{ verdict: rule.verdict, at: ["verdict"] }, ...grounds];
}

/** A changed row must not be found a second time: its reference changes, or a column has one fixed value to compare with. */
function endsItself(rule: MapRule, verdict: MapVerdict, ownRow: boolean): boolean {
  if (verdict === "erase" || !("anonymise" in verdict)) return true;
  if (!ownRow && rule.of === undefined) return rule.by in verdict.anonymise;
  return Object.values(verdict.anonymise).some(
    (strategy) =>
      strategy === null || strategy === "empty" || (typeof strategy === "object" && "constant" in strategy),
  );
}

function mentionsTable(parent: Parent, table: string): boolean {
  return parent.table === table || (parent.of !== undefined && mentionsTable(parent.of, table));
}
