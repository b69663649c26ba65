/** The databases of one describe: made before its tests, removed after them. */
import { openDatabase } from "@preau/database";
import { type DatabaseKind, freshDatabase } from "@preau/testing";
import { afterAll, beforeAll } from "vitest";
import type { HouseGiven } from "./bare-house.ts";

export function beforeTests(kind: DatabaseKind, open: (databases: HouseGiven) => Promise<void>): void {
  const closing: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    const fresh = await freshDatabase(kind);
    const database = await openDatabase({ url: fresh.url });
    const keysDatabase = await openDatabase({ url: "sqlite::memory:" });
    closing.push(
      () => keysDatabase.close(),
      () => database.close(),
      () => fresh.remove(),
    );
    await open({ database, keysDatabase });
  });
  afterAll(async () => {
    for (const each of closing) await each();
  });
}
