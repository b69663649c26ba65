import { setOwnPeriod } from "@preau/contracts";
import { openDatabase } from "@preau/database";
import { addHours, instant } from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { actOnPurge } from "../src/act-on-purge.ts";
import { approvePurge } from "../src/decide-purge.ts";
import { liftHold, placeHold } from "../src/place-hold.ts";
import { purgeAgedRows } from "../src/purge-aged-rows.ts";
import { takeUpRequests } from "../src/take-up-requests.ts";
import { OTHER_SCHOOL, SCHOOL } from "./house.ts";
import { LONG_AGO, NOW, notCeiling, openPurging, RECENT } from "./purging-bench.ts";
import { account, type RetentionHouseOptions, WHERE } from "./retention-house.ts";
import { leftOf, PUPIL_KIND } from "./school.ts";

const NOTHING = { pupil: 0, result: 0, visit: 0 };
const DPO = { role: "controllerDpo" } as const;

describeEachDatabase("purges", openDatabase, (fresh) => {
  const open = async (more: Partial<RetentionHouseOptions> = {}) => openPurging(await fresh(), more);

  describe("holds (D6.2c)", () => {
    const hold = {
      controller: SCHOOL,
      basis: "Code du patrimoine, archives en cours de tri",
      by: DPO,
    } as const;

    it("required by law keep a person beyond a ceiling: nobody proposes who is held (D12.4)", async () => {
      const { survey, clock, worker, one, ports, identify, schoolDatabase } = await open();
      const subject = await identify(1);
      await ports.unitOfWork.transaction((unit) =>
        placeHold(unit, ports, { ...hold, covers: "person", subject, lawful: true }),
      );
      const surveyed = await survey();
      expect(surveyed.held).toBe(1);
      expect((await one()).persons).toBe(1);
      clock.set(addHours(NOW, 25));
      await worker.drain();
      expect((await one()).state).toBe("closed");
      expect(await leftOf(schoolDatabase, 1)).toMatchObject({ pupil: 1 });
    });

    it("placed after the proposal, take the person out when it acts, and say so on the receipt", async () => {
      const { survey, clock, worker, one, ports, identify, receipt, schoolDatabase, counts } = await open();
      await survey();
      const subject = await identify(1);
      await ports.unitOfWork.transaction((unit) =>
        placeHold(unit, ports, { ...hold, covers: "person", subject, lawful: true }),
      );
      clock.set(addHours(NOW, 25));
      await worker.drain();
      const purge = await one();
      expect(purge).toMatchObject({ state: "closed", verdict: "PASS" });
      expect(await counts()).toMatchObject([{ state: "held", why: "held", persons: 1 }]);
      expect(await leftOf(schoolDatabase, 1)).toMatchObject({ pupil: 1 });
      expect((await receipt(purge.receipt ?? "ers_none")).kept).toEqual([
        { where: "persons held", rows: 1, reason: `hold required by law: ${hold.basis}`, clause: "D6.2c" },
      ]);
    });

    it("required by no law give way to the ceiling, and keep what no ceiling ends", async () => {
      for (const [more, left] of [
        [{}, 0],
        [notCeiling, 1],
      ] as const) {
        const { survey, clock, worker, ports, schoolDatabase, purges } = await open(more);
        await ports.unitOfWork.transaction((unit) =>
          placeHold(unit, ports, { ...hold, covers: "controller", lawful: false }),
        );
        await survey();
        clock.set(addHours(NOW, 25));
        await worker.drain();
        expect((await leftOf(schoolDatabase, 1)).pupil).toBe(left);
        expect(await purges()).toMatchObject(left === 1 ? [] : [{ state: "closed", verdict: "PASS" }]);
      }
    });

    it("required by law keep an account from being erased on its own request until they are lifted, no other does (D12.2)", async () => {
      const { ports, identify, order, worker, schoolDatabase, receipt, rows, clock } = await open();
      const subject = await identify(1);
      const id = await ports.unitOfWork.transaction((unit) =>
        placeHold(unit, ports, { ...hold, covers: "person", subject, lawful: true }),
      );
      await ports.unitOfWork.transaction((unit) =>
        placeHold(unit, ports, { ...hold, covers: "controller", lawful: false }),
      );
      await order([1], { by: "worker", at: NOW });
      await worker.drain();
      expect(await leftOf(schoolDatabase, 1)).toMatchObject({ pupil: 1 });
      const [first] = await rows("ret_erasure");
      const refused = await receipt((first as { receipt: `ers_${string}` }).receipt);
      expect(refused.verdict).toBe("FAILED");
      const lift = () =>
        ports.unitOfWork.transaction((unit) => liftHold(unit, ports, { controller: SCHOOL, id, by: DPO }));
      expect(await lift()).toBe(id);
      expect(await lift()).toBeUndefined();
      clock.advance(1_000);
      await order([1], { by: "worker", at: NOW });
      await worker.drain();
      expect(await leftOf(schoolDatabase, 1)).toEqual(NOTHING);
      expect(await rows("ret_hold")).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ covers: "person", subject: null, lifted_by: "controllerDpo" }),
        ]),
      );
    });

    it("name a person, a category or a day that there is, and belong to their controller", async () => {
      const { ports, identify } = await open();
      const place = (more: Partial<Parameters<typeof placeHold>[2]>) =>
        ports.unitOfWork.transaction((unit) =>
          placeHold(unit, ports, { ...hold, covers: "controller", lawful: true, ...more }),
        );
      const subject = await identify(1);
      await expect(place({ basis: " " })).rejects.toMatchObject({
        code: "RETENTION_HOLD_BAD",
        place: "basis",
      });
      for (const basis of ["voir eleve.1@hameau.example", `pour ${subject}`])
        await expect(place({ basis })).rejects.toMatchObject({ code: "RETENTION_HOLD_BAD", place: "basis" });
      await expect(place({ until: "2026-11-25" as never })).rejects.toMatchObject({ place: "until" });
      await expect(place({ covers: "category", category: "shoeSize" })).rejects.toMatchObject({
        place: "category",
      });
      await expect(place({ covers: "person", subject: "sub_nobody" })).rejects.toMatchObject({
        code: "RETENTION_NO_SUBJECT",
      });
      await expect(place({ covers: "person", subject, controller: OTHER_SCHOOL })).rejects.toMatchObject({
        code: "RETENTION_NO_SUBJECT",
      });
      const id = await place({ covers: "category", category: "productionsResults" });
      await expect(
        ports.unitOfWork.transaction((unit) =>
          liftHold(unit, ports, { controller: OTHER_SCHOOL, id, by: DPO }),
        ),
      ).rejects.toMatchObject({ code: "RETENTION_NO_HOLD" });
    });
  });

  describe("the controller's own period (D5)", () => {
    it("is a recorded instruction, and the next survey uses it", async () => {
      const accounts = [account(1, { lastActivity: instant("2026-02-01T09:00:00.000Z") })];
      const { survey, ports, means, edit, purges, events } = await open({ accounts });
      expect((await survey()).forecast).toMatchObject([{ by: "ceiling", day: "2028-02-01" }]);
      await ports.unitOfWork.transaction(async (unit) => {
        const [contract] = await ports.contracts.contracts(unit, SCHOOL);
        if (contract === undefined) throw new Error("no contract");
        await setOwnPeriod(
          unit,
          means,
          { ...edit, controller: SCHOOL },
          {
            contract: contract.id,
            rule: "unusedData",
            duration: { unit: "months", amount: 6 },
          },
        );
      });
      expect((await survey()).forecast).toMatchObject([{ by: "ownPeriod", day: "2026-08-01" }]);
      expect(await purges()).toMatchObject([{ rule: "unusedData", ceilingAt: "2028-01-31T23:00:00.000Z" }]);
      expect(await events()).toEqual(["retention.purgeProposed"]);
      const entries = await ports.unitOfWork.transaction((unit) =>
        ports.journal.entries(unit, { controller: SCHOOL, type: "contracts.instructionRecorded", limit: 1 }),
      );
      expect(entries[0]?.payload).toMatchObject({ deed: "ownPeriodSet", after: { unusedData: "months(6)" } });
    });
  });

  describe("a purge larger than the agreed share of a store", () => {
    const many = Array.from({ length: 30 }, (_, n) => account(n + 1, { lastActivity: RECENT }));

    it("waits for somebody to look when the clock has jumped by years (D12.4)", async () => {
      const { survey, clock, act, one, counts, events } = await open({ accounts: many });
      expect((await survey()).proposed).toEqual([]);
      clock.set(instant("2031-01-01T08:00:00.000Z"));
      await survey();
      clock.set(instant("2031-01-02T08:00:01.000Z"));
      expect((await act()).outcome).toBe("tooLarge");
      expect((await act()).outcome).toBe("waits");
      expect(await one()).toMatchObject({ needs: "human", state: "proposed" });
      expect((await events()).filter((type) => type === "retention.purgeTooLarge")).toHaveLength(1);
      // The clock is right again: what it made due is withdrawn, and everybody is free for what really is.
      clock.set(addHours(NOW, 48));
      await survey();
      expect(await one()).toMatchObject({ state: "empty" });
      expect(await counts()).toEqual([{ state: "moved", why: "notDue", persons: 30 }]);
      clock.set(instant("2028-11-02T08:00:00.000Z"));
      expect((await survey()).proposed).toHaveLength(1);
    });

    it("is none where accounts were deleted in the store: their 24 hours wait for nobody (D12.2)", async () => {
      const deletedAt = instant("2026-11-26T07:00:00.000Z");
      const { survey, act, one } = await open({ accounts: many.map((each) => ({ ...each, deletedAt })) });
      await survey();
      expect((await act()).outcome).toBe("ordered");
      expect(await one()).toMatchObject({ ground: "account-deleted", persons: 30 });
    });

    it("counts what smaller purges of the day add up to, and goes once somebody has looked", async () => {
      const accounts = many.map((each, n) => ({ ...each, lastActivity: n < 25 ? LONG_AGO : RECENT }));
      const { survey, clock, ports, options, purges } = await open({
        accounts,
        options: { batchPersons: 5, batches: 9 },
      });
      await survey();
      clock.set(addHours(NOW, 25));
      const all = await purges();
      expect(all).toHaveLength(5);
      for (const purge of all) expect((await actOnPurge(ports, options, purge)).outcome).toBe("tooLarge");
      const [first] = all;
      if (first === undefined) return;
      await ports.unitOfWork.transaction((unit) =>
        approvePurge(unit, ports, { controller: SCHOOL, id: first.id, by: { role: "publisherDpo" } }),
      );
      expect((await actOnPurge(ports, options, first)).outcome).toBe("ordered");
    });
  });

  describe("a deletion asked for in the application (DB.D.self)", () => {
    it("is taken up once, as an order under its own 24 hours (D12.2)", async () => {
      const { memory, ports, worker, rows, schoolDatabase } = await open();
      const requestedAt = instant("2026-11-26T07:15:00.000Z");
      memory.requests.push({
        ...{ id: "17", account: { kind: PUPIL_KIND, value: "2" }, requestedBy: "dataSubject", requestedAt },
      });
      expect(await takeUpRequests(ports, WHERE)).toBe(1);
      expect(await takeUpRequests(ports, WHERE)).toBe(0);
      expect(await rows("ret_erasure")).toMatchObject([
        { ground: "account-deleted", requested_by: "dataSubject", due_at: "2026-11-27T07:15:00.000Z" },
      ]);
      await worker.drain();
      expect(await leftOf(schoolDatabase, 2)).toEqual(NOTHING);
      expect(await takeUpRequests(ports, { ...WHERE, controller: OTHER_SCHOOL })).toBe(0);
    });
  });

  describe("an application's own activity log (DD.8)", () => {
    it("loses the rows whose 6 months and then 1 year are over, and none that a hold keeps", async () => {
      const { memory, ports, events } = await open();
      const [old, young] = [instant("2025-05-26T06:59:00.000Z"), instant("2025-05-26T07:01:00.000Z")];
      memory.log.push(old, young);
      const hold = { controller: SCHOOL, basis: "Incident 2026-4", by: DPO, lawful: false } as const;
      const id = await ports.unitOfWork.transaction((unit) =>
        placeHold(unit, ports, { ...hold, covers: "category", category: "connectionAndUsage" }),
      );
      expect(await purgeAgedRows(ports, WHERE)).toEqual({ erased: 0, held: true });
      await ports.unitOfWork.transaction((unit) =>
        liftHold(unit, ports, { controller: SCHOOL, id, by: DPO }),
      );
      expect(await purgeAgedRows(ports, { ...WHERE, controller: OTHER_SCHOOL })).toEqual({
        erased: 0,
        held: false,
      });
      expect(await purgeAgedRows(ports, WHERE)).toEqual({ erased: 1, held: false });
      expect(memory.log).toEqual([young]);
      expect(await purgeAgedRows(ports, WHERE)).toEqual({ erased: 0, held: false });
      expect((await events()).filter((type) => type === "retention.logRowsPurged")).toHaveLength(1);
    });
  });
});
