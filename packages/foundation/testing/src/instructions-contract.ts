import {
  addMillis,
  controllerId,
  type Events,
  type Instant,
  type InstructionGiver,
  type InstructionId,
  type InstructionScope,
  type Instructions,
  type InstructionUse,
  instant,
  type ManualClock,
  makeEvents,
  manualClock,
  type NewInstruction,
  type PreauEvents,
  type UnitOfWork,
  type Writing,
} from "@preau/kernel";
import { describe, expect, it } from "vitest";
import { type Closable, codeOf, setUp } from "./bench.ts";

export interface InstructionsBench extends Closable {
  readonly unitOfWork: UnitOfWork;
  readonly instructions: Instructions;
}

export interface InstructionsBenchOptions {
  readonly clock: ManualClock;
  /** To whom a revocation is told. */
  readonly events: Events;
}

const controller = controllerId("college-1");
const other = controllerId("college-2");
const NOW = instant("2027-02-01T09:00:00.000Z");
const at = (day: string): Instant => instant(`2027-02-${day}T09:00:00.000Z`);

const dpo: InstructionGiver = { role: "controllerDpo", id: "act_dpo" };
const staff: InstructionGiver = { role: "support", id: "act_support" };
const writing: Writing = {
  ...{ receivedAt: NOW, means: "letter", writer: "representative", reference: "2027/014" },
  sha256: "a".repeat(64),
};
const given: NewInstruction = {
  ...{ controller, kind: "answerDataSubject", clause: "D10.1c", by: dpo },
  scope: { subject: "sub_1" },
};
const use: InstructionUse = {
  ...{ operation: "send", recipient: "dataSubject", subject: "sub_1", product: "plume", purpose: "support" },
  categories: ["name"],
};

/** What every ledger of written instructions owes. @clause D6.1c, D10.1c */
export function instructionsContract(
  title: string,
  make: (options: InstructionsBenchOptions) => InstructionsBench | Promise<InstructionsBench>,
): void {
  const setUpLedger = async () => {
    const clock = manualClock(NOW);
    const revoked: PreauEvents["instruction.revoked"][] = [];
    const events = makeEvents([
      {
        "instruction.revoked": async (event) => {
          revoked.push(event);
        },
      },
    ]);
    const bench = await setUp(() => make({ clock, events }));
    const { instructions, unitOfWork } = bench;
    const record = (change: Partial<NewInstruction> = {}) =>
      unitOfWork.transaction((unit) => instructions.record(unit, { ...given, ...change }));
    const standing = (id: InstructionId, change: Partial<InstructionUse> = {}, of = controller) =>
      unitOfWork.transaction((unit) => instructions.standing(unit, of, id, { ...use, ...change }));
    /** `YES`, or the reason. */
    const answer = async (...asked: Parameters<typeof standing>) => {
      const found = await standing(...asked);
      return found.inForce ? "YES" : found.reason;
    };
    const link = (id: InstructionId, thing: string, of = controller) =>
      unitOfWork.transaction((unit) => instructions.link(unit, of, id, thing));
    const of = (thing: string, whose = controller) =>
      unitOfWork.transaction((unit) => instructions.of(unit, whose, thing));
    const revoke = (id: InstructionId, change: Partial<Parameters<Instructions["revoke"]>[1]> = {}) =>
      unitOfWork.transaction((unit) => instructions.revoke(unit, { controller, id, by: dpo, ...change }));
    return { ...bench, clock, revoked, record, standing, answer, link, of, revoke };
  };
  const failing = async (unitOfWork: UnitOfWork, work: Parameters<UnitOfWork["transaction"]>[0]) =>
    codeOf(
      unitOfWork.transaction(async (unit) => {
        await work(unit);
        throw new Error("no");
      }),
    );

  describe(`${title}: what is written into the ledger (D6.1c)`, () => {
    it("stands, and is in force from then on", async () => {
      const { record, standing } = await setUpLedger();
      const id = await record();
      expect(id).toMatch(/^ins_/);
      expect(await standing(id)).toEqual({ inForce: true, kind: "answerDataSubject" });
    });

    it("is the same instruction under the same key of the same controller, whatever else is said", async () => {
      const { record, answer, unitOfWork, instructions } = await setUpLedger();
      const [one, two] = await unitOfWork.transaction(async (unit) => [
        await instructions.record(unit, { ...given, key: "k" }),
        await instructions.record(unit, { ...given, key: "k", kind: "erase", scope: {} }),
      ]);
      const three = await record({ key: "k", kind: "erase", scope: {}, clause: "D12.2" });
      expect([two, three]).toEqual([one, one]);
      expect(await answer(three)).toBe("YES");
      expect(await answer(three, { operation: "erase" })).toBe("INSTRUCTION_OUTSIDE_SCOPE");
      const others = [await record({ key: "l" }), await record({ key: "k", controller: other })];
      others.push(await record(), await record());
      expect(new Set([one, ...others]).size).toBe(5);
    });

    it("is gone with its unit, and its key is free again", async () => {
      const { record, answer, unitOfWork, instructions } = await setUpLedger();
      let lost: InstructionId = "ins_none";
      await failing(unitOfWork, async (unit) => {
        lost = await instructions.record(unit, { ...given, key: "k" });
        expect(await instructions.standing(unit, controller, lost, use)).toMatchObject({ inForce: true });
      });
      expect(await answer(lost)).toBe("INSTRUCTION_UNKNOWN");
      expect(await answer(await record({ key: "k" }))).toBe("YES");
    });

    it("is what was given, whatever the caller does to its object meanwhile", async () => {
      const { record, answer } = await setUpLedger();
      const scope: { subject: "sub_1"; recipients: string[] } = { subject: "sub_1", recipients: [] };
      const id = await record({ scope });
      scope.recipients.push("dataSubject");
      expect(await answer(id)).toBe("INSTRUCTION_OUTSIDE_SCOPE");
    });

    it("needs the writing from everybody but the controller's own people (INSTRUCTION_NEEDS_WRITING)", async () => {
      const { record } = await setUpLedger();
      for (const role of ["controllerAdministrator", "controllerDpo"] as const) {
        expect(await record({ by: { role } })).toMatch(/^ins_/);
      }
      for (const role of ["support", "operations", "publisherDpo", "auditor", "system"] as const) {
        expect(await codeOf(record({ by: { role } }))).toBe("INSTRUCTION_NEEDS_WRITING");
        expect(await record({ by: { role }, writing })).toMatch(/^ins_/);
      }
    });

    it.each<[what: string, change: Partial<NewInstruction>]>([
      ["a writing received tomorrow", { writing: { ...writing, receivedAt: at("02") } }],
      ["a writing dated after its receipt", { writing: { ...writing, datedAt: at("02") } }],
      ["no reference", { writing: { ...writing, reference: " " } }],
      ["a reference that is an address", { writing: { ...writing, reference: "z.d@college-1.example" } }],
      ["a reference that names a person", { writing: { ...writing, reference: "about sub_0abc" } }],
      ["a reference that is a letter of its own", { writing: { ...writing, reference: "x".repeat(201) } }],
      ["a hash in capitals", { writing: { ...writing, sha256: "A".repeat(64) } }],
      ["a hash that is too short", { writing: { ...writing, sha256: "a".repeat(63) } }],
      ["an end before its start", { startsAt: at("03"), endsAt: at("02") }],
      ["an end before its receipt", { writing, endsAt: instant("2027-01-31T00:00:00.000Z") }],
    ])("is refused with %s (INSTRUCTION_BAD)", async (_what, change) => {
      const { record } = await setUpLedger();
      expect(await codeOf(record({ by: staff, writing, ...change }))).toBe("INSTRUCTION_BAD");
    });

    it("takes a writing that is older than its receipt, and one without a hash", async () => {
      const { record, answer } = await setUpLedger();
      const { sha256: _, ...bare } = writing;
      const old = { ...bare, datedAt: instant("2027-01-20T00:00:00.000Z") };
      expect(await answer(await record({ by: staff, writing: old }))).toBe("YES");
    });
  });

  describe(`${title}: what may be done on an instruction (D6.1c, D10.1c)`, () => {
    it("is nothing on one that nobody gave, or that another controller gave", async () => {
      const { record, standing, answer } = await setUpLedger();
      const id = await record();
      expect(await answer("ins_none")).toBe("INSTRUCTION_UNKNOWN");
      const foreign = await standing(id, {}, other);
      expect(foreign).toMatchObject({ inForce: false, reason: "INSTRUCTION_UNKNOWN", clause: "D6.1c" });
      expect(foreign).toEqual(await standing("ins_none"));
      if (foreign.inForce) throw new Error("in force");
      expect(foreign.remedy.fr).not.toBe(foreign.remedy.en);
    });

    it("begins with its first instant and is over after its last", async () => {
      const { record, answer, clock } = await setUpLedger();
      const id = await record({ startsAt: at("05"), endsAt: at("06") });
      const when = async (moment: Instant) => {
        clock.set(moment);
        return answer(id);
      };
      expect(await when(addMillis(at("05"), -1))).toBe("INSTRUCTION_NOT_YET");
      expect(await when(at("05"))).toBe("YES");
      expect(await when(at("06"))).toBe("YES");
      expect(await when(addMillis(at("06"), 1))).toBe("INSTRUCTION_ENDED");
      // A clock that goes back finds what it found.
      expect(await when(at("05"))).toBe("YES");
    });

    it("begins with the receipt of the writing, which may be before it was written down", async () => {
      const { record, answer, clock } = await setUpLedger();
      clock.set(at("04"));
      const id = await record({ by: staff, writing });
      clock.set(NOW);
      expect(await answer(id)).toBe("YES");
      clock.set(instant("2027-02-01T08:59:59.999Z"));
      expect(await answer(id)).toBe("INSTRUCTION_NOT_YET");
    });

    it.each<[member: string, scope: InstructionScope, outside: readonly Partial<InstructionUse>[]]>([
      ["a product", { product: "plume" }, [{ product: "jardin" }]],
      ["operations", { operations: ["send", "show"] }, [{ operation: "export" }]],
      ["recipients", { recipients: ["dataSubject"] }, [{ recipient: "mailer" }]],
      ["purposes", { purposes: ["support"] }, [{ purpose: "runPlatform" }]],
      [
        "categories",
        { categories: ["name", "email"] },
        [{ categories: ["name", "results"] }, { categories: [] }],
      ],
      ["a person", { subject: "sub_1" }, [{ subject: "sub_2" }]],
      ["what it is about", { about: ["rqs_1"] }, [{ about: "rqs_2" }]],
      ["places", { fields: ["note.text"] }, [{ fields: ["note.text", "note.author"] }]],
    ])("is bounded by %s, which a use must name", async (_member, scope, outside) => {
      const { record, answer } = await setUpLedger();
      const id = await record({ scope });
      expect(await answer(id, { about: "rqs_1", fields: ["note.text"] })).toBe("YES");
      for (const change of outside) expect(await answer(id, change)).toBe("INSTRUCTION_OUTSIDE_SCOPE");
    });

    it.each(["product", "recipient", "purpose", "categories", "subject"] as const)(
      "is nothing for a use without %s, where the scope has it",
      async (member) => {
        const { record, unitOfWork, instructions } = await setUpLedger();
        const id = await record({
          scope: {
            ...{ product: "plume", recipients: ["dataSubject"], purposes: ["support"] },
            ...{ categories: ["name"], subject: "sub_1" },
          },
        });
        const { [member]: _, ...less } = use;
        const ask = (asked: InstructionUse) =>
          unitOfWork.transaction((unit) => instructions.standing(unit, controller, id, asked));
        expect(await ask(use)).toMatchObject({ inForce: true });
        expect(await ask(less)).toMatchObject({ inForce: false, reason: "INSTRUCTION_OUTSIDE_SCOPE" });
      },
    );

    it("is bounded by its kind, whatever its scope says", async () => {
      const { record, answer } = await setUpLedger();
      const erase = await record({ kind: "erase", scope: {} });
      expect(await answer(erase, { operation: "erase" })).toBe("YES");
      const wide = { operations: ["answer", "send", "erase"] as const, recipients: ["dataSubject"] };
      for (const kind of ["erase", "register", "other", "restrict", "opposeAnonymisation"] as const) {
        const id = await record({ kind, scope: wide });
        for (const operation of ["answer", "send"] as const) {
          expect(await answer(id, { operation })).toBe("INSTRUCTION_OUTSIDE_SCOPE");
        }
      }
      const reply = await record({ scope: {} });
      expect(await answer(reply, { operation: "answer" })).toBe("YES");
      expect(await answer(reply, { operation: "erase" })).toBe("INSTRUCTION_OUTSIDE_SCOPE");
      expect(await answer(reply, { recipient: "mailer" })).toBe("INSTRUCTION_OUTSIDE_SCOPE");
      expect(await answer(await record({ kind: "restrict", scope: {} }), { operation: "restrict" })).toBe(
        "YES",
      );
    });
  });

  describe(`${title}: on whose instruction something was done (D6.1c)`, () => {
    it("is answered for each thing, the oldest instruction first, and once each", async () => {
      const { record, link, of, clock } = await setUpLedger();
      const one = await record();
      clock.advance(1_000);
      const two = await record();
      await link(two, "exp_1");
      await link(one, "exp_1");
      await link(one, "exp_1");
      await link(one, "exp_2");
      expect(await of("exp_1")).toEqual([one, two]);
      expect(await of("exp_2")).toEqual([one]);
      expect(await of("exp_3")).toEqual([]);
      expect(await of("exp_1", other)).toEqual([]);
    });

    it("is not noted on an instruction that is not there (INSTRUCTION_UNKNOWN)", async () => {
      const { record, link, of } = await setUpLedger();
      const id = await record();
      expect(await codeOf(link("ins_none", "exp_1"))).toBe("INSTRUCTION_UNKNOWN");
      expect(await codeOf(link(id, "exp_1", other))).toBe("INSTRUCTION_UNKNOWN");
      expect(await of("exp_1")).toEqual([]);
    });

    it("is not noted by a unit that rolls back", async () => {
      const { record, of, unitOfWork, instructions } = await setUpLedger();
      const id = await record();
      await failing(unitOfWork, async (unit) => {
        await instructions.link(unit, controller, id, "exp_1");
        expect(await instructions.of(unit, controller, "exp_1")).toEqual([id]);
      });
      expect(await of("exp_1")).toEqual([]);
    });
  });

  describe(`${title}: an instruction taken back (D6.1c)`, () => {
    it("ends at once, and is told once, with all that was done on it", async () => {
      const { record, answer, link, of, revoke, revoked, clock } = await setUpLedger();
      const id = await record();
      await link(id, "exp_1");
      await link(id, "exp_2");
      clock.advance(60_000);
      const moment = clock.now();
      await revoke(id);
      expect(await answer(id)).toBe("INSTRUCTION_REVOKED");
      clock.advance(60_000);
      await revoke(id);
      expect(revoked.map(({ things, ...rest }) => ({ ...rest, things: [...things].toSorted() }))).toEqual([
        {
          ...{ controller, instruction: id, kind: "answerDataSubject" },
          ...{ things: ["exp_1", "exp_2"], at: moment },
        },
      ]);
      expect(await of("exp_1")).toEqual([id]);
    });

    it("stays taken back when the clock goes back", async () => {
      const { record, answer, revoke, clock } = await setUpLedger();
      const id = await record();
      clock.advance(60_000);
      await revoke(id);
      clock.set(NOW);
      expect(await answer(id)).toBe("INSTRUCTION_REVOKED");
    });

    it("needs a writing like any other", async () => {
      const { record, answer, revoke } = await setUpLedger();
      const id = await record();
      expect(await codeOf(revoke(id, { by: staff }))).toBe("INSTRUCTION_NEEDS_WRITING");
      const future = { ...writing, receivedAt: at("02") };
      expect(await codeOf(revoke(id, { by: staff, writing: future }))).toBe("INSTRUCTION_BAD");
      expect(await answer(id)).toBe("YES");
      await revoke(id, { by: staff, writing });
      expect(await answer(id)).toBe("INSTRUCTION_REVOKED");
    });

    it("is one that this controller gave (INSTRUCTION_UNKNOWN)", async () => {
      const { record, answer, revoke, revoked } = await setUpLedger();
      const id = await record();
      expect(await codeOf(revoke(id, { controller: other }))).toBe("INSTRUCTION_UNKNOWN");
      expect(await codeOf(revoke("ins_none"))).toBe("INSTRUCTION_UNKNOWN");
      expect(await answer(id)).toBe("YES");
      expect(revoked).toEqual([]);
    });

    it("is in force again when the unit that took it back rolls back", async () => {
      const { record, answer, unitOfWork, instructions } = await setUpLedger();
      const id = await record();
      await failing(unitOfWork, async (unit) => {
        await instructions.revoke(unit, { controller, id, by: dpo });
        expect(await instructions.standing(unit, controller, id, use)).toMatchObject({ inForce: false });
      });
      expect(await answer(id)).toBe("YES");
    });

    it("leaves those of the same key's controller and of others alone", async () => {
      const { record, answer, revoke } = await setUpLedger();
      const [one, two] = [await record({ key: "k" }), await record()];
      await revoke(one);
      expect(await answer(two)).toBe("YES");
      // The key stays taken: what was revoked does not come back by being sent again.
      const again = await record({ key: "k" });
      expect([again, await answer(again)]).toEqual([one, "INSTRUCTION_REVOKED"]);
    });
  });

  describe(`${title}: a unit that has ended`, () => {
    it("takes nothing and answers nothing (UNIT_CLOSED)", async () => {
      const { unitOfWork, instructions, record } = await setUpLedger();
      const id = await record();
      const ended = await unitOfWork.transaction(async (unit) => unit);
      for (const work of [
        () => instructions.record(ended, given),
        () => instructions.standing(ended, controller, id, use),
        () => instructions.link(ended, controller, id, "exp_1"),
        () => instructions.of(ended, controller, "exp_1"),
        () => instructions.revoke(ended, { controller, id, by: dpo }),
      ]) {
        expect(await codeOf(work())).toBe("UNIT_CLOSED");
      }
    });
  });
}
