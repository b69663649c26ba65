/** Restriction (GDPR art. 18): the gate shuts at once, stores follow one by one, and lifting gives back exactly what was. */
import { openDatabase } from "@preau/database";
import {
  addMillis,
  type Flow,
  type InstructionId,
  instant,
  manualClock,
  type SubjectId,
} from "@preau/kernel";
import { codeOf, describeEachDatabase } from "@preau/testing";
import { expect, it, onTestFinished } from "vitest";
import { liftRestriction, restrictSubject } from "../src/restriction-order.ts";
import { settleRestriction, viewRestrictions } from "../src/restriction-settle.ts";
import { DPO, KIND, OTHER_SCHOOL, openExecuteHouse, pupilStore, SCHOOL } from "./execute-house.ts";

const NOW = instant("2026-11-23T08:00:00.000Z");
const FLOW = {
  ...{ controller: SCHOOL, product: "plume", operation: "store", origin: "outsideGar", role: "pupil" },
  ...{ categories: ["name"], purpose: "runPlatform", recipient: "product" },
} as const satisfies Flow;

describeEachDatabase("restriction", openDatabase, (fresh) => {
  async function open() {
    const database = await fresh();
    const keysDatabase = await openDatabase({ url: "sqlite::memory:" });
    onTestFinished(() => keysDatabase.close());
    const clock = manualClock(NOW);
    const house = await openExecuteHouse({ database, keysDatabase }, clock);
    const [lms, desk] = [pupilStore("lms"), pupilStore("desk")];
    house.sources.set("lms", lms.registered);
    house.sources.set("desk", desk.registered);
    const subject = await house.identify(210);
    for (const { store } of [lms, desk])
      store.rows.get("pupil")?.push({ id: "1", controller: SCHOOL, person: "210", fields: { name: "Zoé" } });
    const order = async (kind: "restrict" | "liftRestriction", of: SubjectId = subject) => ({
      ...{ controller: SCHOOL, subject: of, by: DPO },
      instruction: await house.write({ controller: SCHOOL, kind, scope: { subject: of } }),
    });
    const restrict = async () => {
      const given = await order("restrict");
      return { given, id: await house.inUnit((unit) => restrictSubject(unit, house.ports, given)) };
    };
    const lift = async () => {
      const given = await order("liftRestriction");
      return house.inUnit((unit) => liftRestriction(unit, house.ports, given));
    };
    const view = async () => (await house.inUnit((unit) => viewRestrictions(unit, SCHOOL)))[0];
    const asked = (flow: Partial<Flow> = {}) =>
      codeOf(house.inUnit((unit) => house.gate.permit({ ...FLOW, subject, ...flow }, unit)));
    const kept = async (store: string, target = { subject, identifiers: [{ kind: KIND, value: "210" }] }) =>
      house.sources.get(store)?.source.isRestricted?.(SCHOOL, target);
    const keysOf = { database, keysDatabase };
    return { ...house, ...{ clock, lms, desk, subject, order, restrict, lift, view, asked, kept, keysOf } };
  }

  it("shuts the gate, ends the sessions and tells it in the unit that records it; stores follow (D10.1a)", async () => {
    const house = await open();
    const { asked, restrict, ports, inUnit, subject, emitted, view, worker, kept, entries, gate } = house;
    const started = await inUnit((unit) =>
      ports.sessions.start(
        {
          data: {
            controller: SCHOOL,
            subject,
            actorRole: "dataSubject",
            categories: [],
            dropped: [],
            refusals: [],
          },
        },
        unit,
      ),
    );
    expect(await asked()).toBeUndefined();
    const { given, id } = await restrict();
    expect(await asked()).toBe("GATE_REFUSED");
    let shut = 0;
    for (const recipient of ["product", "staff", "host", "mailer", "dataSubject", "controller"] as const)
      for (const operation of ["store", "send", "show", "export", "erase"] as const) {
        if (!gate.decide({ ...FLOW, subject, recipient, operation }).allowed) continue;
        expect(await asked({ recipient, operation }), `${operation} ${recipient}`).toBe("GATE_REFUSED");
        shut += 1;
      }
    expect(shut).toBeGreaterThan(12);
    expect(await asked({ operation: "return", recipient: "controller" })).toBeUndefined();
    expect(await asked({ subject: "sub_somebodyelse0000000000000" })).toBeUndefined();
    expect(await ports.sessions.find(started.secret)).toBeUndefined();
    expect(emitted).toEqual([{ name: "subject.restricted", event: { controller: SCHOOL, subject } }]);
    expect(await view()).toMatchObject({ id, verdict: "PENDING", instruction: given.instruction });
    await worker.drain();
    expect([await kept("lms"), await kept("desk")]).toEqual([true, true]);
    expect(await view()).toMatchObject({
      verdict: "PASS",
      stores: [
        { store: "desk", wasBefore: false, verdict: "PASS" },
        { store: "lms", wasBefore: false, verdict: "PASS" },
      ],
    });
    const [entry] = await entries("restricted");
    expect(entry).toMatchObject({ clause: "D10.1a", log: "evidence", subject: { id: subject } });
    expect(entry?.payload).toMatchObject({ instruction: given.instruction, restriction: id });
    expect(await inUnit((unit) => ports.instructions.of(unit, SCHOOL, id))).toEqual([given.instruction]);
  });

  it("lifts exactly: what was restricted before stays so, twice is once (D10.1a)", async () => {
    const { restrict, lift, worker, kept, lms, asked, view, emitted, subject } = await open();
    await lms.registered.source.restrict(SCHOOL, { subject, identifiers: [{ kind: KIND, value: "210" }] });
    const { id } = await restrict();
    await worker.drain();
    expect((await view())?.stores).toMatchObject([
      { store: "desk", wasBefore: false },
      { store: "lms", wasBefore: true, why: "RESTRICTED_BEFORE" },
    ]);
    expect(await lift()).toBe(id);
    expect(await asked()).toBeUndefined();
    await worker.drain();
    expect([await kept("lms"), await kept("desk")]).toEqual([true, false]);
    expect(await lift()).toBe(id);
    await worker.drain();
    expect(await view()).toMatchObject({ verdict: "PASS", isLive: false });
    expect(emitted.filter(({ name }) => name === "subject.restrictionLifted")).toHaveLength(1);
  });

  it("is refused without an instruction of its kind that reaches the person, in force (D6.1c)", async () => {
    const { order, inUnit, ports, write, subject, asked, clock } = await open();
    const other = await order("restrict", "sub_somebodyelse0000000000000");
    const attempts: readonly InstructionId[] = [
      other.instruction,
      await write({ controller: SCHOOL, kind: "erase", scope: { subject } }),
      await write({ controller: OTHER_SCHOOL, kind: "restrict", scope: { subject } }),
      await write({ controller: SCHOOL, kind: "restrict", endsAt: addMillis(clock.now(), -1) }),
      await write({ controller: SCHOOL, kind: "liftRestriction", scope: { subject } }),
    ];
    for (const instruction of attempts) {
      const given = { controller: SCHOOL, subject, by: DPO, instruction };
      expect(await codeOf(inUnit((unit) => restrictSubject(unit, ports, given)))).toBe(
        "REQUEST_NOT_INSTRUCTED",
      );
    }
    expect(await asked()).toBeUndefined();
    const lifting = { controller: SCHOOL, subject, by: DPO, instruction: attempts[4] as InstructionId };
    expect(await codeOf(inUnit((unit) => liftRestriction(unit, ports, lifting)))).toBe(
      "REQUEST_NOT_RESTRICTED",
    );
  });

  it("restricted by two at once is one, and a store that was free is freed again (D10.1a)", async () => {
    const one = await open();
    const two = await openExecuteHouse(one.keysOf, one.clock);
    two.sources.set("lms", one.lms.registered);
    two.sources.set("desk", one.desk.registered);
    const given = await one.order("restrict");
    const instruction = await two.write({ controller: SCHOOL, kind: "restrict" });
    const ids = await Promise.all([
      one.inUnit((unit) => restrictSubject(unit, one.ports, given)),
      two.inUnit((unit) => restrictSubject(unit, two.ports, { ...given, instruction })),
    ]);
    const [id] = ids;
    expect(new Set(ids).size).toBe(1);
    await Promise.all(
      [one, two].map(({ ports }) => settleRestriction(ports, { controller: SCHOOL, id: ids[0] })),
    );
    expect(await one.view()).toMatchObject({
      id,
      verdict: "PASS",
      stores: [{ wasBefore: false }, { wasBefore: false }],
    });
    await one.lift();
    await Promise.all([one.worker.drain(), two.worker.drain()]);
    expect([await one.kept("lms"), await one.kept("desk")]).toEqual([false, false]);
  });

  it("goes on after a kill between any two writes, and lifts what was free (D10.1a)", async () => {
    const { restrict, lift, ports, view, kept, lms, desk } = await open();
    const { id } = await restrict();
    const whose = { controller: SCHOOL, id };
    // Each unit of the run, and each store's answer, is where it dies once.
    const dyingAt = (n: number) => {
      let left = n;
      const step = () => {
        if (left === 0) throw new Error("killed");
        left -= 1;
      };
      const dying = (registered: typeof lms.registered) => ({
        ...registered,
        source: {
          ...registered.source,
          restrict: async (...given: Parameters<typeof registered.source.restrict>) => {
            step();
            const result = await registered.source.restrict(...given);
            step();
            return result;
          },
        },
      });
      return {
        ...ports,
        sources: new Map([
          ["lms", dying(lms.registered)],
          ["desk", dying(desk.registered)],
        ]),
        unitOfWork: {
          transaction: <T>(work: Parameters<typeof ports.unitOfWork.transaction<T>>[0]) => {
            step();
            return ports.unitOfWork.transaction(work);
          },
        },
      };
    };
    for (let n = 0; n < 14; n += 1) await settleRestriction(dyingAt(n), whose).catch(() => undefined);
    await settleRestriction(ports, whose);
    expect(await view()).toMatchObject({
      verdict: "PASS",
      stores: [{ wasBefore: false }, { wasBefore: false }],
    });
    await lift();
    for (let n = 0; n < 14; n += 1) await settleRestriction(dyingAt(n), whose).catch(() => undefined);
    await settleRestriction(ports, whose);
    expect([await kept("lms"), await kept("desk")]).toEqual([false, false]);
    expect(await view()).toMatchObject({ verdict: "PASS", isLive: false });
  });

  it("never says done of a store that failed, that cannot, or that says so and did not (D10.1a)", async () => {
    const { restrict, ports, view, sources, lms, desk, asked } = await open();
    const { source } = desk.registered;
    sources.set("desk", {
      ...desk.registered,
      source: {
        ...source,
        restrict: async () => ({ changed: 0, refused: [{ what: "pupil", why: "no column for it" }] }),
      },
    });
    sources.set("lms", {
      ...lms.registered,
      source: { ...lms.registered.source, restrict: async () => ({ changed: 1, refused: [] }) },
    });
    const broken = pupilStore("broken");
    sources.set("broken", {
      ...broken.registered,
      source: { ...broken.registered.source, restrict: () => Promise.reject(new TypeError("no")) },
    });
    const { id } = await restrict();
    await expect(settleRestriction(ports, { controller: SCHOOL, id })).rejects.toThrow("no");
    expect(await asked()).toBe("GATE_REFUSED");
    expect((await view())?.verdict).toBe("FAILED");
    await settleRestriction(ports, { controller: SCHOOL, id }, { isLast: true });
    expect(await view()).toMatchObject({
      verdict: "FAILED",
      stores: [
        { store: "broken", verdict: "FAILED", why: "TypeError" },
        { store: "desk", verdict: "UNKNOWN", why: "CANNOT" },
        { store: "lms", verdict: "FAILED", why: "NOT_DONE" },
      ],
    });
    sources.set("broken", broken.registered);
    sources.set("lms", lms.registered);
    await settleRestriction(ports, { controller: SCHOOL, id });
    expect((await view())?.stores).toMatchObject([
      { store: "broken", verdict: "PASS", why: "NOTHING_HELD" },
      { store: "desk", verdict: "UNKNOWN" },
      { store: "lms", verdict: "PASS" },
    ]);
    expect((await view())?.verdict).toBe("UNKNOWN");
  });

  it("takes a store that only keeps for done, with the reason, and one in use that cannot never (D10.1a)", async () => {
    const { restrict, ports, view, sources, lms, desk, worker, lift, clock } = await open();
    const cannot = async () => ({ changed: 0, refused: [{ what: "pupil", why: "nothing to do it with" }] });
    const source = { ...desk.registered.source, isRestricted: async () => false };
    const keeps = { ...source, restrict: cannot, lift: cannot };
    const unused = { ...keeps, describe: () => ({ ...source.describe(), restriction: "unused" as const }) };
    sources.set("desk", { ...desk.registered, source: unused });
    const { id } = await restrict();
    await settleRestriction(ports, { controller: SCHOOL, id });
    expect(await view()).toMatchObject({
      verdict: "PASS",
      stores: [{ store: "desk", wasBefore: false, why: "KEPT_UNUSED" }, { store: "lms" }],
    });
    sources.set("desk", {
      ...desk.registered,
      source: { ...unused, restrict: async () => ({ changed: 1, refused: [] }) },
    });
    sources.set("lms", {
      ...lms.registered,
      source: { ...lms.registered.source, ...keeps, isRestricted: async () => false },
    });
    await lift();
    await worker.drain();
    clock.advance(1_000);
    const again = await restrict();
    await settleRestriction(ports, { controller: SCHOOL, id: again.id });
    expect(await view()).toMatchObject({
      verdict: "FAILED",
      stores: [
        { store: "desk", verdict: "FAILED", why: "NOT_DONE" },
        { store: "lms", verdict: "UNKNOWN", why: "CANNOT" },
      ],
    });
  });

  it("does not take its own event for a restriction from before (D10.1a)", async () => {
    const { restrict, lift, view, sources, lms, worker, subject, kept } = await open();
    const { source } = lms.registered;
    const target = { subject, identifiers: [{ kind: KIND, value: "210" }] };
    const follows = {
      ...source,
      describe: () => ({ ...source.describe(), restriction: "follows" as const }),
    };
    sources.set("lms", { ...lms.registered, source: follows });
    await restrict();
    // As a store does that hears the event in the unit of the order.
    await source.restrict(SCHOOL, target);
    await worker.drain();
    expect((await view())?.stores[1]).toMatchObject({ store: "lms", wasBefore: false, verdict: "PASS" });
    expect((await view())?.stores[1]?.why).toBeUndefined();
    await lift();
    await worker.drain();
    expect(await kept("lms")).toBe(false);
  });

  it("whose instruction is taken back while it runs asks no further store, and says what it had done (D6.1c)", async () => {
    const { restrict, ports, view, sources, desk, inUnit, kept, asked, worker } = await open();
    const { given, id } = await restrict();
    const revoke = () =>
      inUnit((unit) =>
        ports.instructions.revoke(unit, { controller: SCHOOL, id: given.instruction, by: DPO }),
      );
    // `lms` is asked first; while it answers, the instruction is taken back.
    const { source } = sources.get("lms") as typeof desk.registered;
    sources.set("lms", {
      ...desk.registered,
      source: {
        ...source,
        restrict: async (...asked) => {
          await revoke();
          return source.restrict(...asked);
        },
      },
    });
    await settleRestriction(ports, { controller: SCHOOL, id });
    expect([await kept("lms"), await kept("desk")]).toEqual([true, false]);
    expect(await view()).toMatchObject({
      verdict: "FAILED",
      stoppedAt: NOW,
      stores: [
        { store: "desk", verdict: "FAILED", why: "NOT_BEGUN" },
        { store: "lms", verdict: "PASS" },
      ],
    });
    expect(await asked()).toBe("GATE_REFUSED");
    const again = await restrict();
    expect(again.id).toBe(id);
    await worker.drain();
    expect((await view())?.verdict).toBe("PASS");
  });

  it("after a lifting that failed restricts again, and knows what was free before both (D10.1a)", async () => {
    const { restrict, lift, ports, view, sources, lms, kept, worker, clock } = await open();
    const first = await restrict();
    await worker.drain();
    const { source } = lms.registered;
    sources.set("lms", {
      ...lms.registered,
      source: { ...source, lift: () => Promise.reject(new Error("no")) },
    });
    await lift();
    await settleRestriction(ports, { controller: SCHOOL, id: first.id }, { isLast: true });
    expect(await view()).toMatchObject({ verdict: "FAILED" });
    sources.set("lms", lms.registered);
    clock.advance(1_000);
    const second = await restrict();
    expect(second.id).not.toBe(first.id);
    await worker.drain();
    expect(await view()).toMatchObject({
      verdict: "PASS",
      stores: [{ wasBefore: false }, { wasBefore: false }],
    });
    await lift();
    await worker.drain();
    expect([await kept("lms"), await kept("desk")]).toEqual([false, false]);
  });

  it("of one controller's person is nobody else's (D10.1a)", async () => {
    const { restrict, inUnit, ports, asked } = await open();
    await restrict();
    expect(await inUnit((unit) => viewRestrictions(unit, OTHER_SCHOOL))).toEqual([]);
    expect(await asked({ controller: OTHER_SCHOOL })).toBeUndefined();
    expect(await inUnit((unit) => ports.journal.entries(unit, { controller: OTHER_SCHOOL }))).toEqual([]);
  });
});
