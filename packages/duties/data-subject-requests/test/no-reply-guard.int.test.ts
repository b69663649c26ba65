/** The no-reply guard, through the real gate on the reference agreement. */
import { openDatabase } from "@preau/database";
import {
  addMillis,
  type Flow,
  type Instant,
  type InstructionId,
  type InstructionKind,
  instant,
  manualClock,
  type Operation,
  type RequestId,
  type SubjectId,
} from "@preau/kernel";
import { codeOf, describeEachDatabase } from "@preau/testing";
import fc from "fast-check";
import { expect, it, onTestFinished } from "vitest";
import { lockRequest, updateRequest } from "../src/store/requests.ts";
import { DPO, OTHER_SCHOOL, openExecuteHouse, SCHOOL } from "./execute-house.ts";

const NOW = instant("2026-11-23T08:00:00.000Z");
const FLOW = {
  ...{ controller: SCHOOL, product: "plume", operation: "answer", origin: "outsideGar", role: "pupil" },
  ...{ categories: ["name"], purpose: "runPlatform", recipient: "dataSubject" },
} as const satisfies Flow;

interface Written {
  readonly id: InstructionId;
  readonly kind: InstructionKind;
  readonly subject: SubjectId | undefined;
  readonly endsAt: Instant | undefined;
  revoked: boolean;
}

const persons = fc.nat({ max: 1 });
const steps = fc.array(
  fc.oneof(
    fc.record({ does: fc.constant("open" as const), person: persons, asGuardian: fc.boolean() }),
    fc.record({ does: fc.constant("close" as const), nth: fc.nat({ max: 5 }) }),
    fc.record({
      does: fc.constant("write" as const),
      kind: fc.constantFrom<InstructionKind>("answerDataSubject", "answerDataSubject", "export", "erase"),
      person: fc.option(persons),
      minutes: fc.option(fc.integer({ min: 1, max: 60 })),
    }),
    fc.record({ does: fc.constant("revoke" as const), nth: fc.nat({ max: 5 }) }),
    fc.record({ does: fc.constant("wait" as const), minutes: fc.integer({ min: 1, max: 40 }) }),
    {
      weight: 5,
      arbitrary: fc.record({
        does: fc.constant("ask" as const),
        operation: fc.constantFrom<Operation>("answer", "send", "show", "export"),
        recipient: fc.constantFrom("dataSubject", "dataSubject", "product", "controller"),
        person: fc.option(persons, { freq: 8 }),
        nth: fc.option(fc.nat({ max: 5 }), { freq: 3 }),
      }),
    },
  ),
  { minLength: 8, maxLength: 24 },
);

describeEachDatabase("the no-reply guard", openDatabase, (fresh, kind) => {
  async function open() {
    const database = await fresh();
    const keysDatabase = await openDatabase({ url: "sqlite::memory:" });
    onTestFinished(() => keysDatabase.close());
    const clock = manualClock(NOW);
    const house = await openExecuteHouse({ database, keysDatabase }, clock);
    const asked = async (flow: Partial<Flow>): Promise<string | undefined> => {
      try {
        await house.inUnit((unit) => house.gate.permit({ ...FLOW, ...flow }, unit));
        return undefined;
      } catch (error) {
        return String((error as { detail: { log?: { reason?: string } } }).detail.log?.reason);
      }
    };
    const close = (id: RequestId) =>
      house.inUnit(async (unit) => {
        const request = await lockRequest(unit, SCHOOL, id);
        if (request !== undefined) await updateRequest(unit, request, { state: "closed", closedAt: NOW });
      });
    return { ...house, clock, asked, close };
  }

  it("lets no answer pass but on an instruction in force to answer that very person (D10.1c)", async () => {
    const { asked, identify, write, inUnit, ports, clock } = await open();
    const [subject, other] = [await identify(1), await identify(2)];
    const answering = { controller: SCHOOL, kind: "answerDataSubject" } as const;
    const fitting = await write({ ...answering, scope: { subject } });
    // The agreement itself asks for an instruction; which one, and whom about, the guard says.
    expect(await asked({ subject })).toBe("NO_INSTRUCTION");
    expect(await asked({ instruction: fitting })).toBe("ANSWERS_NOBODY");
    expect(await asked({ subject: other, instruction: fitting })).toBe("INSTRUCTION_OUTSIDE_SCOPE");
    expect(await asked({ subject, instruction: "ins_unheardof" })).toBe("INSTRUCTION_UNKNOWN");
    const foreign = await write({ controller: OTHER_SCHOOL, kind: "answerDataSubject" });
    expect(await asked({ subject, instruction: foreign })).toBe("INSTRUCTION_UNKNOWN");
    const erasing = await write({ controller: SCHOOL, kind: "erase", scope: { subject } });
    expect(await asked({ subject, instruction: erasing })).toBe("INSTRUCTION_OUTSIDE_SCOPE");
    const exporting = await write({ controller: SCHOOL, kind: "export", scope: { subject } });
    expect(await asked({ subject, instruction: exporting, operation: "export" })).toBeUndefined();
    expect(await asked({ subject, instruction: fitting })).toBeUndefined();
    const short = await write({ ...answering, scope: { subject }, endsAt: addMillis(clock.now(), 60_000) });
    expect(await asked({ subject, instruction: short })).toBeUndefined();
    clock.advance(60_001);
    expect(await asked({ subject, instruction: short })).toBe("INSTRUCTION_ENDED");
    await inUnit((unit) => ports.instructions.revoke(unit, { controller: SCHOOL, id: fitting, by: DPO }));
    expect(await asked({ subject, instruction: fitting })).toBe("INSTRUCTION_REVOKED");
  });

  it("takes an instruction about one request for none about somebody else's (D10.1c)", async () => {
    const { asked, identify, write, request, close } = await open();
    const [subject, other, nobody] = [await identify(1), await identify(2), await identify(3)];
    const [id, second] = [await request("access", subject), await request("erasure", subject)];
    await request("access", other);
    const about = (...ids: RequestId[]) =>
      write({ controller: SCHOOL, kind: "answerDataSubject", scope: { about: ids } });
    const [instruction, both] = [await about(id), await about(second, id)];
    for (const operation of ["answer", "send"] as const) {
      expect(await asked({ subject, instruction, operation })).toBeUndefined();
      expect(await asked({ subject, instruction: both, operation })).toBeUndefined();
      expect(await asked({ subject: other, instruction, operation })).toBe("INSTRUCTION_OUTSIDE_SCOPE");
    }
    expect(await asked({ subject: nobody, instruction })).toBe("INSTRUCTION_OUTSIDE_SCOPE");
    // One about a request that is over answers no later one.
    await close(id);
    expect(await asked({ subject, instruction })).toBe("INSTRUCTION_OUTSIDE_SCOPE");
    expect(await asked({ subject, instruction: both })).toBeUndefined();
    // One that names nobody answers nobody.
    const anybody = await write({ controller: SCHOOL, kind: "answerDataSubject" });
    const ofProduct = await write({
      controller: SCHOOL,
      kind: "answerDataSubject",
      scope: { product: "plume" },
    });
    for (const blanket of [anybody, ofProduct])
      expect(await asked({ subject, instruction: blanket })).toBe("NO_INSTRUCTION_TO_ANSWER");
  });

  it("is not got round by another word while a request is open, and is out of the way otherwise (D10.1c)", async () => {
    const { asked, identify, write, request, close } = await open();
    const subject = await identify(1);
    const words = ["send", "show", "export"] as const;
    for (const operation of words) expect(await asked({ subject, operation })).toBeUndefined();
    const id = await request("access", subject);
    const exporting = await write({ controller: SCHOOL, kind: "export", scope: { subject } });
    for (const operation of words) {
      expect(await asked({ subject, operation }), operation).toBe("NO_INSTRUCTION_TO_ANSWER");
      expect(await asked({ operation }), operation).toBe("ANSWERS_NOBODY");
    }
    expect(await asked({ subject, operation: "export", instruction: exporting })).toBe(
      "NO_INSTRUCTION_TO_ANSWER",
    );
    // Seeing the own data in the product goes to the product; the controller gets its data.
    expect(await asked({ subject, operation: "show", recipient: "product" })).toBeUndefined();
    expect(await asked({ subject, operation: "return", recipient: "controller" })).toBeUndefined();
    // The same person at another controller asked for nothing there.
    expect(await asked({ subject, operation: "send", controller: OTHER_SCHOOL })).toBeUndefined();
    const instruction = await write({
      controller: SCHOOL,
      kind: "answerDataSubject",
      scope: { about: [id] },
    });
    for (const operation of words) expect(await asked({ subject, operation, instruction })).toBeUndefined();
    await close(id);
    for (const operation of words) expect(await asked({ subject, operation })).toBeUndefined();
  });

  it("never lets an answer pass without one, over any history (D10.1c)", async () => {
    const { identify, write, request, close, clock, inUnit, ports, gate } = await open();
    let [next, answers, refused] = [0, 0, 0];
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        next += 2;
        const who = [await identify(next), await identify(next + 1)] as const;
        const written: Written[] = [];
        const requests: { readonly id: RequestId; readonly subject: SubjectId; isOpen: boolean }[] = [];
        for (const step of history) {
          if (step.does === "open") {
            const subject = who[step.person] as SubjectId;
            // A guardian asked: the request is the guardian's too.
            const id = step.asGuardian
              ? await request("access", undefined, SCHOOL, subject)
              : await request("access", subject);
            requests.push({ id, subject, isOpen: true });
          } else if (step.does === "close") {
            const one = requests[step.nth];
            if (one === undefined) continue;
            one.isOpen = false;
            await close(one.id);
          } else if (step.does === "write") {
            const subject = step.person === null ? undefined : who[step.person];
            const endsAt = step.minutes === null ? undefined : addMillis(clock.now(), step.minutes * 60_000);
            const id = await write({
              ...{ controller: SCHOOL, kind: step.kind },
              ...(subject === undefined ? {} : { scope: { subject } }),
              ...(endsAt === undefined ? {} : { endsAt }),
            });
            written.push({ id, kind: step.kind, subject, endsAt, revoked: false });
          } else if (step.does === "revoke") {
            const one = written[step.nth];
            if (one === undefined) continue;
            one.revoked = true;
            await inUnit((unit) =>
              ports.instructions.revoke(unit, { controller: SCHOOL, id: one.id, by: DPO }),
            );
          } else if (step.does === "wait") clock.advance(step.minutes * 60_000);
          else {
            const subject = step.person === null ? undefined : who[step.person];
            const named = step.nth === null ? undefined : written[step.nth];
            const flow: Flow = {
              ...{ ...FLOW, operation: step.operation, recipient: step.recipient },
              ...(subject === undefined ? {} : { subject }),
              ...(named === undefined ? {} : { instruction: named.id }),
            };
            const passed = (await codeOf(inUnit((unit) => gate.permit(flow, unit)))) === undefined;
            const inForce =
              named?.kind === "answerDataSubject" &&
              !named.revoked &&
              (named.endsAt === undefined || clock.now() <= named.endsAt) &&
              // One that names nobody answers nobody.
              named.subject !== undefined &&
              named.subject === subject;
            const asks = requests.some((one) => one.isOpen && one.subject === subject);
            const isAnswer = step.operation === "answer" || step.recipient === "dataSubject";
            const may =
              !isAnswer || (subject !== undefined && (inForce || (step.operation !== "answer" && !asks)));
            expect(passed).toBe(may && gate.decide(flow).allowed);
            if (isAnswer && passed && inForce && asks) answers += 1;
            if (isAnswer && !passed && gate.decide(flow).allowed) refused += 1;
          }
        }
      }),
      { numRuns: kind === "sqlite" ? 60 : 15, seed: 7 },
    );
    if (kind === "sqlite") expect(Math.min(answers, refused)).toBeGreaterThan(0);
  });
});
