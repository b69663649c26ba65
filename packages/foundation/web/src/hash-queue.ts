/**
 * A bounded queue for what costs memory: so many at once, so many waiting, and the next is refused. A hundred sign-ins
 * at the same moment then cost the memory of two.
 */
import { fault } from "./errors.ts";

export interface HashQueue {
  /** Runs the work when its turn comes. @throws WEB_BUSY when too many wait already */
  run<T>(work: () => Promise<T>): Promise<T>;
}

export function makeHashQueue(atOnce: number, waiting: number): HashQueue {
  let running = 0;
  const queue: (() => void)[] = [];
  return {
    run: async (work) => {
      if (running >= atOnce) {
        if (queue.length >= waiting) throw fault("WEB_BUSY", { log: { waiting } });
        await new Promise<void>((resolve) => queue.push(resolve)); // woken with the place of who leaves
      } else {
        running += 1;
      }
      try {
        return await work();
      } finally {
        const next = queue.shift();
        if (next === undefined) running -= 1;
        else next();
      }
    },
  };
}
