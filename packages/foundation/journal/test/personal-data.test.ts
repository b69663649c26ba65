import { addHours, controllerId, type PlanRequest, type SubjectId } from "@preau/kernel";
import { describeOnMariaDb } from "@preau/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { journalPersonalData, verifyReceiptOrProof } from "../src/index.ts";
import { about, openFreshJournal, school } from "./open-journal.ts";

const mine: SubjectId = "sub_mine";
const other: SubjectId = "sub_other";

function suite(kind: "memory" | "mariadb") {
  let world: Awaited<ReturnType<typeof openFreshJournal>>;
  beforeEach(async () => {
    world = await openFreshJournal(kind);
  });
  afterEach(() => world.close());

  const storeOf = (keyBackupHours: number | "unknown" = 0) =>
    journalPersonalData({
      database: world.database,
      journal: world.journal,
      keyStore: world.keyStore,
      keyBackupHours,
    });
  const record = (...events: ReturnType<typeof about>[]) =>
    world.unitOfWork.transaction((unit) => world.journal.recordMany(unit, events));
  const plan = (change: Partial<PlanRequest> = {}) =>
    storeOf().source.plan({
      controller: school,
      subjects: [{ subject: mine, identifiers: [] }],
      ground: "account-deleted",
      ...change,
    });
  const run = async (made: Awaited<ReturnType<typeof plan>>) => {
    let anonymised = 0;
    for await (const step of storeOf().source.erase(made)) anonymised += step.anonymised;
    return anonymised;
  };

  it("plans the entries about a person and those in which the person acted, and writes nothing", async () => {
    await record(about(mine), about(other), about(other, { actor: { role: "dataSubject", id: mine } }));
    const made = await plan();
    expect(made.tables).toEqual([{ table: "jrn_entry", erased: 0, anonymised: 2, kept: 0 }]);
    expect(await storeOf().source.remaining(made)).toEqual(made.tables);
    expect((await storeOf().second.lookAgain(school, made.traces)).hits).toBe(2);
  });

  it("reaches what is archived: planned, collected, erased, looked for again (DD.8)", async () => {
    await record(
      about(mine),
      about(other),
      about(mine),
      about(other, { actor: { role: "dataSubject", id: mine } }),
    );
    await world.sequencer.runOnce();
    const soon = addHours(world.clock.now(), 1);
    await world.keeping.archiveActivity({ controller: school, before: soon });
    const made = await plan();
    const whole = [
      { table: "jrn_entry", erased: 0, anonymised: 0, kept: 0 },
      { table: "jrn_archive", erased: 0, anonymised: 3, kept: 0 },
    ];
    expect(made.tables).toEqual(whole);
    expect(await storeOf().second.lookAgain(school, made.traces)).toMatchObject({
      hits: 3,
      where: [{ place: "jrn_archive.sealed", hits: 3 }],
    });
    const collected = [];
    const request = { controller: school, subject: { subject: mine, identifiers: [] } };
    for await (const each of storeOf().source.collect(request)) collected.push(each.where);
    expect(collected).toEqual(["jrn_archive", "jrn_archive", "jrn_archive"]);
    expect(await run(made)).toBe(3);
    expect(await run(made)).toBe(0);
    expect((await storeOf().second.lookAgain(school, made.traces)).hits).toBe(0);
    expect((await plan({ subjects: [{ subject: other, identifiers: [] }] })).tables[1]).toMatchObject({
      anonymised: 2,
    });
  });

  it("erases by the key: nothing opens, nothing is left to do, every proof holds", async () => {
    const [entry] = await record(about(mine), about(mine));
    await world.sequencer.runOnce();
    const made = await plan();
    expect(await run(made)).toBe(2);
    expect(await run(made)).toBe(0);
    expect(await storeOf().source.remaining(made)).toEqual([
      { table: "jrn_entry", erased: 0, anonymised: 0, kept: 0 },
    ]);
    const report = await storeOf().second.lookAgain(school, made.traces);
    expect(report).toMatchObject({ referenceColumns: 3, hits: 0 });
    const records = [];
    const request = { controller: school, subject: { subject: mine, identifiers: [] } };
    for await (const each of storeOf().source.collect(request)) records.push(each);
    expect(records).toEqual([]);
    const proof = await world.journal.prove(school, entry!);
    expect(verifyReceiptOrProof(proof!, { vkey: world.journal.vkey("activity") }).result).toBe("TRUE");
  });

  it("collects a person's entries page after page, and nobody else's", async () => {
    await record(...Array.from({ length: 1_201 }, () => about(mine)), about(other));
    let count = 0;
    const request = { controller: school, subject: { subject: mine, identifiers: [] } };
    for await (const each of storeOf().source.collect(request)) {
      expect(each).toMatchObject({ where: "jrn_entry", row: { payload: { name: "Zoé Martin" } } });
      count += 1;
    }
    expect(count).toBe(1_201);
  });

  it("leaves other persons and other controllers alone", async () => {
    await record(about(mine), about(other));
    const elsewhere = await plan({ controller: controllerId("college-2") });
    expect(await run(elsewhere)).toBe(0);
    await run(await plan());
    const left = await world.unitOfWork.transaction((unit) =>
      world.journal.entries(unit, { controller: school, subject: other }),
    );
    expect(left.map((entry) => entry.subject?.payload)).toEqual([{ name: "Zoé Martin" }]);
  });

  it("erases nobody who is held by law", async () => {
    await record(about(mine));
    const made = await plan({ held: [{ subject: mine, clause: "D6.2c" }] });
    expect(made.blocked).toEqual([{ subject: mine, reason: "held", clause: "D6.2c" }]);
    expect(await run(made)).toBe(0);
  });

  it("documents how long a backup of the keys may live, and refuses to rewrite aloud", async () => {
    expect(storeOf("unknown").source.describe().documentedDelayHours).toBe("unknown");
    expect(storeOf(72).source.describe().documentedDelayHours).toBe(72);
    const subject = { subject: mine, identifiers: [] };
    for (const answer of [
      await storeOf().source.rectify({ controller: school, subject, changes: [] }),
      await storeOf().source.restrict(school, subject),
      await storeOf().source.lift(school, subject),
    ]) {
      expect(answer.changed).toBe(0);
      expect(answer.refused).toHaveLength(1);
    }
  });
}

describe("the journal as a store of personal data, on SQLite (D12.2, D10.1a)", () => suite("memory"));
describeOnMariaDb("the journal as a store of personal data (D12.2, D10.1a)", () => suite("mariadb"));
