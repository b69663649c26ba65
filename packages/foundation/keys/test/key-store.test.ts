import { type Database, migrate, openDatabase } from "@preau/database";
import { controllerId, type Ids, instant, isFault, makeIds, manualClock } from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import { beforeEach, describe, expect, it } from "vitest";
import { type KeyScope, type KeyStore, keyMigrations, openKeyStore } from "../src/index.ts";

const clock = manualClock(instant("2026-11-23T08:00:00.000Z"));
const ids: Ids = makeIds(clock);
const rootKey = new Uint8Array(32).fill(7);
const school = controllerId("school-a");
const subject = (n: number): KeyScope => ({ controller: school, kind: "subject", id: `sub_${n}` });
const bytes = (text: string) => new TextEncoder().encode(text);

async function openMigrated(options: { url: string }): Promise<Database> {
  const database = await openDatabase(options);
  await migrate(database, [keyMigrations]);
  return database;
}

describeEachDatabase("key store (D12.2, DD.1)", openMigrated, (fresh) => {
  let database: Database;
  let store: KeyStore;
  const reopen = () => openKeyStore({ database, rootKey, clock, ids });

  beforeEach(async () => {
    database = await fresh();
    store = await reopen();
  });

  it("opens what it sealed, also after a restart", async () => {
    const sealed = await store.seal(subject(1), bytes("Zoé"), "jrn_entry jrn_1");
    expect((await store.open(subject(1), sealed, "jrn_entry jrn_1"))?.toString()).toBe("Zoé");
    const again = await reopen();
    expect((await again.open(subject(1), sealed, "jrn_entry jrn_1"))?.toString()).toBe("Zoé");
  });

  it("seals the same text into other bytes each time", async () => {
    const first = await store.seal(subject(1), bytes("Zoé"), "c");
    expect(first.equals(await store.seal(subject(1), bytes("Zoé"), "c"))).toBe(false);
  });

  it("refuses bytes of another context, another scope or changed bytes", async () => {
    const sealed = await store.seal(subject(1), bytes("Zoé"), "row 1");
    await store.seal(subject(2), bytes("Ana"), "row 1");
    await expect(store.open(subject(1), sealed, "row 2")).rejects.toMatchObject({ code: "KEYS_SEAL_BROKEN" });
    await expect(store.open(subject(2), sealed, "row 1")).rejects.toMatchObject({ code: "KEYS_SEAL_BROKEN" });
    for (let at = 0; at < sealed.length; at += 1) {
      const broken = Buffer.from(sealed);
      broken.writeUInt8(broken.readUInt8(at) ^ 1, at);
      await expect(store.open(subject(1), broken, "row 1")).rejects.toMatchObject({
        code: "KEYS_SEAL_BROKEN",
      });
    }
    await expect(store.open(subject(1), new Uint8Array(3), "row 1")).rejects.toMatchObject({
      code: "KEYS_SEAL_BROKEN",
    });
  });

  it("makes and finds keys of more controllers than one statement takes, each its own", async () => {
    const at = (n: number, id: string): KeyScope => ({
      controller: controllerId(`school-${n}`),
      kind: n % 2 === 0 ? "subject" : "actor",
      id,
    });
    const mine = Array.from({ length: 450 }, (_, n) => at(n, `sub_${n}`));
    const idsOf = (from: KeyStore, scopes: readonly KeyScope[]) =>
      from.withKeys(scopes, (keyOf) => scopes.map((scope) => keyOf(scope)?.id), { create: false });
    const sealed = await store.withKeys(mine, (keyOf) =>
      mine.map((scope) => keyOf(scope)?.seal(bytes(`of ${scope.controller}`), "row")),
    );
    const again = await reopen();
    const found = await idsOf(again, mine);
    expect(new Set(found).size).toBe(450);
    expect(found).not.toContain(undefined);
    const opened = await again.withKeys(mine, (keyOf) =>
      mine.map((scope, n) =>
        keyOf(scope)
          ?.open(sealed[n] ?? bytes(""), "row")
          .toString(),
      ),
    );
    expect(opened).toEqual(mine.map(({ controller }) => `of ${controller}`));
    // Asked for in one statement with the others: neither the neighbour's id nor the other kind is a way in.
    const notMine = mine.flatMap((scope, n) => [
      at(n, `sub_${n + 1}`),
      { ...scope, kind: "controller" as const },
    ]);
    const others = await idsOf(again, [...notMine, ...mine]);
    expect(new Set(others.slice(0, notMine.length))).toEqual(new Set([undefined]));
  });

  it("macs and derives the same again, other for another label, scope or controller", async () => {
    const mac = await store.mac(subject(1), "label", "data");
    expect(mac).toHaveLength(32);
    expect(await (await reopen()).mac(subject(1), "label", "data")).toEqual(mac);
    const others = [
      await store.mac(subject(1), "other", "data"),
      await store.mac(subject(2), "label", "data"),
      await store.mac({ ...subject(1), controller: controllerId("school-b") }, "label", "data"),
      await store.mac({ ...subject(1), kind: "actor" }, "label", "data"),
    ];
    for (const other of others) expect(other.equals(mac)).toBe(false);
    const derived = await store.derive(subject(1), "label", 48);
    expect(derived).toHaveLength(48);
    expect(await (await reopen()).derive(subject(1), "label", 48)).toEqual(derived);
  });

  it("opens nothing destroyed, and everything else (NIST SP 800-88r2 §3.2)", async () => {
    const sealed = await Promise.all([1, 2, 3].map((n) => store.seal(subject(n), bytes(`text ${n}`), "c")));
    const before = await store.epoch();
    clock.advance(1000);
    expect(await store.destroy(subject(2))).toEqual({ epoch: before.number + 1, scrubbed: true });
    for (const each of [store, await reopen()]) {
      expect((await each.open(subject(1), sealed[0]!, "c"))?.toString()).toBe("text 1");
      expect(await each.open(subject(2), sealed[1]!, "c")).toBeUndefined();
      expect((await each.open(subject(3), sealed[2]!, "c"))?.toString()).toBe("text 3");
      await expect(each.seal(subject(2), bytes("late"), "c")).rejects.toMatchObject({
        code: "KEYS_DESTROYED",
      });
      await expect(each.mac(subject(2), "l", "d")).rejects.toMatchObject({ code: "KEYS_DESTROYED" });
    }
    expect(await store.destruction(subject(2))).toEqual({
      epoch: before.number + 1,
      destroyedAt: clock.now(),
    });
    expect(await store.destruction(subject(1))).toBeUndefined();
  });

  it("destroys twice as once, and marks a scope that never had a key", async () => {
    await store.seal(subject(1), bytes("a"), "c");
    await store.destroy([subject(1), subject(9)]);
    const epoch = (await store.epoch()).number;
    await store.destroy([subject(1), subject(9)]);
    expect((await store.epoch()).number).toBe(epoch);
    await expect(store.seal(subject(9), bytes("a"), "c")).rejects.toMatchObject({ code: "KEYS_DESTROYED" });
  });

  it("finds a key by its id while it lives, and leads no id back to the scope after", async () => {
    const id = await store.withKeys([subject(1)], (keyOf) => keyOf(subject(1))!.id);
    const macById = () => store.withKeyIds([id, "key_none"], (keyOf) => keyOf(id)?.mac("l", "d"));
    expect(await macById()).toEqual(await store.mac(subject(1), "l", "d"));
    await store.destroy(subject(1));
    expect(await macById()).toBeUndefined();
    expect(await database.knex("key_scope").where({ id })).toEqual([]);
  });

  it("says at which controllers an id has a key that lives, of that kind alone", async () => {
    const elsewhere = { ...subject(1), controller: controllerId("ecole-des-saules") };
    for (const scope of [subject(1), elsewhere, subject(2)]) await store.seal(scope, bytes("a"), "c");
    const { kind, id, controller } = subject(1);
    expect([...(await store.controllersOf(kind, id))].sort()).toEqual(
      [controller, elsewhere.controller].sort(),
    );
    expect(await store.controllersOf("actor", id)).toEqual([]);
    await store.destroy(elsewhere);
    expect(await store.controllersOf(kind, id)).toEqual([controller]);
  });

  it("drops what another process destroyed at its next use", async () => {
    const sealed = await store.seal(subject(1), bytes("Zoé"), "c");
    const other = await reopen();
    expect(await other.open(subject(1), sealed, "c")).toBeDefined();
    await store.destroy(subject(1));
    expect(await other.open(subject(1), sealed, "c")).toBeUndefined();
  });

  it("makes one key when two ask at once", async () => {
    const other = await reopen();
    const macs = await Promise.all(
      [store, other, store, other].map((each) => each.mac(subject(5), "l", "d")),
    );
    for (const mac of macs) expect(mac).toEqual(macs[0]);
  });

  it("refuses another root key", async () => {
    const wrong = openKeyStore({ database, rootKey: new Uint8Array(32).fill(8), clock, ids });
    await expect(wrong).rejects.toMatchObject({ code: "KEYS_ROOT_WRONG" });
    await expect(openKeyStore({ database, rootKey: new Uint8Array(16), clock, ids })).rejects.toSatisfy(
      (error) => isFault(error, "KEYS_ROOT_WRONG"),
    );
  });

  it("opens all live keys of many shards after random destructions", async () => {
    const scopes = Array.from({ length: 150 }, (_, n) => subject(n));
    const macs = await store.withKeys(scopes, (keyOf) => scopes.map((scope) => keyOf(scope)!.mac("l", "d")));
    for (const dead of [[3], [40, 41, 99], [0, 149]]) await store.destroy(dead.map(subject));
    const gone = new Set([3, 40, 41, 99, 0, 149]);
    for (const each of [store, await reopen()]) {
      const after = await each.withKeys(scopes, (keyOf) =>
        scopes.map((scope) => keyOf(scope)?.mac("l", "d")),
      );
      scopes.forEach((_, n) => expect(after[n]).toEqual(gone.has(n) ? undefined : macs[n]));
    }
  });
});

describe("scope of a key", () => {
  it("refuses an id that is not opaque", async () => {
    const database = await openMigrated({ url: "sqlite::memory:" });
    const store = await openKeyStore({ database, rootKey, clock, ids });
    for (const id of ["", "Zoé Martin", "a b", "x".repeat(129)]) {
      await expect(store.mac({ controller: school, kind: "subject", id }, "l", "d")).rejects.toMatchObject({
        code: "KEYS_BAD_SCOPE",
      });
    }
    await database.close();
  });
});
