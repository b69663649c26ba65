import { type DatabaseKind, describeOnMariaDb, freshDatabaseUrl } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { killErasures } from "./kill-erasures.ts";

/** Kills on each database, 10 in all; `npm run soak` asks for 200. */
const KILLS = 5;

async function killOn(kind: DatabaseKind) {
  const urls = [
    await freshDatabaseUrl(kind),
    await freshDatabaseUrl("sqlite"),
    await freshDatabaseUrl(kind),
  ] as const;
  const result = await killErasures({ urls, times: KILLS, withinMs: 600 });
  expect(result.killed).toBe(KILLS);
  expect(result.inTheMiddle).toBeGreaterThan(0);
  expect(result.receipts).toBeGreaterThan(0);
  process.stderr.write(`${kind}: ${JSON.stringify(result)}\n`);
}

const TITLE =
  "files no receipt that says complete while something is left, none twice, each with the counts of the tables";

describe("kill -9 anywhere in an erasure (D12.2)", () => {
  it(`${TITLE}, on SQLite`, () => killOn("sqlite"), 180_000);
});
describeOnMariaDb("kill -9 anywhere in an erasure, on MariaDB (D12.2)", () => {
  it(TITLE, () => killOn("mariadb"), 180_000);
});
