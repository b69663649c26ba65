import { mainland } from "@preau/calendar";
import { openDatabase } from "@preau/database";
import { verifyReceiptOrProof } from "@preau/journal";
import { addHours, inMemoryLookAgain, inMemoryPersonalDataSource, inMemoryStore } from "@preau/kernel";
import { codeOf, describeEachDatabase } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { SCHOOL } from "./house.ts";
import {
  breaking,
  NOTHING,
  noteStore,
  openRunning,
  receiptOf,
  schoolCounts,
  type Wrap,
  wrapped,
} from "./running.ts";
import { leftOf, rowsOf } from "./school.ts";

describeEachDatabase("run an erasure", openDatabase, (fresh) => {
  const open = async () => openRunning(await fresh());

  describe("from the order to the receipt (D12.2)", () => {
    it("erases everywhere, counts what went, files a receipt that verifies, and forgets the plan", async () => {
      const { house, run, order, now, opened, clock, closed, vkey, ports } = await open();
      const id = await order([1]);
      const outcome = await run(id);
      const receipt = await receiptOf(house, outcome);
      expect(receipt.verdict).toBe("PASS");
      expect(receipt.stores.map(({ store, verdict }) => [store, verdict])).toEqual([
        ["school", "PASS"],
        ["journal", "PASS"],
        ["subjects", "PASS"],
      ]);
      expect(schoolCounts(receipt)).toEqual({ pupil: 1, ...rowsOf(1) });
      expect(receipt.dueAt).toBe(addHours(clock.now(), 24));
      expect(verifyReceiptOrProof(receipt.file, { vkey }).result).toBe("TRUE");
      expect(await leftOf(house.schoolDatabase, 1)).toEqual(NOTHING);
      expect(await leftOf(house.schoolDatabase, 2)).toEqual({ pupil: 1, ...rowsOf(2) });
      expect(await now(id)).toMatchObject({ state: "closed", subjects: [], receipt: receipt.id });
      expect(await opened()).toEqual([]);
      expect(closed).toMatchObject([{ receipt: receipt.id, verdict: "PASS" }]);
      expect(await ports.vault.destruction({ controller: SCHOOL, kind: "controller", id })).toBeDefined();
      expect(await house.database.knex("ret_erasure").first("sealed_plan")).toEqual({ sealed_plan: null });
    });

    it("keeps no clear trace of the person at rest while it runs", async () => {
      const { house, run, order } = await open();
      const id = await order([1]);
      const stop = new Error("stop");
      await run(id, {
        sources: wrapped(
          house,
          "school",
          breaking(1, () => stop),
        ),
      });
      const rows: unknown = await house.database.knex("ret_erasure");
      expect(
        JSON.stringify(rows, (_, value: unknown) =>
          value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value,
        ),
      ).not.toMatch(/tilleul/i);
    });

    it("runs a closed erasure no second time, and none of another controller", async () => {
      const { run, order, house } = await open();
      const id = await order([1]);
      const first = await run(id);
      expect(await run(id)).toEqual(first);
      const count = await house.ports.unitOfWork.transaction((unit) =>
        house.ports.receipts.receipts(unit, SCHOOL, "closed"),
      );
      expect(count).toHaveLength(1);
      expect(await codeOf(run("era_00000000000000000000000000"))).toBe("RETENTION_NO_ERASURE");
    });

    it("refuses before the first write when a store refuses to plan", async () => {
      const { house, run, order, opened, now } = await open();
      const id = await order([1]);
      const refusing: Wrap = ({ source, second }) => ({
        second,
        source: { ...source, plan: async () => Promise.reject(new Error("unknown table")) },
      });
      await expect(run(id, { sources: wrapped(house, "subjects", refusing) })).rejects.toThrow(
        "unknown table",
      );
      expect(await opened()).toEqual([]);
      expect(await now(id)).toMatchObject({ state: "ordered", progress: {} });
      expect(await leftOf(house.schoolDatabase, 1)).toEqual({ pupil: 1, ...rowsOf(1) });
    });

    it("says on the receipt what a store registered after the plan was not asked", async () => {
      const { house, run, order } = await open();
      const id = await order([1]);
      await run(id, {
        sources: wrapped(
          house,
          "school",
          breaking(1, () => new Error("down")),
        ),
      });
      const store = inMemoryStore([]);
      const late = {
        source: inMemoryPersonalDataSource({ store, id: "late" }),
        second: inMemoryLookAgain(store),
      };
      const receipt = await receiptOf(
        house,
        await run(id, { sources: new Map([...house.sources, ["late", late]]) }),
      );
      expect(receipt.verdict).toBe("UNKNOWN");
      expect(receipt.notCovered).toMatchObject([{ what: "late" }]);
    });

    it("takes PENDING from a documented delay, and counts the last copy from its end (D12.3)", async () => {
      const { house, run, order, clock } = await open();
      const slow: Wrap = ({ source, second }) => ({
        second,
        source: { ...source, describe: () => ({ ...source.describe(), documentedDelayHours: 48 }) },
      });
      const receipt = await receiptOf(
        house,
        await run(await order([1]), { sources: wrapped(house, "school", slow) }),
      );
      expect(receipt.verdict).toBe("PENDING");
      expect(receipt.stores[0]).toMatchObject({ verdict: "PENDING", until: addHours(clock.now(), 48) });
      expect(receipt.lastCopy).toEqual({ date: "2027-05-25", basis: "agreement" });
      const quick = await receiptOf(house, await run(await order([2])));
      expect(quick.lastCopy.date).toBe("2027-05-23");
    });

    it("counts the last copy on the calendar of the controller's place (D12.3)", async () => {
      const { house, run, order } = await open(); // 08:00 UTC: the day before, far to the west
      const placeOf = async () => ({ ...mainland, zone: "Pacific/Pago_Pago" });
      const west = { ...house.ports, contracts: { ...house.ports.contracts, placeOf } };
      expect((await receiptOf(house, await run(await order([1]), {}, west))).lastCopy.date).toBe(
        "2027-05-22",
      );
    });

    it("lists what a store never covers, though its plan does not", async () => {
      const { house, run, order } = await open();
      const partly: Wrap = ({ source, second }) => ({
        second,
        source: {
          ...source,
          describe: () => ({ ...source.describe(), notCovered: [{ what: "files", why: "no folder given" }] }),
        },
      });
      const receipt = await receiptOf(
        house,
        await run(await order([1]), { sources: wrapped(house, "school", partly) }),
      );
      expect(receipt.verdict).toBe("UNKNOWN");
      expect(receipt.stores[0]?.verdict).toBe("UNKNOWN");
      expect(receipt.notCovered).toEqual([{ what: "files", why: "no folder given" }]);
    });
  });

  describe("a store that fails (D12.2)", () => {
    it("keeps the erasure open, notes the code, keeps what finds the person, and goes on later with exact counts", async () => {
      const { house, run, order, now, opened } = await open();
      const id = await order([1]);
      const outcome = await run(id, {
        sources: wrapped(
          house,
          "school",
          breaking(2, () => Object.assign(new Error("x"), { code: "STORE_DOWN" })),
        ),
      });
      expect(outcome).toMatchObject({ closed: false, failed: [{ store: "school", code: "STORE_DOWN" }] });
      const between = await now(id);
      expect(between?.progress["school"]).toMatchObject({ done: false, failed: "STORE_DOWN" });
      expect(between?.progress["subjects"]).toBeUndefined();
      expect(await opened()).toHaveLength(1);
      const receipt = await receiptOf(house, await run(id));
      expect(receipt.verdict).toBe("PASS");
      expect(schoolCounts(receipt)).toEqual({ pupil: 1, ...rowsOf(1) });
      expect((await now(id))?.progress["school"]).not.toHaveProperty("failed");
    });

    it("erases the other stores meanwhile", async () => {
      const { house, run, order, now } = await open();
      const { notes, registered } = noteStore();
      const broken = wrapped(
        house,
        "school",
        breaking(0, () => new Error("down")),
      );
      const sources = new Map([...broken, ["notes", registered] as const]);
      const id = await order([1]);
      expect(await run(id, { sources })).toMatchObject({ closed: false, failed: [{ store: "school" }] });
      expect(notes()).toBe(0);
      expect((await now(id))?.progress).toMatchObject({
        notes: { done: true },
        school: { failed: "UNEXPECTED" },
      });
    });

    it("is open while a planned store is gone, and closes when it is back", async () => {
      const { house, run, order } = await open();
      const id = await order([1]);
      await run(id, {
        sources: wrapped(
          house,
          "school",
          breaking(1, () => new Error("down")),
        ),
      });
      const without = new Map([...house.sources].filter(([store]) => store !== "school"));
      expect(await run(id, { sources: without })).toMatchObject({
        closed: false,
        failed: [{ store: "school", code: "RETENTION_STORE_FAILED" }],
      });
      expect((await receiptOf(house, await run(id))).verdict).toBe("PASS");
    });

    it("is UNKNOWN when the store is gone for its second look", async () => {
      const { house, run, order, now } = await open();
      const id = await order([1]);
      const blind: Wrap = ({ source }) => ({
        source,
        second: { lookAgain: async () => Promise.reject(new Error("down")) },
      });
      expect(await run(id, { sources: wrapped(house, "school", blind) })).toMatchObject({
        closed: false,
        failed: [{ store: "school" }],
      });
      expect((await now(id))?.progress["school"]).toMatchObject({ done: true, failed: "UNEXPECTED" });
      const without = new Map([...house.sources].filter(([store]) => store !== "school"));
      const receipt = await receiptOf(house, await run(id, { sources: without }));
      expect(receipt.stores[0]).toMatchObject({ store: "school", verdict: "UNKNOWN" });
      expect(receipt.verdict).toBe("UNKNOWN");
      expect((await now(id))?.progress["school"]).not.toHaveProperty("failed");
    });

    it("says FAILED when the second look finds what the run left, and names the place", async () => {
      const { house, run, order } = await open();
      const id = await order([1]);
      const forgetful: Wrap = ({ source, second }) => ({
        second,
        source: { ...source, erase: async function* () {} },
      });
      const receipt = await receiptOf(house, await run(id, { sources: wrapped(house, "school", forgetful) }));
      expect(receipt.verdict).toBe("FAILED");
      expect(receipt.stores[0]?.why).toContain("result.pupil_id");
      expect(schoolCounts(receipt)).toEqual({ pupil: 0, result: 0, visit: 0 });
    });

    it("ends at the worker's signal without calling it a failure of the store", async () => {
      const { house, run, order, now } = await open();
      const id = await order([1]);
      const stopping = new AbortController();
      await expect(
        run(id, { signal: stopping.signal, onStep: () => stopping.abort(new Error("lease lost")) }),
      ).rejects.toThrow();
      expect((await now(id))?.progress["school"]).toMatchObject({ done: false });
      expect((await now(id))?.progress["school"]).not.toHaveProperty("failed");
      const receipt = await receiptOf(house, await run(id));
      expect([receipt.verdict, schoolCounts(receipt)]).toEqual(["PASS", { pupil: 1, ...rowsOf(1) }]);
    });
  });
});
