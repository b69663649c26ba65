/** What the second look reads: whatever the database says is there, in portions. Shares nothing with the other queries. */
import { inUnit } from "@preau/database";
import type { ControllerId, Unit, UnitOfWork } from "@preau/kernel";

export interface LookedTable {
  readonly name: string;
  readonly columns: readonly string[];
}

type RawRow = Readonly<Record<string, unknown>>;
type Transaction = ReturnType<typeof inUnit>;

const PORTION = 1_000;

/** The connector's tables and their columns. */
export async function tablesNow(unit: Unit): Promise<readonly LookedTable[]> {
  const trx = inUnit(unit);
  const names = isSqlite(trx)
    ? await trx("sqlite_master").where({ type: "table" }).pluck<string[]>("name")
    : await trx("information_schema.tables")
        .where({ table_schema: trx.raw("database()") })
        .pluck<string[]>("table_name");
  const tables: LookedTable[] = [];
  for (const name of names.filter((each) => each.startsWith("gar_")).sort())
    tables.push({ name, columns: Object.keys(await trx(name).columnInfo()) });
  return tables;
}

/** Products that accounts of this controller are of: part of what their hashes are made from. */
export async function distinctProducts(unit: Unit, controller: ControllerId): Promise<readonly string[]> {
  return inUnit(unit)("gar_account").where({ controller }).distinct().pluck<string[]>("product");
}

/** Every row of one controller; of a table that knows no controller, every row. A short transaction a portion. */
export async function* rawRows(
  units: UnitOfWork,
  { name, columns }: LookedTable,
  controller: ControllerId,
): AsyncIterable<RawRow> {
  const order = columns.includes("id") ? ["id"] : columns.slice(0, 3);
  for (let offset = 0; ; offset += PORTION) {
    const rows = await units.transaction(async (unit) => {
      const query = inUnit(unit)<RawRow>(name).orderBy(order).limit(PORTION).offset(offset);
      return await (columns.includes("controller") ? query.where("controller", controller) : query);
    });
    yield* rows;
    if (rows.length < PORTION) return;
  }
}

function isSqlite(trx: Transaction): boolean {
  // knex's transaction knows its client; the published type says any.
  return (trx as unknown as { client: { dialect: string } }).client.dialect === "sqlite3";
}
