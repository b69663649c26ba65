/**
 * In which order tables are worked on: rows that are found through a parent go before the parent, the person's own row
 * goes last. So a run that was killed finds everything again.
 */
import type { DataMap, Parent } from "./map-schema.ts";

export interface TableOrder {
  readonly tables: readonly string[];
  /** A table that stands in a circle, if there is one. */
  readonly cycle?: string;
}

/** The tables of a map, children before their parents, otherwise as in the file; the person table last. */
export function tableOrder(map: DataMap): TableOrder {
  const children = new Map<string, Set<string>>();
  const child = (parent: string, name: string) => {
    if (parent !== name) children.set(parent, (children.get(parent) ?? new Set()).add(name));
  };
  for (const [name, table] of Object.entries(map.tables)) {
    for (const rule of table.rows) {
      for (let parent: Parent | undefined = rule.of; parent !== undefined; parent = parent.of) {
        child(parent.table, name);
      }
    }
    child(map.subject.table, name);
  }
  for (const each of map.subject.identity) {
    // Telephone numbers and the like of another table are read from it before it is emptied, at plan time.
    if ("table" in each) child(map.subject.table, each.table);
  }

  const done: string[] = [];
  const state = new Map<string, "open" | "done">();
  let cycle: string | undefined;
  const visit = (name: string) => {
    if (state.get(name) === "done") return;
    if (state.get(name) === "open") {
      cycle ??= name;
      return;
    }
    state.set(name, "open");
    for (const each of children.get(name) ?? []) visit(each);
    state.set(name, "done");
    if (name in map.tables) done.push(name);
  };
  for (const name of Object.keys(map.tables)) if (name !== map.subject.table) visit(name);
  visit(map.subject.table);
  return cycle === undefined ? { tables: done } : { tables: done, cycle };
}
