import { makeWorker, openDatabase } from "@preau/database";
import { addHours, type Instant, instant, manualClock, millisOf } from "@preau/kernel";
import { codeOf, describeEachDatabase } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import type { ErasureId } from "../src/erasure.ts";
import { erasureDues } from "../src/erasure-dues.ts";
import { eraseJob } from "../src/jobs/erase.ts";
import { type ErasureOrder, orderErasure } from "../src/order-erasure.ts";
import { readErasure } from "../src/store/erasures.ts";
import { makeHouse, OTHER_SCHOOL, SCHOOL } from "./house.ts";
import { fillSchool } from "./school.ts";

const FAR = instant("2030-01-01T00:00:00.000Z");

describeEachDatabase("order an erasure", openDatabase, (fresh) => {
  async function open(start = "2026-11-23T08:00:00.000Z") {
    const clock = manualClock(instant(start));
    const inMemory = () => openDatabase({ url: "sqlite::memory:" });
    const [keysDatabase, schoolDatabase] = [await inMemory(), await inMemory()];
    for (const each of [keysDatabase, schoolDatabase]) onTestFinished(() => each.close());
    await fillSchool(schoolDatabase, [1]);
    const house = await makeHouse({ database: await fresh(), keysDatabase, schoolDatabase }, clock);
    const { ports } = house;
    const subject = await house.identify(1);
    const orderOf = (more: Partial<ErasureOrder> = {}): ErasureOrder => ({
      controller: SCHOOL,
      subjects: [subject],
      ground: "account-deleted",
      requestedBy: "dataSubject",
      requestedAt: clock.now(),
      ...more,
    });
    const order = (more: Partial<ErasureOrder> = {}, run?: Parameters<typeof orderErasure>[3]) =>
      ports.unitOfWork.transaction((unit) => orderErasure(unit, ports, orderOf(more), run));
    const read = (id: ErasureId) => ports.unitOfWork.transaction((unit) => readErasure(unit, SCHOOL, id));
    const rows = async (table: string) => house.database.knex<Record<string, unknown>>(table).select();
    return { ...house, clock, subject, orderOf, order, read, rows };
  }

  describe("the order (D12.1, D12.2)", () => {
    it.each([
      ["an ordinary day", "2026-11-23T08:00:00.000Z", "2026-11-24T08:00:00.000Z"],
      ["the night that loses an hour", "2027-03-27T20:30:00.000Z", "2027-03-28T20:30:00.000Z"],
      ["the night that wins one", "2026-10-24T20:30:00.000Z", "2026-10-25T20:30:00.000Z"],
      ["the last of February", "2027-02-28T23:59:59.999Z", "2027-03-01T23:59:59.999Z"],
    ])("is due 24 elapsed hours after the request: %s (D12.2)", async (_, at, due) => {
      const { order, read } = await open(at);
      const erasure = await read(await order());
      expect(erasure).toMatchObject({ requestedAt: at, dueAt: due, clause: "D12.2", state: "ordered" });
      expect(millisOf(due as Instant) - millisOf(at as Instant)).toBe(24 * 3_600_000);
    });

    it("starts its clock at the request, not when it is written", async () => {
      const { order, read, clock } = await open();
      const requestedAt = clock.now();
      clock.advance(5 * 3_600_000);
      expect((await read(await order({ requestedAt })))?.dueAt).toBe(addHours(requestedAt, 24));
    });

    it("is one order while it is open, in turn, at once, and with the persons in another order", async () => {
      const { order, identify, rows } = await open();
      const persons = [await identify(1), await identify(2)];
      const first = await order({ subjects: persons });
      const others = await Promise.all([
        order({ subjects: [...persons].reverse() }),
        order({ subjects: [...persons, ...persons] }),
        order({ subjects: persons }),
      ]);
      expect(others).toEqual([first, first, first]);
      const [one, two] = await Promise.all([order(), order()]);
      expect(one).toBe(two);
      expect(await rows("ret_erasure")).toHaveLength(2);
      expect(await rows("db_job")).toHaveLength(2);
    });

    it("is another order on another ground, for another runner, or for another controller", async () => {
      const { order, identify, rows } = await open();
      const ids = [
        await order(),
        await order({ ground: "contract-end" }),
        await order({}, { by: "caller" }),
        await order({ controller: OTHER_SCHOOL, subjects: [await identify(1, OTHER_SCHOOL)] }),
      ];
      expect(new Set(ids).size).toBe(4);
      expect(await rows("db_job")).toHaveLength(3); // the caller's has no job
    });

    it("leaves its evidence: who asked, on what ground, for each person", async () => {
      const { order, ports, subject } = await open();
      const id = await order();
      const [entry, ...more] = await ports.unitOfWork.transaction((unit) =>
        ports.journal.entries(unit, {
          controller: SCHOOL,
          log: "evidence",
          type: "retention.erasureOrdered",
        }),
      );
      expect(more).toEqual([]);
      expect(entry).toMatchObject({
        clause: "D12.2",
        actorRole: "dataSubject",
        subject: { id: subject, payload: { erasure: id, ground: "account-deleted" } },
      });
    });

    it("happens with the caller's change or not at all", async () => {
      const { ports, orderOf, rows } = await open();
      const failing = ports.unitOfWork.transaction(async (unit) => {
        await orderErasure(unit, ports, orderOf());
        throw new Error("the caller's change failed");
      });
      await expect(failing).rejects.toThrow("caller's change");
      for (const table of ["ret_erasure", "ret_erasure_subject", "db_job", "jrn_entry"])
        expect(await rows(table), table).toEqual([]);
    });

    it("names somebody", async () => {
      const { order } = await open();
      expect(await codeOf(order({ subjects: [] }))).toBe("RETENTION_NOBODY");
    });

    it("never runs later than it is due, however long it is asked to wait", async () => {
      const { order, rows, clock } = await open();
      await order({}, { by: "worker", at: addHours(clock.now(), 40) });
      expect(await rows("db_job")).toMatchObject([{ run_at: addHours(clock.now(), 24) }]);
    });

    it("is run by the worker to its receipt", async () => {
      const { order, read, ports, clock, database, receipt } = await open();
      const id = await order();
      const worker = makeWorker({ database, handlers: [eraseJob(ports)], clock, ids: ports.ids });
      expect(await worker.drain()).toEqual({ done: 1, dead: 0 });
      const closed = await read(id);
      expect(closed?.state).toBe("closed");
      expect((await receipt(closed?.receipt ?? "ers_none")).verdict).toBe("PASS");
    });
  });

  describe("what is due (D12.2)", () => {
    it("shows a controller its own open erasures, most urgent first, and late ones until they close", async () => {
      const { order, identify, ports, clock, sources } = await open();
      const first = await order();
      clock.advance(3_600_000);
      const second = await order({ subjects: [await identify(2)] });
      await order({ controller: OTHER_SCHOOL, subjects: [await identify(1, OTHER_SCHOOL)] });
      const duesOf = (controller: typeof SCHOOL | "all", before: Instant = FAR) =>
        erasureDues(ports)({ controller, before });
      clock.advance(48 * 3_600_000);
      const dues = await duesOf(SCHOOL);
      expect(dues.map(({ id }) => id)).toEqual([first, second]);
      expect(dues[0]).toMatchObject({ clause: "D12.2", href: `/erasures/${first}`, controller: SCHOOL });
      expect(dues.every(({ dueAt }) => dueAt < clock.now())).toBe(true);
      expect(await duesOf("all")).toHaveLength(3);
      expect(await duesOf(OTHER_SCHOOL)).toHaveLength(1);
      expect(await duesOf(SCHOOL, dues[0]?.dueAt)).toEqual([]);
      const go = { id: "job_1", attempt: 1, signal: new AbortController().signal } as const;
      const job = { name: "retention.erase", controller: SCHOOL, payload: { erasure: first } };
      await eraseJob({ ...ports, sources }).handler(job, go);
      expect((await duesOf(SCHOOL)).map(({ id }) => id)).toEqual([second]);
    });
  });
});
