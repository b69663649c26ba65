import {
  type Clock,
  type Flow,
  type Gate,
  type GateCheck,
  isFault,
  type ManualClock,
  manualClock,
  Permit,
  type PermitUse,
  redeem,
  type Unit,
  type UnitOfWork,
} from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { type Closable, codeOf, setUp } from "./bench.ts";

export interface GateBench extends Closable {
  readonly gate: Gate;
  readonly unitOfWork: UnitOfWork;
  /** A flow with at least two categories that the agreement allows. */
  readonly allowed: Flow;
  /** A category that the agreement names, but not for that flow. */
  readonly elsewhere: string;
}

export interface GateBenchOptions {
  readonly clock: Clock;
  readonly checks: readonly GateCheck[];
  /** To be asked when the table refuses: may change what `tableFor` answers. */
  readonly renew?: (flow: Flow, unit: Unit) => Promise<boolean>;
}

/** What every gate owes, and every compiled table behind one: what is not named is refused, and a permit is one yes. */
export function gateContract(
  title: string,
  make: (options: GateBenchOptions) => GateBench | Promise<GateBench>,
): void {
  const setUpWith = async (
    checks: readonly GateCheck[] = [],
    { clock = manualClock(), renew }: { clock?: ManualClock; renew?: GateBenchOptions["renew"] } = {},
  ) => {
    const bench = await setUp(() => make({ clock, checks, ...(renew === undefined ? {} : { renew }) }));
    const permit = (flow: Flow = bench.allowed) =>
      bench.unitOfWork.transaction((unit) => bench.gate.permit(flow, unit));
    const use: PermitUse = {
      operation: bench.allowed.operation,
      recipient: bench.allowed.recipient,
      categories: bench.allowed.categories,
    };
    return { ...bench, clock, permit, use };
  };
  const codeOfRedeem = (permit: Permit, use: PermitUse) =>
    codeOf(Promise.resolve().then(() => redeem(permit, use)));
  const no = (id: string, asked: string[] = []): GateCheck => ({
    id,
    clause: "D8.3",
    concerns: () => true,
    check: async () => {
      asked.push(id);
      return {
        allowed: false,
        clause: `D8.3`,
        reason: id,
        remedy: { en: `wait for ${id}`, fr: `attendez ${id}` },
      };
    },
  });

  describe(`${title}: gate (D4.1, DC)`, () => {
    it("allows what the agreement names, category by category", async () => {
      const { gate, allowed } = await setUpWith();
      const decision = gate.decide(allowed);
      expect(allowed.categories.length).toBeGreaterThanOrEqual(2);
      expect(decision.allowed).toBe(true);
      expect(decision.answers.map((answer) => answer.allowed)).toEqual(allowed.categories.map(() => true));
      for (const answer of decision.answers) expect(answer.clause).toMatch(/^[DS][A-Z0-9]/);
    });

    it.each([
      ["product", "unnamed"],
      ["role", "unnamed"],
      ["purpose", "unnamed"],
      ["recipient", "unnamed"],
      ["controller", "unnamed"],
      ["operation", "unnamed"],
      ["product", "__proto__"],
      ["role", "constructor"],
      ["recipient", "toString"],
      ["purpose", ""],
    ])("refuses every category when the %s is %j, with a clause", async (word, value) => {
      const { gate, allowed, permit } = await setUpWith();
      const flow = { ...allowed, [word]: value } as Flow;
      const decision = gate.decide(flow);
      expect(decision.allowed).toBe(false);
      expect(decision.answers).toHaveLength(allowed.categories.length);
      for (const answer of decision.answers) {
        expect(answer.allowed).toBe(false);
        expect(answer.clause).not.toBe("");
        expect(answer.reason).toMatch(/^[A-Z][A-Z_]+$/);
      }
      expect(await codeOf(permit(flow))).toBe("GATE_REFUSED");
    });

    it.each(["unnamed", "__proto__", "constructor", ""])(
      "refuses the category %j alone, and the flow with it",
      async (word) => {
        const { gate, allowed, permit } = await setUpWith();
        const flow = { ...allowed, categories: [...allowed.categories, word] };
        const { allowed: whole, answers } = gate.decide(flow);
        expect(whole).toBe(false);
        expect(answers.map((answer) => answer.allowed)).toEqual([
          ...allowed.categories.map(() => true),
          false,
        ]);
        expect(await codeOf(permit(flow))).toBe("GATE_REFUSED");
      },
    );

    it("refuses a category that the agreement names for another flow", async () => {
      const { gate, allowed, elsewhere } = await setUpWith();
      expect(gate.decide({ ...allowed, categories: [elsewhere] }).allowed).toBe(false);
    });

    it("refuses a flow without categories", async () => {
      const { gate, allowed, permit } = await setUpWith();
      const flow = { ...allowed, categories: [] };
      expect(gate.decide(flow).allowed).toBe(false);
      expect(await codeOf(permit(flow))).toBe("GATE_REFUSED");
    });

    it("decides alike twice, and without touching the flow", async () => {
      const { gate, allowed } = await setUpWith();
      const copy = structuredClone(allowed);
      expect(gate.decide(allowed)).toEqual(gate.decide(structuredClone(allowed)));
      expect(allowed).toEqual(copy);
    });

    it("asks a moving check only where it is concerned", async () => {
      const asked: string[] = [];
      const { permit } = await setUpWith([{ ...no("closed", asked), concerns: () => false }]);
      await expect(permit()).resolves.toBeInstanceOf(Permit);
      expect(asked).toEqual([]);
    });

    it("asks no moving check where the agreement has refused already", async () => {
      const asked: string[] = [];
      const { permit, allowed } = await setUpWith([no("closed", asked)]);
      expect(await codeOf(permit({ ...allowed, recipient: "unnamed" }))).toBe("GATE_REFUSED");
      expect(asked).toEqual([]);
    });

    it("throws the first refusal with its clause and its remedy, and asks no further", async () => {
      const asked: string[] = [];
      const { permit } = await setUpWith([no("first", asked), no("second", asked)]);
      const error = await permit().catch((caught: unknown) => caught);
      if (!isFault(error, "GATE_REFUSED")) throw error;
      expect(error.clause).toBe("D8.3");
      expect([error.remedy("en"), error.remedy("fr")]).toEqual(["wait for first", "attendez first"]);
      expect(error.detail.log).toMatchObject({ reason: "first" });
      expect(asked).toEqual(["first"]);
    });

    it("asks for a newer table only where the table refuses, once, in the caller's unit", async () => {
      const asked: (readonly [Flow, unknown])[] = [];
      const { gate, unitOfWork, allowed } = await setUpWith([], {
        renew: async (flow, unit) => {
          expect(Object.isFrozen(flow)).toBe(true);
          asked.push([flow, unit]);
          return true;
        },
      });
      const refused: Flow = { ...allowed, recipient: "unnamed" };
      const units = await unitOfWork.transaction(async (unit) => {
        await gate.permit(allowed, unit);
        expect(asked).toEqual([]);
        expect(await codeOf(gate.permit(refused, unit))).toBe("GATE_REFUSED");
        return [unit];
      });
      expect(asked).toHaveLength(1);
      expect(asked[0]?.[0]).toEqual(refused);
      expect(asked[0]?.[1]).toBe(units[0]);
      expect(gate.decide(refused).allowed).toBe(false);
      expect(asked).toHaveLength(1);
    });

    it("gives a check the caller's unit and a flow that nobody can change", async () => {
      const seen: unknown[] = [];
      const check: GateCheck = {
        id: "watch",
        clause: "D8.3",
        concerns: () => true,
        check: async (flow, unit) => {
          seen.push(unit);
          expect(Object.isFrozen(flow)).toBe(true);
          expect(Object.isFrozen(flow.categories)).toBe(true);
          return { allowed: true };
        },
      };
      const { gate, unitOfWork, allowed } = await setUpWith([check]);
      const units = await unitOfWork.transaction(async (unit) => {
        await gate.permit(allowed, unit);
        return [unit];
      });
      expect(seen).toEqual(units);
    });

    it("lets nobody change the flow between the decision and its use", async () => {
      const changed: { current?: { categories: string[]; recipient: string } } = {};
      const check: GateCheck = {
        id: "meanwhile",
        clause: "D8.3",
        concerns: () => true,
        check: async () => {
          changed.current?.categories.push("smuggled");
          if (changed.current !== undefined) changed.current.recipient = "somebody-else";
          return { allowed: true };
        },
      };
      const { allowed, permit, use } = await setUpWith([check]);
      const flow = { ...structuredClone(allowed), categories: [...allowed.categories] };
      changed.current = flow;
      const given = await permit(flow);
      expect(flow.recipient).toBe("somebody-else");
      expect(redeem(given, use)).toEqual(allowed);
    });
  });

  describe(`${title}: permit (D4.1, DC)`, () => {
    it("serves once, for all of its categories or fewer, and returns the flow", async () => {
      const { permit, use, allowed } = await setUpWith();
      expect(redeem(await permit(), use)).toEqual(allowed);
      expect(redeem(await permit(), { ...use, categories: use.categories.slice(0, 1) })).toEqual(allowed);
      const used = await permit();
      redeem(used, use);
      expect(await codeOfRedeem(used, use)).toBe("PERMIT_USED");
    });

    it.each<[string, (use: PermitUse) => Partial<PermitUse>]>([
      ["another recipient", () => ({ recipient: "somebody-else" })],
      ["another operation", (use) => ({ operation: use.operation === "erase" ? "send" : "erase" })],
      ["a category more", (use) => ({ categories: [...use.categories, "smuggled"] })],
      ["no category", () => ({ categories: [] })],
    ])("refuses %s, and is used up by the attempt", async (_what, change) => {
      const { permit, use } = await setUpWith();
      const given = await permit();
      expect(await codeOfRedeem(given, { ...use, ...change(use) })).toBe("PERMIT_MISMATCH");
      expect(await codeOfRedeem(given, use)).toBe("PERMIT_USED");
    });

    it("lasts a minute and no longer", async () => {
      const { permit, use, clock } = await setUpWith();
      const [early, late] = [await permit(), await permit()];
      clock.advance(60_000);
      redeem(early, use);
      clock.advance(1);
      expect(await codeOfRedeem(late, use)).toBe("PERMIT_EXPIRED");
    });

    it.each<[string, (real: Permit) => unknown]>([
      ["an object with the prototype", () => Object.create(Permit.prototype) as unknown],
      ["an heir of a real one", (real) => Object.create(real) as unknown],
      ["a structured clone", (real) => structuredClone(real)],
      ["a copy of its properties", (real) => Object.assign({}, real)],
      ["a proxy", (real) => new Proxy(real, {})],
      ["a real one under another prototype", (real) => Object.setPrototypeOf(real, {}) as unknown],
      ["a permit by duck's voice", () => ({ redeem: () => ({}) })],
      ["nothing", () => undefined],
    ])("is not forged by %s (PERMIT_FORGED)", async (_how, forge) => {
      const { permit, use } = await setUpWith();
      expect(await codeOfRedeem(forge(await permit()) as Permit, use)).toBe("PERMIT_FORGED");
    });

    it("is not made with a symbol of the same name, nor by a subclass (PERMIT_FORGED)", async () => {
      const { allowed, clock, use } = await setUpWith();
      class Forged extends Permit {
        override redeem(): Flow {
          return allowed;
        }
      }
      for (const maker of [Symbol("gate"), Symbol.for("gate")]) {
        expect(await codeOf(Promise.resolve().then(() => new Permit(maker, allowed, clock)))).toBe(
          "PERMIT_FORGED",
        );
        expect(await codeOf(Promise.resolve().then(() => new Forged(maker, allowed, clock)))).toBe(
          "PERMIT_FORGED",
        );
      }
      expect(await codeOfRedeem(Object.create(Forged.prototype) as Permit, use)).toBe("PERMIT_FORGED");
    });

    it("answers from its class, not from a method put on it", async () => {
      const { permit, use } = await setUpWith();
      const given = await permit();
      redeem(given, use);
      Object.defineProperty(given, "redeem", { value: () => ({}) });
      expect(await codeOfRedeem(given, use)).toBe("PERMIT_USED");
    });
  });
}
