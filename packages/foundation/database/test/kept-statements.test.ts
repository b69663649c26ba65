import { describe, expect, it, onTestFinished } from "vitest";
import { keepingStatements } from "../src/kept-statements.ts";
import { openDatabase } from "../src/open-database.ts";

/** A driver that counts what it compiles. */
function counting() {
  const compiled: string[] = [];
  const prepare = (sql: string) => {
    compiled.push(sql);
    return { sql };
  };
  const connection = { prepare } as never;
  return {
    compiled,
    connection,
    ask: (sql: string) =>
      (keepingStatements(connection) as never as { prepare: typeof prepare }).prepare(sql),
  };
}

describe("SQLite statements that are kept", () => {
  it("are compiled once a connection", () => {
    const { compiled, ask } = counting();
    const first = ask("select `a` from `t` where `b` = ?");
    expect(ask("select `a` from `t` where `b` = ?")).toBe(first);
    expect(compiled).toHaveLength(1);
    const other = counting();
    expect(other.ask("select `a` from `t` where `b` = ?")).not.toBe(first);
  });

  it("are none that read all columns, and none that change the schema", () => {
    const { compiled, ask } = counting();
    for (const sql of [
      "select * from `t`",
      "alter table `t` add column `c`",
      "PRAGMA table_info(`t`)",
      "VACUUM",
    ]) {
      ask(sql);
      ask(sql);
    }
    expect(compiled).toHaveLength(8);
  });

  it("do not grow without end", () => {
    const { compiled, ask } = counting();
    for (let each = 0; each < 1_000; each += 1) ask(`select ${each}`);
    ask("select 999");
    expect(compiled).toHaveLength(1_000);
    ask("select 1");
    expect(compiled).toHaveLength(1_001);
  });

  it("give what is there after the schema has changed", async () => {
    const database = await openDatabase({ url: "sqlite::memory:" });
    onTestFinished(() => database.close());
    const { knex } = database;
    await knex.schema.createTable("t", (table) => void table.integer("a"));
    await knex("t").insert({ a: 1 });
    const read = () => knex("t").select("a");
    expect([await read(), await knex("t").select()]).toEqual([[{ a: 1 }], [{ a: 1 }]]);
    await knex.schema.alterTable("t", (table) => void table.integer("b").defaultTo(2));
    expect([await read(), await knex("t").select()]).toEqual([[{ a: 1 }], [{ a: 1, b: 2 }]]);
    await knex.schema.dropTable("t");
    await expect(read()).rejects.toThrow();
    await knex.schema.createTable("t", (table) => void table.string("a"));
    await knex("t").insert({ a: "x" });
    expect(await read()).toEqual([{ a: "x" }]);
  });
});
