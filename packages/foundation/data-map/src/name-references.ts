/**
 * What the references of a row are called: course 12 is "Mathématiques 6e A". Titles are read by page, each once a copy;
 * a person is never one of them.
 */
import type { Dialect } from "@preau/database";
import type { JsonObject } from "@preau/kernel";
import { isOneOf } from "./condition.ts";
import { holdsInRow } from "./holds-in-row.ts";
import { exactly, type Runner, rowsOf } from "./query.ts";
import type { DatabaseSchema } from "./read-schema.ts";
import type { MapWords, TitleByKind, TitleOf } from "./record-words-schema.ts";

export interface NamesSite {
  readonly runner: Runner;
  readonly dialect: Dialect;
  readonly schema: DatabaseSchema;
  readonly prefix: string;
  readonly words: MapWords;
}

/** Names by column, for each row of a page. */
export type ReferenceNamer = (
  table: string,
  rows: readonly JsonObject[],
) => Promise<readonly Readonly<Record<string, string>>[]>;

const LONGEST = 200;
const KEYS_A_STATEMENT = 900;

/** @param table names are without the site's prefix */
export function referenceNamer(site: NamesSite): ReferenceNamer {
  const { words } = site;
  /** By title, then by key; an empty title is none. Columns of several names may have one title. */
  const known = new Map<string, Map<string, string>>();
  const idOf = ({ when: _when, ...title }: TitleOf) => JSON.stringify(title);
  const ids = new Map<TitleOf, string>();
  const id = (title: TitleOf) => {
    const found = ids.get(title) ?? idOf(title);
    ids.set(title, found);
    return found;
  };

  return async (table, rows) => {
    const columns = { ...words.names, ...words.tables[table]?.names };
    const wanted: {
      readonly row: number;
      readonly column: string;
      readonly title: TitleOf;
      readonly key: string;
    }[] = [];
    const missing = new Map<string, { readonly title: TitleOf; readonly keys: Set<string> }>();
    rows.forEach((row, index) => {
      for (const [column, titles] of Object.entries(columns)) {
        const value = row[column];
        const key = typeof value === "number" || typeof value === "string" ? String(value) : "";
        if (key === "" || key === "0") continue;
        const title = titles.find(({ when }) => holdsInRow(when, row));
        if (title === undefined) continue;
        wanted.push({ row: index, column, title, key });
        if (known.get(id(title))?.has(key) === true) continue;
        const lacking = missing.get(id(title)) ?? { title, keys: new Set<string>() };
        lacking.keys.add(key);
        missing.set(id(title), lacking);
      }
    });
    for (const [name, { title, keys }] of missing) {
      const titles = known.get(name) ?? new Map<string, string>();
      known.set(name, titles);
      for (const key of keys) titles.set(key, "");
      for (const [key, text] of await read(title, [...keys])) titles.set(key, text);
    }
    const names: Record<string, string>[] = rows.map(() => ({}));
    for (const { row, column, title, key } of wanted) {
      const text = known.get(id(title))?.get(key) ?? "";
      if (text !== "") (names[row] ?? {})[column] = text;
    }
    return names;
  };

  function read(title: TitleOf, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return "kind" in title ? titlesByKind(site, title, keys) : titlesOf(site, title, keys);
  }
}

async function titlesOf(
  site: NamesSite,
  title: Exclude<TitleOf, TitleByKind>,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const values = await valuesOf(site, title.table, { key: title.key, value: title.title }, keys);
  if (title.of === undefined) return values;
  const { table, key, title: value } = title.of;
  const titles = await valuesOf(site, table, { key, value }, [...new Set(values.values())]);
  return new Map([...values].map(([each, of]) => [each, titles.get(of) ?? ""]));
}

async function titlesByKind(
  site: NamesSite,
  { table, key, kind, instance, title }: TitleByKind,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const [kinds, instances] = await Promise.all([
    valuesOf(site, table, { key, value: kind.column }, keys),
    valuesOf(site, table, { key, value: instance }, keys),
  ]);
  const tables = await valuesOf(site, kind.table, { key: "id", value: kind.title }, [
    ...new Set(kinds.values()),
  ]);
  const byTable = new Map<string, string[]>();
  for (const [each, of] of kinds) {
    const name = tables.get(of);
    if (name !== undefined) byTable.set(name, [...(byTable.get(name) ?? []), each]);
  }
  const titles = new Map<string, string>();
  for (const [name, some] of byTable) {
    const found = await valuesOf(
      site,
      name,
      { key: "id", value: title },
      some.flatMap((each) => instances.get(each) ?? []),
    );
    for (const each of some) titles.set(each, found.get(instances.get(each) ?? "") ?? "");
  }
  return titles;
}

/** One column of some rows, by key. Nothing where the site lacks the table or a column. */
async function valuesOf(
  { runner, dialect, schema, prefix }: NamesSite,
  table: string,
  { key, value }: { readonly key: string; readonly value: string },
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const values = new Map<string, string>();
  const columns = schema.get(prefix + table)?.columns;
  if (columns?.has(key) !== true || !columns.has(value)) return values;
  const is = columns.get(key)?.is;
  const read = exactly(key, is, dialect);
  for (let start = 0; start < keys.length; start += KEYS_A_STATEMENT) {
    const condition = isOneOf(key, keys.slice(start, start + KEYS_A_STATEMENT), is);
    const rows = await rowsOf(runner, {
      text: `select ${read.text} as reference, ?? as title from ?? where ${condition.text}`,
      bindings: [...read.bindings, value, prefix + table, ...condition.bindings],
    });
    for (const row of rows) {
      const text = row["title"];
      if (typeof text === "string" || typeof text === "number")
        values.set(String(row["reference"]), String(text).slice(0, LONGEST));
    }
  }
  return values;
}
