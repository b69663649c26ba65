/**
 * When a person's row was made, as the database writes it: with the key, it tells a restored row from one that was made
 * later under the same key.
 */
import type { Database, Dialect } from "@preau/database";
import { creationMark } from "@preau/kernel";
import { isOneOf, type Sql, type SubjectKeys } from "./condition.ts";
import { fault } from "./errors.ts";
import type { DataMap } from "./map-schema.ts";
import { exactly, pagesOf, type Row, type Runner, rowsOf } from "./query.ts";
import { type DatabaseSchema, readSchema, type SchemaTable } from "./read-schema.ts";

export interface CreatedRow {
  readonly key: string;
  readonly created: string;
}

/** Rows of a page, when the whole table is read. */
const PAGE = { size: 2_000, most: 40_000 };

/**
 * Every person's row with the time of its creation, page by page in flat memory. Undefined when the map does not name it.
 * @throws DATA_MAP_MISFIT when the database has not what the map names
 */
export async function createdRows(
  { knex, dialect }: Pick<Database, "knex" | "dialect">,
  map: DataMap,
  tablePrefix = map.tablePrefix,
): Promise<AsyncIterable<readonly CreatedRow[]> | undefined> {
  const schema = await readSchema({ knex, dialect });
  const found = columnOf(map, schema, tablePrefix);
  if (found === undefined) return undefined;
  const { table, created } = found;
  const more = selected(map, table, { created, dialect });
  async function* pages() {
    for await (const page of pagesOf(knex, table, { columns: [], more, dialect, ...PAGE }))
      yield page.map(rowOf);
  }
  return pages();
}

/** The marks of these persons' rows; undefined when the map does not say when a row was made. */
export async function creationMarksOf(
  runner: Runner,
  map: DataMap,
  of: {
    readonly schema: DatabaseSchema;
    readonly prefix: string;
    readonly dialect: Dialect;
    readonly keys: SubjectKeys;
    readonly sourceId: string;
  },
): Promise<readonly string[] | undefined> {
  const found = columnOf(map, of.schema, of.prefix);
  if (found === undefined) return undefined;
  if (of.keys.length === 0) return [];
  const { table, created } = found;
  const list = selected(map, table, { created, dialect: of.dialect });
  const condition = isOneOf(map.subject.key, of.keys, table.columns.get(map.subject.key)?.is);
  const rows = await rowsOf(runner, {
    text: `select ${list.text} from ?? where ${condition.text}`,
    bindings: [...list.bindings, table.name, ...condition.bindings],
  });
  return rows.map(rowOf).map((row) => creationMark(of.sourceId, row.key, row.created));
}

function columnOf(
  map: DataMap,
  schema: DatabaseSchema,
  prefix: string,
): { readonly table: SchemaTable; readonly created: string } | undefined {
  const { created } = map.subject;
  if (created === undefined) return undefined;
  const table = schema.get(prefix + map.subject.table);
  if (table?.columns.has(created) !== true)
    throw fault("DATA_MAP_MISFIT", { place: `${prefix}${map.subject.table}.${created}` });
  return { table, created };
}

function selected(
  map: DataMap,
  table: SchemaTable,
  { created, dialect }: { readonly created: string; readonly dialect: Dialect },
): Sql {
  const key = exactly(map.subject.key, table.columns.get(map.subject.key)?.is, dialect);
  const asText = dialect === "sqlite" ? "cast(?? as text)" : "cast(?? as char)";
  return {
    text: `${key.text} as mark_key, ${asText} as mark_created`,
    bindings: [...key.bindings, created],
  };
}

function rowOf(row: Row): CreatedRow {
  const created = row["mark_created"]; // a text, its bytes, or nothing
  const text = Buffer.isBuffer(created) ? created.toString("latin1") : created;
  return { key: String(row["mark_key"]), created: typeof text === "string" ? text : "" };
}
