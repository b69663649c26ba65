import { openDatabase } from "@preau/database";
import { instant, manualClock } from "@preau/kernel";
import { type DatabaseKind, describeOnMariaDb, freshDatabaseUrl } from "@preau/testing";
import { describe, onTestFinished } from "vitest";
import { makeAccountsHouse } from "./accounts-house.ts";

/** A house over fresh databases of that kind, closed when the test has finished. */
export async function openAccounts(
  kind: DatabaseKind = "sqlite",
  { at = "2026-11-23T08:00:00.000Z", lean = false } = {},
) {
  const clock = manualClock(instant(at));
  const database = await openDatabase({ url: await freshDatabaseUrl(kind) });
  const keysDatabase = await openDatabase({ url: await freshDatabaseUrl("sqlite") });
  const house = await makeAccountsHouse({ database, keysDatabase }, clock, { lean });
  const close = async () => {
    await house.subjects.finishForgetting();
    house.vault.close();
    await database.close();
    await keysDatabase.close();
  };
  return { ...house, clock, keysDatabase, close };
}

/** The same, for tests that do not close it themselves. */
export async function openHouse(kind: DatabaseKind = "sqlite", at = "2026-11-23T08:00:00.000Z") {
  const house = await openAccounts(kind, { at });
  onTestFinished(() => house.close());
  return house;
}

/** A suite on both databases. */
export function describeKinds(suite: (kind: DatabaseKind) => void): void {
  describe("on SQLite", () => suite("sqlite"));
  describeOnMariaDb("on MariaDB", () => suite("mariadb"));
}
