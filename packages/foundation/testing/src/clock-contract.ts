import { addHours, type Clock, instant, millisOf } from "@preau/kernel";
import { describe, expect, it } from "vitest";

export interface ClockBench {
  readonly clock: Clock;
  /** Lets that much time pass: a wait, or a push on a manual clock. */
  readonly elapse: (milliseconds: number) => Promise<void> | void;
}

/** What every clock owes. */
export function clockContract(title: string, make: () => ClockBench): void {
  describe(`${title}: clock`, () => {
    it("tells instants of 24 characters, UTC, that read back as themselves", () => {
      const now = make().clock.now();
      expect(now).toHaveLength(24);
      expect(now.endsWith("Z")).toBe(true);
      expect(instant(millisOf(now))).toBe(now);
      expect(instant(now)).toBe(now);
    });

    it("goes forward by what has elapsed, and its text sorts as time does", async () => {
      const { clock, elapse } = make();
      const [before, monotonicBefore] = [clock.now(), clock.monotonic()];
      await elapse(25);
      const after = clock.now();
      expect(after > before).toBe(true);
      expect(millisOf(after) - millisOf(before)).toBeGreaterThanOrEqual(20);
      expect(clock.monotonic() - monotonicBefore).toBeGreaterThanOrEqual(20);
      expect(addHours(after, 24) > after).toBe(true);
    });

    it("has a monotonic hand that never runs back", async () => {
      const { clock, elapse } = make();
      let last = clock.monotonic();
      for (let i = 0; i < 5; i += 1) {
        await elapse(1);
        const next = clock.monotonic();
        expect(next).toBeGreaterThanOrEqual(last);
        last = next;
      }
    });
  });
}
