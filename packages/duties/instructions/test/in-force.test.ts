import { openDatabase } from "@preau/database";
import {
  addHours,
  type Flow,
  type InstructionId,
  instant,
  isFault,
  makeGate,
  manualClock,
  type NewInstruction,
  standingOf,
} from "@preau/kernel";
import { describeEachDatabase } from "@preau/testing";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { inForceCheck } from "../src/in-force-check.ts";
import { type Instruction, NOBODY, stateOf, termsOf } from "../src/instruction.ts";
import { ACACIAS, DPO, HAMEAU, makeHouse } from "./house.ts";

const NOW = instant("2026-11-23T08:00:00.000Z");
const ANSWER: NewInstruction = {
  ...{ controller: HAMEAU, kind: "answerDataSubject", clause: "D10.1c", by: DPO },
  scope: { subject: "sub_zoe", product: "plume", categories: ["name", "email"] },
};
const FLOW: Flow = {
  ...{ controller: HAMEAU, product: "plume", operation: "send", origin: "outsideGar", role: "pupil" },
  ...{ categories: ["name"], purpose: "supportRequests", recipient: "dataSubject", subject: "sub_zoe" },
};

describeEachDatabase("the gate and the ledger", openDatabase, (fresh) => {
  async function open() {
    const keysDatabase = await openDatabase({ url: "sqlite::memory:" });
    onTestFinished(() => keysDatabase.close());
    const clock = manualClock(NOW);
    const house = await makeHouse({ database: await fresh(), keysDatabase }, clock);
    const { inUnit, ports } = house;
    const yes = { allowed: true, clause: "DC", reason: "ALLOWED" } as const;
    const gate = makeGate({
      tableFor: () => ({ agreement: "", row: () => ({ answers: new Map(), otherwise: yes }) }),
      checks: [inForceCheck(ports.instructions)],
      clock,
    });
    const ask = async (flow: Flow) => {
      try {
        await inUnit((unit) => gate.permit(flow, unit));
        return "YES";
      } catch (error) {
        if (!isFault(error, "GATE_REFUSED")) throw error;
        expect(error.remedy("fr")).toMatch(/\./);
        return `${error.clause} ${String(error.detail.log?.["reason"])}`;
      }
    };
    const record = (given: Partial<NewInstruction> = {}) =>
      inUnit((unit) => ports.instructions.record(unit, { ...ANSWER, ...given }));
    return { ...house, clock, gate, ask, record };
  }

  it("take no text for an instruction, nor another controller’s (D6.1c)", async () => {
    const { ask, record } = await open();
    expect(await ask(FLOW)).toBe("YES");
    const unknown = "D6.1c INSTRUCTION_UNKNOWN";
    for (const text of ["ins_1", "ins_any", "ins_restore-replay", "", "courriel 2026-118"])
      expect(await ask({ ...FLOW, instruction: text as InstructionId }), text).toBe(unknown);
    const id = await record();
    expect(await ask({ ...FLOW, instruction: id })).toBe("YES");
    expect(await ask({ ...FLOW, controller: ACACIAS, instruction: id })).toBe(unknown);
  });

  it("hold a flow to product, person, recipient, categories and operation (D6.1c, D10.1c)", async () => {
    const { ask, record } = await open();
    const instruction = await record();
    const { subject: _s, ...toNobody } = FLOW;
    const outside: readonly Flow[] = [
      { ...FLOW, product: "boussole" },
      { ...FLOW, subject: "sub_lea" },
      toNobody,
      { ...FLOW, recipient: "mailer" },
      { ...FLOW, categories: ["name", "birthDate"] },
      { ...FLOW, operation: "store" },
    ];
    for (const flow of outside)
      expect(await ask({ ...flow, instruction })).toBe("D10.1c INSTRUCTION_OUTSIDE_SCOPE");
  });

  it("refuse what is queued when the instruction is revoked before it leaves (D6.1c)", async () => {
    const { ask, record, inUnit, ports } = await open();
    const id = await record();
    expect(await ask({ ...FLOW, instruction: id })).toBe("YES");
    await inUnit((unit) => ports.instructions.revoke(unit, { controller: HAMEAU, id, by: DPO }));
    expect(await ask({ ...FLOW, instruction: id })).toBe("D10.1c INSTRUCTION_REVOKED");
  });

  it("open nothing before the beginning and after the end (D6.1c)", async () => {
    const { ask, record, clock } = await open();
    const [startsAt, endsAt] = [addHours(NOW, 1), addHours(NOW, 2)];
    const instruction = await record({ startsAt, endsAt });
    expect(await ask({ ...FLOW, instruction })).toBe("D10.1c INSTRUCTION_NOT_YET");
    clock.set(endsAt);
    expect(await ask({ ...FLOW, instruction })).toBe("YES");
    clock.advance(1);
    expect(await ask({ ...FLOW, instruction })).toBe("D10.1c INSTRUCTION_ENDED");
  });

  it("reach nobody once the person is gone, never everybody (D6.1c, D12.2)", async () => {
    const { ask, record, database } = await open();
    const instruction = await record();
    await database.knex("ins_instruction").where({ id: instruction }).update({ subject: null });
    const { subject: _s, ...toNobody } = FLOW;
    for (const flow of [FLOW, toNobody])
      expect(await ask({ ...flow, instruction })).toBe("D10.1c INSTRUCTION_OUTSIDE_SCOPE");
  });
});

describe("an instruction at any moment (D6.1c)", () => {
  it("is never in force outside its time, nor once revoked, nor while held", () => {
    const moment = fc.integer({ min: 0, max: 1_000 }).map((hours) => addHours(NOW, hours));
    fc.assert(
      fc.property(
        fc.record({
          startsAt: moment,
          endsAt: fc.option(moment, { nil: undefined }),
          revokedAt: fc.option(moment, { nil: undefined }),
          flaggedAt: fc.option(moment, { nil: undefined }),
          holds: fc.boolean(),
          now: moment,
        }),
        ({ startsAt, endsAt, revokedAt, flaggedAt, holds, now }) => {
          const each: Instruction = {
            ...{ id: "ins_1", controller: HAMEAU, kind: "export", clause: "D10.1a", scope: {} },
            ...{ givenBy: "controllerDpo", recordedAt: NOW, startsAt },
            ...(endsAt === undefined ? {} : { endsAt }),
            ...(revokedAt === undefined ? {} : { revoked: { at: revokedAt, by: "controllerDpo" as const } }),
            ...(flaggedAt === undefined ? {} : { flaggedAt }),
          };
          const standing = standingOf(termsOf(each, holds), { operation: "export" }, now);
          const due =
            startsAt <= now &&
            (endsAt === undefined || now <= endsAt) &&
            revokedAt === undefined &&
            !(holds && flaggedAt !== undefined);
          expect(standing.inForce).toBe(due);
          expect(stateOf(each, now, holds) === "inForce").toBe(due);
        },
      ),
    );
    expect(NOBODY).toMatch(/^sub_/);
  });
});
