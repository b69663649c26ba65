/**
 * Tables as the database itself tells of them, and their rows in portions: for second looks, which share nothing with the
 * queries of the store that they look at.
 */
import type { ControllerId, Unit, UnitOfWork } from "@preau/kernel";
import { inUnit } from "../unit-of-work.ts";

export interface LookedTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** Columns of its primary key, in order; a table that has none is read at once. */
  readonly key: readonly string[];
}

type RawRow = Readonly<Record<string, unknown>>;
type Transaction = ReturnType<typeof inUnit>;

const PORTION = 1_000;

/** Tables of a prefix, `gar_`, and their columns. */
export async function tablesNow(unit: Unit, prefix: string): Promise<readonly LookedTable[]> {
  const trx = inUnit(unit);
  const names = isSqlite(trx)
    ? await trx("sqlite_master").where({ type: "table" }).pluck<string[]>("name")
    : await trx("information_schema.tables")
        .where({ table_schema: trx.raw("database()") })
        .pluck<string[]>("table_name");
  const tables: LookedTable[] = [];
  for (const name of names.filter((each) => each.startsWith(prefix)).sort())
    tables.push({
      name,
      columns: Object.keys(await trx(name).columnInfo()),
      key: await primaryKey(trx, name),
    });
  return tables;
}

async function primaryKey(trx: Transaction, name: string): Promise<readonly string[]> {
  if (isSqlite(trx))
    return trx(trx.raw("pragma_table_info(?)", [name]))
      .where("pk", ">", 0)
      .orderBy("pk")
      .pluck("name");
  return trx("information_schema.key_column_usage")
    .where({ table_schema: trx.raw("database()"), table_name: name, constraint_name: "PRIMARY" })
    .orderBy("ordinal_position")
    .pluck("column_name");
}

/**
 * Every row of one controller; of a table that knows no controller, every row. A short transaction a portion, each after the
 * last row of the one before: what is deleted meanwhile moves no other row out of sight, as it would by counting rows.
 */
export async function* rawRows(
  units: UnitOfWork,
  { name, columns, key }: LookedTable,
  controller: ControllerId,
  portion = PORTION,
): AsyncIterable<RawRow> {
  const places = (mark: string) => `(${key.map(() => mark).join(", ")})`;
  let last: RawRow | undefined;
  do {
    const rows: readonly RawRow[] = await units.transaction(async (unit) => {
      const query = inUnit(unit)<RawRow>(name);
      if (columns.includes("controller")) void query.where("controller", controller);
      if (key.length > 0) void query.orderBy([...key]).limit(portion);
      if (last !== undefined)
        void query.whereRaw(`${places("??")} > ${places("?")}`, [
          ...key,
          ...key.map((each) => last?.[each] as string),
        ]);
      return await query;
    });
    yield* rows;
    last = rows.length < portion ? undefined : rows.at(-1);
  } while (last !== undefined && key.length > 0);
}

function isSqlite(trx: Transaction): boolean {
  // knex's transaction knows its client; the published type says any.
  return (trx as unknown as { client: { dialect: string } }).client.dialect === "sqlite3";
}
