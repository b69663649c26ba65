import { openDatabase } from "@preau/database";
import { type Flow, instant, makeGate, manualClock, type SubjectId } from "@preau/kernel";
import { codeOf, describeEachDatabase } from "@preau/testing";
import { expect, it, onTestFinished } from "vitest";
import { openErasureCheck } from "../src/open-erasure-check.ts";
import { runErasure } from "../src/run-erasure.ts";
import { makeHouse, OTHER_SCHOOL, SCHOOL } from "./house.ts";
import { fillSchool } from "./school.ts";

describeEachDatabase("whoever is being erased (D12.2)", openDatabase, (fresh) => {
  async function open() {
    const clock = manualClock(instant("2026-11-23T08:00:00.000Z"));
    const inMemory = () => openDatabase({ url: "sqlite::memory:" });
    const [keysDatabase, schoolDatabase] = [await inMemory(), await inMemory()];
    for (const each of [keysDatabase, schoolDatabase]) onTestFinished(() => each.close());
    await fillSchool(schoolDatabase, [1, 2]);
    const house = await makeHouse({ database: await fresh(), keysDatabase, schoolDatabase }, clock);
    const otherwise = { allowed: true, clause: "D4.1", reason: "ALLOWED" } as const;
    const table = { agreement: "sha256:0", row: () => ({ answers: new Map(), otherwise }) };
    const gate = makeGate({ tableFor: () => table, clock, checks: [openErasureCheck()] });
    const asks = (subject: SubjectId | undefined, more: Partial<Flow> = {}) =>
      house.ports.unitOfWork.transaction((unit) =>
        gate.permit(
          {
            ...{ controller: SCHOOL, product: "plume", operation: "store", origin: "gar", role: "teacher" },
            ...{ categories: ["identity"], purpose: "runPlatform", recipient: "product" },
            ...(subject === undefined ? {} : { subject }),
            ...more,
          },
          unit,
        ),
      );
    return { ...house, asks };
  }

  it("has nothing new stored from the order until the receipt is filed, and others have", async () => {
    const { asks, identify, order, ports } = await open();
    const [one, two] = [await identify(1), await identify(2)];
    await asks(one);
    const erasure = await order([1]);
    await expect(asks(one)).rejects.toMatchObject({ code: "GATE_REFUSED", clause: "D12.2" });
    await asks(two);
    await asks(undefined);
    await asks(one, { controller: OTHER_SCHOOL });
    for (const operation of ["show", "export", "erase"] as const) await asks(one, { operation });
    await runErasure(ports, { id: erasure, controller: SCHOOL }, { sources: ports.sources });
    expect(await codeOf(asks(one))).toBeUndefined();
  });
});
