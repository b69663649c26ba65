import { freshDatabaseUrl } from "@preau/testing";
import { expect, it, onTestFinished } from "vitest";
import { insertRows, inUnit, makeUnitOfWork, openDatabase } from "../src/index.ts";
import { describeKinds } from "./kinds.ts";

describeKinds((kind) => {
  async function freshTable() {
    const database = await openDatabase({ url: await freshDatabaseUrl(kind) });
    onTestFinished(() => database.close());
    await database.knex.schema.createTable("tst_row", (table) => {
      table.integer("id").primary();
      table.string("order", 40).nullable();
      table.specificType("bytes", "varbinary(40)").nullable();
    });
    return database;
  }
  const rowOf = (id: number) => ({
    id,
    order: id % 3 === 0 ? null : `'?; -- ${id}`,
    bytes: Buffer.of(0, id % 256),
  });

  it("inserts more rows than one statement takes, as they are, in columns of any name", async () => {
    const { knex } = await freshTable();
    const rows = Array.from({ length: 250 }, (_, id) => rowOf(id));
    await insertRows(knex, "tst_row", rows);
    const found = await knex("tst_row").orderBy("id").select<typeof rows>("*");
    expect(found.map((row) => ({ ...row, bytes: Buffer.from(row.bytes) }))).toEqual(rows);
  });

  it("does nothing for no rows", async () => {
    const { knex } = await freshTable();
    await insertRows(knex, "tst_row", []);
    expect(await knex("tst_row")).toEqual([]);
  });

  it("is seen inside its unit, and leaves nothing of any statement when a later one is refused", async () => {
    const database = await freshTable();
    const rows = [...Array.from({ length: 150 }, (_, id) => rowOf(id)), rowOf(0)];
    const seen: number[] = [];
    const work = makeUnitOfWork(database).transaction(async (unit) => {
      await insertRows(inUnit(unit), "tst_row", rows.slice(0, 120));
      seen.push((await inUnit(unit)("tst_row")).length);
      await insertRows(inUnit(unit), "tst_row", rows.slice(120));
    });
    await expect(work).rejects.toMatchObject({ code: "DATABASE_DUPLICATE" });
    expect(seen).toEqual([120]);
    expect(await database.knex("tst_row")).toEqual([]);
  });
});
