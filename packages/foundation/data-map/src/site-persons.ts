/**
 * Everybody on a site, as texts and columns would name them: what a copy for one person must not say of the others. A
 * person's identifiers take some hundred bytes; those of a site of 20,000 fit in memory.
 */
import type { Dialect } from "@preau/database";
import { findTelephones, parseTelephone } from "@preau/identifiers";
import { isOneOf } from "./condition.ts";
import { foldTrace, isDistinctive, type SortedTraces, sortedTraces } from "./find-mentions.ts";
import { foldText } from "./fold-text.ts";
import {
  cellText,
  columnsOf,
  isLongEnough,
  looksLikeIdentifier,
  partOf,
  sourcesOf,
  type TraceSource,
} from "./gather-traces.ts";
import type { DataMap, Identity } from "./map-schema.ts";
import { ORDINARY_WORDS } from "./ordinary-words.ts";
import { pagesOf, type Row, type Runner, rowsOf } from "./query.ts";
import type { DatabaseSchema } from "./read-schema.ts";
import type { MapWords } from "./record-words-schema.ts";
import { byFirstSign, type UnspacedNames, unspacedForms } from "./unspaced-names.ts";

export interface SitePersons {
  /** Whether a value is the key of somebody. */
  has(key: string): boolean;
  /** Identifiers and full names, folded. */
  readonly traces: SortedTraces;
  /** E.164. */
  readonly telephones: ReadonlySet<string>;
  /** Names that stand in texts without spaces. */
  readonly unspaced: UnspacedNames;
  /** Last words of family names, folded. */
  readonly families: ReadonlySet<string>;
  /** Values of identity columns, folded, by the column's name in lower case. */
  readonly byColumn: ReadonlyMap<string, ReadonlySet<string>>;
  /** Words that name nobody when they stand alone. */
  readonly ordinary: ReadonlySet<string>;
}

/** What one person is called: it is never withheld from that person. */
export interface OwnNames {
  readonly key: string;
  readonly traces: ReadonlySet<string>;
  readonly telephones: ReadonlySet<string>;
  readonly unspaced: ReadonlySet<string>;
  /** Values of identity columns, folded, by the column's name in lower case. */
  readonly byColumn: ReadonlyMap<string, ReadonlySet<string>>;
  /** Every word of their own identifiers and profile. */
  readonly words: ReadonlySet<string>;
}

export interface PersonsSite {
  readonly runner: Runner;
  readonly map: DataMap;
  readonly schema: DatabaseSchema;
  readonly prefix: string;
  readonly dialect: Dialect;
  readonly words: MapWords | undefined;
}

const PAGE = { size: 2_000, most: 8_000 };
const MOST_TITLES = 5_000;

/** Reads who is on the site. */
export async function readSitePersons(site: PersonsSite): Promise<SitePersons> {
  const ordinary = await ordinaryWordsOf(site);
  const keys = new Set<string>();
  const traces = new Set<string>();
  const telephones = new Set<string>();
  const families = new Set<string>();
  const unspaced = new Set<string>();
  const logins = new Set<string>();
  const given = new Set<string>();
  const byColumn = new Map<string, Set<string>>();
  for (const source of sourcesOf(identifying(site), site)) {
    const own = source.table.name === site.prefix + site.map.subject.table;
    const more = { text: `${source.key.text} as row_subject`, bindings: source.key.bindings };
    const pages = pagesOf(site.runner, source.table, {
      ...{ columns: source.columns, dialect: site.dialect, more },
      ...PAGE,
    });
    for await (const rows of pages) {
      for (const row of rows) {
        if (own) keys.add(String(row["row_subject"]));
        for (const identity of source.identities) {
          for (const text of writtenAs(identity, row)) {
            const folded = foldTrace(text);
            if (!isTrace(folded, identity, ordinary)) continue;
            (isDistinctive(folded) ? traces : logins).add(folded);
          }
          for (const number of telephonesOf(identity, row)) telephones.add(number);
          addValues(byColumn, identity, row);
          for (const name of unspacedOf(identity, row)) unspaced.add(name);
          if (identity.trace !== "name") continue;
          const [first = "", ...rest] = columnsOf(identity).map((column) => cellText(row[column]));
          families.add(lastWord(rest.at(-1) ?? ""));
          for (const word of wordsOf(first)) given.add(word);
        }
      }
    }
  }
  // A login that is somebody's given name is in every text that speaks of anybody so called.
  for (const login of logins) if (!given.has(login)) traces.add(login);
  for (const family of families) if (family.length < 3) families.delete(family);
  return {
    has: (key) => keys.has(key),
    traces: sortedTraces([...traces]),
    telephones,
    unspaced: byFirstSign(unspaced),
    families,
    byColumn,
    ordinary,
  };
}

/** What is read of a site, by table: where nothing of it changed, nobody did. */
export function identityColumns(
  site: PersonsSite,
): readonly { readonly table: string; readonly columns: readonly string[] }[] {
  const persons = sourcesOf(identifying(site), site).map(({ table, by, columns }) => ({
    table: table.name,
    columns: [...new Set([by, ...columns])],
  }));
  const titles = (site.words?.ordinaryWords ?? [])
    .map(({ table, column }) => ({ table: site.prefix + table, columns: [column] }))
    .filter(({ table, columns }) => columns.every((column) => site.schema.get(table)?.columns.has(column)));
  return [...persons, ...titles];
}

/** Reads what one person is called. */
export async function readOwnNames(site: PersonsSite, key: number | string): Promise<OwnNames> {
  const traces = new Set<string>();
  const telephones = new Set<string>();
  const words = new Set<string>();
  const unspaced = new Set<string>();
  const byColumn = new Map<string, Set<string>>();
  for (const source of sourcesOf(identifying(site), site)) {
    for (const row of await ownRows(site.runner, source, key)) {
      for (const identity of source.identities) {
        for (const text of writtenAs(identity, row)) traces.add(foldTrace(text));
        for (const number of telephonesOf(identity, row)) telephones.add(number);
        addValues(byColumn, identity, row);
        for (const name of unspacedOf(identity, row)) unspaced.add(name);
        for (const column of columnsOf(identity))
          for (const word of wordsOf(cellText(row[column]))) words.add(word);
      }
    }
  }
  return { key: String(key), traces, telephones, unspaced, byColumn, words };
}

/** The map, with what more identifies a person. */
function identifying({ map, words }: PersonsSite): DataMap {
  const more = (words?.alsoIdentify ?? []).map((column): Identity => ({ column, trace: "number" }));
  return { ...map, subject: { ...map.subject, identity: [...map.subject.identity, ...more] } };
}

function ownRows(runner: Runner, source: TraceSource, key: number | string): Promise<readonly Row[]> {
  const own = isOneOf(source.by, [key], source.table.columns.get(source.by)?.is);
  return rowsOf(runner, {
    text: `select ${source.columns.map(() => "??").join(", ")} from ?? where ${own.text}`,
    bindings: [...source.columns, source.table.name, ...own.bindings],
  });
}

/** The ways in which one identifier is written; telephones are known by their number, however they are written. */
function writtenAs(identity: Identity, row: Row): readonly string[] {
  const cells = columnsOf(identity).map((column) => partOf(identity, cellText(row[column])));
  if (identity.trace !== "name") {
    const [text = ""] = cells;
    return text === "" || (identity.trace === "detect" && !looksLikeIdentifier(text)) ? [] : [text];
  }
  const there = cells.filter((cell) => cell !== "");
  const [given = "", family = ""] = [there[0], there.at(-1)];
  if (there.length < 2) return there;
  // Whoever has several given names is called by the first.
  const [first = given] = given.split(/\s+/);
  const pairs = [
    [there.join(" "), there.toReversed().join(" ")],
    [`${first} ${family}`, `${family} ${first}`],
  ].flat();
  // As people write names in those of files, and browsers in links.
  const joined = ["_", ".", "-", "+"].flatMap((between) =>
    pairs.map((pair) => pair.replaceAll(/\s+/g, between)),
  );
  return [...pairs, ...joined, `${family}, ${there.slice(0, -1).join(" ")}`, `${family} (${first})`];
}

function unspacedOf(identity: Identity, row: Row): readonly string[] {
  return identity.trace === "name"
    ? unspacedForms(columnsOf(identity).map((column) => cellText(row[column])))
    : [];
}

function addValues(byColumn: Map<string, Set<string>>, identity: Identity, row: Row): void {
  if (identity.trace === "detect") return;
  for (const column of columnsOf(identity)) {
    const value = foldText(cellText(row[column]));
    if (value === "") continue;
    const values = byColumn.get(column.toLowerCase()) ?? new Set<string>();
    byColumn.set(column.toLowerCase(), values.add(value));
  }
}

function telephonesOf(identity: Identity, row: Row): readonly string[] {
  if (identity.trace !== "telephone" && identity.trace !== "detect") return [];
  return columnsOf(identity).flatMap((column) => {
    const text = cellText(row[column]);
    const number = parseTelephone(text);
    return number === undefined ? findTelephones(text).map(({ value }) => value) : [number];
  });
}

/** Whether a text of somebody's identity is looked for within other texts. A login that is an ordinary word is not. */
function isTrace(folded: string, { trace }: Identity, ordinary: ReadonlySet<string>): boolean {
  if (!isLongEnough(folded)) return false;
  if (isDistinctive(folded)) return true;
  return (trace === "login" || trace === "number") && folded.length >= 4 && !ordinary.has(folded);
}

async function ordinaryWordsOf({
  runner,
  schema,
  prefix,
  words: said,
}: PersonsSite): Promise<ReadonlySet<string>> {
  const words = new Set(ORDINARY_WORDS);
  // What the application calls its own parts.
  for (const table of schema.values()) {
    for (const name of [table.name.slice(prefix.length), ...table.columns.keys()])
      for (const word of [name, ...name.split("_")]) words.add(word.toLowerCase());
  }
  for (const { table, column } of said?.ordinaryWords ?? []) {
    if (schema.get(prefix + table)?.columns.has(column) !== true) continue;
    const rows = await rowsOf(runner, {
      text: `select ?? as title from ?? limit ${MOST_TITLES}`,
      bindings: [column, prefix + table],
    });
    for (const row of rows) for (const word of wordsOf(cellText(row["title"]))) words.add(word);
  }
  return words;
}

/** Folded words of a text. */
function wordsOf(text: string): readonly string[] {
  return foldText(text).match(/[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*/gu) ?? [];
}

function lastWord(text: string): string {
  return wordsOf(text).at(-1) ?? "";
}
