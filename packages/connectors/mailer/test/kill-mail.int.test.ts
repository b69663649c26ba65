import { mariaDbSkipReason } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { killMail } from "./kill-mail.ts";

describe("hub, worker and database that are killed at moments of chance (DC)", () => {
  it("lose no mail, and what left twice says so, on SQLite", async () => {
    const orders = [["worker", "hub", "worker"]] as const;
    expect(await killMail({ kind: "sqlite", orders, messages: 80, seed: 1 })).toMatchObject({
      messages: 80,
    });
  }, 120_000);

  it.skipIf(mariaDbSkipReason() !== undefined)(
    "lose no mail, and what left twice says so, on MariaDB",
    async () => {
      const orders = [["database", "worker", "hub"]] as const;
      const kept = await killMail({ kind: "mariadb", orders, messages: 80, seed: 2 });
      expect(kept).toMatchObject({ messages: 80 });
    },
    120_000,
  );
});
