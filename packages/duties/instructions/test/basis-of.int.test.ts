import { openDatabase } from "@preau/database";
import { type EntryId, instant, type JournalEvent, manualClock, type NewInstruction } from "@preau/kernel";
import { codeOf, describeEachDatabase } from "@preau/testing";
import { expect, it, onTestFinished } from "vitest";
import { basisOf } from "../src/basis-of.ts";
import { ACACIAS, DPO, HAMEAU, makeHouse, PUBLISHER_DPO } from "./house.ts";

const NOW = instant("2026-11-23T08:00:00.000Z");
const SYSTEM = { role: "system" } as const;

describeEachDatabase("on whose instruction something was done", openDatabase, (fresh) => {
  async function open() {
    const keysDatabase = await openDatabase({ url: "sqlite::memory:" });
    onTestFinished(() => keysDatabase.close());
    const clock = manualClock(NOW);
    const { ports, inUnit } = await makeHouse({ database: await fresh(), keysDatabase }, clock);
    const write = (event: Partial<JournalEvent> & { readonly type: string }) =>
      inUnit((unit) =>
        ports.journal.record(unit, { log: "evidence", controller: HAMEAU, actor: SYSTEM, ...event }),
      );
    const basis = async (id: EntryId, controller = HAMEAU) =>
      (await inUnit((unit) => basisOf(unit, ports.journal, controller, id))).basis;
    const given: NewInstruction = {
      ...{ controller: HAMEAU, kind: "erase", clause: "D12.1", scope: {}, by: DPO },
    };
    const instruct = (...things: readonly string[]) =>
      inUnit(async (unit) => {
        const id = await ports.instructions.record(unit, given);
        for (const thing of things) await ports.instructions.link(unit, HAMEAU, id, thing);
        return id;
      });
    return { ports, inUnit, write, basis, instruct, clock };
  }

  it("is the instruction that the entry names, or that what it belongs to was done on (D6.1c)", async () => {
    const { write, basis, instruct } = await open();
    const id = await instruct("exp_1", "era_1");
    const named = await write({ type: "retention.contractEndErasing", payload: { instruction: id } });
    expect(await basis(named)).toEqual({ basis: "instruction", instructions: [id] });
    const made = await write({ type: "data-export.made", payload: { order: "exp_1" } });
    expect(await basis(made)).toEqual({ basis: "instruction", instructions: [id] });
    const subject = { id: "sub_zoe", payload: { erasure: "era_1" } } as const;
    const about = await write({ type: "retention.erasureGoesOn", subject });
    expect(await basis(about)).toEqual({ basis: "instruction", instructions: [id] });
  });

  it("is the entry that ordered it, where a person of the controller’s said so (D6.1c)", async () => {
    const { write, basis } = await open();
    const ordered = await write({ type: "data-export.ordered", actor: DPO, payload: { order: "exp_1" } });
    const self = { basis: "entryIsInstruction", entry: ordered, type: "data-export.ordered" };
    expect(await basis(ordered)).toEqual({ ...self, isSelf: true });
    const made = await write({ type: "data-export.made", payload: { order: "exp_1" } });
    expect(await basis(made)).toEqual({ ...self, isSelf: false });
    const staff = { actor: PUBLISHER_DPO, payload: { order: "exp_2", reference: "LET-1" } };
    expect(await basis(await write({ type: "data-export.ordered", ...staff }))).toMatchObject({
      isSelf: true,
    });
  });

  it("is the agreement’s own clause where it instructs by itself (D12.2, D12.4, DD.7)", async () => {
    const { write, basis } = await open();
    const signIn = await write({ type: "gar.signedIn", clause: "DD.7" });
    expect(await basis(signIn)).toEqual({ basis: "agreement", clause: "DD.7" });
    for (const [ground, clause] of [
      ["account-deleted", "D12.2"],
      ["retention", "D12.4"],
    ] as const) {
      const payload = { erasure: `era_${clause.slice(-1)}`, ground };
      const ordered = await write({ type: "retention.erasureOrdered", clause, payload });
      expect(await basis(ordered)).toEqual({ basis: "agreement", clause });
      const opened = await write({ type: "journal.receiptOpened", payload: { erasure: payload.erasure } });
      expect(await basis(opened)).toEqual({ basis: "agreement", clause });
    }
  });

  it("is that none is recorded otherwise, and never a guess (D6.1c)", async () => {
    const { write, basis, instruct, clock, inUnit, ports } = await open();
    const payload = { erasure: "era_9", ground: "instruction" };
    const none = { basis: "none" };
    expect(await basis(await write({ type: "retention.erasureOrdered", clause: "D12.2", payload }))).toEqual(
      none,
    );
    expect(await basis(await write({ type: "nobody.knowsThis", payload: { order: "exp_7" } }))).toEqual(none);
    const early = await write({ type: "data-export.made", payload: { order: "exp_8" } });
    const forged = await write({ type: "data-export.made", payload: { instruction: "ins_forged" } });
    clock.advance(1_000);
    // What was said later is no ground of what was done before.
    await instruct("exp_8");
    for (const id of [early, forged]) expect(await basis(id)).toEqual(none);
    expect(await codeOf(basis(early, ACACIAS))).toBe("INSTRUCTIONS_NO_ENTRY");
    expect(await codeOf(basis("jrn_none"))).toBe("INSTRUCTIONS_NO_ENTRY");
    const flag = await write({ type: "instructions.flagged", payload: { instruction: await instruct() } });
    expect(await basis(flag)).toEqual({ basis: "agreement", clause: "D6.2a" });
    expect(await inUnit((unit) => ports.instructions.of(unit, ACACIAS, "exp_8"))).toEqual([]);
  });
});
