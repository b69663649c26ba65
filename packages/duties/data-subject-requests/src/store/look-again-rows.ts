/** What the second look reads: whatever the database says is there, in portions. Shares nothing with the other queries. */
import { inUnit } from "@preau/database";
import type { ControllerId, Unit, UnitOfWork } from "@preau/kernel";

export interface LookedTable {
  readonly name: string;
  readonly columns: readonly string[];
  /** Columns of its primary key, in order. */
  readonly key: readonly string[];
}

type RawRow = Readonly<Record<string, unknown>>;
type Transaction = ReturnType<typeof inUnit>;

const PORTION = 500;

/** The desk's tables and their columns. */
export async function tablesNow(unit: Unit): Promise<readonly LookedTable[]> {
  const trx = inUnit(unit);
  const names = isSqlite(trx)
    ? await trx("sqlite_master").where({ type: "table" }).pluck<string[]>("name")
    : await trx("information_schema.tables")
        .where({ table_schema: trx.raw("database()") })
        .pluck<string[]>("table_name");
  const tables: LookedTable[] = [];
  for (const name of names.filter((each) => each.startsWith("dsr_")).sort())
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

/** Messages from a person of that controller, or out of which a request of its came. */
export async function inquiriesOf(unit: Unit, controller: ControllerId): Promise<ReadonlySet<string>> {
  const trx = inUnit(unit);
  const own = await trx("dsr_inquiry").where({ requester_controller: controller }).pluck<string[]>("id");
  const out = await trx("dsr_inquiry_request").where({ controller }).distinct().pluck<string[]>("inquiry");
  return new Set([...own, ...out]);
}

/** Every row of one controller, a short transaction a portion, each after the last row of the one before. */
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
