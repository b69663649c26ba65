/**
 * A row as it is given to one person: what refers to somebody else is null, what names somebody else is an ellipsis, and
 * secrets (hashes of passwords, tokens) are null for everybody.
 * @clause D10.1a
 */
import type { Json, JsonObject } from "@preau/kernel";
import type { CompiledTable, SiteRule } from "./compile-map.ts";
import { holdsInRow } from "./holds-in-row.ts";
import type { DataMap, Where } from "./map-schema.ts";
import type { MapWords } from "./record-words-schema.ts";
import type { TextWithholder } from "./withhold-texts.ts";

export interface GivenRow {
  readonly row: JsonObject;
  /** Columns from which something was taken out. */
  readonly withheld: readonly string[];
}

/** What of a table's columns is kept from whoever a copy is for. */
export interface TableSecrecy {
  readonly secrets: ReadonlySet<string>;
  readonly references: readonly Reference[];
  /** Column → the reference with which it goes. */
  readonly goesWith: readonly (readonly [string, string])[];
}

export type TableSecrecyOf = (table: CompiledTable, name: string) => TableSecrecy;

interface Reference {
  readonly column: string;
  /** Any of these conditions; none is always. */
  readonly when: readonly Where[];
  /** The map's own word: whatever stands there and is not the person is somebody else, known or not. */
  readonly sure: boolean;
}

/** Names of columns with which one enters, in any application. */
export const SECRET =
  /^(?:pass|passwd|password|passphrase|pwd|secret|sid|session_?(?:id|key|data)|sesskey|sessdata|salt|otp|totp|pin)$|(?:password|passwd|secret|token|api_?key|private_?key|access_?key)(?:_?hash)?$/i;

/** The same of entries of settings, of which one column holds the name and another the value. */
const SECRET_ENTRY =
  /(?:pass|token|secret|seed|refresh|(?:api|private|access|auth)_?key)(?:_?(?:hash|value))?$/i;
/** A shorter value is a choice: 0, 1, yes. */
const SHORTEST_SECRET = 6;

/** What is kept from a copy, by table; `table` without the site's prefix. */
export function tableSecrecy(
  map: DataMap,
  words: MapWords | undefined,
  looksLikeOne: (column: string) => boolean,
): TableSecrecyOf {
  const known = new WeakMap<CompiledTable, TableSecrecy>();
  return (table, name) => {
    const secrecy = known.get(table) ?? secrecyOf(table, name);
    known.set(table, secrecy);
    return secrecy;
  };

  function secrecyOf(table: CompiledTable, name: string): TableSecrecy {
    const said = words?.tables[name];
    const columns = [...table.schema.columns.keys()];
    const references = new Map<string, Reference>();
    const described = map.tables[name];
    const rules: readonly SiteRule[] = [
      ...table.keep.map(({ rule }) => rule),
      ...table.erase,
      ...table.anonymise.map(({ rule }) => rule),
    ];
    for (const { by, of, where } of rules) {
      if (of !== undefined || (table.own && by === map.subject.key)) continue;
      const known = references.get(by);
      const always = where === undefined || known?.when.length === 0;
      references.set(by, { column: by, sure: true, when: always ? [] : [...(known?.when ?? []), where] });
    }
    for (const column of columns) {
      const no =
        described?.notReferences.includes(column) === true || (table.own && column === map.subject.key);
      if (!no && !references.has(column) && looksLikeOne(column))
        references.set(column, { column, sure: false, when: [] });
    }
    return {
      secrets: new Set(
        columns.filter((column) => SECRET.test(column) || said?.secrets.includes(column) === true),
      ),
      references: [...references.values()],
      goesWith: Object.entries(said?.goesWith ?? {}),
    };
  }
}

/** Secrets out. */
export function withoutSecrets(row: JsonObject, { secrets }: TableSecrecy): GivenRow {
  const withheld = [...secrets].filter((column) => isFilled(row[column]));
  if (isSecretEntry(row) && !withheld.includes("value")) withheld.push("value");
  return { row: withheld.length === 0 ? row : { ...row, ...nulls(withheld) }, withheld };
}

/** Other persons out. `bytes` are the columns whose cells came as bytes. */
export function withoutOthers(
  given: GivenRow,
  secrecy: TableSecrecy,
  texts: TextWithholder,
  own: { readonly key: string; readonly bytes: ReadonlyMap<string, Buffer> },
): GivenRow {
  const row: Record<string, Json> = { ...given.row };
  const withheld = new Set(given.withheld);
  const out = (column: string, value: Json) => {
    row[column] = value;
    withheld.add(column);
  };
  for (const { column, when, sure } of secrecy.references) {
    const value = row[column];
    if (!isKey(value) || String(value) === own.key) continue;
    if (!sure && !texts.isOther(String(value))) continue;
    if (when.length === 0 || when.some((condition) => holdsInRow(condition, given.row))) out(column, null);
  }
  for (const [column, reference] of secrecy.goesWith)
    if (withheld.has(reference) && isFilled(row[column])) out(column, null);
  for (const [column, value] of Object.entries(row)) {
    if (typeof value !== "string" || value === "") continue;
    const bytes = own.bytes.get(column);
    if (bytes !== undefined) {
      if (texts.isNaming(bytes)) out(column, null);
      continue;
    }
    const kept = texts.column(column, value);
    if (kept !== value) out(column, kept);
  }
  return { row, withheld: [...withheld] };
}

/** The same of an entry of settings, for whoever is given a whole project. @clause DD.2 */
export function withoutSecretEntry(row: JsonObject): JsonObject {
  return isSecretEntry(row) ? { ...row, value: null } : row;
}

function isSecretEntry({ name, value }: JsonObject): boolean {
  if (typeof value !== "string" || value.length < SHORTEST_SECRET) return false;
  const isNamed = typeof name === "string" && (SECRET.test(name) || SECRET_ENTRY.test(name));
  return isNamed || /-----BEGIN [A-Z ]*PRIVATE KEY/.test(value);
}

function nulls(columns: readonly string[]): Readonly<Record<string, null>> {
  return Object.fromEntries(columns.map((column) => [column, null]));
}

/** 0, negative numbers and the empty text are nobody in every application. */
function isKey(value: Json | undefined): value is string | number {
  return typeof value === "number"
    ? value > 0
    : typeof value === "string" && value !== "" && !/^(?:-|0+$)/.test(value);
}

function isFilled(value: Json | undefined): boolean {
  return value !== undefined && value !== null && value !== "" && value !== 0;
}
