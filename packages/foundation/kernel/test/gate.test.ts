import { describe, expect, it } from "vitest";
import {
  controllerId,
  type Flow,
  type GarSubject,
  type GateCheck,
  type GateTable,
  inMemoryUnitOfWork,
  isFault,
  makeGate,
  manualClock,
  Permit,
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

describe("a gate whose table may be behind (D8.2, DC)", () => {
  /** A gate over a table that refuses until it is renewed, and what was asked of it. */
  const behind = (renews: boolean, check?: GateCheck["check"]) => {
    const asked: string[] = [];
    let current = table(false);
    const gate = makeGate({
      clock: manualClock(),
      tableFor: () => {
        asked.push("table");
        return current;
      },
      renew: async () => {
        asked.push("renew");
        current = table(true);
        return renews;
      },
      checks: check === undefined ? [] : [{ id: "check", clause: "D8.3", concerns: () => true, check }],
    });
    return { asked, permit: () => unitOfWork.transaction((unit) => gate.permit(flow, unit)) };
  };
  const refusalOf = async (work: Promise<unknown>) => {
    const error = await work.catch((caught: unknown) => caught);
    if (!isFault(error, "GATE_REFUSED")) throw error;
    return [error.clause, error.detail.log?.["reason"]];
  };

  it("asks the table again once it was renewed, and not at all while it allows", async () => {
    const { asked, permit } = behind(true);
    await expect(permit()).resolves.toBeInstanceOf(Permit);
    expect(asked).toEqual(["table", "renew", "table"]);
    await permit();
    expect(asked).toEqual(["table", "renew", "table", "table"]);
  });

  it("leaves the refusal where there was nothing to renew", async () => {
    const { asked, permit } = behind(false);
    expect(await refusalOf(permit())).toEqual(["DC", "UNNAMED_CATEGORY"]);
    expect(asked).toEqual(["table", "renew"]);
  });

  it("asks every check after it: what the table has learnt may still be shut (D8.3)", async () => {
    const { asked, permit } = behind(true, async () => {
      asked.push("check");
      return { allowed: false, clause: "D8.3", reason: "WINDOW_OPEN" };
    });
    expect(await refusalOf(permit())).toEqual(["D8.3", "WINDOW_OPEN"]);
    expect(asked).toEqual(["table", "renew", "table", "check"]);
  });

  it("is asked once for one flow, also where the new table refuses too", async () => {
    let renewed = 0;
    const gate = makeGate({
      clock: manualClock(),
      tableFor: () => table(false),
      renew: async () => {
        renewed += 1;
        return true;
      },
    });
    const permit = unitOfWork.transaction((unit) => gate.permit(flow, unit));
    expect(await refusalOf(permit)).toEqual(["DC", "UNNAMED_CATEGORY"]);
    expect(renewed).toBe(1);
  });

  it("lets an error of the renewal through, and permits nothing", async () => {
    const gate = makeGate({
      clock: manualClock(),
      tableFor: () => table(false),
      renew: () => Promise.reject(new Error("the database is gone")),
    });
    await expect(unitOfWork.transaction((unit) => gate.permit(flow, unit))).rejects.toThrow("gone");
  });
});
