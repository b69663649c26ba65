import { setOwnPeriod } from "@preau/contracts";
import { openDatabase } from "@preau/database";
import { addHours, type Instant, instant, manualClock } from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { actOnPurge } from "../src/act-on-purge.ts";
import { approvePurge, cancelPurge, takeBackApproval } from "../src/decide-purge.ts";
import { liftHold, placeHold } from "../src/place-hold.ts";
import type { Purge } from "../src/purge.ts";
import { purgeAgedRows } from "../src/purge-aged-rows.ts";
import { purgeDues } from "../src/purge-dues.ts";
import { countPersons, listPurges } from "../src/store/purges.ts";
import { takeUpRequests } from "../src/take-up-requests.ts";
import { OTHER_SCHOOL, SCHOOL } from "./house.ts";
import {
  account,
  databasesWith,
  openRetentionHouse,
  type RetentionHouseOptions,
  WHERE,
} from "./retention-house.ts";
import { leftOf, PUPIL_KIND } from "./school.ts";

const NOW = instant("2026-11-26T08:00:00.000Z");
const LONG_AGO = instant("2024-03-01T09:00:00.000Z");
const RECENT = instant("2026-11-01T09:00:00.000Z");
const NOTHING = { pupil: 0, result: 0, visit: 0 };
const DPO = { role: "controllerDpo" } as const;

describeEachDatabase("purges", openDatabase, (fresh) => {
  async function open(more: Partial<RetentionHouseOptions> = {}) {
    const accounts = more.accounts ?? [
      account(1, { lastActivity: LONG_AGO }),
      account(2, { lastActivity: RECENT }),
      account(3, { lastActivity: LONG_AGO }),
    ];
    const pupils = accounts.map(({ identifier }) => Number(identifier.value));
    const databases = await databasesWith(await fresh(), pupils);
    onTestFinished(async () => {
      await databases.keysDatabase.close();
      await databases.schoolDatabase.close();
    });
    const clock = manualClock(NOW);
    const house = await openRetentionHouse(databases, { clock, ...more, accounts });
    const { unitOfWork } = house.ports;
    const purges = (controller = SCHOOL) =>
      unitOfWork.transaction((unit) =>
        listPurges(unit, {
          controller,
          states: ["proposed", "approved", "ordered", "closed", "cancelled", "empty"],
        }),
      );
    const one = async (): Promise<Purge> => {
      const [first] = await purges();
      if (first === undefined) throw new Error("no purge");
      return first;
    };
    const counts = async () => {
      const purge = await one();
      return unitOfWork.transaction((unit) => countPersons(unit, purge));
    };
    const act = async () => actOnPurge(house.ports, house.options, await one());
    const events = async () => {
      const entries = await unitOfWork.transaction((unit) =>
        house.ports.journal.entries(unit, { controller: SCHOOL, log: "evidence", limit: 200 }),
      );
      return entries
        .map(({ type }) => type)
        .filter((type) => type.startsWith("retention."))
        .reverse();
    };
    return { ...house, databases, purges, one, counts, act, events };
  }
  const needsApproval: Partial<RetentionHouseOptions> = {
    agreement: (reference) => ({
      ...reference,
      retention: reference.retention.map((rule) =>
        rule.id === "unusedData" ? { ...rule, approval: "controller" as const } : rule,
      ),
    }),
  };
  const notCeiling: Partial<RetentionHouseOptions> = {
    agreement: (reference) => ({
      ...reference,
      retention: reference.retention.map((rule) =>
        rule.id === "unusedData" ? { ...rule, approval: "controller" as const, ceiling: false } : rule,
      ),
    }),
  };

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

    it("of any kind keep an account from being erased on its own request, until they are lifted", async () => {
      const { ports, identify, order, worker, schoolDatabase, receipt, rows, clock } = await open();
      const subject = await identify(1);
      const id = await ports.unitOfWork.transaction((unit) =>
        placeHold(unit, ports, { ...hold, covers: "person", subject, lawful: false }),
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
      expect(await rows("ret_hold")).toMatchObject([{ subject: null, lifted_by: "controllerDpo" }]);
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
