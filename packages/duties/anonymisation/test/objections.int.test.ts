import { type Database, openDatabase } from "@preau/database";
import { addHours, type Flow, instant, manualClock } from "@preau/kernel";
import { codeOf, describeEachDatabase } from "@preau/testing";
import { expect, it, onTestFinished } from "vitest";
import {
  type Evidence,
  listObjections,
  type NewObjection,
  opposedSince,
  recordObjection,
  type Withdrawal,
  withdrawObjection,
} from "../src/index.ts";
import { objectionCheck } from "../src/objection-check.ts";
import { readStandings } from "../src/store/objections.ts";
import { ACACIAS, DPO, HAMEAU, makeHouse, PUBLISHER_DPO, TILLEULS } from "./house.ts";

const NOW = instant("2026-11-23T08:00:00.000Z");
const EMAIL: Evidence = {
  ...{ receivedAt: addHours(NOW, -30), means: "email", writer: "dpo", reference: "courriel 2026-118" },
};

describeEachDatabase("objections of controllers", openDatabase, (fresh) => {
  async function open() {
    const database: Database = await fresh();
    const keysDatabase = await openDatabase({ url: "sqlite::memory:" });
    onTestFinished(() => keysDatabase.close());
    const clock = manualClock(NOW);
    const house = await makeHouse({ database, keysDatabase }, clock);
    for (const each of [HAMEAU, ACACIAS]) await house.register(each);
    const { ports, inUnit } = house;
    const object = (objection: NewObjection) => inUnit((unit) => recordObjection(unit, ports, objection));
    const withdraw = (given: Withdrawal) => inUnit((unit) => withdrawObjection(unit, ports, given));
    const list = (controller: typeof HAMEAU | "all") => inUnit((unit) => listObjections(unit, controller));
    const standings = () => inUnit((unit) => readStandings(unit, [HAMEAU, ACACIAS]));
    return { ...house, clock, object, withdraw, list, standings };
  }

  it("put a controller out from that instant on, and no other (D13.3)", async () => {
    const { object, standings, entries, list } = await open();
    const { since, isNew } = await object({ controller: HAMEAU, by: DPO });
    expect([since, isNew]).toEqual([NOW, true]);
    expect([...(await standings())]).toEqual([[HAMEAU, NOW]]);
    expect(await list(ACACIAS)).toEqual([]);
    const [entry] = await entries(HAMEAU, "anonymisation.objected");
    expect(entry).toMatchObject({ clause: "D13.3", actorRole: "controllerDpo", log: "evidence" });
    expect(entry?.payload).toMatchObject({ means: "page", receivedAt: NOW });
    expect(await entries(ACACIAS, "anonymisation.objected")).toEqual([]);
  });

  it("count from the instant at which an e-mail was received, recorded later (D13.3)", async () => {
    const { object, standings, list, entries } = await open();
    await object({ controller: HAMEAU, by: PUBLISHER_DPO, evidence: EMAIL });
    expect((await standings()).get(HAMEAU)).toBe(EMAIL.receivedAt);
    expect(await list(HAMEAU)).toMatchObject([{ ...EMAIL, recordedAt: NOW, recordedBy: "publisherDpo" }]);
    const [entry] = await entries(HAMEAU, "anonymisation.objected");
    expect(entry?.payload).toMatchObject({ ...EMAIL });
  });

  it("recorded twice are one; a writing that was received earlier moves the instant back (D13.3)", async () => {
    const { object, standings, list } = await open();
    const first = await object({ controller: HAMEAU, by: DPO });
    expect(await object({ controller: HAMEAU, by: DPO })).toMatchObject({ ...first, isNew: false });
    expect(await list(HAMEAU)).toHaveLength(1);
    const earlier = await object({ controller: HAMEAU, by: PUBLISHER_DPO, evidence: EMAIL });
    expect(earlier).toMatchObject({ since: EMAIL.receivedAt, isNew: true });
    expect((await standings()).get(HAMEAU)).toBe(EMAIL.receivedAt);
  });

  it("are withdrawn in writing, all of them, from that instant on, and can be made again (D13.3)", async () => {
    const { clock, object, withdraw, standings, list, entries } = await open();
    await object({ controller: HAMEAU, by: DPO });
    await object({ controller: HAMEAU, by: PUBLISHER_DPO, evidence: EMAIL });
    clock.advance(3_600_000);
    expect((await withdraw({ controller: HAMEAU, by: DPO })).objections).toHaveLength(2);
    expect((await standings()).size).toBe(0);
    expect((await withdraw({ controller: HAMEAU, by: DPO })).objections).toEqual([]);
    expect((await withdraw({ controller: ACACIAS, by: DPO })).objections).toEqual([]);
    const all = await list(HAMEAU);
    expect(opposedSince(all)).toBeUndefined();
    for (const { withdrawn } of all) expect(withdrawn?.receivedAt).toBe(addHours(NOW, 1));
    expect(await entries(HAMEAU, "anonymisation.objectionWithdrawn")).toHaveLength(1);
    clock.advance(1_000);
    await object({ controller: HAMEAU, by: DPO });
    expect((await standings()).has(HAMEAU)).toBe(true);
  });

  it("are not withdrawn by what was written before them (D13.3)", async () => {
    const { object, withdraw, standings } = await open();
    await object({ controller: HAMEAU, by: DPO });
    const before = withdraw({ controller: HAMEAU, by: PUBLISHER_DPO, evidence: EMAIL });
    expect(await codeOf(before)).toBe("ANONYMISATION_OBJECTION_BAD");
    expect((await standings()).has(HAMEAU)).toBe(true);
  });

  it("need the writing where the controller’s own people do not press the button (D13.3)", async () => {
    const { object, list } = await open();
    const told = (evidence: Evidence) => object({ controller: HAMEAU, by: PUBLISHER_DPO, evidence });
    const bad = "ANONYMISATION_OBJECTION_BAD";
    expect(await codeOf(object({ controller: HAMEAU, by: PUBLISHER_DPO }))).toBe(
      "ANONYMISATION_OBJECTION_NEEDS_WRITING",
    );
    expect(await codeOf(told({ ...EMAIL, receivedAt: addHours(NOW, 1) }))).toBe(bad);
    for (const reference of ["", "  ", "odile@hameau.example", "x".repeat(201)])
      expect(await codeOf(told({ ...EMAIL, reference })), reference).toBe(bad);
    expect(await codeOf(object({ controller: TILLEULS, by: DPO }))).toBe("ANONYMISATION_NO_CONTROLLER");
    expect(await list("all")).toEqual([]);
  });

  it("shut the gate for flows of anonymisation, of that controller alone (D13.3)", async () => {
    const { object, ports, inUnit } = await open();
    const check = objectionCheck(ports);
    const flow: Flow = {
      ...{ controller: HAMEAU, product: "plume", operation: "export", origin: "gar", role: "pupil" },
      ...{ categories: ["name"], purpose: "anonymisation", recipient: "publisher" },
    };
    const answer = (given: Flow) => inUnit((unit) => check.check(given, unit));
    expect(await answer(flow)).toEqual({ allowed: true });
    await object({ controller: HAMEAU, by: DPO });
    expect(await answer(flow)).toMatchObject({ allowed: false, clause: "D13.3", reason: "OPPOSED" });
    expect(await answer({ ...flow, controller: ACACIAS })).toEqual({ allowed: true });
    expect(check.concerns(flow)).toBe(true);
    expect(check.concerns({ ...flow, operation: "send" })).toBe(true);
    expect(check.concerns({ ...flow, operation: "show" })).toBe(false);
    expect(check.concerns({ ...flow, purpose: "runPlatform" })).toBe(false);
  });
});
