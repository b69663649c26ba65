/**
 * Work that takes milliseconds of the one thread, one piece a turn of the event loop: of twenty hostile documents that
 * arrive at once, each waits for the one before, and what else arrives (`/health`, other people) is answered between them.
 */
export function oneATurn(): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return () => {
    last = last.then(() => new Promise((resolve) => setImmediate(resolve)));
    return last;
  };
}
