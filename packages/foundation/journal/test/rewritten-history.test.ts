import { type Log, type LogFields, manualClock, silentLog } from "@preau/kernel";
import { describe, expect, it, onTestFinished } from "vitest";
import { makeJournal, makeSequencer } from "../src/index.ts";
import { about, openFreshJournal } from "./open-journal.ts";

/** Five signed entries, and one that waits for its number. A `change` of the sequencers is a restart. */
async function setUp(signed = 5) {
  const opened = await openFreshJournal("memory", manualClock());
  onTestFinished(opened.close);
  const { journal, unitOfWork, database, clock, ids, origin, signer, marks, sequencer } = opened;
  const record = (count: number) =>
    unitOfWork.transaction((unit) =>
      journal.recordMany(
        unit,
        Array.from({ length: count }, (_, n) => about(`sub_${n}`)),
      ),
    );
  const options = { database, clock, ids, origin, signer };
  const restart = (change = {}) => makeSequencer({ ...options, marks, ...change });
  await record(signed);
  await sequencer.runOnce();
  await sequencer.stop(); // gives the lease back
  await record(1);
  const audit = () => journal.audit("activity");
  const row = () => database.knex("jrn_tree").where({ log: "activity" });
  return { ...opened, knex: database.knex, options, record, restart, audit, row };
}

type Knex = Awaited<ReturnType<typeof setUp>>["knex"];

/** What somebody who writes to the data alone does to have another history signed. */
async function emptyTree(knex: Knex): Promise<void> {
  await knex("jrn_entry").where({ log_index: 1 }).delete();
  await knex("jrn_entry").update({ log_index: null });
  await knex("jrn_tile").delete();
  await knex("jrn_tree").update({ size: 0, checkpoint: null });
}

/** Tables of the journal, row by row, as a backup holds them. */
async function backup(knex: Knex) {
  const tables = ["jrn_entry", "jrn_tile", "jrn_tree"];
  const kept = await Promise.all(tables.map(async (table) => [table, await knex(table)] as const));
  return async () => {
    for (const [table, rows] of kept) {
      await knex(table).delete();
      for (const row of rows as object[]) await knex(table).insert(row);
    }
  };
}

describe("tables that contradict each other (DD.7)", () => {
  const tree = (knex: Knex) => knex("jrn_tree").where({ log: "activity" });
  const entry = (knex: Knex, index: number) => knex("jrn_entry").where({ log_index: index });
  it.each<[string, string, (knex: Knex) => unknown]>([
    ["a size without checkpoint", "jrn_tree", (knex) => tree(knex).update({ checkpoint: null })],
    ["another size", "jrn_tree", (knex) => tree(knex).update({ size: 4 })],
    [
      "numbers without size and checkpoint",
      "jrn_entry 4",
      (knex) => tree(knex).update({ size: 0, checkpoint: null }),
    ],
    ["a number beyond the size", "jrn_entry 9", (knex) => entry(knex, 4).update({ log_index: 9 })],
    ["a lost last entry", "jrn_entry 4", (knex) => entry(knex, 4).delete()],
    ["a lost number", "jrn_entry 4", (knex) => entry(knex, 4).update({ log_index: null })],
    ["lost tiles", "jrn_tile 0/0", (knex) => knex("jrn_tile").delete()],
    ["a changed tile", "jrn_tile 0/0", (knex) => knex("jrn_tile").update({ hashes: Buffer.alloc(5 * 32) })],
  ])("signs nothing over %s, and the audit says where", async (title, at, change) => {
    const { knex, restart, sequencer, audit, row } = await setUp();
    await change(knex);
    const before = await row();
    // the process that signed last keeps its tree in memory: what changed beneath it is refused too
    const running = title.includes("tile") ? [restart()] : [sequencer, restart()];
    for (const each of running) {
      await expect(each.runOnce()).rejects.toMatchObject({ code: "JOURNAL_BROKEN" });
      await each.stop();
    }
    expect((await row())[0]).toMatchObject({ size: before[0].size, checkpoint: before[0].checkpoint });
    expect(await audit()).toMatchObject({ holds: false, at });
  });

  it("the audit names the changed entry among 700", async () => {
    const { knex, audit } = await setUp(700);
    await knex("jrn_entry").where({ log_index: 600 }).update({ type: "test.other" });
    expect(await audit()).toEqual({ holds: false, size: 700, at: "jrn_entry 600" });
  });

  it("the audit takes no growth meanwhile for a break", async () => {
    const { record, restart, audit } = await setUp(0);
    const running = restart({ batch: 7 });
    await record(500);
    const signing = running.runOnce();
    const sizes = new Set<number>();
    for (let look = 0; look < 60; look += 1) {
      const report = await audit();
      expect(report).toEqual({ holds: true, size: report.size });
      sizes.add(report.size);
    }
    await signing;
    expect(sizes.size).toBeGreaterThan(3);
  });

  it("logs the refusal and where, and goes on looking", async () => {
    const { knex, restart } = await setUp();
    await knex("jrn_tree").update({ checkpoint: null });
    const first = new Promise<readonly [string, LogFields | undefined]>((resolve) => {
      const error: Log["error"] = (event, fields) => resolve([event, fields]);
      const running = restart({ log: { ...silentLog, error } });
      onTestFinished(() => running.stop());
      running.start();
    });
    const fields = { code: "JOURNAL_BROKEN", place: "jrn_tree activity" };
    expect(await first).toEqual(["journal.sequencerFailed", fields]);
  });
});

describe("a history below or beside the one signed last (DD.7)", () => {
  it("is not signed: an emptied tree, one entry deleted (JOURNAL_BEHIND)", async () => {
    const { knex, restart, sequencer, audit, row } = await setUp();
    await emptyTree(knex);
    for (const each of [sequencer, restart()]) {
      await expect(each.runOnce()).rejects.toMatchObject({ code: "JOURNAL_BEHIND" });
      await each.stop();
    }
    expect((await row())[0]).toMatchObject({ size: 0, checkpoint: null });
    expect(await audit()).toEqual({ holds: false, size: 0, at: "key_mark" });
  });

  it("is not signed: an older backup of the data alone; the newer one is, once restored", async () => {
    const { knex, restart, record, audit } = await setUp(300);
    const restoreOlder = await backup(knex);
    await record(300);
    const running = restart();
    await running.runOnce();
    await running.stop();
    const restoreNewer = await backup(knex);
    await restoreOlder();
    await expect(restart().runOnce()).rejects.toMatchObject({ code: "JOURNAL_BEHIND" });
    expect(await audit()).toEqual({ holds: false, size: 300, at: "key_mark" });
    await restoreNewer();
    await record(1);
    await restart().runOnce();
    expect(await audit()).toEqual({ holds: true, size: 602 });
  });

  it("is not signed: one that has grown past the mark elsewhere, with another beginning", async () => {
    const { knex, options, record, restart, audit } = await setUp();
    await emptyTree(knex);
    await record(20);
    const elsewhere = makeSequencer(options); // the key was copied; no marks there
    await elsewhere.runOnce();
    await elsewhere.stop();
    await record(1);
    await expect(restart().runOnce()).rejects.toMatchObject({ code: "JOURNAL_BEHIND" });
    expect(await audit()).toMatchObject({ holds: false, at: "key_mark" });
  });

  it("goes on from a mark that lags, as after a crash between commit and mark", async () => {
    const { options, record, restart, marks, audit } = await setUp(300);
    const crashing = makeSequencer(options);
    await record(400);
    await crashing.runOnce();
    await crashing.stop();
    expect((await marks.read("journal.example/activity"))?.size).toBe(300);
    expect(await audit()).toEqual({ holds: true, size: 701 });
    await record(1);
    expect(await restart().runOnce()).toBe(1);
    expect((await marks.read("journal.example/activity"))?.size).toBe(702);
  });

  it("goes on when the mark cannot be written, and says so", async () => {
    const { restart, marks, audit } = await setUp();
    const lines: string[] = [];
    const log: Log = { ...silentLog, error: (event) => void lines.push(event) };
    const raise = () => Promise.reject(new Error("no room"));
    expect(await restart({ log, marks: { ...marks, raise } }).runOnce()).toBe(1);
    expect(lines).toEqual(["journal.markFailed"]);
    expect(await audit()).toEqual({ holds: true, size: 6 });
  });

  it("begins again under another name on emptied tables, as the remedy says", async () => {
    const { knex, options, keyStore, record, restart, marks } = await setUp();
    for (const table of ["jrn_entry", "jrn_tile", "jrn_tree", "jrn_receipt"]) await knex(table).delete();
    await record(2);
    await expect(restart().runOnce()).rejects.toMatchObject({ code: "JOURNAL_BEHIND" });
    const other = { ...options, origin: "second.example", marks };
    const renamed = makeSequencer(other);
    expect(await renamed.runOnce()).toBe(2);
    expect(await makeJournal({ ...other, keyStore }).audit("activity")).toEqual({ holds: true, size: 2 });
  });
});
