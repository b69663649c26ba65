import { openDatabase } from "@preau/database";
import { addHours, type Instant, instant } from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import { describe, expect, it } from "vitest";
import { actOnPurge } from "../src/act-on-purge.ts";
import { approvePurge, cancelPurge, takeBackApproval } from "../src/decide-purge.ts";
import { retentionOptions } from "../src/options.ts";
import { purgeDues } from "../src/purge-dues.ts";
import { OTHER_SCHOOL, SCHOOL } from "./house.ts";
import { LONG_AGO, NOW, needsApproval, notCeiling, openPurging, RECENT } from "./purging-bench.ts";
import { account, memoryLifecycle, type RetentionHouseOptions, WHERE } from "./retention-house.ts";
import { leftOf, PUPIL_KIND } from "./school.ts";

const NOTHING = { pupil: 0, result: 0, visit: 0 };
const DPO = { role: "controllerDpo" } as const;

describeEachDatabase("purges", openDatabase, (fresh) => {
  const open = async (more: Partial<RetentionHouseOptions> = {}) => openPurging(await fresh(), more);

  describe("a survey (D12.4)", () => {
    it("keeps counts by rule and day alone, and proposes what is over, once", async () => {
      const { survey, rows, purges, events } = await open();
      const first = await survey();
      expect(first).toMatchObject({ accounts: 3, withoutRole: 0, withoutRule: 0, held: 0 });
      expect(first.proposed).toHaveLength(1);
      expect(await rows("ret_forecast")).toEqual([
        { ...WHERE, rule: "unusedData", decided_by: "ceiling", day: "2026-03-01", persons: 2 },
        { ...WHERE, rule: "unusedData", decided_by: "ceiling", day: "2028-11-01", persons: 1 },
      ]);
      expect((await survey()).proposed).toEqual([]);
      expect(await purges()).toMatchObject([
        {
          rule: "unusedData",
          clause: "D12.4",
          ground: "retention",
          state: "proposed",
          needs: "nobody",
          persons: 2,
        },
      ]);
      expect(await purges(OTHER_SCHOOL)).toEqual([]);
      expect(await events()).toEqual(["retention.purgeProposed"]);
    });

    it("leaves time to look where it finds something late, and none to a deleted account (D12.2)", async () => {
      const accounts = [
        account(1, { lastActivity: LONG_AGO }),
        account(2, { deletedAt: instant("2026-11-26T06:30:00.000Z") }),
        // Two years since 27 November: its day begins at midnight in Paris.
        account(3, { lastActivity: instant("2024-11-28T15:00:00.000Z") }),
      ];
      const { survey, purges } = await open({ accounts });
      await survey();
      expect((await purges()).map(({ rule, actsAt, ground }) => [rule, ground, actsAt])).toEqual([
        ["deletedAccount", "account-deleted", NOW],
        ["unusedData", "retention", "2026-11-27T08:00:00.000Z"],
        ["unusedData", "retention", "2026-11-27T23:00:00.000Z"],
      ]);
    });

    it("counts an account whose role cannot be told, and one that nothing ends", async () => {
      const { survey } = await open({ accounts: [{ identifier: { kind: PUPIL_KIND, value: "1" } }] });
      expect(await survey()).toMatchObject({ accounts: 1, withoutRole: 1, withoutRule: 1, forecast: [] });
    });

    it("proposes no more at once than it may, says so, and goes on with the rest", async () => {
      const accounts = [1, 2, 3, 4, 5].map((n) => account(n, { lastActivity: LONG_AGO }));
      const { survey, purges } = await open({ accounts, options: { batchPersons: 1, batches: 2 } });
      const persons = async () => (await purges()).reduce((sum, each) => sum + each.persons, 0);
      for (const [more, all] of [
        [true, 2],
        [true, 4],
        [false, 5],
        [false, 5],
      ] as const) {
        expect((await survey()).more).toBe(more);
        expect(await persons()).toBe(all);
      }
    });

    it("refuses a store without accounts", async () => {
      const { ports, options } = await open();
      const { surveyStore } = await import("../src/survey.ts");
      await expect(surveyStore(ports, options, { ...WHERE, source: "journal" })).rejects.toMatchObject({
        code: "RETENTION_NO_ACCOUNTS",
      });
    });
  });

  describe("a purge that acts (D12.4)", () => {
    it("leaves alone whoever rests in one store and works in another, and asks all of them", async () => {
      const { survey, clock, worker, one, counts, ports, schoolDatabase } = await open();
      const school = ports.sources.get("school");
      if (school === undefined) throw new Error("no school");
      const other = memoryLifecycle([account(1, { lastActivity: RECENT })]);
      (ports.sources as Map<string, typeof school>).set("other", { ...school, lifecycle: other.lifecycle });
      await survey();
      clock.set(addHours(NOW, 25));
      other.fail(new Error("silent"));
      await expect(actOnPurge(ports, retentionOptions.parse({}), await one())).rejects.toThrow("silent");
      other.fail(undefined);
      const acted = await actOnPurge(ports, retentionOptions.parse({}), await one());
      expect(acted).toMatchObject({ outcome: "ordered", dropped: 1 });
      (ports.sources as Map<string, typeof school>).delete("other");
      await worker.drain();
      expect(await counts()).toContainEqual({ state: "moved", why: "notDue", persons: 1 });
      expect(await leftOf(schoolDatabase, 1)).toMatchObject({ pupil: 1 });
      expect(await leftOf(schoolDatabase, 3)).toEqual(NOTHING);
    });

    it("becomes an erasure under the rule's clause, with its receipt, and forgets its persons", async () => {
      const { survey, clock, worker, one, rows, schoolDatabase, receipt, sequencer } = await open();
      await survey();
      expect((await worker.drain()).dead).toBe(0);
      expect((await one()).state).toBe("proposed"); // its moment is tomorrow
      clock.set(addHours(NOW, 25));
      await worker.drain();
      await sequencer.runOnce();
      const purge = await one();
      expect(purge).toMatchObject({ state: "closed", verdict: "PASS" });
      expect(await leftOf(schoolDatabase, 1)).toEqual(NOTHING);
      expect(await leftOf(schoolDatabase, 3)).toEqual(NOTHING);
      expect(await leftOf(schoolDatabase, 2)).toMatchObject({ pupil: 1 });
      expect(await rows("ret_purge_person")).toEqual([]);
      const filed = await receipt(purge.receipt ?? "ers_none");
      expect(filed).toMatchObject({ ground: "retention", clause: "D12.4", verdict: "PASS" });
      expect(filed.stores.find(({ store }) => store === "retention")?.tables).toContainEqual({
        ...{ table: "ret_purge_person", erased: 2, anonymised: 0, kept: 0 },
      });
    });

    it("reads the facts again: who signed in, or is gone, drops out with the reason", async () => {
      const { survey, clock, memory, counts, act, schoolDatabase, events } = await open();
      await survey();
      memory.set("1", { lastActivity: instant("2026-11-26T09:00:00.000Z") });
      memory.remove("3");
      clock.set(addHours(NOW, 25));
      expect(await act()).toMatchObject({ outcome: "empty", dropped: 2 });
      expect(await counts()).toEqual([
        { state: "moved", why: "gone", persons: 1 },
        { state: "moved", why: "notDue", persons: 1 },
      ]);
      expect(await leftOf(schoolDatabase, 1)).toMatchObject({ pupil: 1 });
      expect(await events()).toContain("retention.personDropped");
    });

    it("lets the others go when one has moved", async () => {
      const { survey, clock, memory, act, worker, schoolDatabase, one } = await open();
      await survey();
      memory.set("1", { lastActivity: RECENT });
      clock.set(addHours(NOW, 25));
      expect(await act()).toMatchObject({ outcome: "ordered", dropped: 1 });
      await worker.drain();
      expect(await leftOf(schoolDatabase, 1)).toMatchObject({ pupil: 1 });
      expect(await leftOf(schoolDatabase, 3)).toEqual(NOTHING);
      expect(await one()).toMatchObject({ state: "closed", verdict: "PASS" });
    });

    it("acts once when two workers take it at once", async () => {
      const { survey, clock, ports, options, one, rows } = await open();
      await survey();
      clock.set(addHours(NOW, 25));
      const purge = await one();
      const outcomes = await Promise.all([
        actOnPurge(ports, options, purge),
        actOnPurge(ports, options, purge),
      ]);
      expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(["ordered", "over"]);
      expect(await rows("ret_erasure")).toHaveLength(1);
    });

    it("acts on an account that the store marked as deleted, its clock running from then (D12.2)", async () => {
      const deletedAt = instant("2026-11-26T06:30:00.000Z");
      const { survey, worker, rows, one, schoolDatabase } = await open({
        accounts: [account(1, { deletedAt })],
      });
      await survey();
      await worker.drain();
      expect(await rows("ret_erasure")).toMatchObject([
        { ground: "account-deleted", clause: "D12.2", due_at: "2026-11-27T06:30:00.000Z" },
      ]);
      expect(await one()).toMatchObject({ state: "closed", verdict: "PASS" });
      expect(await leftOf(schoolDatabase, 1)).toEqual(NOTHING);
    });

    it("stays as it is while the store does not answer, and goes on when it does", async () => {
      const { survey, clock, memory, act, one } = await open();
      await survey();
      clock.set(addHours(NOW, 25));
      memory.fail(new Error("silent"));
      await expect(act()).rejects.toThrow("silent");
      expect((await one()).state).toBe("proposed");
      memory.fail(undefined);
      expect((await act()).outcome).toBe("ordered");
    });
  });

  describe("a big purge", () => {
    it("is announced 90, 30, 7 days and 1 day before, each once, as shown and not as sent (D12.4)", async () => {
      const lastActivity = instant("2025-01-10T09:00:00.000Z");
      const accounts = Array.from({ length: 50 }, (_, n) => account(n + 1, { lastActivity }));
      const { survey, clock, rows, events, ports } = await open({ accounts });
      const ahead = async () => (await rows("ret_notice")).map((row) => row["ahead"]);
      await survey();
      expect(await ahead()).toEqual(["days(90)"]);
      await survey();
      for (const [day, notices] of [
        ["2026-12-10", 1],
        ["2026-12-11", 2],
        ["2027-01-03", 3],
        ["2027-01-09", 4],
        ["2027-01-10", 4],
      ] as const) {
        clock.set(instant(`${day}T08:00:00.000Z`));
        await survey();
        expect([day, (await ahead()).length]).toEqual([day, notices]);
      }
      expect((await events()).filter((type) => type === "retention.purgeNoticed")).toHaveLength(4);
      clock.set(instant("2026-12-12T08:00:00.000Z"));
      const before = instant("2027-12-01T00:00:00.000Z");
      const dues = await purgeDues(ports)({ controller: SCHOOL, before });
      expect(dues.map(({ title }) => title.en)).toContain("Big purge announced");
      expect(await purgeDues(ports)({ controller: OTHER_SCHOOL, before })).toEqual([]);
    });

    it("is none below the agreement's figure", async () => {
      const lastActivity = instant("2025-01-10T09:00:00.000Z");
      const accounts = Array.from({ length: 49 }, (_, n) => account(n + 1, { lastActivity }));
      const { survey, rows } = await open({ accounts });
      await survey();
      expect(await rows("ret_notice")).toEqual([]);
    });
  });

  describe("an approval (D12.1)", () => {
    it("is what a purge waits for, with who gave it and when; at the ceiling it acts without", async () => {
      const due = instant("2024-12-10T15:00:00.000Z");
      const { survey, clock, act, one, ports } = await open({
        ...needsApproval,
        accounts: [account(1, { lastActivity: due })],
      });
      await survey();
      expect(await one()).toMatchObject({
        needs: "controller",
        actsAt: "2026-12-09T23:00:00.000Z",
        ceilingAt: "2026-12-09T23:00:00.000Z",
      });
      const at = { controller: SCHOOL, id: (await one()).id };
      const approve = (by: Parameters<typeof approvePurge>[2]["by"]) =>
        ports.unitOfWork.transaction((unit) => approvePurge(unit, ports, { ...at, by }));
      await expect(approve({ role: "publisherDpo" })).rejects.toMatchObject({
        code: "RETENTION_NEEDS_INSTRUCTION",
      });
      expect(await approve(DPO)).toMatch(/^ins_/);
      expect(await one()).toMatchObject({ state: "approved", approvedBy: "controllerDpo", approvedAt: NOW });
      expect((await act()).outcome).toBe("waits"); // approved, and not yet its day
      clock.set("2026-12-09T23:00:01.000Z" as Instant);
      expect((await act()).outcome).toBe("ordered");
    });

    it("given by nobody: a rule that is no ceiling waits, a ceiling does not", async () => {
      for (const [more, outcome] of [
        [notCeiling, "waits"],
        [needsApproval, "ordered"],
      ] as const) {
        const { survey, clock, act } = await open(more);
        await survey();
        clock.set(addHours(NOW, 25));
        expect((await act()).outcome).toBe(outcome);
      }
    });

    it("that is taken back stops no deleted account: its 24 hours run on (D12.2)", async () => {
      const deletedAt = instant("2026-11-26T06:30:00.000Z");
      const { survey, one, ports, worker, schoolDatabase } = await open({
        accounts: [account(1, { deletedAt })],
      });
      await survey();
      const { id } = await one();
      for (const work of [approvePurge, takeBackApproval])
        await ports.unitOfWork.transaction((unit) => work(unit, ports, { controller: SCHOOL, id, by: DPO }));
      expect(await one()).toMatchObject({ state: "proposed", needs: "nobody" });
      await worker.drain();
      expect(await leftOf(schoolDatabase, 1)).toEqual(NOTHING);
    });

    it("is taken back before it acts; a cancelled purge keeps its persons, and is not proposed again (D5)", async () => {
      const { survey, clock, act, one, ports, purges, memory } = await open(notCeiling);
      await survey();
      const at = { controller: SCHOOL, id: (await one()).id, by: DPO };
      const inUnit = <T>(
        work: typeof approvePurge | typeof takeBackApproval | typeof cancelPurge,
      ): Promise<T> => ports.unitOfWork.transaction((unit) => work(unit, ports, at)) as Promise<T>;
      await inUnit(approvePurge);
      await inUnit(takeBackApproval);
      clock.set(addHours(NOW, 25));
      expect((await act()).outcome).toBe("waits");
      await inUnit(cancelPurge);
      expect((await act()).outcome).toBe("over");
      await expect(inUnit(approvePurge)).rejects.toMatchObject({ code: "RETENTION_PURGE_OVER" });
      await survey();
      expect(await purges()).toHaveLength(1);
      // Signed in since, and two years old again: another day, another decision.
      memory.set("1", { lastActivity: instant("2024-11-20T09:00:00.000Z") });
      await survey();
      expect(await purges()).toHaveLength(2);
    });

    it("cannot cancel what a ceiling ends (D12.4)", async () => {
      const { survey, one, ports } = await open();
      await survey();
      const at = { controller: SCHOOL, id: (await one()).id, by: DPO };
      await expect(
        ports.unitOfWork.transaction((unit) => cancelPurge(unit, ports, at)),
      ).rejects.toMatchObject({
        code: "RETENTION_CEILING",
      });
      const foreign = { ...at, controller: OTHER_SCHOOL };
      await expect(
        ports.unitOfWork.transaction((unit) => approvePurge(unit, ports, foreign)),
      ).rejects.toMatchObject({ code: "RETENTION_NO_PURGE" });
    });
  });
});
