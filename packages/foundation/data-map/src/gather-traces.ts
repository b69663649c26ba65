/**
 * The identifiers that would name a planned person in any text: logins, addresses, numbers, telephones, the full name.
 * What would be found in another person's identifiers too, or is too short to search for, is no trace, and is said not
 * to be: searching for it would blank what is written about somebody else.
 */
import type { Dialect } from "@preau/database";
import { isEmail, parseTelephone } from "@preau/identifiers";
import type { Identifier, NotCovered } from "@preau/kernel";
import { isOneOf, type SubjectKeys } from "./condition.ts";
import { CELL_END, foldTrace, mentionFinder } from "./find-mentions.ts";
import type { DataMap, Identity } from "./map-schema.ts";
import { exactly, pagesOf, type Row, type Runner, rowsOf } from "./query.ts";
import type { DatabaseSchema, SchemaTable } from "./read-schema.ts";

export interface GatheredTraces {
  /** By key of the person. */
  readonly texts: ReadonlyMap<string, readonly Identifier[]>;
  readonly notCovered: readonly NotCovered[];
}

const SHORTEST = 4;
const SHORTEST_NUMBER = 6;
const SHORTEST_DETECTED_DIGITS = 5;
/** Persons a page, when everybody's identifiers are compared with the planned persons'. */
const PAGE = { size: 2_000, most: 8_000 };

/** One identifier of one person, in the ways in which it is commonly written. */
interface Candidate {
  readonly key: string;
  readonly place: string;
  readonly texts: readonly Identifier[];
}

export interface TraceOptions {
  readonly schema: DatabaseSchema;
  readonly prefix: string;
  readonly dialect: Dialect;
  /** Persons whose own row still says who they are. */
  readonly keys: SubjectKeys;
  /** All persons of the plan: these are nobody else. */
  readonly planned: SubjectKeys;
}

/** Reads the identity columns of the planned persons, and of everybody else to see who bears the same. */
export async function gatherTraces(
  runner: Runner,
  map: DataMap,
  options: TraceOptions,
): Promise<GatheredTraces> {
  const { dialect, keys } = options;
  const texts = new Map<string, Identifier[]>(keys.map((key) => [String(key), []]));
  const dropped = new Map<string, Set<string>>();
  const drop = (why: string, place: string) => dropped.set(why, (dropped.get(why) ?? new Set()).add(place));
  const sources = sourcesOf(map, options);
  const candidates: Candidate[] = [];
  for (const source of keys.length === 0 ? [] : sources) {
    const own = isOneOf(source.by, keys, source.table.columns.get(source.by)?.is);
    const rows = await rowsOf(runner, {
      text: `select ${source.key.text} as row_subject, ${source.columns.map(() => "??").join(", ")} from ?? where ${own.text}`,
      bindings: [...source.key.bindings, ...source.columns, source.table.name, ...own.bindings],
    });
    for (const row of rows) {
      for (const identity of source.identities) {
        const place = `${source.table.name}.${columnsOf(identity).join("+")}`;
        const cells = columnsOf(identity).map((column) => partOf(identity, cellText(row[column])));
        const text = cells.join(" ");
        if (cells.includes("") || (identity.trace === "detect" && !looksLikeIdentifier(text))) continue;
        if (!isLongEnough(text)) drop("too short to be searched for in texts", place);
        else if (foldTrace(text) === "") drop("without a letter or digit to search for in texts", place);
        else
          candidates.push({
            key: String(row["row_subject"]),
            place,
            texts: spellings(identity.trace, text, cells),
          });
      }
    }
  }
  const shared = await borneByOthers();
  for (const { key, place, texts: written } of candidates) {
    if (written.some(({ value }) => shared.has(foldTrace(value))))
      drop("also borne by another person, so not searched for in texts", place);
    else texts.get(key)?.push(...written);
  }
  return {
    texts,
    notCovered: [...dropped].flatMap(([why, places]) =>
      [...places].map((what) => ({ what: `texts naming a person by ${what}`, why })),
    ),
  };

  /** Traces that stand in identifiers of persons outside the plan: letter case, accents and Unicode forms do not count. */
  async function borneByOthers(): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    if (candidates.length === 0) return found;
    const finder = mentionFinder(candidates.flatMap(({ texts: written }) => written));
    const planned = new Set(options.planned.map(String));
    for (const { table, key, columns, identities } of sources) {
      const more = { text: `${key.text} as row_subject`, bindings: key.bindings };
      for await (const rows of pagesOf(runner, table, { columns, dialect, more, ...PAGE })) {
        for (const row of rows) {
          if (planned.has(String(row["row_subject"]))) continue;
          const cells = identities.flatMap((identity) => asWritten(identity, row)).join(CELL_END);
          if (cells !== "") for (const trace of finder.tracesIn(cells)) found.add(trace);
        }
      }
    }
    return found;
  }
}

export interface TraceSource {
  readonly table: SchemaTable;
  readonly by: string;
  /** `by`, read without loss. */
  readonly key: ReturnType<typeof exactly>;
  readonly columns: readonly string[];
  readonly identities: readonly Identity[];
}

/** The tables that hold identifiers, each with all that it holds; what the site lacks is left out. */
export function sourcesOf(
  map: DataMap,
  { schema, prefix, dialect }: Pick<TraceOptions, "schema" | "prefix" | "dialect">,
): readonly TraceSource[] {
  const sources = new Map<string, { table: SchemaTable; by: string; identities: Identity[] }>();
  for (const identity of map.subject.identity) {
    const [name, by] =
      "table" in identity ? [identity.table, identity.by] : [map.subject.table, map.subject.key];
    const table = schema.get(prefix + name);
    if (table === undefined || ![by, ...columnsOf(identity)].every((column) => table.columns.has(column)))
      continue;
    const source = sources.get(`${name}.${by}`) ?? { table, by, identities: [] };
    source.identities.push(identity);
    sources.set(`${name}.${by}`, source);
  }
  return [...sources.values()].map(({ table, by, identities }) => ({
    table,
    by,
    key: exactly(by, table.columns.get(by)?.is, dialect),
    columns: [...new Set(identities.flatMap(columnsOf))],
    identities,
  }));
}

export function columnsOf(identity: Identity): readonly string[] {
  return "columns" in identity ? identity.columns : [identity.column];
}

/** What another person's row says: each value, and a name in both orders. */
function asWritten(identity: Identity, row: Row): readonly string[] {
  const cells = columnsOf(identity).map((column) => cellText(row[column]));
  const texts = identity.trace === "name" ? [...cells, cells.join(" "), cells.toReversed().join(" ")] : cells;
  return texts.filter((text) => text !== "");
}

/** The identifier within a value: the e-mail in `lea@example.org.1793000000`. */
export function partOf(identity: Identity, text: string): string {
  if (!("part" in identity) || identity.part === undefined) return text;
  return new RegExp(identity.part, "u").exec(text)?.[1] ?? "";
}

export function cellText(cell: unknown): string {
  return typeof cell === "string" || typeof cell === "number" ? String(cell).trim() : "";
}

export function isLongEnough(text: string): boolean {
  return text.length >= (/^\d+$/.test(text) ? SHORTEST_NUMBER : SHORTEST);
}

/** A free field is searched for when it looks like a number of a person or an address: `DP` and `interne` do not. */
export function looksLikeIdentifier(text: string): boolean {
  const digits = text.replace(/\D/g, "").length;
  return text.length <= 100 && (isEmail(text) || digits >= SHORTEST_DETECTED_DIGITS);
}

/** The ways in which one value is commonly written. */
function spellings(trace: Identity["trace"], text: string, cells: readonly string[]): readonly Identifier[] {
  if (trace === "name") {
    const kind = "name";
    return [
      { kind, value: cells.join(" ") },
      { kind, value: cells.toReversed().join(" ") },
      { kind, value: `${cells.at(-1) ?? ""}, ${cells.slice(0, -1).join(" ")}` },
    ];
  }
  const kind = trace === "detect" ? "profileField" : trace;
  const number = trace === "telephone" || trace === "detect" ? parseTelephone(text) : undefined;
  const values = number === undefined ? [text] : [text, ...telephoneSpellings(number)];
  return [...new Set(values)].map((value) => ({ kind, value }));
}

/** `+33612345678` as people write it: compact or in pairs, with or without the country. */
function telephoneSpellings(number: string): readonly string[] {
  const [, code = "", first = "", rest = ""] = /^\+(33|262|590|594|596)(\d)(\d{8})$/.exec(number) ?? [];
  if (code === "") return [number];
  const pairs = rest.match(/\d{2}/g) ?? [];
  return ["", " ", ".", "-"].flatMap((between) => [
    `0${first}${between}${pairs.join(between)}`,
    `+${code}${between}${first}${between}${pairs.join(between)}`,
  ]);
}

/** Keys of the person table among those asked for, as the database has them. */
export async function existingKeys(
  runner: Runner,
  map: DataMap,
  { schema, prefix, dialect, keys }: Omit<TraceOptions, "planned">,
): Promise<ReadonlySet<string>> {
  const table = prefix + map.subject.table;
  const is = schema.get(table)?.columns.get(map.subject.key)?.is;
  const condition = isOneOf(map.subject.key, keys, is);
  const key = exactly(map.subject.key, is, dialect);
  const rows: readonly Row[] = await rowsOf(runner, {
    text: `select ${key.text} as row_subject from ?? where ${condition.text}`,
    bindings: [...key.bindings, table, ...condition.bindings],
  });
  return new Set(rows.map((row) => String(row["row_subject"])));
}
