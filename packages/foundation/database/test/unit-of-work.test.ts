import { isFault, silentLog, type Unit, type UnitOfWork } from "@preau/kernel";
import {
  codeOf,
  describeEachDatabase,
  describeOnMariaDb,
  freshDatabaseUrl,
  temporaryFolder,
} from "@preau/testing";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { afterCommit, type Database, inUnit, makeUnitOfWork, openDatabase } from "../src/index.ts";

describeEachDatabase("unit of work", openDatabase, (fresh, kind) => {
  let database: Database;
  let units: UnitOfWork;
  const rows = async () => (await database.knex("t").select("id", "v").orderBy("id")) as unknown[];

  beforeEach(async () => {
    database = await fresh();
    units = makeUnitOfWork(database);
    await database.knex.schema.createTable("t", (table) => {
      table.string("id", 40).primary();
      table.integer("v").notNullable();
    });
  });

  it("commits what the work wrote and gives its value", async () => {
    const value = await units.transaction(async (unit) => {
      await inUnit(unit)("t").insert({ id: "a", v: 1 });
      return "done";
    });
    expect(value).toBe("done");
    expect(await rows()).toEqual([{ id: "a", v: 1 }]);
  });

  it("leaves no trace of a unit that fails, and keeps its error", async () => {
    const failure = new Error("no");
    const work = units.transaction(async (unit) => {
      await inUnit(unit)("t").insert({ id: "a", v: 1 });
      throw failure;
    });
    await expect(work).rejects.toBe(failure);
    expect(await rows()).toEqual([]);
  });

  it("refuses a query outside the unit that is open around it, at once instead of for ever", async () => {
    const work = units.transaction(async () => rows());
    await expect(work).rejects.toMatchObject({ code: "DATABASE_OUTSIDE_UNIT" });
    expect(await rows()).toEqual([]);
  });

  it("refuses a unit inside a unit of the same database, at once (UNIT_NESTED)", async () => {
    const work = units.transaction(async () => units.transaction(async () => 1));
    await expect(work).rejects.toMatchObject({ code: "UNIT_NESTED" });
  });

  it("allows another database inside a unit", async () => {
    const other = await fresh();
    const value = await units.transaction(
      async () => other.knex.first(other.knex.raw("1 as one")) as unknown,
    );
    expect(value).toEqual({ one: 1 });
  });

  it("lets what was started inside a unit query once that unit has ended", async () => {
    let later: Promise<unknown> | undefined;
    await units.transaction(async () => {
      later = new Promise((resolve) => setTimeout(resolve, 20)).then(rows);
    });
    expect(await later).toEqual([]);
  });

  it("runs units at once, one after the other where they meet", async () => {
    await database.knex("t").insert({ id: "n", v: 0 });
    const add = () =>
      units.transaction(async (unit) => {
        const query = inUnit(unit)("t").where({ id: "n" }).first<{ v: number }>("v");
        const { v } = await (kind === "mariadb" ? query.forUpdate() : query);
        await inUnit(unit)("t")
          .where({ id: "n" })
          .update({ v: v + 1 });
      });
    await Promise.all(Array.from({ length: 30 }, add));
    expect(await rows()).toEqual([{ id: "n", v: 30 }]);
  });

  it("closes the unit: nothing can be added once it has ended (UNIT_CLOSED)", async () => {
    const unit = await units.transaction(async (open) => open);
    expect(() => inUnit(unit)).toThrow(expect.objectContaining({ code: "UNIT_CLOSED" }));
    expect(() => afterCommit(unit, () => undefined)).toThrow(
      expect.objectContaining({ code: "UNIT_CLOSED" }),
    );
  });

  it("calls back after the commit, in order, and never after a rollback", async () => {
    const seen: string[] = [];
    await units.transaction(async (unit) => {
      afterCommit(unit, () => {
        seen.push("first");
        throw new Error("a failing callback stops nothing");
      });
      afterCommit(unit, () => seen.push("second"));
      expect(seen).toEqual([]);
    });
    await units
      .transaction(async (unit) => {
        afterCommit(unit, () => seen.push("never"));
        throw new Error("no");
      })
      .catch(() => undefined);
    expect(seen).toEqual(["first", "second"]);
  });

  it("names a duplicate, keeps the unit usable, and says no value", async () => {
    await units.transaction(async (unit) => {
      await inUnit(unit)("t").insert({ id: "zoe@school.test", v: 1 });
      const again: unknown = await inUnit(unit)("t")
        .insert({ id: "zoe@school.test", v: 2 })
        .then(undefined, (error: unknown) => error);
      expect(isFault(again, "DATABASE_DUPLICATE")).toBe(true);
      const error = again as Error;
      expect(
        JSON.stringify([
          error.message,
          String(error.cause),
          error.stack,
          (error.cause as Error).stack,
          again,
        ]),
      ).not.toContain("zoe");
      await inUnit(unit)("t").insert({ id: "other", v: 3 });
    });
    expect(await rows()).toHaveLength(2);
  });

  it("says no value when a query fails", async () => {
    const failed: unknown = await database
      .knex("nowhere")
      .where({ name: "Zoé Martin" })
      .then(undefined, (e: unknown) => e);
    expect(failed).toMatchObject({ code: "DATABASE_QUERY_FAILED" });
    const error = failed as Error;
    expect(
      JSON.stringify([error.message, error.stack, (error.cause as Error).message, failed]),
    ).not.toContain("Martin");
  });
});

it("reads and writes from two connections to one SQLite file meet at the start, and none has to be tried again", async () => {
  const url = await freshDatabaseUrl("sqlite");
  const databases = [await openDatabase({ url }), await openDatabase({ url })];
  onTestFinished(() => Promise.all(databases.map((each) => each.close())).then(() => undefined));
  await databases[0]!.knex.schema.createTable("t", (table) => void table.integer("v"));
  await databases[0]!.knex("t").insert({ v: 0 });
  const warned: string[] = [];
  const log = { ...silentLog, warn: (event: string) => void warned.push(event) };
  const add = (database: Database) =>
    makeUnitOfWork(database, { log }).transaction(async (unit) => {
      const [v = 0] = await inUnit(unit)("t").pluck<number[]>("v");
      await new Promise((resolve) => setTimeout(resolve, 1));
      await inUnit(unit)("t").update({ v: v + 1 });
    });
  await Promise.all(Array.from({ length: 20 }, () => databases.map(add)).flat());
  expect(await databases[0]!.knex("t").pluck("v")).toEqual([40]);
  expect(warned).toEqual([]);
});

describeOnMariaDb("two units that lock in opposite order (deadlock 1213)", () => {
  let database: Database;
  beforeEach(async () => {
    database = await openDatabase({ url: await freshDatabaseUrl("mariadb") });
    onTestFinished(() => database.close());
    await database.knex.schema.createTable("t", (table) => {
      table.string("id", 40).primary();
      table.integer("v").notNullable();
    });
    const rows = ["a", "b"].map((id) => ({ id, v: 0 }));
    await database.knex("t").insert(rows);
  });

  let locked: number;
  beforeEach(() => {
    locked = 0;
  });
  /** Adds one to `first`, waits until the other unit has its first row too, then adds one to `second`. */
  const addToBoth = async (unit: Unit, first: string, second: string) => {
    await inUnit(unit)("t").where({ id: first }).increment("v", 1);
    locked += 1;
    await vi.waitUntil(() => locked >= 2, { interval: 2, timeout: 10_000 });
    await inUnit(unit)("t").where({ id: second }).increment("v", 1);
  };

  it("both end: the loser is tried again", async () => {
    const warned: string[] = [];
    const log = { ...silentLog, warn: (event: string) => void warned.push(event) };
    const units = makeUnitOfWork(database, { log });
    await Promise.all([
      units.transaction((unit) => addToBoth(unit, "a", "b")),
      units.transaction((unit) => addToBoth(unit, "b", "a")),
    ]);
    expect(warned).toContain("unit.triedAgain");
    expect(await database.knex("t").orderBy("id").pluck("v")).toEqual([2, 2]);
  });

  it("work that swallows the deadlock writes nothing on its own, and is tried again", async () => {
    const units = makeUnitOfWork(database);
    let swallowed = 0;
    const work = (first: string, second: string, extra: string) =>
      units.transaction(async (unit) => {
        await addToBoth(unit, first, second).catch(() => {
          swallowed += 1;
        });
        await inUnit(unit)("t").insert({ id: extra, v: 9 });
      });
    await Promise.all([work("a", "b", "x"), work("b", "a", "y")]);
    expect(swallowed).toBe(1);
    expect(await database.knex("t").orderBy("id").pluck("v")).toEqual([2, 2, 9, 9]);
  });
});

describe("a SQLite file that another process holds", () => {
  it("refuses a unit that cannot begin, and serves the next one once the lock is gone", async () => {
    const folder = temporaryFolder();
    const url = `sqlite:${folder}/held.sqlite`;
    const holder = await openDatabase({ url });
    const waiting = await openDatabase({ url, busyWaitMs: 20 });
    onTestFinished(() => Promise.all([holder.close(), waiting.close()]).then(() => undefined));
    const [held, blocked] = [makeUnitOfWork(holder), makeUnitOfWork(waiting)];
    await held.transaction(async (unit) => {
      await inUnit(unit).schema.createTable("t", (table) => table.integer("n"));
      expect(await codeOf(blocked.transaction(async () => undefined))).toBe("DATABASE_BUSY");
    });
    await blocked.transaction(async (unit) => {
      await inUnit(unit)("t").insert({ n: 1 });
    });
    expect(await waiting.knex("t").count({ n: "*" })).toEqual([{ n: 1 }]);
  });
});
