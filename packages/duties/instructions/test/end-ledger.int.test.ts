import { openDatabase } from "@preau/database";
import { makeLogKeeping, makeSigner } from "@preau/journal";
import { addMillis, instant, manualClock, type NewInstruction } from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import { expect, it, onTestFinished } from "vitest";
import { askToEnd, endingJobs } from "../src/jobs/end-ledger.ts";
import { ACACIAS, DPO, HAMEAU, makeHouse } from "./house.ts";

const NOW = instant("2021-11-23T08:00:00.000Z");

describeEachDatabase("the end of the ledger", openDatabase, (fresh) => {
  it("goes with its evidence, five years on, and by nobody’s hand (D6.1c)", async () => {
    const database = await fresh();
    const keysDatabase = await openDatabase({ url: "sqlite::memory:" });
    onTestFinished(() => keysDatabase.close());
    const clock = manualClock(NOW);
    const house = await makeHouse({ database, keysDatabase }, clock);
    const { ports, inUnit, work } = house;
    const given = { kind: "export", clause: "D10.1a", scope: {}, by: DPO } as const;
    const record = (controller: NewInstruction["controller"]) =>
      inUnit(async (unit) => {
        const id = await ports.instructions.record(unit, { ...given, controller });
        await ports.instructions.link(unit, controller, id, `exp_${controller.slice(0, 4)}`);
      });
    for (const controller of [HAMEAU, ACACIAS]) await record(controller);
    const rows = async () => {
      const held = async (table: string): Promise<readonly string[]> =>
        database.knex(table).orderBy("controller").pluck("controller");
      return [...(await held("ins_instruction")), ...(await held("ins_link"))];
    };
    const end = async () => {
      await inUnit((unit) => askToEnd(unit, ports));
      await work(endingJobs(ports));
    };
    clock.set(instant("2026-11-22T08:00:00.000Z"));
    await end();
    expect(await rows()).toHaveLength(4);
    clock.set(instant("2026-11-24T08:00:00.000Z"));
    // Old enough, and its evidence still stands: a contract that runs keeps it.
    await end();
    expect(await rows()).toHaveLength(4);
    await house.sequencer.runOnce();
    const keeping = makeLogKeeping({
      ...{ database, journal: ports.journal, keyStore: ports.vault, clock, ids: ports.ids },
      ...{ origin: "journal.example", signer: makeSigner(Buffer.alloc(32, 9)) },
    });
    const types = ["instructions.recorded"];
    await keeping.destroyEvidence({ controller: HAMEAU, types, before: addMillis(clock.now(), 1) });
    await end();
    expect(await rows()).toEqual([ACACIAS, ACACIAS]);
  });
});
