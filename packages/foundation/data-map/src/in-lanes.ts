/** Work done some at a time, each result as soon as it is there. */

/**
 * Runs the tasks, at most `lanes` at once; begins none while the caller is busy with a result. Once the signal is given, or
 * a task fails, no other begins: what has begun is waited for, and its results are given before the failure.
 */
export async function* inLanes<T>(
  lanes: number,
  tasks: Iterable<() => Promise<T>>,
  signal?: AbortSignal,
): AsyncGenerator<T, void> {
  const waiting = tasks[Symbol.iterator]();
  const running = new Map<number, Promise<Outcome<T>>>();
  let failure: { readonly error: unknown } | undefined;
  let number = 0;
  try {
    for (;;) {
      while (running.size < lanes && failure === undefined && signal?.aborted !== true) {
        const next = waiting.next();
        if (next.done === true) break;
        number += 1;
        running.set(number, outcomeOf(number, next.value));
      }
      if (running.size === 0) break;
      const outcome = await Promise.race(running.values());
      running.delete(outcome.number);
      if ("error" in outcome) failure ??= outcome;
      else yield outcome.result;
    }
  } finally {
    await Promise.all(running.values());
  }
  if (failure !== undefined) throw failure.error;
}

type Outcome<T> =
  | { readonly number: number; readonly result: T }
  | { readonly number: number; readonly error: unknown };

async function outcomeOf<T>(number: number, task: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return { number, result: await task() };
  } catch (error) {
    return { number, error };
  }
}
