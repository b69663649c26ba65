/** SIGKILL of worker, hub and database in every order, while a desk delivers: no event is lost, none is dealt with twice. */
import { mariaDbSkipReason } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { killSupport } from "./kill-support.ts";

const SEED = 11;

describe("a bridge whose processes are killed while hooks come in (support-bridge 1)", () => {
  it("loses no event and doubles none, on SQLite", async () => {
    const orders = [["worker", "hub"]] as const;
    const found = await killSupport({ kind: "sqlite", orders, hooksAnOrder: 18, seed: SEED });
    expect(found).toMatchObject({ done: 18, words: 18, dropped: 0 });
  }, 240_000);

  it.skipIf(mariaDbSkipReason() !== undefined)(
    "loses no event and doubles none, its database killed too, on MariaDB",
    async () => {
      // Each is the first once; `npm run soak -- support` takes all six orders.
      const orders = [
        ["hub", "worker", "database"],
        ["worker", "database", "hub"],
        ["database", "hub", "worker"],
      ] as const;
      const found = await killSupport({ kind: "mariadb", orders, hooksAnOrder: 12, seed: SEED });
      expect(found).toMatchObject({ done: 36, words: 36, dropped: 0 });
    },
    360_000,
  );
});
