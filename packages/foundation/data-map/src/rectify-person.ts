/** Correcting one person's texts, in rows that refer to that person alone. */
import type { ActionResult, NotCovered, Rectification } from "@preau/kernel";
import type { CompiledTable } from "./compile-map.ts";
import { joinSql } from "./condition.ts";
import { concerning } from "./count-rows.ts";
import { changedBy, type Runner } from "./query.ts";
import type { RunScope } from "./run-scope.ts";

/**
 * Writes each change to the person's rows of that table. What is no column of the map's tables, holds no text or number,
 * or names the row itself, is refused.
 */
export async function rectifyPerson(
  runner: Runner,
  tables: readonly CompiledTable[],
  scope: Pick<RunScope, "keys" | "prefix" | "lookups">,
  changes: Rectification["changes"],
): Promise<ActionResult> {
  let changed = 0;
  const refused: NotCovered[] = [];
  for (const { where, field, value } of changes) {
    const table = tables.find(({ name }) => name === where);
    const why = whyNot(table, field, value);
    if (table === undefined || why !== undefined) {
      refused.push({ what: `${where}.${field}`, why: why ?? "the map has no such table" });
      continue;
    }
    const person = concerning(table, scope);
    const same = joinSql(
      [{ text: "?? <> ? or ?? is null", bindings: [field, value as string | number, field] }],
      "",
    );
    const rows = await changedBy(runner, {
      text: `update ?? set ?? = ? where ${person.text} and (${same.text})`,
      bindings: [table.name, field, value as string | number, ...person.bindings, ...same.bindings],
    });
    changed += rows;
  }
  return { changed, refused };
}

function whyNot(table: CompiledTable | undefined, field: string, value: unknown): string | undefined {
  if (table === undefined) return "the map has no such table";
  if (!table.schema.columns.has(field)) return "the table has no such column";
  if (table.schema.key.includes(field) || table.knownReferences.has(field))
    return "the column says whose row it is";
  if (typeof value !== "string" && typeof value !== "number")
    return "only texts and numbers can be corrected";
  return undefined;
}
