/**
 * What is due later, on a clock that can be hurried: `speed` seconds pass for each real one, and `advance` jumps.
 * Tasks are data, so that they outlive the process.
 */
import { type Clock, millisOf } from "@preau/kernel";
import type { EventName } from "./event-names.ts";

export type Task =
  | {
      readonly kind: "event";
      readonly recipient: string;
      readonly event: EventName;
      readonly reason?: string;
    }
  | { readonly kind: "attempt"; readonly delivery: number }
  | { readonly kind: "batch"; readonly webhook: number }
  | { readonly kind: "release"; readonly messageId: string }
  | { readonly kind: "deleteLog"; readonly process: number };

interface Due {
  /** Epoch milliseconds of the hurried clock. */
  readonly at: number;
  readonly task: Task;
}

export interface Left {
  readonly pending: readonly Due[];
  /** Milliseconds that the clock was ahead of the real one. */
  readonly ahead: number;
}

export interface Agenda {
  /** Epoch milliseconds. */
  now(): number;
  /** Does the task that many seconds from now. */
  after(seconds: number, task: Task): void;
  /** Jumps ahead; resolves when all that has come due is done. */
  advance(seconds: number): Promise<void>;
  drop(which: (task: Task) => boolean): void;
  /** What the next process needs to go on. */
  left(): Left;
  /** Takes up what an earlier process left, at its time or later. */
  resume(left: Left): void;
  stop(): Promise<void>;
}

export interface AgendaOptions {
  readonly clock: Clock;
  /** 1 is real time. */
  readonly speed: number;
  readonly perform: (task: Task) => Promise<void> | void;
}

const LONGEST_TIMER = 2 ** 31 - 1;

export function makeAgenda({ clock, speed, perform }: AgendaOptions): Agenda {
  const began = millisOf(clock.now());
  const running = new Set<Promise<void>>();
  let ahead = 0;
  let dues: Due[] = []; // by time; those of one moment in the order in which they came
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  const now = () => Math.round(began + (millisOf(clock.now()) - began) * speed + ahead);

  const insert = (due: Due) => {
    let place = dues.length;
    while (place > 0 && (dues[place - 1]?.at ?? 0) > due.at) place--;
    dues.splice(place, 0, due);
  };

  const runDue = () => {
    const moment = now();
    while (dues[0] !== undefined && dues[0].at <= moment) {
      const [{ task }] = dues as [Due];
      dues.shift();
      const done: Promise<void> = Promise.resolve(perform(task)).finally(() => running.delete(done));
      running.add(done);
    }
    setTimer();
  };

  const setTimer = () => {
    clearTimeout(timer);
    const [first] = dues;
    if (first === undefined || stopped) return;
    const wait = Math.min(Math.max(Math.ceil((first.at - now()) / speed), 0), LONGEST_TIMER);
    timer = setTimeout(runDue, wait);
    timer.unref();
  };

  return {
    now,
    after: (seconds, task) => {
      insert({ at: now() + seconds * 1_000, task });
      setTimer();
    },
    advance: async (seconds) => {
      const target = now() + seconds * 1_000;
      for (;;) {
        await Promise.all(running);
        const [next] = dues;
        if (next === undefined || next.at > target || stopped) break;
        ahead += Math.max(0, next.at - now());
        runDue();
      }
      ahead += Math.max(0, target - now());
      setTimer();
    },
    drop: (which) => {
      dues = dues.filter(({ task }) => !which(task));
      setTimer();
    },
    left: () => ({ pending: dues, ahead: now() - millisOf(clock.now()) }),
    resume: (left) => {
      ahead += Math.max(0, left.ahead);
      left.pending.forEach(insert);
      setTimer();
    },
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await Promise.all(running);
    },
  };
}
