import { addHours, type EntryId, type Instant, instant, manualClock, type SubjectId } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { readCheckpoint } from "../src/checkpoint.ts";
import { verifyConsistency, verifyReceiptOrProof } from "../src/index.ts";
import { about, openFreshJournal, school } from "./open-journal.ts";

const START = instant("2026-01-01T00:00:00.000Z");
const HOUSE = { controller: school };

async function open() {
  const clock = manualClock(START);
  const opened = await openFreshJournal("memory", clock);
  onTestFinished(opened.close);
  const { journal, unitOfWork, sequencer, database } = opened;
  /** Entries, an hour apart, numbered. */
  const record = async (count: number, change: Parameters<typeof about>[1] = {}) => {
    const ids: EntryId[] = [];
    for (let n = 0; n < count; n += 1) {
      ids.push(await unitOfWork.transaction((unit) => journal.record(unit, about(`sub_${n % 5}`, change))));
      clock.advance(3_600_000);
    }
    await sequencer.runOnce();
    return ids;
  };
  const rows = async (table: string) => Number((await database.knex(table).count({ n: "*" }))[0]?.["n"]);
  const instructed = async (): Promise<EntryId> => {
    const [id] = await record(1, { log: "evidence", type: "contracts.instructionRecorded" });
    return id!;
  };
  const readAll = async (instruction: EntryId) => {
    const found = [];
    const reading = { ...HOUSE, actor: { role: "support" as const }, instruction, reason: "incident 12" };
    for await (const entry of opened.keeping.readArchive(reading)) found.push(entry);
    return found;
  };
  return { ...opened, clock, record, rows, instructed, readAll };
}

describe("the activity log is archived (DD.8)", () => {
  it("moves what is older, and nothing newer; readers no longer reach it", async () => {
    const { keeping, journal, record, rows, unitOfWork } = await open();
    const ids = await record(30);
    const before = addHours(START, 10);
    expect(await keeping.olderThan({ before })).toEqual({ archive: 10, prune: 10 });
    expect(await keeping.archiveActivity({ ...HOUSE, before })).toEqual({ entries: 10, upTo: 10 });
    expect(await keeping.archiveActivity({ ...HOUSE, before })).toEqual({ entries: 0, upTo: 10 });
    expect(await rows("jrn_archive")).toBe(10); // one an hour
    const left = await unitOfWork.transaction((unit) =>
      journal.entries(unit, { ...HOUSE, log: "activity", limit: 100 }),
    );
    expect(left.map(({ id }) => id)).toEqual(ids.slice(10).reverse());
    expect(await journal.prove(school, ids[3]!, { waitMs: 0 })).toBeUndefined();
    expect(await journal.audit("activity")).toEqual({ holds: true, size: 30 });
  });

  it("opens only on a recorded instruction of that controller, and records that it was opened", async () => {
    const { keeping, record, instructed, readAll, journal, unitOfWork } = await open();
    const [first] = await record(12);
    await keeping.archiveActivity({ ...HOUSE, before: addHours(START, 12) });
    await expect(readAll("jrn_unknown")).rejects.toMatchObject({ code: "JOURNAL_ARCHIVE_NO_INSTRUCTION" });
    const [activity] = await record(1);
    await expect(readAll(activity!)).rejects.toMatchObject({ code: "JOURNAL_ARCHIVE_NO_INSTRUCTION" });

    const instruction = await instructed();
    const found = await readAll(instruction);
    expect(found.map(({ index }) => index)).toEqual(Array.from({ length: 12 }, (_, n) => n));
    expect(found[0]).toMatchObject({
      id: first,
      subject: { payload: { name: "Zoé Martin" } },
      payload: { count: 3 },
    });
    const [opened] = await unitOfWork.transaction((unit) =>
      journal.entries(unit, { ...HOUSE, type: "journal.archiveOpened" }),
    );
    expect(opened).toMatchObject({ actorRole: "support", payload: { instruction }, clause: "DD.8" });
  });

  it("keeps one controller's archive from another's", async () => {
    const { keeping, record, instructed, readAll, database } = await open();
    await record(6);
    await record(6, { controller: "lycee-9" as typeof school });
    await keeping.archiveActivity({ ...HOUSE, before: addHours(START, 12) });
    expect(await readAll(await instructed())).toHaveLength(6);
    // A segment that somebody moves to another controller does not open there.
    await database.knex("jrn_archive").where({ controller: "lycee-9" }).update({ controller: school });
    await expect(readAll(await instructed())).rejects.toMatchObject({ code: "JOURNAL_ARCHIVE_BROKEN" });
  });

  it("forgets a person in the archive too: the segment opens, the slot does not", async () => {
    const { keeping, record, instructed, readAll, journal } = await open();
    await record(10);
    await keeping.archiveActivity({ ...HOUSE, before: addHours(START, 10) });
    await journal.forget(school, "sub_2");
    const found = await readAll(await instructed());
    expect(found.filter(({ subject }) => subject === undefined).map(({ index }) => index)).toEqual([2, 7]);
    expect(await journal.audit("activity")).toMatchObject({ holds: true });
  });

  it("stops where an incident hold begins, and is not stopped by a clock that was ahead", async () => {
    const { keeping, record, clock } = await open();
    await record(5);
    clock.advance(40 * 365 * 86_400_000);
    await record(1);
    clock.advance(-40 * 365 * 86_400_000);
    await record(20);
    const before = addHours(START, 20);
    expect(await keeping.olderThan({ before, heldFrom: addHours(START, 3) })).toEqual({
      archive: 3,
      prune: 3,
    });
    expect(await keeping.archiveActivity({ ...HOUSE, before, heldFrom: addHours(START, 3) })).toMatchObject({
      entries: 3,
    });
    expect(await keeping.archiveActivity({ ...HOUSE, before })).toMatchObject({ upTo: 20 });
    expect(await keeping.pruneActivity({ ...HOUSE, before, heldFrom: addHours(START, 3) })).toMatchObject({
      upTo: 3,
    });
    expect(await keeping.pruneActivity({ ...HOUSE, before })).toMatchObject({ upTo: 20 });
  });
});

describe("the activity log is gone (DD.8)", () => {
  it("removes archive and entries; what remains is proved, and old checkpoints still hold", async () => {
    const { keeping, record, rows, journal, unitOfWork, sequencer } = await open();
    const heads = [];
    const ids: EntryId[] = [];
    const proofs: string[] = [];
    for (const count of [7, 300, 13, 260]) {
      ids.push(...(await record(count)));
      heads.push(readCheckpoint((await journal.checkpoint("activity"))!)!);
      proofs.push((await journal.prove(school, ids.at(-2)!))!);
    }
    await keeping.archiveActivity({ ...HOUSE, before: addHours(START, 400) });
    await keeping.pruneActivity({ ...HOUSE, before: addHours(START, 320) }); // in the middle of a tile
    expect(await keeping.standing("activity")).toEqual({
      size: 580,
      archived: 400,
      minimum: 320,
      inArchive: 80,
    });
    await keeping.pruneActivity({ ...HOUSE, before: addHours(START, 500) });
    expect(await keeping.standing("activity")).toEqual({
      size: 580,
      archived: 500,
      minimum: 500,
      inArchive: 0,
    });
    expect([await rows("jrn_archive"), await journal.audit("activity")]).toEqual([
      0,
      { holds: true, size: 580 },
    ]);

    await record(1);
    const last = readCheckpoint((await journal.checkpoint("activity"))!)!;
    for (const head of heads) {
      const proof = await journal.proveConsistency("activity", head.size, last.size);
      expect(verifyConsistency(head, last, proof)).toBe(true);
    }
    // Exported before: a file of one's own. Exported now: what remains.
    const vkey = journal.vkey("activity");
    for (const proof of proofs) expect(verifyReceiptOrProof(proof, { vkey }).result).toBe("TRUE");
    const remaining = (await journal.prove(school, ids[500]!))!;
    expect(verifyReceiptOrProof(remaining, { vkey }).result).toBe("TRUE");
    await sequencer.runOnce();
    const told = await unitOfWork.transaction((unit) =>
      journal.entries(unit, { ...HOUSE, log: "evidence", type: "journal.prunedTo" }),
    );
    expect(told.map(({ payload }) => payload?.["to"])).toEqual([500, 400, 320]);
  });

  it("is audited while it is archived and pruned", async () => {
    const { keeping, journal, unitOfWork, sequencer, clock } = await open();
    for (let hour = 0; hour < 12; hour += 1) {
      const events = Array.from({ length: 300 }, (_, n) => about(`sub_${n % 5}`));
      await unitOfWork.transaction((unit) => journal.recordMany(unit, events));
      clock.advance(3_600_000);
    }
    await sequencer.runOnce();
    const before = addHours(START, 9);
    const working = keeping
      .archiveActivity({ ...HOUSE, before })
      .then(() => keeping.pruneActivity({ ...HOUSE, before }));
    const reports = [];
    for (const busy = { done: false }; !busy.done; ) {
      void working.then(() => (busy.done = true));
      reports.push((await journal.audit("activity")).holds);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await working;
    expect(new Set(reports)).toEqual(new Set([true]));
    expect(await keeping.standing("activity")).toMatchObject({ minimum: 2_700 });
  });

  it("goes on signing when the whole log is gone", async () => {
    const { keeping, record, rows, journal, clock } = await open();
    await record(20);
    await keeping.pruneActivity({ ...HOUSE, before: clock.now() });
    expect([await rows("jrn_entry"), await journal.audit("activity")]).toEqual([
      1,
      { holds: true, size: 20 },
    ]);
    const [id] = await record(1);
    expect(await journal.audit("activity")).toEqual({ holds: true, size: 21 });
    expect(await journal.prove(school, id!)).toContain("c2sp.org/tlog-proof@v1");
  });

  it.each([
    ["a segment that is missing", "jrn_archive 0", (q) => q("jrn_archive").delete()],
    [
      "a segment that was changed",
      "jrn_archive 0",
      (q) => q("jrn_archive").update({ sealed: Buffer.alloc(90) }),
    ],
    [
      "a minimum that nobody signed",
      "jrn_tree minimum",
      (q) => q("jrn_tree").where({ log: "activity" }).update({ minimum: 8 }),
    ],
    [
      "entries that were taken for archived",
      "jrn_archive 8",
      (q) => q("jrn_tree").where({ log: "activity" }).update({ archived: 12 }),
    ],
    [
      "a hash of what is archived that was changed",
      "jrn_tile 0/0",
      (q) =>
        q("jrn_tile")
          .where({ level: 0 })
          .update({ hashes: Buffer.alloc(32 * 20) }),
    ],
  ] satisfies [
    string,
    string,
    (queries: Awaited<ReturnType<typeof open>>["database"]["knex"]) => PromiseLike<unknown>,
  ][])("says where it breaks: %s", async (_what, at, spoil) => {
    const { keeping, record, journal, database } = await open();
    await record(20);
    await keeping.archiveActivity({ ...HOUSE, before: addHours(START, 8) });
    expect((await journal.audit("activity")).holds).toBe(true);
    await spoil(database.knex);
    expect(await journal.audit("activity")).toEqual({ holds: false, size: 20, at });
  });
});

describe("evidence ends entry by entry (D6.1b, D6.1c, D6.2c)", () => {
  it("destroys the payload; header, commitment, proof and an exported receipt stay", async () => {
    const { keeping, journal, receipts, unitOfWork, sequencer, clock, database } = await open();
    const opening = {
      ground: "account-deleted",
      clause: "D12.2",
      dueAt: addHours(START, 24),
      stores: ["school"],
    };
    const id = await unitOfWork.transaction((unit) =>
      receipts.openReceipt(unit, school, opening as unknown as Parameters<typeof receipts.openReceipt>[2]),
    );
    clock.advance(1000);
    const stillOpen = addHours(START, 1);
    await sequencer.runOnce();
    const types = ["journal.receiptOpened", "journal.receiptClosed"];
    expect(await keeping.destroyEvidence({ controller: school, types, before: stillOpen })).toEqual({});
    const closing = { stores: [], kept: [], notCovered: [], agreement: "sha256:0", statements: 0, ms: 0 };
    await unitOfWork.transaction((unit) =>
      receipts.closeReceipt(
        unit,
        school,
        id,
        closing as unknown as Parameters<typeof receipts.closeReceipt>[3],
      ),
    );
    await sequencer.runOnce();
    const file = (await receipts.receiptFile(school, id))!;
    const vkey = journal.vkey("evidence");
    expect(verifyReceiptOrProof(file, { vkey }).result).toBe("TRUE");

    expect(await keeping.destroyEvidence({ controller: school, types, before: stillOpen })).toEqual({
      "journal.receiptClosed": 1,
      "journal.receiptOpened": 1,
    });
    expect(await keeping.destroyEvidence({ controller: school, types, before: stillOpen })).toEqual({});
    await sequencer.runOnce();
    expect(verifyReceiptOrProof(file, { vkey }).result).toBe("TRUE");
    expect(await receipts.receiptFile(school, id)).toBeUndefined();
    const [closed] = await unitOfWork.transaction((unit) =>
      journal.entries(unit, { ...HOUSE, type: "journal.receiptClosed" }),
    );
    expect(closed?.payload).toBeUndefined();
    expect(verifyReceiptOrProof((await journal.prove(school, closed!.id))!, { vkey }).result).toBe("TRUE");
    expect(await journal.audit("evidence")).toMatchObject({ holds: true });
    expect(await database.knex("jrn_entry").whereNotNull("controller_sealed").pluck("type")).toEqual([
      "journal.evidenceDestroyed",
    ]);
  });

  it("touches neither another controller, nor a later entry, nor another kind", async () => {
    const { keeping, record, database } = await open();
    const evidence = { log: "evidence", type: "contracts.instructionRecorded" } as const;
    await record(4, evidence);
    await record(2, { ...evidence, type: "retention.purgeNoticed" });
    await record(2, { ...evidence, controller: "lycee-9" as typeof school });
    const before = addHours(START, 3);
    const spent = { controller: school, types: [evidence.type], before };
    expect(await keeping.destroyEvidence(spent)).toEqual({ [evidence.type]: 3 });
    expect(await database.knex("jrn_entry").whereNull("controller_sealed").pluck("log_index")).toEqual([
      0, 1, 2,
    ]);
  });
});

describe("whatever is archived, pruned, destroyed and forgotten", () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant("record" as const), many: fc.integer({ min: 1, max: 40 }) }),
    fc.record({ do: fc.constant("archive" as const), hours: fc.nat(60) }),
    fc.record({ do: fc.constant("prune" as const), hours: fc.nat(120) }),
    fc.record({ do: fc.constant("destroy" as const), hours: fc.nat(60) }),
    fc.record({ do: fc.constant("forget" as const), subject: fc.nat(4) }),
  );

  it("the audit holds, and every checkpoint is in line with every later one (DD.8)", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
        const clock = manualClock(START);
        const opened = await openFreshJournal("memory", clock);
        const { journal, keeping, unitOfWork, sequencer } = opened;
        const ago = (hours: number): Instant => addHours(clock.now(), -hours);
        const heads = [];
        try {
          for (const each of steps) {
            if (each.do === "record") {
              for (let n = 0; n < each.many; n += 1) {
                const log = n % 3 === 0 ? ("evidence" as const) : ("activity" as const);
                await unitOfWork.transaction((unit) => journal.record(unit, about(`sub_${n % 5}`, { log })));
                clock.advance(1_800_000);
              }
            } else if (each.do === "archive")
              await keeping.archiveActivity({ ...HOUSE, before: ago(each.hours) });
            else if (each.do === "prune") await keeping.pruneActivity({ ...HOUSE, before: ago(each.hours) });
            else if (each.do === "destroy")
              await keeping.destroyEvidence({ ...HOUSE, types: ["test.changed"], before: ago(each.hours) });
            else await journal.forget(school, `sub_${each.subject}` as SubjectId);
            await sequencer.runOnce();
            const head = await journal.checkpoint("activity");
            if (head !== undefined) heads.push(readCheckpoint(head)!);
          }
          const { size, minimum, archived } = await keeping.standing("activity");
          expect([await journal.audit("activity"), await journal.audit("evidence")]).toMatchObject([
            { holds: true, size },
            { holds: true },
          ]);
          expect(minimum <= archived && archived <= size).toBe(true);
          const last = heads.at(-1);
          for (const head of heads) {
            const proof = await journal.proveConsistency("activity", head.size, last!.size);
            expect(verifyConsistency(head, last!, proof)).toBe(true);
          }
        } finally {
          await opened.close();
        }
      }),
      { numRuns: 12 },
    );
  });
});
