/** Calls of one moment are done as one: a transaction costs as much for fifty messages as for one. */

export interface Gathering {
  /** Calls in one group at most. */
  readonly most: number;
  /** Milliseconds that a group waits for more, from its first call. */
  readonly lingerMs: () => number;
}

interface Call<I, O> {
  readonly item: I;
  readonly resolve: (value: O) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One group at a time, its values in the order of its items. A group that fails is done again one by one, so that what is wrong
 * with one item stays that one's.
 */
export function gather<I, O>(
  work: (items: readonly I[]) => Promise<readonly O[]>,
  { most, lingerMs }: Gathering,
): (item: I) => Promise<O> {
  const waiting: Call<I, O>[] = [];
  let running = false;
  let enough: (() => void) | undefined;

  const doTogether = async (group: readonly Call<I, O>[]): Promise<void> => {
    try {
      const values = await work(group.map(({ item }) => item));
      for (const [index, { resolve }] of group.entries()) resolve(values[index] as O);
    } catch (error) {
      const [one, ...others] = group;
      if (others.length === 0) one?.reject(error);
      else for (const each of group) await doTogether([each]);
    }
  };

  const run = async (): Promise<void> => {
    running = true;
    while (waiting.length > 0) {
      await moreOrLater();
      await doTogether(waiting.splice(0, most));
    }
    running = false;
  };

  const moreOrLater = (): Promise<void> =>
    new Promise((resolve) => {
      if (waiting.length >= most) setImmediate(resolve);
      else {
        const timer = setTimeout(resolve, lingerMs());
        enough = () => {
          clearTimeout(timer);
          setImmediate(resolve);
        };
      }
    });

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!running) void run();
      else if (waiting.length >= most) enough?.();
    });
}
