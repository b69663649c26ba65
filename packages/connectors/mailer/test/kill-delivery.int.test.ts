/** SIGKILL after the server has taken a message and before anybody wrote it down: twice at most, and known as one. */
import path from "node:path";
import { systemClock } from "@preau/kernel";
import { freshDatabaseUrl, mariaDbSkipReason, spawnSource } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { makeMailHouse, message, openHouseDatabases } from "./mail-house.ts";
import { headerOf, startSmtpPeer } from "./smtp-peer.ts";

const script = path.join(import.meta.dirname, "programs/deliver.ts");

async function kill(kind: "sqlite" | "mariadb") {
  const peer = await startSmtpPeer();
  onTestFinished(() => peer.close());
  const urls = [await freshDatabaseUrl(kind), await freshDatabaseUrl("sqlite")] as const;
  const both = await openHouseDatabases(...urls);
  onTestFinished(() => Promise.all([both.database.close(), both.keysDatabase.close()]).then(() => undefined));
  const { send, row } = await makeMailHouse(both, systemClock);
  const id = await send(message());
  const args = [...urls, String(peer.options.port)];
  const first = spawnSource(script, args);
  peer.setMood("takeAndHangUp");
  peer.onTaken(() => first.child.kill("SIGKILL"));
  expect((await first.ended).signal).toBe("SIGKILL");
  expect(await row(id)).toMatchObject({ state: "queued" });
  peer.setMood("take");
  peer.onTaken(() => undefined);
  const second = spawnSource(script, args);
  expect(await second.ended, second.errors()).toMatchObject({ code: 0 });
  expect(await row(id)).toMatchObject({ state: "accepted" });
  const ids = peer.received.map((mail) => headerOf(mail, "Message-ID"));
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
}

describe("a worker that is killed while a message leaves (DC)", () => {
  it("loses none, and doubles one under its own id, on SQLite", () => kill("sqlite"), 60_000);
  it.skipIf(mariaDbSkipReason() !== undefined)(
    "loses none, and doubles one under its own id, on MariaDB",
    () => kill("mariadb"),
    60_000,
  );
});
