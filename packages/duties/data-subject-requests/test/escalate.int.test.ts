/**
 * Alarms: over random histories, with clocks that go back and the nights of summer time, nothing is ever forwarded late without
 * an alarm that was recorded before; and the exact instants of every escalation.
 */
import {
  addHours,
  addMillis,
  type Instant,
  instant,
  type ManualClock,
  millisOf,
  type RequestId,
} from "@preau/kernel";
import { PUBLISHER } from "@preau/web";
import fc from "fast-check";
import { expect, it } from "vitest";
import { OVERDUE } from "../src/clocks.ts";
import { recordNow } from "../src/clocks-seen.ts";
import { scheduleAlarms, sweepAlarms } from "../src/jobs/escalate.ts";
import { assignInquiry } from "../src/receive-assign.ts";
import { recordHandOver } from "../src/relay-hand.ts";
import { requestDues } from "../src/request-dues.ts";
import { type DeskHouse, OTHER_SCHOOL, PUBLISHER_DPO, SCHOOL } from "./desk-house.ts";
import { describeEachHouse, NOW } from "./each-house.ts";

const HOUR = 3_600_000;

let pupils = 0;
async function asked(house: DeskHouse, receivedAt: Instant, controller = OTHER_SCHOOL): Promise<RequestId> {
  pupils += 1;
  const subject = await house.identify("school.pupil", `a${pupils}`, controller);
  const { requests } = await house.receive({
    ...{ channel: "page", receivedAt, language: "fr", key: `a${pupils}`, matters: ["access"] },
    requester: { role: "pupil", controller, subject, origin: "outsideGar" },
  });
  return requests[0] ?? "rqs_none";
}

/** Seasons' nights among them: clocks in Paris change on 29 March and on 25 October 2026. */
const starts = fc.oneof(
  fc.integer({ min: Date.UTC(2026, 2, 27), max: Date.UTC(2026, 2, 30) }),
  fc.integer({ min: Date.UTC(2026, 9, 23), max: Date.UTC(2026, 9, 26) }),
  fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 5, 30) }),
);
const minutes = (most: number) => fc.integer({ min: 1, max: most * 60 });
const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ does: fc.constant("wait" as const), minutes: minutes(60) }) },
    { weight: 2, arbitrary: fc.record({ does: fc.constant("goBack" as const), minutes: minutes(12) }) },
    { weight: 3, arbitrary: fc.record({ does: fc.constant("work" as const) }) },
    { weight: 2, arbitrary: fc.record({ does: fc.constant("sweep" as const) }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant("bounce" as const) }) },
    { weight: 2, arbitrary: fc.record({ does: fc.constant("accept" as const) }) },
    {
      weight: 1,
      arbitrary: fc.record({ does: fc.constant("byHand" as const), ago: fc.integer({ min: 0, max: 90 }) }),
    },
  ),
  { minLength: 4, maxLength: 12 },
);

describeEachHouse("48 hours and their alarms (D10.1b)", (open, kind) => {
  it("tell the officer at 24, 36 and 44 hours, and record an alarm a millisecond after the last", async () => {
    const house = await open();
    const id = await asked(house, NOW);
    await house.worker.drain();
    const seen: unknown[] = [];
    for (const at of [24, 36, 44]
      .map((hours) => addHours(NOW, hours))
      .concat(addMillis(NOW, 48 * HOUR + 1))) {
      for (const now of [addMillis(at, -1), at]) {
        house.clock.set(now);
        await house.worker.drain();
        const request = await house.read(id);
        seen.push([millisOf(now) - millisOf(NOW), request?.level, request?.overdueAt]);
      }
    }
    const late = addMillis(NOW, 48 * HOUR + 1);
    expect(seen).toEqual([
      [24 * HOUR - 1, 0, undefined],
      [24 * HOUR, 1, undefined],
      [36 * HOUR - 1, 1, undefined],
      [36 * HOUR, 2, undefined],
      [44 * HOUR - 1, 2, undefined],
      [44 * HOUR, 3, undefined],
      [48 * HOUR, 3, undefined],
      [48 * HOUR + 1, OVERDUE, late],
    ]);
    const levels = (await house.entries("escalated", OTHER_SCHOOL))
      .filter(({ payload }) => payload?.["request"] === id)
      .map(({ payload }) => payload?.["level"]);
    expect(levels).toEqual([4, 3, 2, 1, 0]);
    const alarm = house.lines.find((line) => line.includes("data-subject-requests.overdue"));
    expect(alarm).toContain(id);
    expect(house.box.filter(({ variables }) => variables["request"] === id).length).toBeGreaterThanOrEqual(4);
  });

  it("run for a message that nobody has taken up, too", async () => {
    const house = await open();
    const { inquiry } = await house.receive({
      ...{ channel: "page", receivedAt: NOW, language: "fr", key: `n${pupils}`, text: "Effacez tout." },
    });
    house.clock.advance(48 * HOUR + 1);
    await house.worker.drain();
    const entries = await house.entries("overdue", PUBLISHER);
    expect(entries[0]?.payload).toMatchObject({ inquiry, forwardDueAt: addHours(NOW, 48) });
    const dues = await requestDues(house.ports)({ controller: "all", before: addHours(NOW, 72) });
    expect(dues).toMatchObject([{ id: `assign.${inquiry}`, clause: "D10.1b", dueAt: addHours(NOW, 48) }]);
    // Whoever takes it up late finds the old clock, and the alarm is there before it is passed on.
    const [id = "rqs_none"] = await assignInquiry(house.ports, {
      ...{ inquiry, by: PUBLISHER_DPO },
      persons: [{ controller: SCHOOL, matters: ["erasure"], text: "whole" }],
    });
    await house.worker.drain();
    expect(await house.read(id)).toMatchObject({
      level: OVERDUE,
      overdueAt: house.clock.now(),
      state: "open",
    });
    expect(
      await requestDues(house.ports)({ controller: OTHER_SCHOOL, before: addHours(NOW, 2_000) }),
    ).toEqual([]);
    expect(
      await requestDues(house.ports)({ controller: SCHOOL, before: addHours(NOW, 2_000) }),
    ).toMatchObject([{ id: `answer.${id}`, clause: "D10.1c" }]);
  });

  it("are not delayed by a clock that goes back", async () => {
    const house = await open();
    const id = await asked(house, NOW);
    house.clock.advance(47 * HOUR);
    await sweepAlarms(house.ports);
    house.clock.advance(HOUR + 1);
    // Seen, and then the clock is set back by a day before anybody looked at this request.
    await recordNow(house.ports);
    house.clock.set(addHours(NOW, 24));
    await sweepAlarms(house.ports);
    expect(await house.read(id)).toMatchObject({ level: OVERDUE, overdueAt: addMillis(NOW, 48 * HOUR + 1) });
  });

  it("the sweep carries itself on, and begins again after a clock that went back", async () => {
    const house = await open();
    await scheduleAlarms(house.ports);
    await scheduleAlarms(house.ports);
    const waiting = async () =>
      (await house.database.knex("db_job").where({ name: "data-subject-requests.sweep" })).length;
    expect(await waiting()).toBe(1);
    await house.worker.drain();
    expect(await waiting()).toBeGreaterThanOrEqual(1);
    house.clock.set(addHours(NOW, -10));
    await scheduleAlarms(house.ports);
    const id = await asked(house, addHours(NOW, -60));
    await house.worker.drain();
    expect(await house.read(id)).toMatchObject({ level: OVERDUE });
  });

  it("nothing is ever forwarded late without an alarm recorded before, whatever the history", async () => {
    const house = await open();
    let late = 0;
    await fc.assert(
      fc.asyncProperty(starts, steps, async (start, history) => {
        const { clock } = house;
        clock.set(instant(start));
        await house.wipe();
        const id = await asked(house, clock.now(), SCHOOL);
        await house.worker.drain();
        for (const step of history) await walk(house, clock, id, step);
        late += await prove(house, id);
      }),
      { numRuns: kind === "sqlite" ? 40 : 4, examples: [[Date.UTC(2026, 2, 28, 12), [...LATE]]] },
    );
    expect(late).toBeGreaterThan(0);
  });
});

/** Taken by the next server a minute after the last instant, over the night that lacks an hour. */
const LATE: readonly Step[] = [{ does: "wait", minutes: 48 * 60 + 1 }, { does: "accept" }];

type Step = typeof steps extends fc.Arbitrary<(infer S)[]> ? S : never;

async function walk(house: DeskHouse, clock: ManualClock, id: RequestId, step: Step): Promise<void> {
  const relay = house.box.findLast(({ template }) => template === "data-subject-requests.relay");
  if (step.does === "wait") clock.advance(step.minutes * 60_000);
  if (step.does === "goBack") clock.set(addMillis(clock.now(), -step.minutes * 60_000));
  if (step.does === "work") await house.worker.drain();
  if (step.does === "sweep") await sweepAlarms(house.ports);
  if (step.does === "bounce" && relay !== undefined) await house.settle(relay.key, "bounced", clock.now());
  if (step.does === "accept" && relay !== undefined) await house.settle(relay.key, "accepted", clock.now());
  if (step.does === "byHand") {
    const at = addMillis(clock.now(), -step.ago * 60_000);
    const given = { at, reference: "R-1", by: PUBLISHER_DPO };
    await recordHandOver(house.ports, { controller: SCHOOL, id }, given).catch(() => undefined);
  }
}

/** By the journal alone: each "forwarded" after its time has an "overdue" of that request before it. How many were late. */
async function prove(house: DeskHouse, id: RequestId): Promise<number> {
  const request = await house.read(id);
  const own = house.recorded.filter(({ payload }) => payload?.["request"] === id);
  let late = 0;
  for (const [index, { type, payload }] of own.entries()) {
    if (!type.endsWith(".forwarded") || request === undefined) continue;
    const at = payload?.["at"];
    if (typeof at !== "string" || at <= request.forwardDueAt) continue;
    late += 1;
    const before = own.slice(0, index).map((each) => each.type);
    expect(before).toContain("data-subject-requests.overdue");
    expect(request.overdueAt).toBeDefined();
  }
  return late;
}
