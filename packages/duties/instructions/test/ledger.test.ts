import { openDatabase } from "@preau/database";
import { addHours, instant, manualClock, type NewInstruction, type Writing } from "@preau/kernel";
import { codeOf, describeEachDatabase } from "@preau/testing";
import { expect, it, onTestFinished } from "vitest";
import { ACACIAS, DPO, HAMEAU, holdingAgreement, makeHouse, PUBLISHER_DPO } from "./house.ts";

const NOW = instant("2026-11-23T08:00:00.000Z");
const EMAIL: Writing = {
  ...{ receivedAt: addHours(NOW, -30), means: "email", writer: "dpo", reference: "courriel 2026-118" },
};
const EXPORT: NewInstruction = {
  ...{ controller: HAMEAU, kind: "export", clause: "D10.1a", by: DPO },
  scope: { product: "plume", subject: "sub_zoe" },
};

describeEachDatabase("the ledger of instructions", openDatabase, (fresh) => {
  async function open() {
    const database = await fresh();
    const keysDatabase = await openDatabase({ url: "sqlite::memory:" });
    onTestFinished(() => keysDatabase.close());
    const clock = manualClock(NOW);
    const house = await makeHouse({ database, keysDatabase }, clock);
    return { ...house, clock, keysDatabase, ledger: house.ports.instructions };
  }

  it("keeps what was written, with evidence that names nobody in the clear (D6.1c)", async () => {
    const { inUnit, ledger, entries } = await open();
    const id = await inUnit((unit) =>
      ledger.record(unit, { ...EXPORT, by: PUBLISHER_DPO, writing: { ...EMAIL, sha256: "a".repeat(64) } }),
    );
    const [entry] = await entries(HAMEAU, "instructions.recorded");
    expect(entry).toMatchObject({ clause: "D10.1a", log: "evidence", actorRole: "publisherDpo" });
    expect(entry?.payload).toMatchObject({
      ...{ instruction: id, kind: "export", startsAt: EMAIL.receivedAt, scope: { product: "plume" } },
      ...{ means: "email", writer: "dpo", reference: "courriel 2026-118", sha256: "a".repeat(64) },
    });
    expect(JSON.stringify(entry?.payload)).not.toContain("sub_zoe");
    expect(entry?.subject?.id).toBe("sub_zoe");
  });

  it("has one instruction a key when two processes write at once (D6.1c)", async () => {
    const { database, keysDatabase, clock, inUnit, ledger, entries } = await open();
    const other = await makeHouse({ database, keysDatabase }, clock);
    const given = { ...EXPORT, key: "export exp_1".replace(" ", ":") };
    const ids = await Promise.all([
      inUnit((unit) => ledger.record(unit, given)),
      other.inUnit((unit) => other.ports.instructions.record(unit, given)),
      inUnit((unit) => ledger.record(unit, given)),
    ]);
    expect(new Set(ids).size).toBe(1);
    expect(await entries(HAMEAU, "instructions.recorded")).toHaveLength(1);
    const apart = await inUnit((unit) => ledger.record(unit, { ...given, controller: ACACIAS }));
    expect(apart).not.toBe(ids[0]);
  });

  it("takes no name into a scope (D6.1c)", async () => {
    const { inUnit, ledger } = await open();
    const record = (scope: NewInstruction["scope"]) =>
      codeOf(inUnit((unit) => ledger.record(unit, { ...EXPORT, scope })));
    for (const scope of [
      { about: ["Zoé Perrin"] },
      { about: ["sub_zoe"] },
      { fields: ["zoe@hameau.example"] },
      { product: "plume, et Zoé" },
    ])
      expect(await record(scope), JSON.stringify(scope)).toBe("INSTRUCTION_BAD");
  });

  it("revokes once, also when two do it at once, and tells who acts on it (D6.1c)", async () => {
    const { inUnit, ledger, handlers, entries } = await open();
    const told: unknown[] = [];
    handlers.push({ "instruction.revoked": (event) => Promise.resolve(void told.push(event)) });
    const id = await inUnit((unit) => ledger.record(unit, EXPORT));
    await inUnit((unit) => ledger.link(unit, HAMEAU, id, "exp_1"));
    await Promise.all(
      [DPO, DPO].map((by) => inUnit((unit) => ledger.revoke(unit, { controller: HAMEAU, id, by }))),
    );
    expect(told).toEqual([
      { controller: HAMEAU, instruction: id, kind: "export", things: ["exp_1"], at: NOW },
    ]);
    expect(await entries(HAMEAU, "instructions.revoked")).toHaveLength(1);
  });

  it("holds what is flagged only where the agreement says so (D6.2a)", async () => {
    const { inUnit, ledger, database, keysDatabase, clock } = await open();
    const holding = await makeHouse({ database, keysDatabase, agreement: holdingAgreement }, clock);
    const id = await inUnit((unit) => ledger.record(unit, EXPORT));
    await database.knex("ins_instruction").where({ id }).update({ flagged_at: NOW });
    const use = { product: "plume", operation: "export", subject: "sub_zoe" } as const;
    const standing = ({ inUnit: unitOf, ports }: typeof holding) =>
      unitOf((unit) => ports.instructions.standing(unit, HAMEAU, id, use));
    expect(await inUnit((unit) => ledger.standing(unit, HAMEAU, id, use))).toMatchObject({ inForce: true });
    expect(await standing(holding)).toMatchObject({ inForce: false, reason: "INSTRUCTION_HELD" });
  });
});
