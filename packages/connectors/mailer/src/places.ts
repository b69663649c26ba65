/** So many places: whoever finds none waits for the first that is given back, in the order in which they came. */
export interface Places {
  /** Gives the place back when it is called. @throws the signal's reason when it is aborted meanwhile */
  take(signal?: AbortSignal): Promise<() => void>;
}

export function makePlaces(many: number): Places {
  let free = many;
  const waiting = new Set<() => void>();

  const giveBack = (): void => {
    const [next] = waiting;
    if (next === undefined) free += 1;
    else {
      waiting.delete(next);
      next();
    }
  };

  return {
    take: async (signal) => {
      signal?.throwIfAborted();
      if (free > 0) free -= 1;
      else await turn(waiting, signal);
      let isBack = false;
      return () => {
        if (!isBack) giveBack();
        isBack = true;
      };
    },
  };
}

function turn(waiting: Set<() => void>, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = () => {
      waiting.delete(mine);
      reject(signal?.reason as Error);
    };
    const mine = () => {
      signal?.removeEventListener("abort", giveUp);
      resolve();
    };
    waiting.add(mine);
    signal?.addEventListener("abort", giveUp, { once: true });
  });
}
