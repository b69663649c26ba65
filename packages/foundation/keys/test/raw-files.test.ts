import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { migrate, openDatabase } from "@preau/database";
import { controllerId, makeIds, manualClock } from "@preau/kernel";
import { temporaryFolder } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { type KeyScope, keyMigrations, openKeyStore } from "../src/index.ts";
import { unwrapDataKey, unwrapEpochKey, unwrapRing } from "../src/ring.ts";

const rootKey = new Uint8Array(32).fill(7);
const clock = manualClock();
const scope = (n: number): KeyScope => ({ controller: controllerId("a"), kind: "subject", id: `sub_${n}` });

async function setUp() {
  const file = join(temporaryFolder(), "keys.sqlite");
  const database = await openDatabase({ url: `sqlite:${file}` });
  onTestFinished(() => database.close());
  await migrate(database, [keyMigrations]);
  const store = await openKeyStore({ database, rootKey, clock, ids: makeIds(clock) });
  const scopes = Array.from({ length: 300 }, (_, n) => scope(n));
  await store.withKeys(scopes, () => undefined);
  const rows = async () =>
    database
      .knex<{ id: string; scope_id: string; shard: number; wrapped_key: Buffer }>("key_scope")
      .whereNotNull("wrapped_key");
  const state = async () => {
    const row = await database
      .knex<{ epoch: number; wrapped_epoch_key: Buffer; ring: Buffer }>("key_state")
      .first();
    return row!;
  };
  const raw = () =>
    Buffer.concat(
      ["", "-wal", "-shm"]
        .map((end) => file + end)
        .filter(existsSync)
        .map((each) => readFileSync(each)),
    );
  return { store, rows, state, raw, database };
}

describe("destroyed keys on disk (D12.2, NIST SP 800-88r2 §3.2)", () => {
  it("leave neither wrapped key nor old epoch in any raw file of SQLite", async () => {
    const { store, rows, state, raw } = await setUp();
    for (let round = 0; round < 12; round += 1) {
      const victims = (await rows()).filter((_, n) => n % 29 === round);
      const old = await state();
      expect(raw().includes(old.wrapped_epoch_key)).toBe(true);
      const { scrubbed } = await store.destroy(victims.map((row) => scope(Number(row.scope_id.slice(4)))));
      expect(scrubbed).toBe(true);
      const files = raw();
      expect(files.includes(old.wrapped_epoch_key)).toBe(false);
      expect(files.includes(old.ring.subarray(0, 64))).toBe(false);
      for (const victim of victims) expect(files.includes(victim.wrapped_key)).toBe(false);
    }
  });

  it("are opened by no old epoch key together with the new tables, nor by a new one with the old rows", async () => {
    const { store, rows, state } = await setUp();
    const [oldRows, old] = [await rows(), await state()];
    const oldEpochKey = unwrapEpochKey(rootKey, old.wrapped_epoch_key, old.epoch)!;
    const oldRing = unwrapRing(oldEpochKey, old.ring, old.epoch)!;
    const victim = oldRows.find((row) => row.scope_id === "sub_70")!;
    expect(unwrapDataKey(oldRing.get(victim.shard)!, victim.wrapped_key, victim.id)).toBeDefined();

    await store.destroy(scope(70));
    const now = await state();
    for (const epoch of [old.epoch, now.epoch])
      expect(unwrapRing(oldEpochKey, now.ring, epoch)).toBeUndefined();
    for (const row of (await rows()).filter((each) => each.shard === victim.shard)) {
      expect(unwrapDataKey(oldRing.get(victim.shard)!, row.wrapped_key, row.id)).toBeUndefined();
    }
    const newRing = unwrapRing(
      unwrapEpochKey(rootKey, now.wrapped_epoch_key, now.epoch)!,
      now.ring,
      now.epoch,
    )!;
    for (const key of newRing.values())
      expect(unwrapDataKey(key, victim.wrapped_key, victim.id)).toBeUndefined();
  });

  it("say scrubbed: false while a reader holds the old pages, and are scrubbed at the next opening", async () => {
    const { store, database, raw, state } = await setUp();
    const reader = await openDatabase({ url: database.url });
    onTestFinished(() => reader.close());
    const old = await state();
    await reader.knex.raw("BEGIN DEFERRED"); // one connection: it reads on
    await reader.knex("key_state").first();
    expect((await store.destroy(scope(1))).scrubbed).toBe(false);
    expect((await store.epoch()).scrubbed).toBe(false);
    await reader.knex.raw("ROLLBACK");
    await openKeyStore({ database, rootKey, clock, ids: makeIds(clock) });
    expect((await store.epoch()).scrubbed).toBe(true);
    expect(raw().includes(old.wrapped_epoch_key)).toBe(false);
  });
});
