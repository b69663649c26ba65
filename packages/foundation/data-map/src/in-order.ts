/** Results in the order of their tasks, with some tasks begun before they are asked for. */

/**
 * Runs the tasks, up to `lanes` at once, and gives each result in its turn. What was begun when the caller stops, or when a
 * task fails, is waited for.
 */
export async function* ahead<T>(
  lanes: number,
  tasks: readonly (() => Promise<T>)[],
): AsyncGenerator<T, void> {
  const running: Promise<T>[] = [];
  let next = 0;
  try {
    while (next < tasks.length || running.length > 0) {
      while (running.length < lanes && next < tasks.length) {
        const task = tasks[next];
        next += 1;
        if (task === undefined) continue;
        const begun = task();
        // A failure is met in its turn.
        begun.catch(() => undefined);
        running.push(begun);
      }
      const first = running.shift();
      if (first !== undefined) yield await first;
    }
  } finally {
    await Promise.allSettled(running);
  }
}
