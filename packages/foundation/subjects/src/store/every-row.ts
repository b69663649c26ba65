/** What the second look reads: whatever the database says is there. Shares nothing with the directory's own queries. */
import type { Database } from "@preau/database";
import type { ControllerId } from "@preau/kernel";

const PAGE = 1_000;

/** The tables of this package that the database has. */
export async function everyTable({ knex, dialect }: Database): Promise<readonly string[]> {
  const names =
    dialect === "sqlite"
      ? await knex("sqlite_master").where({ type: "table" }).pluck<string[]>("name")
      : await knex("information_schema.tables")
          .where({ table_schema: knex.raw("database()") })
          .pluck<string[]>("table_name");
  return names.filter((name) => name.startsWith("sbj_"));
}

export async function everyColumn({ knex }: Database, table: string): Promise<readonly string[]> {
  return Object.keys(await knex(table).columnInfo());
}

/** One controller's rows. By key where there is an `id`, in pages; what has none is small. */
export async function* everyRow(
  { knex }: Database,
  table: string,
  columns: readonly string[],
  controller: ControllerId,
): AsyncGenerator<Record<string, unknown>> {
  if (!columns.includes("id")) {
    yield* (await knex(table).where({ controller }).select()) as Record<string, unknown>[];
    return;
  }
  for (let after = ""; ; ) {
    const page = knex(table).where({ controller }).where("id", ">", after).orderBy("id").limit(PAGE);
    const rows = (await page) as (Record<string, unknown> & { id: string })[];
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}
