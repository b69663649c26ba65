import { migrate, openDatabase } from "@preau/database";
import { describeEachDatabase } from "@preau/testing";
import { expect, it } from "vitest";
import { keyMigrations, makeHighWaterMarks } from "../src/index.ts";

async function openMigrated(options: { url: string }) {
  const database = await openDatabase(options);
  await migrate(database, [keyMigrations]);
  return database;
}

const at = (size: number) => ({ size, root: Buffer.alloc(32, size) });

describeEachDatabase("high-water marks of signed logs (DD.7)", openMigrated, (fresh) => {
  it("keeps the highest mark of each log, whoever comes late", async () => {
    const marks = makeHighWaterMarks(await fresh());
    expect(await marks.read("a.example/evidence")).toBeUndefined();
    for (const size of [3, 9, 5, 9]) await marks.raise("a.example/evidence", at(size));
    await marks.raise("a.example/activity", at(1));
    expect(await marks.read("a.example/evidence")).toEqual(at(9));
    expect(await marks.read("a.example/activity")).toEqual(at(1));
  });

  it("keeps the highest of marks set at once", async () => {
    const marks = makeHighWaterMarks(await fresh());
    await Promise.all([4, 2, 8, 6].map((size) => marks.raise("a.example/evidence", at(size))));
    await marks.raise("a.example/evidence", { size: 8, root: Buffer.alloc(32, 1) });
    expect(await marks.read("a.example/evidence")).toEqual(at(8));
  });
});
