/**
 * Everything that the map knows about one person, row by row, in flat memory: parents first, always in the same order,
 * each row with what its references are called.
 * @clause D10.1a
 */
import type { Dialect } from "@preau/database";
import type { Json, JsonObject, PersonalRecord, RecordFile } from "@preau/kernel";
import type { CompiledTable } from "./compile-map.ts";
import { type Sql, unions } from "./condition.ts";
import type { FateScope } from "./count-rows.ts";
import { ahead } from "./in-order.ts";
import { jsonCell } from "./json-cell.ts";
import type { DataMap } from "./map-schema.ts";
import { type ReferenceNamer, referenceNamer } from "./name-references.ts";
import { occupiedTables } from "./occupied-tables.ts";
import { type OwnTable, ownRows } from "./own-rows.ts";
import { pagesOf, type Row, type Runner, rowsOf } from "./query.ts";
import type { DatabaseSchema } from "./read-schema.ts";
import type { MapWords } from "./record-words-schema.ts";
import { type TableSecrecyOf, withoutOthers, withoutSecrets } from "./withhold-others.ts";
import type { TextWithholder } from "./withhold-texts.ts";

const PAGE_ROWS = 500;
const TABLES_A_STATEMENT = 25;

/** Reads the file of a row; `isNaming` says whether a text names somebody else, where others are withheld. */
export interface RowFiles {
  /** Without the site's prefix. */
  readonly table: string;
  fileOf(row: JsonObject, isNaming: ((text: string) => boolean) | undefined): Promise<RecordFile | undefined>;
}

export interface CollectOptions {
  readonly map: DataMap;
  readonly words?: MapWords | undefined;
  readonly secrecy: TableSecrecyOf;
  readonly schema: DatabaseSchema;
  readonly tables: readonly CompiledTable[];
  readonly scope: FateScope;
  readonly dialect: Dialect;
  /** Statements at once. */
  readonly lanes: number;
  /** Takes others out; absent where they stay. */
  readonly texts?: Promise<TextWithholder> | undefined;
  readonly files?: RowFiles | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface TablePages {
  readonly table: CompiledTable;
  readonly first: IteratorResult<readonly Row[], unknown>;
  readonly rest: AsyncIterator<readonly Row[]>;
}

/** Streams the rows that are about the person. */
export async function* collectPerson(
  runner: Runner,
  options: CollectOptions,
): AsyncGenerator<PersonalRecord> {
  const { words, schema, tables, scope, dialect, signal } = options;
  signal?.throwIfAborted();
  const occupied = await occupiedTables(runner, searchedTables(options));
  const searched = tables.toReversed().map((table) => ({
    table,
    more: words?.tables[nameOf(table, scope.prefix)]?.alsoAbout ?? [],
  }));
  const own = await ownRows({ runner, dialect, schema, scope, occupied }, searched);
  const namer =
    words === undefined
      ? undefined
      : referenceNamer({ runner, dialect, schema, prefix: scope.prefix, words });
  const context = { ...options, namer, texts: await options.texts };
  const tasks = (await withRows(runner, own)).map((each) => () => firstPage(runner, each, options));
  for await (const pages of ahead(options.lanes, tasks)) {
    for (let page = pages.first; page.done !== true; page = await pages.rest.next()) {
      signal?.throwIfAborted();
      yield* recordsOf(pages.table, page.value, context);
    }
  }
}

/** Those that have a row: most have none, and one statement says so for many. */
async function withRows(runner: Runner, searched: readonly OwnTable[]): Promise<readonly OwnTable[]> {
  const parts = searched.map(
    ({ table, where }, place): Sql => ({
      text: `select ${place} as place, exists(select 1 from ?? where ${where.text}) as found`,
      bindings: [table.name, ...where.bindings],
    }),
  );
  const found = new Set<number>();
  for (const statement of unions(parts, TABLES_A_STATEMENT))
    for (const row of await rowsOf(runner, statement))
      if (Number(row["found"]) === 1) found.add(Number(row["place"]));
  return searched.filter((_each, place) => found.has(place));
}

async function firstPage(
  runner: Runner,
  { table, where }: OwnTable,
  { dialect, signal }: CollectOptions,
): Promise<TablePages> {
  signal?.throwIfAborted();
  const columns = [...table.schema.columns.keys()];
  const rest = pagesOf(runner, table.schema, { columns, dialect, where, size: PAGE_ROWS });
  return { table, first: await rest.next(), rest };
}

interface RecordContext extends Omit<CollectOptions, "texts"> {
  readonly texts: TextWithholder | undefined;
  readonly namer: ReferenceNamer | undefined;
}

async function* recordsOf(
  table: CompiledTable,
  rows: readonly Row[],
  { namer, secrecy, scope, texts, files }: RecordContext,
): AsyncGenerator<PersonalRecord> {
  const name = nameOf(table, scope.prefix);
  const columns = [...table.schema.columns.keys()];
  const said = secrecy(table, name);
  const cells = rows.map((row) => {
    const cell: Record<string, Json> = {};
    for (const column of columns) cell[column] = jsonCell(row[column]);
    return cell;
  });
  const named = await namer?.(name, cells);
  for (const [index, row] of cells.entries()) {
    const whole = withoutSecrets(row, said);
    const key = String(scope.keys[0] ?? "");
    const given =
      texts === undefined
        ? whole
        : withoutOthers(whole, said, texts, { key, bytes: bytesOf(rows[index] ?? {}) });
    const names = namesOf(named?.[index], given.withheld, texts);
    const file =
      files?.table === name
        ? await files.fileOf(given.row, texts === undefined ? undefined : (text) => texts.isNaming(text))
        : undefined;
    yield {
      where: table.name,
      category: table.category,
      purpose: table.purpose,
      row: given.row,
      ...(names === undefined ? {} : { names }),
      ...(given.withheld.length === 0 ? {} : { withheld: given.withheld }),
      ...(file === undefined ? {} : { file }),
    };
  }
}

function namesOf(
  names: Readonly<Record<string, string>> | undefined,
  withheld: readonly string[],
  texts: TextWithholder | undefined,
): Readonly<Record<string, string>> | undefined {
  const kept = Object.entries(names ?? {}).filter(([column]) => !withheld.includes(column));
  if (kept.length === 0) return undefined;
  return Object.fromEntries(kept.map(([column, title]) => [column, texts?.text(title) ?? title]));
}

function nameOf(table: CompiledTable, prefix: string): string {
  return table.name.startsWith(prefix) ? table.name.slice(prefix.length) : table.name;
}

/** Tables that the selectors read: their own, and those of their parents. */
function searchedTables({ map, words, schema, scope }: CollectOptions): DatabaseSchema {
  const names = new Set<string>();
  for (const name of Object.keys(map.tables)) {
    const selectors = [...(map.tables[name]?.rows ?? []), ...(words?.tables[name]?.alsoAbout ?? [])];
    for (const { of } of selectors)
      for (let parent = of; parent !== undefined; parent = parent.of) names.add(scope.prefix + parent.table);
    if (selectors.length > 0) names.add(scope.prefix + name).add(name);
  }
  return new Map([...schema].filter(([name]) => names.has(name)));
}

const NO_BYTES = new Map<string, Buffer>();

function bytesOf(row: Row): ReadonlyMap<string, Buffer> {
  let bytes = NO_BYTES;
  for (const column in row) {
    const cell = row[column];
    if (!Buffer.isBuffer(cell)) continue;
    if (bytes === NO_BYTES) bytes = new Map();
    bytes.set(column, cell);
  }
  return bytes;
}
