import { openDatabase } from "@preau/database";
import { type InstructionId, instant, manualClock } from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import { expect, it, onTestFinished } from "vitest";
import { cancelErasures } from "../src/cancel-erasures.ts";
import type { ErasureId } from "../src/erasure.ts";
import { eraseJob } from "../src/jobs/erase.ts";
import { orderErasure } from "../src/order-erasure.ts";
import { runErasure } from "../src/run-erasure.ts";
import { hasOpenErasure, readErasure, takeErasure } from "../src/store/erasures.ts";
import { makeHouse, SCHOOL } from "./house.ts";

const NOW = instant("2026-11-23T08:00:00.000Z");
const INSTRUCTION: InstructionId = "ins_1";

describeEachDatabase("an erasure whose instruction is taken back", openDatabase, (fresh) => {
  async function open() {
    const keysDatabase = await openDatabase({ url: "sqlite::memory:" });
    const schoolDatabase = await openDatabase({ url: "sqlite::memory:" });
    onTestFinished(async () => {
      await keysDatabase.close();
      await schoolDatabase.close();
    });
    const house = await makeHouse(
      { database: await fresh(), keysDatabase, schoolDatabase },
      manualClock(NOW),
    );
    const { ports } = house;
    const inUnit = ports.unitOfWork.transaction.bind(ports.unitOfWork);
    const subject = await house.identify(1);
    const order = (ground: "instruction" | "account-deleted" = "instruction") =>
      inUnit((unit) =>
        orderErasure(unit, ports, {
          ...{ controller: SCHOOL, subjects: [subject], ground, instruction: INSTRUCTION },
          ...{ requestedBy: "controllerDpo", requestedAt: NOW },
        }),
      );
    const revoke = (id: ErasureId) =>
      inUnit((unit) =>
        cancelErasures(unit, ports, {
          ...{ controller: SCHOOL, instruction: INSTRUCTION, kind: "erase", things: [id], at: NOW },
        }),
      );
    const state = async (id: ErasureId) => (await inUnit((unit) => readErasure(unit, SCHOOL, id)))?.state;
    const types = async () =>
      (await inUnit((unit) => ports.journal.entries(unit, { controller: SCHOOL }))).map(({ type }) => type);
    return { ...house, inUnit, subject, order, revoke, state, types };
  }

  it("is cancelled while nothing has begun, and its job does nothing (D6.1c)", async () => {
    const { order, revoke, state, types, inUnit, subject, ports } = await open();
    const id = await order();
    await revoke(id);
    await revoke(id);
    expect(await state(id)).toBe("closed");
    expect((await types()).filter((each) => each === "retention.erasureCancelled")).toHaveLength(1);
    expect(await inUnit((unit) => hasOpenErasure(unit, SCHOOL, subject))).toBe(false);
    const job = { name: "retention.erase", controller: SCHOOL, payload: { erasure: id } };
    await eraseJob(ports).handler(job, { id: "job_1", attempt: 1, signal: new AbortController().signal });
    const of = { id, controller: SCHOOL };
    await expect(runErasure(ports, of, { sources: ports.sources })).rejects.toMatchObject({
      code: "RETENTION_NO_ERASURE",
    });
    expect(await types()).not.toContain("journal.receiptOpened");
    // The same persons can be ordered anew.
    expect(await order()).not.toBe(id);
  });

  it("runs to its end once it has begun, and says so (D6.1c)", async () => {
    const { order, revoke, state, types, database, inUnit } = await open();
    const id = await order();
    await inUnit((unit) => takeErasure(unit, SCHOOL, id));
    await database.knex("ret_erasure").where({ id }).update({ state: "planned", receipt: "ers_1" });
    await revoke(id);
    expect(await state(id)).toBe("planned");
    expect(await types()).toContain("retention.erasureGoesOn");
  });

  it("of a deleted account goes on: the agreement itself ordered it (D12.2)", async () => {
    const { order, revoke, state, types } = await open();
    const id = await order("account-deleted");
    await revoke(id);
    expect(await state(id)).toBe("ordered");
    expect((await types()).filter((each) => each.startsWith("retention.erasureC"))).toEqual([]);
  });
});
