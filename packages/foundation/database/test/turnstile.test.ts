/** Pages and work in the background on SQLite's one connection. */
import { freshDatabase } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { inUnit, makeUnitOfWork, openDatabase } from "../src/index.ts";
import { inBackground } from "../src/turnstile.ts";

describe("one connection for everybody (SQLite)", () => {
  const open = async () => {
    const fresh = await freshDatabase("sqlite");
    const database = await openDatabase({ url: fresh.url });
    onTestFinished(async () => {
      await database.close();
      await fresh.remove();
    });
    await database.knex.schema.createTable("t", (table) => void table.integer("v"));
    const units = makeUnitOfWork(database);
    const write = () => units.transaction((unit) => inUnit(unit)("t").insert({ v: 1 }));
    return { database, units, write };
  };

  it("lets a page of many reads go before a crowd of work, and the crowd ends too", async () => {
    const { units, write } = await open();
    let done = 0;
    const crowd = Array.from({ length: 200 }, () => inBackground(() => write().then(() => (done += 1))));
    for (let reads = 0; reads < 20; reads += 1) await units.transaction((unit) => inUnit(unit)("t").count());
    // Served in turns, a page of 20 reads would see the whole crowd pass.
    expect(done).toBeLessThan(40);
    await Promise.all(crowd);
    expect(done).toBe(200);
  });

  it("stops no work for pages that never end", async () => {
    const { database, write } = await open();
    let done = false;
    const work = inBackground(write).then(() => {
      done = true;
    });
    const pages = Array.from({ length: 3 }, async () => {
      while (!done) {
        await database.knex("t").count();
        await new Promise((resolve) => setImmediate(resolve)); // as sockets do
      }
    });
    await Promise.all([work, ...pages]);
    expect(done).toBe(true);
  });

  it("gives the place back when a unit fails", async () => {
    const { units, write } = await open();
    const failing = inBackground(() => units.transaction(() => Promise.reject(new Error("no"))));
    await expect(failing).rejects.toThrow("no");
    await inBackground(write);
  });
});
