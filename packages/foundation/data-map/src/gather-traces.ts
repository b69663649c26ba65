/**
 * The identifiers that would name a planned person in any text: logins, addresses, numbers, telephones, the full name.
 * What more than one person bears, or what is too short to search for, is no trace, and is said not to be.
 */
import { isEmail, parseTelephone } from "@preau/identifiers";
import type { Identifier, NotCovered } from "@preau/kernel";
import { isOneOf, joinSql, refersTo, type Sql, type SubjectKeys } from "./condition.ts";
import { foldText } from "./find-mentions.ts";
import type { DataMap, Identity } from "./map-schema.ts";
import { type Row, type Runner, rowsOf } from "./query.ts";
import type { DatabaseSchema } from "./read-schema.ts";

export interface GatheredTraces {
  /** By key of the person. */
  readonly texts: ReadonlyMap<string, readonly Identifier[]>;
  readonly notCovered: readonly NotCovered[];
}

const SHORTEST = 4;
const SHORTEST_NUMBER = 6;
const SHORTEST_DETECTED_DIGITS = 5;
/** Values compared in one statement. */
const CHUNK = 500;

/** Reads the identity columns of the planned persons and asks who else bears the same values. */
export async function gatherTraces(
  runner: Runner,
  map: DataMap,
  options: { readonly schema: DatabaseSchema; readonly prefix: string; readonly keys: SubjectKeys },
): Promise<GatheredTraces> {
  const { schema, prefix, keys } = options;
  const texts = new Map<string, Identifier[]>(keys.map((key) => [String(key), []]));
  const dropped = new Map<string, Set<string>>();
  const drop = (why: string, place: string) => dropped.set(why, (dropped.get(why) ?? new Set()).add(place));

  for (const identity of map.subject.identity) {
    const source = sourceOf(identity, map, prefix);
    const table = schema.get(source.table);
    if (table === undefined || ![source.by, ...source.columns].every((column) => table.columns.has(column)))
      continue;
    const place = `${source.table}.${source.columns.join("+")}`;
    const found = await rowsOf(runner, select(source, isOneOf(source.by, keys)));
    const values = found.flatMap((row) => {
      const cells = source.columns.map((column) => cellText(row[column]));
      if (cells.some((cell) => cell === "")) return [];
      return [{ key: String(row["row_subject"]), cells, text: cells.join(" ") }];
    });
    const long = values.filter(({ text }) => {
      if (identity.trace === "detect") return looksLikeIdentifier(text);
      if (isLongEnough(text)) return true;
      drop("too short to be searched for in texts", place);
      return false;
    });
    const shared = await borneByOthers(source, long);
    for (const { key, text } of long) {
      if (shared.has(foldText(text)))
        drop("also borne by another person, so not searched for in texts", place);
      else
        texts
          .get(key)
          ?.push(...spellings(identity.trace, text, long.find((value) => value.text === text)?.cells ?? []));
    }
  }
  return {
    texts,
    notCovered: [...dropped].flatMap(([why, places]) =>
      [...places].map((what) => ({ what: `texts naming a person by ${what}`, why })),
    ),
  };

  /** Folded values that rows of persons outside the plan hold as well. */
  async function borneByOthers(
    source: TraceSource,
    values: readonly { readonly cells: readonly string[]; readonly text: string }[],
  ): Promise<ReadonlySet<string>> {
    const shared = new Set<string>();
    const planned = isOneOf(source.by, keys);
    const last = source.columns.at(-1) ?? "";
    const wanted = [...new Set(values.map(({ cells }) => cells.at(-1) ?? ""))];
    for (let start = 0; start < wanted.length; start += CHUNK) {
      const condition = joinSql(
        [
          isOneOf(last, wanted.slice(start, start + CHUNK)),
          { text: `not (${planned.text})`, bindings: planned.bindings },
        ],
        " and ",
      );
      for (const row of await rowsOf(runner, select(source, condition))) {
        shared.add(foldText(source.columns.map((column) => cellText(row[column])).join(" ")));
      }
    }
    return shared;
  }
}

interface TraceSource {
  readonly table: string;
  readonly by: string;
  readonly columns: readonly string[];
}

function sourceOf(identity: Identity, map: DataMap, prefix: string): TraceSource {
  if ("table" in identity)
    return { table: prefix + identity.table, by: identity.by, columns: [identity.column] };
  const columns = "columns" in identity ? identity.columns : [identity.column];
  return { table: prefix + map.subject.table, by: map.subject.key, columns };
}

function select({ table, by, columns }: TraceSource, condition: Sql): Sql {
  return {
    text: `select ?? as row_subject, ${columns.map(() => "??").join(", ")} from ?? where ${condition.text}`,
    bindings: [by, ...columns, table, ...condition.bindings],
  };
}

function cellText(cell: unknown): string {
  return typeof cell === "string" || typeof cell === "number" ? String(cell).trim() : "";
}

function isLongEnough(text: string): boolean {
  return text.length >= (/^\d+$/.test(text) ? SHORTEST_NUMBER : SHORTEST);
}

/** A free field is searched for when it looks like a number of a person or an address: `DP` and `interne` do not. */
function looksLikeIdentifier(text: string): boolean {
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
  { prefix, keys }: { readonly prefix: string; readonly keys: SubjectKeys },
): Promise<ReadonlySet<string>> {
  const condition = refersTo({ by: map.subject.key }, keys, prefix);
  const rows: readonly Row[] = await rowsOf(runner, {
    text: `select ?? as row_subject from ?? where ${condition.text}`,
    bindings: [map.subject.key, prefix + map.subject.table, ...condition.bindings],
  });
  return new Set(rows.map((row) => String(row["row_subject"])));
}
