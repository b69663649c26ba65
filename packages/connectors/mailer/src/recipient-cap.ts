/**
 * So many messages an hour to one address at most: a loop somewhere fills nobody's mailbox. Those of a deadline of the law go
 * through and count; the others wait, never lost, and no try of theirs is used up. @clause DC
 */
import { addHours, addMillis, type Instant, millisOf } from "@preau/kernel";
import type { MessageLine } from "./message-line.ts";
import type { Recipient, Traffic } from "./store/leaving-messages.ts";

const HOUR_MS = 3_600_000;
/** From here on it is no deadline of the law. */
const ORDINARY = 50;

export interface Cap {
  /** When it may be asked again; undefined where it may leave now, and is counted. */
  wait(line: Pick<MessageLine, "priority" | "leftAt">, to: Recipient): Instant | undefined;
}

/** Over what has left within the last hour; zero is no cap. */
export function recipientCap(most: number, traffic: readonly Traffic[], now: Instant): Cap {
  const since = addHours(now, -1);
  const known = new Map(traffic.map((each) => [nameOf(each), { ...each, held: 0 }]));
  return {
    wait: ({ priority, leftAt }, to) => {
      const name = nameOf(to);
      const state = known.get(name) ?? { ...to, messages: 0, oldest: now, held: 0 };
      known.set(name, state);
      // Of an earlier try it is counted already.
      const own = leftAt !== undefined && leftAt > since ? 1 : 0;
      if (most === 0 || priority < ORDINARY || state.messages - own < most) {
        state.messages += 1 - own;
        return undefined;
      }
      const free = addMillis(state.oldest, HOUR_MS + Math.floor((state.held * HOUR_MS) / most));
      state.held += 1;
      return millisOf(free) > millisOf(now) ? free : addMillis(now, 1_000);
    },
  };
}

export function nameOf({ controller, mark }: Recipient): string {
  return `${controller} ${mark}`;
}
