import { controllerId, instant, type Log, manualClock, silentLog } from "@preau/kernel";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type CountedRefusal, countRefusals, JOURNALLED_EVERY_MS } from "../src/count-refusals.ts";
import { refusal } from "../src/refusal.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function setUp(record: (refused: CountedRefusal) => Promise<void> = () => Promise.resolve()) {
  const clock = manualClock(instant("2026-11-23T08:00:00.000Z"));
  const entries: [reason: unknown, count: number, since: string][] = [];
  const lines: string[] = [];
  const log: Log = { ...silentLog, info: (event) => void lines.push(event) };
  const count = countRefusals({
    clock,
    log,
    record: async (refused) => {
      await record(refused);
      entries.push([refused.error.detail.log?.["reason"], refused.count, refused.since]);
    },
  });
  const pass = async (milliseconds: number) => {
    clock.advance(milliseconds);
    await vi.advanceTimersByTimeAsync(milliseconds);
  };
  return { count, entries, lines, pass };
}

describe("log attempts without letting a flood fill the journal (DD.7)", () => {
  it("journals one at once, the rest of the minute as their number, and logs each", async () => {
    const { count, entries, lines, pass } = setUp();
    for (let n = 0; n < 600; n += 1) await count(refusal("badSignature"));
    await count(refusal("expired"));
    expect(entries).toEqual([
      ["badSignature", 1, "2026-11-23T08:00:00.000Z"],
      ["expired", 1, "2026-11-23T08:00:00.000Z"],
    ]);
    await pass(JOURNALLED_EVERY_MS);
    expect(entries.slice(2)).toEqual([["badSignature", 599, "2026-11-23T08:00:00.000Z"]]);
    expect(lines).toHaveLength(601);
  });

  it("writes at most one entry a minute and reason while a flood goes on, and counts every attempt", async () => {
    const { count, entries, pass } = setUp();
    for (let second = 0; second < 600; second += 1) {
      for (let n = 0; n < 10; n += 1) await count(refusal("notXml"));
      await pass(1_000);
    }
    await pass(JOURNALLED_EVERY_MS);
    expect(entries.length).toBeLessThanOrEqual(12);
    expect(entries.reduce((sum, [, each]) => sum + each, 0)).toBe(6_000);
  });

  it("counts each controller's apart, for its own journal", async () => {
    const clock = manualClock();
    const entries: unknown[] = [];
    const record = async ({ controller, count }: CountedRefusal) => void entries.push([controller, count]);
    const count = countRefusals({ clock, log: silentLog, record });
    const school = controllerId("school-a");
    for (const whose of [school, school, undefined]) await count(refusal("badSignature"), whose);
    expect(entries).toEqual([
      [school, 1],
      [undefined, 1],
    ]);
    clock.advance(JOURNALLED_EVERY_MS);
    await count(refusal("badSignature"), school);
    expect(entries.slice(2)).toEqual([[school, 2]]);
  });

  it("keeps the number when the journal cannot be written", async () => {
    let broken = true;
    const { count, entries } = setUp(() => (broken ? Promise.reject(new Error("down")) : Promise.resolve()));
    await expect(count(refusal("expired"))).rejects.toThrow("down");
    broken = false;
    await count(refusal("expired"));
    expect(entries).toEqual([["expired", 2, "2026-11-23T08:00:00.000Z"]]);
  });
});
