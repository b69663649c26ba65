import { localDate } from "@preau/calendar";
import { openContract, PUBLISHER, registerController } from "@preau/contracts";
import { openDatabase } from "@preau/database";
import { type Instant, instant, type LogName, makeEvents, manualClock } from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { keepLogs, keepLogsJob, scheduleLogKeeping } from "../src/jobs/keep-logs.ts";
import { placeHold } from "../src/place-hold.ts";
import { makeHouse, SCHOOL } from "./house.ts";
import { databasesWith } from "./retention-house.ts";

const START = instant("2024-01-10T09:00:00.000Z");
const BRAKE = { massPersons: 20, massShare: 0.2 };

describeEachDatabase("logs", openDatabase, (fresh) => {
  async function open() {
    const databases = await databasesWith(await fresh(), []);
    onTestFinished(async () => {
      await databases.keysDatabase.close();
      await databases.schoolDatabase.close();
    });
    const clock = manualClock(START);
    const house = await makeHouse(databases, clock);
    const ended: Instant[] = [];
    const ports = {
      ...house.ports,
      events: makeEvents([{ "logs.ended": async ({ before }) => void ended.push(before) }]),
    };
    const { unitOfWork, journal } = ports;
    const record = async (log: LogName, type: string, controller = SCHOOL) => {
      await unitOfWork.transaction((unit) =>
        journal.record(unit, { log, type, controller, actor: { role: "system" }, payload: { n: 1 } }),
      );
      await house.sequencer.runOnce();
    };
    const payloads = async (log: LogName) => {
      const rows = await databases.database
        .knex("jrn_entry")
        .where({ log })
        .whereNotNull("controller_sealed");
      return rows.map(({ type }: { type: string }) => type);
    };
    return { ...house, ports, clock, record, payloads, ended };
  }

  describe("are kept as long as the agreement says (DD.8)", () => {
    it("archives at six months, is gone at eighteen, tells the others, and says so", async () => {
      const { ports, clock, record, ended, sequencer } = await open();
      await record("activity", "accounts.signedIn");
      clock.set(instant("2024-07-10T07:59:00.000Z"));
      await record("activity", "accounts.signedOut");
      expect(await keepLogs(ports, BRAKE)).toMatchObject({ archived: 0, pruned: 0 });
      clock.set(instant("2024-07-10T08:00:00.000Z")); // summer time: nine o'clock there
      expect(await keepLogs(ports, BRAKE)).toMatchObject({ archived: 1, pruned: 0 });
      expect(ended.at(-1)).toBe("2024-01-10T09:00:00.001Z");
      clock.set(instant("2025-07-10T07:59:59.000Z"));
      expect(await keepLogs(ports, BRAKE)).toMatchObject({ archived: 1, pruned: 0 });
      clock.set(instant("2025-07-10T08:00:00.000Z"));
      expect(await keepLogs(ports, BRAKE)).toMatchObject({ archived: 0, pruned: 1, held: false });
      await sequencer.runOnce();
      expect(await ports.logKeeping.standing("activity")).toEqual({
        ...{ size: 2, archived: 2, minimum: 1, inArchive: 1 },
      });
    });

    it("keeps the archive under a recorded hold of the operator, and no longer", async () => {
      const { ports, clock, record, ended } = await open();
      await record("activity", "accounts.signedIn");
      clock.set(instant("2025-12-01T09:00:00.000Z"));
      await ports.unitOfWork.transaction((unit) =>
        placeHold(unit, ports, {
          ...{ controller: PUBLISHER, covers: "controller", lawful: false, basis: "incident 2025-12" },
          until: localDate("2025-12-31"),
          by: { role: "publisherDpo" },
        }),
      );
      expect(await keepLogs(ports, BRAKE)).toEqual({ archived: 1, pruned: 0, destroyed: 0, held: true });
      expect(ended).toEqual([]);
      clock.set(instant("2026-01-02T09:00:00.000Z"));
      expect(await keepLogs(ports, BRAKE)).toMatchObject({ pruned: 1, held: false });
    });

    it("destroys nothing when a clock that jumped makes everything old at once", async () => {
      const { ports, clock, record, payloads, sequencer } = await open();
      for (let n = 0; n < 3; n += 1) await record("activity", "accounts.signedIn");
      await record("evidence", "journal.receiptClosed");
      clock.set(instant("2040-01-01T00:00:00.000Z"));
      const brake = { massPersons: 2, massShare: 0.5 };
      expect(await keepLogs(ports, brake)).toMatchObject({
        archived: 3,
        pruned: 0,
        destroyed: 0,
        tooMany: 3,
      });
      expect(await payloads("evidence")).toContain("journal.receiptClosed");
      await sequencer.runOnce();
      expect(await ports.logKeeping.standing("activity")).toMatchObject({ minimum: 0, inArchive: 3 });
    });

    it("carries itself on, an hour later, once", async () => {
      const { ports, clock, database } = await open();
      await scheduleLogKeeping(ports);
      await scheduleLogKeeping(ports);
      const jobs = () => database.knex("db_job").where({ name: "retention.keepLogs" });
      expect(await jobs()).toHaveLength(1);
      await keepLogsJob(ports, BRAKE).handler({} as never, { signal: new AbortController().signal } as never);
      expect(await jobs()).toHaveLength(2);
      clock.advance(1);
      await scheduleLogKeeping(ports);
      expect(await jobs()).toHaveLength(2);
    });
  });

  describe("evidence ends by rules of its own (D6.1c, D6.2c)", () => {
    it("destroys a receipt five years after it, an instruction five years after the contract", async () => {
      const { ports, clock, record, payloads } = await open();
      const means = ports as unknown as Parameters<typeof openContract>[1];
      const edit = { actor: { role: "controllerDpo" }, version: "current", controller: SCHOOL } as const;
      await ports.unitOfWork.transaction(async (unit) => {
        await registerController(unit, means, edit, {
          ...{ kind: "school", name: "Collège du Hameau", legalForm: "EPLE", seat: "1, rue du Hameau" },
          place: { region: "metropole", zone: "Europe/Paris" },
        });
        await openContract(unit, means, edit, {
          ...{ reference: "HAM-1", products: ["plume"], startsOn: localDate("2023-09-01") },
          endsOn: localDate("2025-08-31"),
        });
      });
      await record("evidence", "journal.receiptClosed");
      clock.set(instant("2029-01-10T08:59:59.000Z"));
      expect(await keepLogs(ports, BRAKE)).toMatchObject({ destroyed: 0 });
      clock.set(instant("2029-01-10T09:00:00.000Z"));
      expect(await keepLogs(ports, BRAKE)).toMatchObject({ destroyed: 1 });
      expect(await payloads("evidence")).toContain("contracts.instructionRecorded");
      clock.set(instant("2030-08-31T21:59:00.000Z"));
      expect(await keepLogs(ports, BRAKE)).toMatchObject({ destroyed: 0 });
      clock.set(instant("2030-09-01T00:00:00.000Z"));
      expect(await keepLogs(ports, BRAKE)).toMatchObject({ destroyed: 2 });
      expect(new Set(await payloads("evidence"))).toEqual(new Set(["journal.evidenceDestroyed"]));
    });
  });
});
