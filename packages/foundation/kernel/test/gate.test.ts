import { describe, expect, it } from "vitest";
import {
  controllerId,
  type Flow,
  type GarSubject,
  type GateTable,
  inMemoryUnitOfWork,
  isFault,
  makeGate,
  manualClock,
  type Permit,
  redeem,
  type SubjectRef,
} from "../src/index.ts";

const flow: Flow<"outsideGar"> = {
  ...{ controller: controllerId("college-1"), product: "kaligo", operation: "send", origin: "outsideGar" },
  ...{ role: "teacher", categories: ["identity", "email"], purpose: "support", recipient: "desk" },
};
const answer = (allowed: boolean, clause = "DC") => ({
  allowed,
  clause,
  reason: allowed ? "ALLOWED" : "UNNAMED_CATEGORY",
});
const table = (allowed: boolean): GateTable => ({
  agreement: "sha256:test",
  row: () => ({
    answers: new Map([
      ["identity", answer(true)],
      ["email", answer(allowed)],
    ]),
    otherwise: answer(false, "DB.n"),
  }),
});
const unitOfWork = inMemoryUnitOfWork();

describe("gate over compiled tables (D4.1, DC)", () => {
  it("refuses everything for a controller without an agreement, and says so (D1)", async () => {
    const gate = makeGate({ clock: manualClock(), tableFor: () => undefined });
    const { allowed, answers } = gate.decide(flow);
    expect(allowed).toBe(false);
    expect(answers.map((each) => [each.clause, each.reason])).toEqual([
      ["D1", "NO_AGREEMENT"],
      ["D1", "NO_AGREEMENT"],
    ]);
    const error = await unitOfWork
      .transaction((unit) => gate.permit(flow, unit))
      .catch((caught: unknown) => caught);
    expect(isFault(error, "GATE_REFUSED") && error.remedy("fr")).toContain("accord");
  });

  it("answers per category, and by the row's last word for what the row leaves out", () => {
    const gate = makeGate({ clock: manualClock(), tableFor: () => table(false) });
    const { allowed, answers } = gate.decide({ ...flow, categories: ["identity", "email", "handedness"] });
    expect(allowed).toBe(false);
    expect(answers.map((each) => [each.allowed, each.clause])).toEqual([
      [true, "DC"],
      [false, "DC"],
      [false, "DB.n"],
    ]);
  });

  it("refuses a flow that names no category (D4.1)", () => {
    const gate = makeGate({ clock: manualClock(), tableFor: () => table(true) });
    expect(gate.decide({ ...flow, categories: [] })).toMatchObject({
      allowed: false,
      answers: [{ reason: "NO_CATEGORY" }],
    });
  });

  it("reads the table in force at every decision", () => {
    let current = table(false);
    const gate = makeGate({ clock: manualClock(), tableFor: () => current });
    expect(gate.decide(flow).allowed).toBe(false);
    current = table(true);
    expect(gate.decide(flow).allowed).toBe(true);
  });

  it("puts no person into a refusal: neither subject nor actor", async () => {
    const gate = makeGate({ clock: manualClock(), tableFor: () => undefined });
    const secret = { subject: "sub_secret", actor: "act_secret" } as const;
    const error = await unitOfWork
      .transaction((unit) => gate.permit({ ...flow, ...secret }, unit))
      .catch((caught: unknown) => caught);
    if (!isFault(error, "GATE_REFUSED")) throw error;
    expect(JSON.stringify([error.message, error.detail.log, error.detail.place])).not.toContain("secret");
  });

  it("uses a permit up even when it has expired", async () => {
    const clock = manualClock();
    const gate = makeGate({ clock, tableFor: () => table(true) });
    const permit = await unitOfWork.transaction((unit) => gate.permit(flow, unit));
    const use = { operation: "send", recipient: "desk", categories: ["email"] } as const;
    clock.advance(60_001);
    expect(() => redeem(permit, use)).toThrow(expect.objectContaining({ code: "PERMIT_EXPIRED" }) as Error);
    expect(() => redeem(permit, use)).toThrow(expect.objectContaining({ code: "PERMIT_USED" }) as Error);
  });

  it("keeps a person of GAR from a client outside GAR by type (DC)", () => {
    const outside = (_subject: SubjectRef<"outsideGar">, _permit?: Permit<"outsideGar">) => "sent";
    const gar: GarSubject = { id: "sub_1", origin: "gar" };
    // @ts-expect-error a GAR identity does not pass
    expect(outside(gar)).toBe("sent");
  });
});
