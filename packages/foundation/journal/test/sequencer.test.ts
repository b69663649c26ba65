import { addMillis, manualClock } from "@preau/kernel";
import { describe, expect, it, onTestFinished } from "vitest";
import { makeSequencer, makeSigner } from "../src/index.ts";
import { about, openFreshJournal, school } from "./open-journal.ts";

async function setUp() {
  const clock = manualClock();
  const opened = await openFreshJournal("memory", clock);
  onTestFinished(opened.close);
  const { journal, unitOfWork, database, ids, origin, signer } = opened;
  const record = (count: number) =>
    unitOfWork.transaction((unit) =>
      journal.recordMany(
        unit,
        Array.from({ length: count }, (_, n) => about(`sub_${n}`)),
      ),
    );
  const another = (change = {}) => makeSequencer({ database, clock, ids, origin, signer, ...change });
  return { ...opened, manual: clock, record, another };
}

describe("sequencer (DD.7)", () => {
  it("numbers in batches across the edges of tiles, and the audit holds", async () => {
    const { record, another, journal } = await setUp();
    await record(600);
    expect(await another({ batch: 70 }).runOnce()).toBe(600);
    expect(await journal.audit("activity")).toEqual({ holds: true, size: 600 });
  });

  it("numbers nothing while another holds the lease, and goes on when that has ended", async () => {
    const { record, another, manual } = await setUp();
    const [one, two] = [another(), another()];
    await record(3);
    expect(await one.runOnce()).toBe(3);
    await record(2);
    expect(await two.runOnce()).toBe(0);
    manual.advance(501);
    expect(await two.runOnce()).toBe(2);
    await record(1);
    expect(await one.runOnce()).toBe(0);
    await two.stop();
    expect(await one.runOnce()).toBe(1);
  });

  it("is not bound by a lease from a clock that runs ahead", async () => {
    const { record, another, manual, database } = await setUp();
    await record(1);
    await another().runOnce();
    const wrong = { lease_owner: "seq_other", lease_until: addMillis(manual.now(), 3_600_000) };
    await database.knex("jrn_tree").update(wrong);
    await record(1);
    expect(await another().runOnce()).toBe(1);
  });

  it("refuses to go on with another key (JOURNAL_OTHER_SIGNER), another name, or a changed tile", async () => {
    const { record, another, database, manual } = await setUp();
    await record(5);
    await another().runOnce();
    manual.advance(501);
    await record(1);
    const signer = makeSigner(new Uint8Array(32).fill(5));
    await expect(another({ signer }).runOnce()).rejects.toMatchObject({ code: "JOURNAL_OTHER_SIGNER" });
    await expect(another({ origin: "other.example" }).runOnce()).rejects.toMatchObject({
      code: "JOURNAL_OTHER_SIGNER",
    });
    await database.knex("jrn_tile").update({ hashes: Buffer.alloc(5 * 32) });
    await expect(another().runOnce()).rejects.toMatchObject({ code: "JOURNAL_BROKEN" });
  });

  it("proves an entry within a second of its commit when it runs", async () => {
    const { record, sequencer, journal } = await setUp();
    sequencer.start();
    onTestFinished(() => sequencer.stop());
    const [id] = await record(1);
    expect(await journal.prove(school, id!, { waitMs: 1000 })).toContain("c2sp.org/tlog-proof@v1");
  });
});

describe("audit of a log (DD.7)", () => {
  it.each([
    [
      "a changed header",
      (knex: Knex) => knex("jrn_entry").where({ log_index: 2 }).update({ type: "test.other" }),
    ],
    ["a lost entry", (knex: Knex) => knex("jrn_entry").where({ log_index: 2 }).delete()],
    ["a truncated end", (knex: Knex) => knex("jrn_entry").where({ log_index: 4 }).delete()],
    [
      "a changed commitment",
      (knex: Knex) =>
        knex("jrn_entry")
          .where({ log_index: 1 })
          .update({ subject_commitment: Buffer.alloc(32) }),
    ],
    [
      "two entries exchanged",
      async (knex: Knex) => {
        await knex("jrn_entry").where({ log_index: 1 }).update({ log_index: 99 });
        await knex("jrn_entry").where({ log_index: 2 }).update({ log_index: 1 });
        await knex("jrn_entry").where({ log_index: 99 }).update({ log_index: 2 });
      },
    ],
  ])("finds %s", async (_title, change) => {
    const { record, sequencer, journal, database } = await setUp();
    await record(5);
    await sequencer.runOnce();
    expect((await journal.audit("activity")).holds).toBe(true);
    await change(database.knex);
    expect((await journal.audit("activity")).holds).toBe(false);
  });
});

type Knex = Awaited<ReturnType<typeof setUp>>["database"]["knex"];

describe("full disk while the journal appends", () => {
  it("says DATABASE_FULL, leaves nothing half-written, and goes on when there is room", async () => {
    const { record, sequencer, journal, database } = await setUp();
    await record(20);
    await sequencer.runOnce();
    const count = async () => (await database.knex("jrn_entry").count({ n: "*" }).first<{ n: number }>()).n;
    const [{ page_count: pages }] = (await database.knex.raw("PRAGMA page_count")) as [
      { page_count: number },
    ];
    await database.knex.raw(`PRAGMA max_page_count = ${pages}`);
    await expect(record(200)).rejects.toMatchObject({ code: "DATABASE_FULL" });
    expect(await count()).toBe(20);
    await database.knex.raw("PRAGMA max_page_count = 100000");
    await record(200);
    const [{ page_count: more }] = (await database.knex.raw("PRAGMA page_count")) as [{ page_count: number }];
    await database.knex.raw(`PRAGMA max_page_count = ${more}`);
    await sequencer
      .runOnce()
      .catch((error: unknown) => expect(error).toMatchObject({ code: "DATABASE_FULL" }));
    expect((await journal.audit("activity")).holds).toBe(true);
    await database.knex.raw("PRAGMA max_page_count = 100000");
    await sequencer.runOnce();
    expect(await journal.audit("activity")).toEqual({ holds: true, size: 220 });
  });
});
