import { addMillis, type Instant, instant, millisOf } from "@preau/kernel";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Attempts, countAttempt, type ThrottleRule } from "../src/account-throttle.ts";

const START = instant("2026-11-23T08:00:00.000Z");
const rule: ThrottleRule = { free: 3, lockAfter: 10, lockMs: 1_800_000, forgetMs: 86_400_000 };
const none: Attempts = { failures: 0, blockedUntil: null, lastAt: START };

/** Attempts at these pauses, in milliseconds: which were looked at, and when. */
function run(pauses: readonly number[], at: Instant = START) {
  let [attempts, now] = [none, at];
  const tried: Instant[] = [];
  for (const pause of pauses) {
    now = addMillis(now, pause);
    const answer = countAttempt(attempts, now, rule);
    if ("counted" in answer) {
      attempts = answer.counted;
      tried.push(now);
    } else {
      expect(millisOf(answer.blockedUntil)).toBeGreaterThan(millisOf(now));
    }
  }
  return { attempts, tried };
}

describe("the brake on attempts (DD.4)", () => {
  it("waits 1, 2, 4… seconds after the free ones, then locks", () => {
    const waits: number[] = [];
    let [attempts, now] = [none, START];
    for (let n = 0; n < 12; n += 1) {
      const answer = countAttempt(attempts, now, rule);
      if (!("counted" in answer)) throw new Error("blocked");
      attempts = answer.counted;
      waits.push(
        attempts.blockedUntil === null ? 0 : (millisOf(attempts.blockedUntil) - millisOf(now)) / 1000,
      );
      now = attempts.blockedUntil ?? now;
    }
    expect(waits).toEqual([0, 0, 0, 1, 2, 4, 8, 16, 32, 1800, 1800, 1800]);
  });

  it("lets nobody try more often than the lock allows, however the attempts are spread", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3_600_000 }), { minLength: 20, maxLength: 300 }),
        (pauses) => {
          const { tried } = run(pauses);
          // Beyond the tenth, one a lock; only a day without any forgets.
          for (let at = 10; at < tried.length; at += 1)
            expect(millisOf(tried[at]!) - millisOf(tried[at - 1]!)).toBeGreaterThanOrEqual(rule.lockMs);
        },
      ),
    );
  });

  it("forgets after a day without a failure, and not a millisecond before", () => {
    const locked = run(Array<number>(10).fill(60_000)).attempts;
    const after = (ms: number) => countAttempt(locked, addMillis(locked.lastAt, ms), rule);
    expect(after(rule.lockMs - 1)).toEqual({ blockedUntil: locked.blockedUntil });
    expect(after(rule.forgetMs - 1)).toMatchObject({ counted: { failures: 11 } });
    expect(after(rule.forgetMs)).toMatchObject({ counted: { failures: 1, blockedUntil: null } });
  });
});
